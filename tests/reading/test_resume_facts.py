"""Which education, years of work, languages, and licenses are read in a résumé."""

from datetime import date

import pytest

from guides.reading.resume.facts import Facts, read_facts


def facts(text: str) -> Facts:
    return read_facts(text, today=date(2026, 11, 30))


@pytest.mark.parametrize(
    ("text", "education"),
    [
        ("High school diploma, Belmont High School, 2017", "High school diploma"),
        ("GED 2005", "High school diploma"),
        ("EDUCATION\nLincoln High School, 2011", "High school diploma"),
        ("Education: Lincoln High School, 2011", "High school diploma"),
        ("Medical Assisting certificate, San Antonio College, 2015", "Certificate or vocational training"),
        ("A.A.S. Computer Networking, 2017", "Associate degree"),
        ("Associate degree in Business", "Associate degree"),
        ("Bachelor of Science in Education", "Bachelor’s degree"),
        ("BSN, University of Toledo", "Bachelor’s degree"),
        ("BA, History", "Bachelor’s degree"),
        ("MHA San José State 2016", "Master’s degree"),
        ("Master’s in Social Work", "Master’s degree"),
        ("Ph.D. in Chemistry", "Doctoral or professional degree"),
        ("GED 2005\nB.A., Ohio State, 2012\nAssociate of Arts", "Bachelor’s degree"),
        ("High school diploma\nBachelor of Arts, expected 2027", "High school diploma"),
        ("Some college, no degree", "High school diploma"),
        ("Bachelor’s degree in progress", "High school diploma"),
        ("B.S. Health Administration candidate, State University (May 2027)", "High school diploma"),
        ("EDUCATION\nSouth High 2014", "High school diploma"),
        ("EDUCATION\nDiploma, Overton High School, 2018", "High school diploma"),
        ("B.S.W., Monongahela University, 2016\nSupervised one MSW intern", "Bachelor’s degree"),
        ("Floor nurse, Med/Surg\nBSN, 2014", "Bachelor’s degree"),
        ("Electrician’s apprenticeship, five years. GED.", "Certificate or vocational training"),
        ("BSN 2003; MSN begun, two semesters, stopped", "Bachelor’s degree"),
        (
            "EDUCATION\nUnited Career Institute   Medical Assisting   900 hours   2021",
            "Certificate or vocational training",
        ),
        ("EDUCATION\nCNA class, Career College, 2019", "Certificate or vocational training"),
        ("AS in Nursing, 2015", "Associate degree"),
        ("Associates in Nursing", "Associate degree"),
        ("BA 2010", "Bachelor’s degree"),
        ("Bachelor of Arts, honors student, 2014", "Bachelor’s degree"),
        ("Bachelor of Arts, president of student council, 2014", "Bachelor’s degree"),
    ],
)
def test_the_highest_completed_education_is_read(text: str, education: str) -> None:
    found = facts(text).education
    assert found is not None
    assert str(found.level.label) == education


@pytest.mark.parametrize(
    "text",
    [
        "Teacher, Lincoln High School, 2011-2015",
        "Sales Associate, Target",
        "Associate in a law firm",
        "ASE Master Tech; kept the master schedule",
        "Boston, MA. MS Word",
        "Currently pursuing an MBA",
        "WORKED AS CASHIER AT TARGET",
        "Multitask as needed",
        "Associate of the Month, Target",
        "Worked for a doctor of internal medicine",
        "Bachelor party planner",
        "EDUCATION\nGED pending\n\nWORK\nCook, Lincoln High School",
    ],
)
def test_a_workplace_a_plan_and_other_words_are_no_education(text: str) -> None:
    assert facts(text).education is None


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Cashier 2019-2023", 4),
        ("Cashier, Jan 2019 – Mar 2023", 4),
        ("Cashier 03/2019 to present", 7),
        ("Cook 2010 - 2015\nServer 2013 - 2018", 8),
        ("Cook, 2021–24", 3),
        ("Cook 2019 - 2019", 1),
        ("EDUCATION\nOhio State 2008 - 2012", None),
        ("Cook, 2019", None),
        ("Cook 2023 - 2019. Cook 1900 - 2020. Cook 2020 - 2050", None),
    ],
)
def test_years_of_work_are_counted_once(text: str, years: int | None) -> None:
    assert facts(text).years == years


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Medical Assistant, Bell Clinic, 2018 - 2022\nCashier, 2014 - 2018", 4),
        ("Bell Clinic\n2018 - 2022\n- Scheduled patients", 4),
        ("Volunteer, Mercy Hospital, 2018 - 2022", None),
        ("2014 - 2022 Home. Cared for my father after surgery", None),
        ("Technician, Valley Animal Hospital, 2018 - 2022", None),
        ("Cashier, 2018 - 2022", None),
    ],
)
def test_years_of_paid_work_in_health_care_are_counted(text: str, years: int | None) -> None:
    assert facts(text).health_years == years


@pytest.mark.parametrize(
    ("text", "languages"),
    [
        ("Bilingual English/Spanish", ["Spanish"]),
        ("Languages: Tagalog (native), Thai", ["Tagalog", "Thai"]),
        ("Speak Haitian Creole at home", ["Haitian Creole"]),
        ("Skills: MS Word; Spanish; typing", ["Spanish"]),
        ("Served Greek salads and French fries", []),
        ("Taught English literature", []),
        ("Spanish first, English second", ["Spanish"]),
        ("Check in children, English and Spanish", ["Spanish"]),
        ("EXPLAIN IT IN SPANISH. FLUENT SPANISH", ["Spanish"]),
        ("Languages: Louisiana French, Hausa", ["Louisiana French", "Hausa"]),
        ("Languages: Arabic (some), a little French, learning Spanish, Dari", ["Dari"]),
    ],
)
def test_languages_that_the_writer_speaks_are_read(text: str, languages: list[str]) -> None:
    assert [language.value for language in facts(text).languages] == languages


@pytest.mark.parametrize(
    ("text", "licenses"),
    [
        ("CPR/BLS, valid driver's license", ["CPR", "BLS"]),
        ("HHA, 2019 - 2021. HHA lapsed. RN? Accepted for fall.", []),
        ("First aid, yes. Teacher certificate (Ohio)", ["Teacher certificate"]),
        ("LPN program, not completed", []),
        ("CERTIFICATIONS\nCCNA, valid 2028\nCPT (NHA)", ["CCNA", "CPT"]),
        ("Food handler’s card. Forklift certified.", ["Food handler’s", "Forklift"]),
        ("RN license, Ohio, active", ["RN license"]),
        ("CNA certificate 2017 (lapsed), OSHA 30", ["OSHA 30"]),
        ("EMT-B, expired 2021", []),
        ("Cosmetology license in progress", []),
        ("RN (inactive) — ACLS lapsed 2024; CNA class starts in January", []),
    ],
)
def test_licenses_that_are_valid_are_read(text: str, licenses: list[str]) -> None:
    assert [each.value for each in facts(text).licenses] == licenses
