"""The summary of a guide by which roles are sorted, filtered, compared and linked."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from guides.schema import Guide, KeyFact, SalaryBand, Source

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


class ListedOccupation(NamedTuple):
    """An official occupation of a role: its code, and how it relates to the role."""

    code: str
    relation: str


class PayFacts(NamedTuple):
    """What a guide says of its pay: its headline figure with the source, if any, and its official occupations."""

    band: SalaryBand | None
    source: Source | None
    occupations: tuple[ListedOccupation, ...]
    is_representative: bool


class GuideSummary(NamedTuple):
    """The comparable facts of a guide. `growth` is the guide's own figure, a fraction of one.

    `education` is the usual minimum requirement.
    """

    education: str
    growth: Decimal | None
    pay: PayFacts
    skills: tuple[SummarySkill, ...]


def summarize(guide: Guide) -> GuideSummary:
    """Return the summary of a guide."""
    shares = (fact.value for fact in _facts(guide, "growth") if fact.value and fact.value.unit == "share")
    return GuideSummary(
        education=next((fact.education for fact in _facts(guide, "education") if fact.education), ""),
        growth=next((share.high if share.low is None else share.low for share in shares), None),
        pay=pay_facts(guide),
        skills=tuple(SummarySkill(skill.slug, skill.name, skill.kind, skill.importance) for skill in guide.skills),
    )


def pay_facts(guide: Guide) -> PayFacts:
    """Return what a guide says of its pay."""
    band = headline(guide)
    return PayFacts(
        band=band,
        source=next(source for source in guide.sources if source.slug == band.source) if band else None,
        occupations=tuple(ListedOccupation(each.code, each.relation) for each in guide.occupations),
        is_representative=guide.pay_is_representative,
    )


def _facts(guide: Guide, kind: str) -> Iterator[KeyFact]:
    return (fact for fact in guide.facts if fact.kind == kind)
