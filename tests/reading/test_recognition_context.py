"""Whether words of a résumé mean a skill together, in this sense, and held today."""

import pytest

from tests.helpers.factories import an_edition
from tests.reading.test_recognition import a_skill, found

pytestmark = pytest.mark.django_db

SKILLS = (
    a_skill("Secure messaging", "tool", wordings=["secure email", "secure message"]),
    a_skill("Patient education", wordings=["health education", "teach patients"]),
    a_skill("Microsoft Teams", "tool", wordings=["microsoft meetings"]),
    a_skill("Microsoft Excel", "tool", aliases=["Excel"]),
    a_skill("Staff scheduling", wordings=["staff schedule"]),
    a_skill("Calendars", slug="appointments", wordings=["schedule appointments"]),
    a_skill("Insurance verification", wordings=["verify insurance", "verify benefits"]),
    a_skill("Policy writing", wordings=["wrote policies"]),
    a_skill("Medical billing"),
    a_skill("Medical coding"),
    a_skill("Admission, discharge, and transfer software", "tool", slug="adt"),
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
