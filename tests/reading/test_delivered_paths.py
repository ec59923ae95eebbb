"""Paths between the delivered roles and starting jobs. None hides a requirement."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import Listing, StartingJob
from guides.reading.compare.paths import RolePath
from guides.rendering.requirement_words import phrases
from guides.requirements import EDUCATION_LEVELS
from guides.summary import SummaryRequirement
from tests.reading.test_pages import words
from tests.reading.test_paths import needs, path

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_delivered")
class TestDelivered:
    def test_a_receptionist_becomes_a_manager_as_coordinator_and_lead(self) -> None:
        coordinator, manager = path("medical-receptionist", "patient-care-manager").steps
        assert [step.gap.slug for step in (coordinator, manager)] == [
            "patient-care-coordinator",
            "patient-care-manager",
        ]
        assert [level.title for level in manager.levels] == [
            "Senior Patient Care Coordinator",
            "Lead Patient Care Coordinator",
            "Patient Care Manager",
        ]

    def test_no_name_is_taken_for_another_job(self) -> None:
        response = Client().get("/paths/", {"from": "nurse", "to": "Clinical Coordinator"})
        assert response.status_code == 200
        assert "We don’t know a job called just “nurse.” Did you mean one of these?" in words(response.content.decode())

    def test_no_path_hides_a_requirement(self) -> None:
        now = timezone.now()
        roles = tuple(Listing.objects.live(at=now).with_summary())
        starts = (*(role.edition.slug for role in roles), *StartingJob.objects.values_list("slug", flat=True))
        hidden = [
            (start, goal.edition.slug, text)
            for start, goal in product(starts, roles)
            if start != goal.edition.slug
            for text in hidden_requirements(path(start, goal.edition.slug), {role.edition.slug: role for role in roles})
        ]
        assert len(starts) > len(roles) > 5
        assert hidden == []


def hidden_requirements(found: RolePath, roles: dict[str, Listing]) -> Iterator[str]:
    """Yield the requirements of each role on a path that are neither shown at its step nor met for certain before."""
    before = [roles[found.start.slug].summary.requirements] if found.start.slug in roles else []
    for step in (*found.steps, found.direct):
        ways = roles[step.gap.slug].summary.requirements
        passed = before if step != found.direct else before[:1]
        unmet = [[text for text in of(way) if not any(is_certain(way, text, each) for each in passed)] for way in ways]
        first, others = needs(step)
        shown = {*first, *(text for other in others for text in other)}
        if all(unmet):
            yield from (text for way in unmet for text in way if text not in shown)
        before.append(ways)


def of(way: SummaryRequirement) -> tuple[str, ...]:
    return tuple(phrases(way).values())


def is_certain(way: SummaryRequirement, text: str, ways: tuple[SummaryRequirement, ...]) -> bool:
    """Whether everyone in a job that these ways lead to meets a requirement of a way into another."""

    def has(other: SummaryRequirement) -> bool:
        if text in (way.certificate, way.certificate_name):
            return other.certificate == way.certificate
        if way.experience and text.endswith(way.experience):
            return other.experience == way.experience and (other.years_from or 0) >= (way.years_from or 0)
        return EDUCATION_LEVELS.index(other.education or "none") >= EDUCATION_LEVELS.index(way.education)

    return bool(ways) and all(map(has, ways))
