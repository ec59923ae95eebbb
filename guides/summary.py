"""What a guide comes down to beside other guides: by this, roles are sorted, filtered, compared and reached."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple, Protocol

from guides.schema import Guide, KeyFact, SalaryBand
from guides.schema.types import HOME_CURRENCY

from .pay import headline

WEIGHTS = {"essential": 3, "important": 2, "useful": 1}
"""How much a skill counts in a role's readiness, by its importance."""


class Weighed(Protocol):
    """What counts for a role by its importance."""

    @property
    def importance(self) -> str: ...


def by_importance[T: Weighed](skills: Iterable[T]) -> tuple[T, ...]:
    """Essential before useful, and within that as the guide has them."""
    return tuple(sorted(skills, key=lambda skill: -WEIGHTS[skill.importance]))


class GistSkill(NamedTuple):
    slug: str
    name: str
    kind: str
    importance: str = "important"

    @property
    def weight(self) -> int:
        return WEIGHTS[self.importance]


class Gist(NamedTuple):
    """A guide in short. `growth` is a fraction of one, `education` the least that employers usually require.

    `band` is the headline to show for the role; of a broader occupation it has a range only.
    """

    education: str
    growth: Decimal | None
    band: SalaryBand | None
    skills: tuple[GistSkill, ...]

    @property
    def pay(self) -> Decimal | None:
        """The role's own typical pay, comparable with that of other roles: a year's, in the home currency."""
        band = self.band
        if band is None or (band.period, band.currency) != ("year", HOME_CURRENCY):
            return None
        return band.mean if band.median is None else band.median


def gist_of(guide: Guide) -> Gist:
    shares = (fact.value for fact in _facts(guide, "growth") if fact.value and fact.value.unit == "share")
    return Gist(
        education=next((fact.education for fact in _facts(guide, "education") if fact.education), ""),
        growth=next((share.high if share.low is None else share.low for share in shares), None),
        band=headline(guide),
        skills=tuple(GistSkill(skill.slug, skill.name, skill.kind, skill.importance) for skill in guide.skills),
    )


def _facts(guide: Guide, kind: str) -> Iterator[KeyFact]:
    return (fact for fact in guide.facts if fact.kind == kind)
