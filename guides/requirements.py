"""Compare what a visitor brings with the requirements of a role: education, years of experience, and certificates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple, get_args

from django.utils.text import slugify

from guides.schema import EducationLevel
from guides.summary import SummaryRequirement

EDUCATION_LEVELS: tuple[str, ...] = get_args(EducationLevel)
"""The levels of education, ascending."""


@dataclass(frozen=True)
class Qualifications:
    """What a visitor says: the highest education completed, whole years by kind of experience, and certificates.

    `certificates` maps slugs to whether the visitor holds them. What is missing is unknown.
    """

    education: str = ""
    years: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    certificates: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))


class RequirementKind(StrEnum):
    EDUCATION = "education"
    EXPERIENCE = "experience"
    CERTIFICATE = "certificate"


class Standing(NamedTuple):
    """How a visitor meets the best way into a role, None if the role has no requirements.

    `missing` are the kinds of requirements that the visitor lacks, and `unknown` those that depend on an answer.
    """

    way: SummaryRequirement | None
    missing: tuple[RequirementKind, ...] = ()
    unknown: tuple[RequirementKind, ...] = ()

    @property
    def is_met(self) -> bool:
        return not self.missing and not self.unknown


def standing(ways: Iterable[SummaryRequirement], qualifications: Qualifications) -> Standing:
    """Return the way with the fewest missing and then the fewest unknown requirements, the first of equals."""
    standings = (_standing(way, qualifications) for way in ways)
    return min(standings, key=lambda each: (len(each.missing), len(each.unknown)), default=Standing(None))


def experience_slug(experience: str) -> str:
    """Return the name of a kind of experience in URLs."""
    return slugify(experience)


def _standing(way: SummaryRequirement, qualifications: Qualifications) -> Standing:
    states = {
        RequirementKind.EDUCATION: _has_education(way.education, qualifications.education),
        RequirementKind.EXPERIENCE: _has_years(way, qualifications.years),
        RequirementKind.CERTIFICATE: qualifications.certificates.get(way.certificate) if way.certificate else True,
    }
    return Standing(
        way,
        missing=tuple(kind for kind, is_met in states.items() if is_met is False),
        unknown=tuple(kind for kind, is_met in states.items() if is_met is None),
    )


def _has_education(required: str, education: str) -> bool | None:
    """Return whether an education is enough, or None if it is unknown."""
    if required in ("", EDUCATION_LEVELS[0]):
        return True
    return EDUCATION_LEVELS.index(education) >= EDUCATION_LEVELS.index(required) if education else None


def _has_years(way: SummaryRequirement, years: Mapping[str, int]) -> bool | None:
    if not way.years_from:
        return True
    known = years.get(experience_slug(way.experience))
    return None if known is None else known >= way.years_from
