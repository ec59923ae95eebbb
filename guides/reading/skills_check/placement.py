"""Where a role belongs in the result for a visitor, by its requirements."""

from dataclasses import replace
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from guides.choices import EducationLevel
from guides.requirements import (
    DIPLOMA,
    EDUCATION_LEVELS,
    Qualifications,
    RequirementKind,
    Standing,
    education_rank,
    experience_slug,
    open_counts,
    way_standing,
)
from guides.summary import SummaryRequirement

MAX_EFFORT = 63
MOVE_ORDER = 2 * (MAX_EFFORT + 1)
"""What a move that a guide names adds to the order of a role. It counts more than all but the group."""

type Ways = tuple[SummaryRequirement, ...]
"""The ways to meet the requirements of a role."""


class MatchGroup(TextChoices):
    """The groups of a result, in order. Three depend on an answer that the visitor has not entered."""

    NOW = "now", _("You can enter now")
    EDUCATION = "tell-education", _("Tell us your education")
    YEARS = "tell-years", _("Tell us your years of work")
    CERTIFICATE = "tell-certificate", _("Tell us your licenses and certificates")
    NOT_STATED = "not-stated", _("These guides do not state requirements")
    ONE = "one-missing", _("One requirement is missing")
    MORE = "more-missing", _("Two or more requirements are missing")


GROUPS = tuple(MatchGroup)
_UNKNOWN = {
    RequirementKind.EDUCATION: MatchGroup.EDUCATION,
    RequirementKind.EXPERIENCE: MatchGroup.YEARS,
    RequirementKind.CERTIFICATE: MatchGroup.CERTIFICATE,
}


class Placement(NamedTuple):
    """The group of a role, and the standing of the ways that are equally near, the usual one first.

    `effort` is the number of years, levels of education, and certificates between the visitor and the role.
    `uses_degree` says whether the role requires a degree that the visitor has.
    """

    group: MatchGroup
    standings: tuple[Standing, ...]
    effort: int
    uses_degree: bool

    @property
    def is_possible(self) -> bool:
        """Whether no requirement is missing, as far as is known."""
        return not self.standings[0].missing

    @property
    def order(self) -> int:
        """A number that is higher for roles that come first: by group, by degree, and by effort."""
        group = len(GROUPS) - GROUPS.index(self.group)
        effort = MAX_EFFORT - min(self.effort, MAX_EFFORT)
        return group * 2 * MOVE_ORDER + self.uses_degree * (MAX_EFFORT + 1) + effort


def place(ways: Ways, qualifications: Qualifications) -> Placement:
    """Compare a visitor with the requirements of a role.

    Without an education, a diploma is assumed, but only for roles that usually require no more than that.
    """
    asks_education = not qualifications.education and _requires_more_than_a_diploma(ways)
    if not qualifications.education and not asks_education:
        qualifications = replace(qualifications, education=EducationLevel.HIGH_SCHOOL)
    each = tuple(way_standing(way, qualifications) for way in ways) or (Standing(None),)
    counts = tuple(open_counts(one, qualifications.education) for one in each)
    fewest = min(counts)
    nearest = tuple(one for one, count in zip(each, counts, strict=True) if count == fewest)
    group = _group(nearest[0], *fewest, asks_education=asks_education)
    degree = any(one.way and education_rank(one.way.education) >= _DEGREE for one in nearest)
    return Placement(
        group=group,
        standings=nearest,
        effort=min(_effort(one, qualifications) for one in nearest),
        uses_degree=group == MatchGroup.NOW and degree,
    )


_DEGREE = EDUCATION_LEVELS.index(EducationLevel.ASSOCIATE)


def _group(best: Standing, missing: int, unknown: int, *, asks_education: bool) -> MatchGroup:
    if best.way is None:
        return MatchGroup.NOT_STATED
    if not missing and not unknown:
        return MatchGroup.NOW
    if asks_education:
        return MatchGroup.EDUCATION
    if missing:
        return MatchGroup.ONE if missing == 1 else MatchGroup.MORE
    return _UNKNOWN[best.unknown[0]]


def _effort(one: Standing, qualifications: Qualifications) -> int:
    if one.way is None:
        return 0
    kinds = (*one.missing, *one.unknown)
    effort = int(RequirementKind.CERTIFICATE in kinds)
    if RequirementKind.EXPERIENCE in kinds:
        held = qualifications.years.get(experience_slug(one.way.experience), 0)
        effort += max(0, (one.way.years_from or 0) - held)
    if RequirementKind.EDUCATION in kinds:
        effort += max(0, education_rank(one.way.education) - education_rank(qualifications.education))
    return effort


def _requires_more_than_a_diploma(ways: Ways) -> bool:
    """Return whether the usual way requires more than a high school diploma."""
    return bool(ways) and education_rank(ways[0].education) > DIPLOMA
