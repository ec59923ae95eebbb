"""Which skills and titles are recognized in a résumé, with which passages, and which are not."""

import re
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from guides.models import Role
from guides.publishing.editions.withdraw import withdraw
from guides.reading.resume.recognition import MAX_LETTERS, Recognized, recognize
from tests.helpers.factories import an_edition
from tests.helpers.hypothesis_profile import examples
from tests.helpers.strategies import characters
from tests.helpers.work import at_most

pytestmark = pytest.mark.django_db


def a_skill(name: str, kind: str = "technical", **changes: Any) -> dict[str, Any]:
    return {"slug": name.lower().replace(" ", "-"), "name": name, "kind": kind} | changes


SKILLS = (
    a_skill("Electronic health records", aliases=["EHR"]),
    a_skill("Insurance verification", wordings=["verify coverage"]),
    a_skill("Patient scheduling"),
    a_skill("Vital signs", wordings=["vitals", "took pulse"]),
    a_skill("Organization", "soft", wordings=["organized"]),
    a_skill("Epic", "tool"),
    a_skill("Microsoft Excel", "tool", aliases=["Excel"]),
    a_skill("Certified Medical Assistant", "certificate", aliases=["CMA"]),
    a_skill("Bookkeeping"),
)


@pytest.fixture(autouse=True)
def _live() -> None:
    levels = [{"title": "Lead Medical Assistant"}]
    an_edition(
        slug="medical-assistant", title="Medical Assistant", alternative_titles=["Clinic Assistant"], skills=SKILLS,
        levels=levels, pay=[],
    )  # fmt: skip


def read(text: str) -> Recognized:
    return recognize(text, at=timezone.now())


def found(text: str) -> str:
    return " ".join(skill.slug for skill in read(text).skills)


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Electronic Health Records", "electronic-health-records"),
        ("ELECTRONIC HEALTH RECORD", "electronic-health-records"),
        ("charted in the EHR daily", "electronic-health-records"),
        ("worked with two EHRs", "electronic-health-records"),
        ("electronic\nhealth records", ""),  # two items of a list
        ("Skills: insurance veri-\nfication, vital signs", "insurance-verification vital-signs"),
        ("insurence verification", "insurance-verification"),
        ("scheduled patients for four doctors", "patient-scheduling"),
        ("scheduling of patients", "patient-scheduling"),
        ("verified their coverage by phone", "insurance-verification"),
        ("took temperature and pulse", "vital-signs"),
        ("Book-keeping and book keeping", "bookkeeping"),
    ],
)
def test_names_are_found_in_any_spelling(text: str, slugs: str) -> None:
    assert found(text) == slugs


@pytest.mark.parametrize("text", ["follow up calls", "follow-up calls", "followup calls", "Followup-calls"])
@pytest.mark.parametrize("name", ["Follow up calls", "Follow-up calls", "Followup calls"])
def test_a_skill_is_found_with_hyphens_spaces_or_neither(text: str, name: str) -> None:
    others = (a_skill("Call centers"), a_skill("Follow guidelines"), a_skill("Up-coding"))
    an_edition(slug="caller", title="Caller", skills=(a_skill(name) | {"slug": "calls"}, *others), pay=[])
    assert found(f"Did {text}, daily") == "calls"


def test_two_words_do_not_match_a_tool_of_one_word() -> None:
    names = ("Sales calls", "Force plates")
    an_edition(
        slug="seller", title="Seller", skills=(a_skill("Salesforce", "tool"), *map(a_skill, names)), pay=[]
    )  # fmt: skip
    assert (found("led a sales force"), found("used Salesforce")) == ("", "salesforce")


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Collaborated with nurses", ""),
        ("Set up routers, switches", ""),
        ("Sold basils and other herbs", ""),
        ("COLLABORATEMD, ROSTERS", "collaboratemd rosters"),
        ("Colaboratemd, rostrs", "collaboratemd rosters"),
        ("patient shceduling", "patient-scheduling"),
        ("insurence verfication", "insurance-verification"),
    ],
)
def test_misspelled_words_are_corrected_and_real_ones_are_not(text: str, slugs: str) -> None:
    more = (a_skill("CollaborateMD", "tool"), a_skill("Rosters"), a_skill("Basics"))
    an_edition(slug="planner", title="Planner", skills=SKILLS + more, pay=[])
    assert found(text) == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("I excel at sales. Excelled in school.", ""),
        ("Word, Excel, Outlook", "microsoft-excel"),
        ("skilled in excel", ""),
        ("epic, excel, word", "microsoft-excel epic"),  # nothing else in capitals here, and each an item of its own
        ("An epic journey. Epic results!", ""),
        ("Charted in Epic.", "epic"),
        ("EPIC, 10 YEARS", "epic"),
        ("a non-profit organization", ""),
        ("Communication, organization, tact", "organization"),
        ("strong organization skills", "organization"),
        ("I am very organized", "organization"),
        ("donated an organ", ""),
        ("vital things", ""),
    ],
)
def test_a_single_word_counts_only_where_it_names_a_skill(text: str, slugs: str) -> None:
    assert set(found(text).split()) == set(slugs.split())


@pytest.mark.parametrize(
    "text",
    [
        "No experience with Epic", "I have not used Epic yet", "Hoping to learn Epic", "Would love to try Epic",
        "Epic: none", "Epic | none | 0", "My boss runs Epic", "Not yet: vital signs", "Vitals are done by the nurse",
        "Assistant to a CMA", "two CMAs", "my CMA lapsed",
        "I lack practice in bookkeeping", "Five years without patient scheduling", "I don’t take vital signs",
        "Never trained in bookkeeping, patient scheduling or Epic", "Neither bookkeeping nor Epic",
        "I plan to take up bookkeeping", "Planning to learn Epic", "I want to get into bookkeeping",
        "Interested in learning bookkeeping", "Pursuing a course in bookkeeping", "Enrolled in bookkeeping",
        "Working toward bookkeeping", "Eager to learn patient scheduling", "She took vital signs",
        "My mother did the bookkeeping", "Epic: no", "Bookkeeping (none)",
    ],
)  # fmt: skip
def test_negated_wished_and_other_peoples_skills_are_ignored(text: str) -> None:
    assert found(f"Jane Doe\n{text}") == ""


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Discharge planning, patient scheduling and vital signs.", "patient-scheduling vital-signs"),
        ("Read charts aloud and took vital signs.", "vital-signs"),
        ("Assisted the treasurer with bookkeeping.", "bookkeeping"),
        ("Worked under the director: bookkeeping, patient scheduling", "bookkeeping patient-scheduling"),
        ("At a law firm with one owner, did the bookkeeping", "bookkeeping"),
        ("A receptionist who loves patient scheduling", "patient-scheduling"),
        ("Earned and will earn trust by taking vital signs", "vital-signs"),
        ("Helped eight new hires learn Epic", "epic"),
        ("Enrolled patients and verified their coverage", "insurance-verification"),
        ("Eager team player, strong in bookkeeping", "bookkeeping"),
        ("I have become the office expert in Epic", "epic"),
        ("CMA exam passed in 2020", "certified-medical-assistant"),
        ("Patient scheduling is done in Epic here", "patient-scheduling epic"),
        ("Charted in Epic, no Cerner", "epic"),
        ("Not only bookkeeping", "bookkeeping"),
        ("Insurance verification plan of the clinic", "insurance-verification"),
    ],
)  # fmt: skip
def test_words_that_only_resemble_a_negation_or_a_wish_do_not_count(text: str, slugs: str) -> None:
    assert set(found(f"Jane Doe\n{text}").split()) == set(slugs.split())


def test_a_negation_ends_with_its_sentence() -> None:
    assert found("No Cerner. Charted in Epic") == "epic"
    assert found("never late, but quick in Epic") == "epic"


def test_partial_skills_are_answered_with_some() -> None:
    result = read("Basic insurance verification. Familiar with Epic. Vital signs")
    assert [(skill.slug, skill.answer.value) for skill in result.skills] == [
        ("insurance-verification", "some"), ("epic", "some"), ("vital-signs", "have"),
    ]  # fmt: skip
    assert [skill.answer.value for skill in read("Some Epic. Then used Epic daily").skills] == ["have"]


def test_a_passage_shows_the_context_of_a_skill() -> None:
    text = f"{'x ' * 60}<b>Called & verified coverage</b> for all of them{' y' * 60}"
    (skill,) = read(text).skills
    assert "&lt;b&gt;Called &amp; <mark>verified coverage</mark>&lt;/b&gt; for all of them y" in skill.passage
    assert skill.passage.startswith("… x")
    assert skill.passage.endswith("y …")


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Medical Assistant, Clinic A, 2020", "medical-assistant"),
        ("worked as a clinic assistant", "medical-assistant"),
        ("Lead Medical Assistant", "medical-assistant"),
        ("Objective: a position as medical assistant", ""),
        ("reported to the Medical Assistant", ""),
        ("Supervisor: Ann Lee, Medical Assistant", ""),
        ("six medical assistants", ""),
        ("Certified Medical Assistant", ""),
        ("Medical-Assistant, 2020", "medical-assistant"),
        ("MedicalAssistant, 2020", "medical-assistant"),
        ("Clinic assis-tant, 2020", "medical-assistant"),
        ("Worked for Mercy Hospital as a Medical Assistant.", "medical-assistant"),
        ("Hired as a Medical Assistant in 2019", "medical-assistant"),
        ("With three doctors in one office, medical assistant", "medical-assistant"),
        ("The only medical assistant of a busy clinic", "medical-assistant"),
        ("Supported two physicians as a clinic assistant", "medical-assistant"),
        ("Reported to the owner as Medical Assistant", "medical-assistant"),
        ("Thanks to our team, best Medical Assistant of 2021", "medical-assistant"),
        ("Never missed a day in four years as a Medical Assistant", "medical-assistant"),
        ("Promoted to Medical Assistant after a year", "medical-assistant"),
        ("Became a medical assistant in 2018", "medical-assistant"),
        ("Reached my sales goal before I was a medical assistant", "medical-assistant"),
        ("I never worked as a medical assistant", ""),
        ("Not certified as a medical assistant", ""),
        ("I want to work as a medical assistant", ""),
        ("To become a medical assistant", ""),
        ("I plan to start as a medical assistant", ""),
        ("Seeking full-time work as a Medical Assistant", ""),
        ("Career goal: Medical Assistant", ""),
        ("Applied for Medical Assistant at Mercy", ""),
        ("Interested in working as a medical assistant", ""),
        ("Assisted the Medical Assistant with supplies", ""),
        ("Worked beside a nurse, alongside a scribe and a medical assistant", ""),
        ("Trained by a Medical Assistant", ""),
        ("Interviewed and hired a medical assistant", ""),
        ("Our Medical Assistant left in May", ""),
        ("My sister is a medical assistant", ""),
        ("References: Ann Lee, Medical Assistant", ""),
    ],
)
def test_only_titles_that_the_writer_held_are_found(text: str, titles: str) -> None:
    assert " ".join(title.slug for title in read(text).titles) == titles


def test_a_certificate_is_not_a_job() -> None:
    result = read("Certified Medical Assistant (CMA)")
    assert ([skill.slug for skill in result.skills], result.titles) == (["certified-medical-assistant"], ())


def test_only_names_of_live_guides_are_found() -> None:
    withdraw(role=Role.objects.get(), by="Ada")
    assert read("EHR, Epic, Medical Assistant") == Recognized((), ())


def test_queries_contain_no_words_of_the_text(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    text = "EHR, organized. Medical Assistant, Insurence verification, Zebediah " + " ".join(
        map("{:x}a".format, range(5_000))
    )
    read(text)
    with django_assert_num_queries(4) as queries:  # generation, wordings, titles, guides of the titles
        read(text)
    assert not re.search("zebed|insurence|ehr|e7a", " ".join(query["sql"] for query in queries.captured_queries))


@examples(60)
@given(text=st.text(characters | st.sampled_from("ehr epic.,\n|"), max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    read(text)


@pytest.mark.parametrize("text", ["a " * MAX_LETTERS, "x" * MAX_LETTERS, "Epic, " * 10_000, "\n|.-" * 20_000])
def test_long_texts_take_bounded_work(text: str) -> None:
    with at_most(50_000_000):
        read(text)
