"""Whether words of a résumé mean a skill together, in this sense, and held today."""

import pytest

from tests.helpers.factories import an_edition
from tests.reading.test_recognition import a_skill, found, read

pytestmark = pytest.mark.django_db

SKILLS = (
    a_skill("Secure messaging", "tool", wordings=["secure email", "secure message"]),
    a_skill("Patient education", wordings=["health education", "teach patients"]),
    a_skill("Microsoft Teams", "tool", wordings=["microsoft meetings"]),
    a_skill("Microsoft Excel", "tool", aliases=["Excel"]),
    a_skill("Staff scheduling", wordings=["staff schedule"]),
    a_skill("Calendars", slug="appointments", wordings=["schedule appointments"]),
    a_skill("Insurance verification", wordings=["verify insurance", "verify benefits"]),
    a_skill("Policy writing", wordings=["write policies"]),
    a_skill("Medical billing"),
    a_skill("Medical coding"),
    a_skill(
        "Admission, discharge, and transfer software", "tool", slug="adt", aliases=["ADT"], wordings=["ADT system"]
    ),
    a_skill("Organization", "soft", wordings=["organized"]),
    a_skill("Adaptability", "soft", wordings=["flexible", "adaptable"]),
    a_skill("People skills", "soft", slug="people-skills", wordings=["personable"]),
    a_skill("Database management", "tool", slug="database", wordings=["database"]),
    a_skill("Community resources", wordings=["refer food"]),
    a_skill("Vital signs", wordings=["VS", "BP"]),
    a_skill("Codes", slug="codes", aliases=["CPT"]),
    a_skill("Registered Medical Assistant", "certificate", slug="rma", aliases=["RMA"]),
)


@pytest.fixture(autouse=True)
def _live() -> None:
    an_edition(slug="medical-assistant", title="Medical Assistant", skills=SKILLS, pay=[])


@pytest.mark.parametrize(
    "text",
    [
        "Skills: security, email, phones",
        "Health, DNA, Educator",
        "Meetings, Contacts, Microsoft Edge",
        "Meetings, contacts, and Microsoft Edge",
        "Staff development\nSchedule management",
        "Staff development, Schedule management",
        "Front desk staff / Schedule management",
        "Insurance, verification",
        "Medical, Coding",
        "Medical Records (Coding)",
        "Schedule; appointments",
    ],
)
def test_words_of_different_items_are_no_name(text: str) -> None:
    assert found(text) == ""


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Scheduled, moved, and canceled appointments", "appointments"),
        ("scheduled, confirmed and canceled all appointments", "appointments"),
        ("Scheduled surgeries, tests, appointments", "appointments"),
        ("Verified demographics, insurance and benefits", "insurance-verification"),
        ("Teaching students, patients and families", "patient-education"),
        ("Microsoft Word, Excel", "microsoft-excel"),
        ("Scheduling of MRI/CT appointments", "appointments"),
        ("Wrote 60+ policies", "policy-writing"),
        ("Admission, discharge, and transfer software", "adt"),
        ("Medical Billing and Coding", "medical-billing medical-coding"),
        ("Medical Billing/Coding", "medical-billing medical-coding"),
        ("Benefits and insurance verification", "insurance-verification"),
        ("Insurance and benefits verification", "insurance-verification"),
    ],
)
def test_items_share_a_verb_a_modifier_or_a_noun(text: str, slugs: str) -> None:
    assert set(found(text).split()) == set(slugs.split())


@pytest.mark.parametrize(
    "text",
    [
        "Organized store shelves",
        "Organized a bake sale",
        "Files organized by date",
        "Organized and cleaned the dock",
        "Organized customer orders",
        "Flexible schedule",
        "Flexible hours, adaptable furniture",
        "Tracked loads in a database",
        "Volunteer, Valley Food Pantry",
        "VS Code, Python",
        "Cashier, BP, Dayton",
        "CPT John Ray, U.S. Army",
        "Installed ADT alarm systems",
        "Processed RMA requests",
    ],
)
def test_words_in_another_sense_are_no_skill(text: str) -> None:
    assert found(text) == ""


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("I am very organized", "organization"),
        ("Organized, careful", "organization"),
        ("Organized and motivated", "organization"),
        ("Organized and motivated professional", "organization"),
        ("An organized receptionist with ten years at a desk", "organization"),
        ("Organized under pressure", "organization"),
        ("Flexible and adaptable", "adaptability"),
        ("Polite and personable", "people-skills"),
        ("Maintained the donor database", "database"),
        ("Database skills", "database"),
        ("Referred families to a food pantry", "community-resources"),
        ("Took BP and pulse", "vital-signs"),
        ("ICD-10 and CPT codes", "codes"),
        ("ADT feeds from the hospital", "adt"),
        ("RMA, 2019", "rma"),
        ("RMA certified", "rma"),
    ],
)
def test_a_context_settles_the_sense(text: str, slugs: str) -> None:
    assert found(text) == slugs


@pytest.mark.parametrize(
    "text",
    [
        "RMA (in progress)",
        "RMA, in progress",
        "RMA, expected 2027",
        "RMA, American Medical Technologists, expected May 2027",
        "Registered Medical Assistant - anticipated 2027",
        "RMA (AMT), expired",
        "RMA (expired 2021)",
        "RMA – lapsed",
        "RMA candidate",
        "RMA-eligible",
        "RMA exam scheduled for May",
        "RMA pending",
        "In progress: RMA",
        "Expected 2027: RMA",
        "Expired: RMA",
        "Studying for the RMA exam",
        "Working on my RMA",
    ],
)
def test_a_certificate_that_is_not_held_today_is_not_found(text: str) -> None:
    assert found(text) == ""


@pytest.mark.parametrize(
    "text",
    [
        "RMA, expires 2028",
        "RMA exam passed in 2020",
        "RMA, BLS (expired)",
        "RMA; CMAA in progress",
        "RMA 2020\nDegree in progress",
        "Registered Medical Assistant, active",
    ],
)
def test_a_certificate_that_is_held_is_found(text: str) -> None:
    assert found(text) == "rma"


def test_a_skill_in_progress_is_there_in_part() -> None:
    (skill,) = read("Medical coding (in progress)").skills
    assert (skill.slug, skill.answer) == ("medical-coding", "some")


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Trained six new hires", "training"),
        ("Coached 12 agents", "training"),
        ("Mentors interns", "training"),
        ("Taught patients to use inhalers", "patient-education"),
        ("Wrote SOPs for the aid station", "policy-writing"),
        ("Drafted a procedure manual", "policy-writing"),
        ("Handles conflicts between guests", "complaints"),
        ("Conflict resolution", "complaints"),
        ("Managed apprentices", "supervision"),
        ("Led a crew of five", "supervision"),
        ("Nurse manager of the crew", ""),  # a job, not what the writer did
        ("Managed budgets", ""),
        ("Mentored", ""),  # a phrase of one word has no synonyms
        ("Staff education", ""),
    ],
)
def test_words_of_a_phrase_have_synonyms(text: str, slugs: str) -> None:
    others = (
        a_skill("Onboarding", slug="training", wordings=["train staff", "coached"]),
        a_skill("Service recovery", slug="complaints", wordings=["resolve complaints"]),
        a_skill("Personnel matters", slug="supervision", wordings=["supervise staff"]),
    )
    an_edition(slug="lead", title="Lead", skills=others, pay=[])
    assert found(text) == slugs
