"""What a guide comes down to beside other guides: by this, roles are sorted, filtered, compared and reached."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .document import Guide, KeyFact, SalaryBand
from .values import HOME_CURRENCY


class GistSkill(NamedTuple):
    slug: str
    name: str
    kind: str


class Gist(NamedTuple):
    """`band` is the first headline pay, `growth` a fraction of one, `education` the least that is usually asked for."""

    education: str
    growth: Decimal | None
    band: SalaryBand | None
    skills: tuple[GistSkill, ...]

    @property
    def pay(self) -> Decimal | None:
        """What can stand beside the pay of other roles, a year in the home currency: nothing is converted."""
        band = self.band
        if band is None or (band.period, band.currency) != ("year", HOME_CURRENCY):
            return None
        return band.mean if band.median is None else band.median


def gist_of(guide: Guide) -> Gist:
    shares = (fact.value for fact in _facts(guide, "growth") if fact.value and fact.value.unit == "share")
    return Gist(
        education=next((fact.education for fact in _facts(guide, "education") if fact.education), ""),
        growth=next((share.high if share.low is None else share.low for share in shares), None),
        band=next((band for band in guide.pay if band.basis == "headline"), None),
        skills=tuple(GistSkill(skill.slug, skill.name, skill.kind) for skill in guide.skills),
    )


def _facts(guide: Guide, kind: str) -> Iterator[KeyFact]:
    return (fact for fact in guide.facts if fact.kind == kind)
