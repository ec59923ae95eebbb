"""Compare what a visitor brings with the requirements of a role: education, years of experience, and certificates."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple, get_args

from django.utils.text import slugify

from guides.schema import EducationLevel
from guides.summary import SummaryRequirement

EDUCATION_LEVELS: tuple[str, ...] = get_args(EducationLevel)
"""The levels of education, ascending."""

DIPLOMA = EDUCATION_LEVELS.index("high-school")


@dataclass(frozen=True)
class Qualifications:
    """What a visitor says: the highest education completed, whole years by kind of experience, and certificates.

    `certificates` maps slugs to whether the visitor holds them. What is missing is unknown.
    """

    education: str = ""
    years: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    certificates: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({}))

    def updated(self, stated: "Qualifications") -> "Qualifications":
        """Replace what is known by what a visitor states."""
        return Qualifications(
            education=stated.education or self.education,
            years={**self.years, **stated.years},
            certificates={**self.certificates, **stated.certificates},
        )

    def after(self, ways: Iterable[SummaryRequirement]) -> "Qualifications":
        """Add what someone has for certain who met the requirements of a role in one of these ways."""
        shared = shared_requirements(tuple(ways))
        education = max(self.education, shared.education, key=education_rank)
        years = {kind: max(count, self.years.get(kind, 0)) for kind, count in shared.years.items()}
        return Qualifications(education, {**self.years, **years}, {**self.certificates, **shared.certificates})


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
    standings = (way_standing(way, qualifications) for way in ways)
    return min(standings, key=lambda each: open_counts(each, qualifications.education), default=Standing(None))


def open_counts(standing: Standing, education: str) -> tuple[int, int]:
    """Return how many requirements are missing and unknown. A diploma that comes first counts as missing, too."""
    return len(standing.missing) + needs_diploma_first(standing, education), len(standing.unknown)


def needs_diploma_first(standing: Standing, education: str) -> bool:
    """Return whether the visitor lacks a diploma, and needs an education that begins with one."""
    requires_more = standing.way is not None and education_rank(standing.way.education) > DIPLOMA
    return RequirementKind.EDUCATION in standing.missing and requires_more and education == EDUCATION_LEVELS[0]


def shared_requirements(ways: Sequence[SummaryRequirement]) -> Qualifications:
    """Return what all ways require: the least education, the fewest years, and the certificates of every way."""
    if not ways:
        return Qualifications()
    kinds = {experience_slug(way.experience) for way in ways if way.years_from}
    years = {
        kind: min((way.years_from or 0) if experience_slug(way.experience) == kind else 0 for way in ways)
        for kind in kinds
    }
    certificates = {way.certificate for way in ways}
    return Qualifications(
        education=min((way.education for way in ways), key=education_rank),
        years={kind: count for kind, count in years.items() if count},
        certificates=dict.fromkeys(certificates - {""}, True) if len(certificates) == 1 else {},
    )


def education_rank(level: str) -> int:
    """Return the rank of a level of education. An unknown one ranks with no education."""
    return EDUCATION_LEVELS.index(level) if level else 0


@lru_cache(maxsize=1_000)
def experience_slug(experience: str) -> str:
    """Return the name of a kind of experience in URLs."""
    return slugify(experience)


def way_standing(way: SummaryRequirement, qualifications: Qualifications) -> Standing:
    """Compare a visitor with one way into a role."""
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
