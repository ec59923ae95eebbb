"""Which job titles are found in a résumé although no guide spells them so, and which are not."""

import pytest

from tests.helpers.factories import an_edition
from tests.reading.test_recognition import a_skill, read

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _live() -> None:
    an_edition(
        slug="patient-services",
        title="Patient Services Coordinator",
        alternative_titles=["Patient Services Representative", "Patient Access Coordinator"],
        levels=[{"title": "Lead Patient Services Coordinator"}, {"title": "Access Supervisor"}],
        skills=(a_skill("Scheduling"),),
        pay=[],
    )
    an_edition(
        slug="reception",
        title="Medical Receptionist",
        alternative_titles=["Medical Front Desk Receptionist", "Clinic Receptionist"],
        skills=(a_skill("Certified Medical Receptionist", "certificate", slug="cmr", aliases=["CMR"]),),
        pay=[],
    )


def titles(text: str) -> str:
    return " ".join(title.slug for title in read(text).titles)


@pytest.mark.parametrize(
    "text",
    [
        "Patient Service Representative, Hope Clinic, 2020",
        "Patient Services Rep., Hope Clinic",
        "Patient Service Rep",
        "Patient Access Representative",
        "PATIENT ACCESS REPRESENTATIVE",
        "Patient Access Coord.",
        "Lead Patient Services Coordinator",
    ],
)
def test_a_title_is_found_in_other_words_for_the_same_rank(text: str) -> None:
    assert titles(text) == "patient-services"


@pytest.mark.parametrize(
    "text",
    [
        "Patient Access Specialist",  # no title of the guide has this rank
        "Patient Representative",
        "Access Supervisor",
        "Services Representative",
        "Patient, Access Coordinator",
        "Patient Services Coordinator program, Sinclair College",
        "Patient Services Coordinator (certificate)",
        "Patient Services Coordinator A.A.S., 2020",
        "Position wanted: Patient Services Coordinator",
        "Wife is a patient services coordinator",
        "Brother works as a patient services coordinator",
    ],
)
def test_another_job_a_course_and_a_job_of_others_are_not_found(text: str) -> None:
    assert titles(text) == ""


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Front desk receptionist, 2016\n- Filed medical charts", "reception"),
        ("Front desk receptionist, Dr. Stein, 2016", "reception"),
        ("Front desk receptionist, Hope Pediatrics, 2016\n- Greeted patients", "reception"),
        ("Worked as a front desk receptionist at a medical office", "reception"),
        ("Front desk receptionist, Planet Fitness, 2016\n- Sold memberships", ""),
        ("Front desk receptionist, Planet Fitness, 2016" + ", sold memberships" * 60 + "\nMedical biller", ""),
        ("Reviewed front desk receptionist schedules of a medical office", ""),
    ],
)
def test_the_context_of_a_job_completes_its_title(text: str, slugs: str) -> None:
    assert titles(text) == slugs


@pytest.mark.parametrize(
    ("text", "slugs"),
    [
        ("Certified Medical Receptionist, 2016", ""),
        ("Certified Medical Receptionist, Hope Clinic, 2016 - 2019", "reception"),
        ("Certified Medical Receptionist (CMR), Hope Clinic, Mar 2016 – present", "reception"),
    ],
)
def test_a_certificate_in_the_line_of_a_job_is_a_job_as_well(text: str, slugs: str) -> None:
    result = read(text)
    assert (" ".join(title.slug for title in result.titles), [skill.slug for skill in result.skills]) == (
        slugs,
        ["cmr"],
    )
