"""The pay headline: the one figure or range that represents a role wherever there is room for only one.

Cards, lists, sorting, filters, search, comparisons, paths, matches, JSON-LD and social cards all show this one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from django.utils.translation import gettext as _

from guides.choices import OccupationRelation, Period
from guides.models.statistics import Release
from guides.models.wages import PERCENTILES, Wage
from guides.schema import SalaryBand, Source, types
from guides.schema.types import HOME_CURRENCY

from .figures import Figure, are_collapsed, percentiles


class NamedOccupation(Protocol):
    """An occupation of a role."""

    @property
    def code(self) -> str: ...

    @property
    def relation(self) -> str: ...


@dataclass(frozen=True)
class PayHeadline:
    """Pay of a role and its source. An official one has the hourly figures next to the yearly ones, where both exist.

    A label names the occupations whose range it is. `codes` are those of the official occupations. They are empty if
    the guide has the figure itself.
    """

    band: SalaryBand
    source: Source
    hourly: SalaryBand | None = None
    codes: tuple[str, ...] = ()

    @property
    def is_own(self) -> bool:
        """Whether it has a typical figure of exactly this role. Other occupations have a range only."""
        return self.band.median is not None or self.band.mean is not None

    @property
    def sort_amount(self) -> Decimal | None:
        """The yearly median or average in the home currency, or the low end of a range."""
        band = self.band
        if (band.period, band.currency) != ("year", HOME_CURRENCY):
            return None
        return next((amount for amount in (band.median, band.mean, band.low) if amount is not None), None)


def pay_difference(here: PayHeadline | None, there: PayHeadline | None) -> Decimal | None:
    """Return how much more a year the second role pays.

    Return None unless both figures belong to exactly their role, and come from the same source.
    """
    if here is None or there is None or not (here.is_own and there.is_own) or here.source != there.source:
        return None
    amounts = here.sort_amount, there.sort_amount
    return None if amounts[0] is None or amounts[1] is None else amounts[1] - amounts[0]


def source_of(release: Release) -> Source:
    """Return the source of a release. The release needs it loaded."""
    # Stored values were validated before. Validating them again would take most of the time of a headline.
    return Source.model_construct(**{name: getattr(release.source, name) for name in Source.model_fields})


class _Ends(NamedTuple):
    """The low end, the median and the high end of a headline for one unit of time."""

    low: Figure | None
    median: Figure | None
    high: Figure | None


def main_codes(occupations: Sequence[NamedOccupation]) -> tuple[str, ...]:
    """Return the codes that represent a role: the one that is or includes it, or else all nearest ones."""
    main = next((each for each in occupations if each.relation != OccupationRelation.NEAREST), None)
    return (main.code,) if main else tuple(each.code for each in occupations)


class PayBasis(NamedTuple):
    """What a pay headline is computed from: the main occupations of a role, and how they relate to it.

    Without occupations, the relation is ''.
    """

    relation: str
    codes: tuple[str, ...]
    is_representative: bool


def pay_basis(occupations: Sequence[NamedOccupation], *, is_representative: bool) -> PayBasis:
    """Return what the headline of a role with these occupations is computed from."""
    codes = main_codes(occupations)
    relation = next((each.relation for each in occupations if each.code in codes), "")
    return PayBasis(relation, codes, is_representative)


def pay_headline(
    occupations: Sequence[NamedOccupation], wages: Mapping[str, Wage], *, is_representative: bool
) -> PayHeadline | None:
    """Return the headline of a role with these occupations from wages of one area by code, or None.

    An occupation that is the same as the role has its median, with the 10th and the 90th percentile. One that includes
    the role has the range from its 10th percentile to its median. Of the nearest occupations, the lowest and the
    highest median count, or the 25th and the 75th percentile if there is only one.
    """
    basis = pay_basis(occupations, is_representative=is_representative)
    used = [wages[code] for code in basis.codes if code in wages]
    if not (is_representative and used) or len(used) < len(basis.codes):
        return None
    relation = OccupationRelation(basis.relation)
    yearly, hourly = _band(relation, used, "year"), _band(relation, used, "hour")
    band = yearly or hourly
    if band is None:
        return None
    return PayHeadline(band, source_of(used[0].release), hourly if yearly else None, basis.codes)


def plain_sort_amount(relation: str, wages: Sequence[Sequence[int | None]]) -> int | None:
    """Return the `sort_amount` of a headline from the yearly and hourly percentiles of its occupations, as stored.

    It is 50 times as fast as `pay_headline`, for sorting thousands of roles. Return None if a yearly figure is missing
    or a percentile is collapsed: only the headline has the answer then.
    """
    for p10, p25, p50, p75, p90, *hourly in wages:
        if p10 is None or p25 is None or p50 is None or p75 is None or p90 is None:
            return None
        # Different percentiles are never collapsed. Most rows have only these.
        if not p10 < p25 < p50 < p75 < p90 and any(are_collapsed((p10, p25, p50, p75, p90))):
            return None
        if len({*hourly}) < len(hourly) and any(are_collapsed(hourly)):
            return None
    if len(wages) > 1:
        return min(amounts[_MEDIAN] or 0 for amounts in wages)
    return wages[0][_SORTED_BY[relation]]


_MEDIAN = PERCENTILES.index(50)
_SORTED_BY: Mapping[str, int] = {
    OccupationRelation.SAME: _MEDIAN,
    OccupationRelation.BROADER: PERCENTILES.index(10),
    OccupationRelation.NEAREST: PERCENTILES.index(25),
}


def _band(relation: OccupationRelation, wages: Sequence[Wage], per: types.Period) -> SalaryBand | None:
    ends, range_label = _ends(relation, wages, Period(per))
    low, median, high = (figure.amount if figure else None for figure in ends)
    low = ends.low.bound if low is None and ends.low else low
    if all(amount is None for amount in (low, median, high)):
        return None
    return SalaryBand.model_construct(
        basis="headline",
        label="" if relation == OccupationRelation.SAME else "; ".join(wage.occupation.title for wage in wages),
        country="US",
        low=low,
        median=median,
        high=high,
        range_label=range_label if low is not None or high is not None else "",
        currency=HOME_CURRENCY,
        period=per,
        source=wages[0].release.source.slug,
    )


def _ends(relation: OccupationRelation, wages: Sequence[Wage], per: Period) -> tuple[_Ends, str]:
    by_percent = [
        {each.percent: each.figure for each in percentiles(wage, per) if each.is_displayable} for wage in wages
    ]
    first = by_percent[0]
    if relation == OccupationRelation.SAME:
        return _Ends(first.get(10), first.get(50), first.get(90)), _("10th to 90th percentile")
    if relation == OccupationRelation.BROADER:
        return _Ends(first.get(10), None, first.get(50)), _("10th percentile to median")
    if len(wages) == 1:
        return _Ends(first.get(25), None, first.get(75)), _("25th to 75th percentile")
    medians = sorted((of[50] for of in by_percent if 50 in of), key=_least)
    if len(medians) < len(wages):
        return _Ends(None, None, None), ""
    return _Ends(medians[0], None, medians[-1]), _("lowest to highest median")


def _least(figure: Figure) -> Decimal:
    return figure.amount if figure.amount is not None else figure.bound or Decimal(0)
