"""The summary of a guide by which roles are sorted, filtered, compared and linked."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from guides.schema import Guide, KeyFact, SalaryBand
from guides.schema.types import HOME_CURRENCY

from .pay import headline

WEIGHTS = {"essential": 3, "important": 2, "useful": 1}
"""The weight of a skill in a readiness score, by its importance."""


class Weighed(Protocol):
    """A row with an importance for the role."""

    @property
    def importance(self) -> str: ...


def by_importance[T: Weighed](skills: Iterable[T]) -> tuple[T, ...]:
    """Sort skills from essential to useful, in the guide's order within each importance."""
    return tuple(sorted(skills, key=lambda skill: -WEIGHTS[skill.importance]))


class SummarySkill(NamedTuple):
    slug: str
    name: str
    kind: str
    importance: str = "important"

    @property
    def weight(self) -> int:
        return WEIGHTS[self.importance]


class GuideSummary(NamedTuple):
    """The comparable facts of a guide.

    `growth` is a fraction of one, and `education` the usual minimum requirement. `band` is the headline to show for the
    role. If it belongs to a broader occupation, it has a range only.
    """

    education: str
    growth: Decimal | None
    band: SalaryBand | None
    skills: tuple[SummarySkill, ...]

    @property
    def pay(self) -> Decimal | None:
        """The role's own typical yearly pay in the home currency, or None if it is unknown."""
        band = self.band
        if band is None or (band.period, band.currency) != ("year", HOME_CURRENCY):
            return None
        return band.mean if band.median is None else band.median


def summarize(guide: Guide) -> GuideSummary:
    """Return the summary of a guide."""
    shares = (fact.value for fact in _facts(guide, "growth") if fact.value and fact.value.unit == "share")
    return GuideSummary(
        education=next((fact.education for fact in _facts(guide, "education") if fact.education), ""),
        growth=next((share.high if share.low is None else share.low for share in shares), None),
        band=headline(guide),
        skills=tuple(SummarySkill(skill.slug, skill.name, skill.kind, skill.importance) for skill in guide.skills),
    )


def _facts(guide: Guide, kind: str) -> Iterator[KeyFact]:
    return (fact for fact in guide.facts if fact.kind == kind)
