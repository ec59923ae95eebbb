"""Official pay of a role in one area: percentiles, comparisons, and other areas."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F
from django.db.models.functions import Abs
from django.http import Http404
from django.utils.translation import gettext as _

from guides.choices import OccupationRelation, Period
from guides.models.edition import Edition
from guides.models.statistics import Area, AreaKind
from guides.models.wages import Wage
from guides.reading.index.live_data import LiveData
from guides.rendering import pay_words
from guides.rendering.percentiles import PercentileBar, PercentileChart, PercentileView, percentile_view
from guides.statistics.figures import has_figure

from . import offer as offers
from .area_rows import AreaRow, area_rows
from .offer import Offer
from .role_pay import AreaPay, PaidOccupation, paid_occupations, pay_of_nation, sorted_by, wages_in

MAX_NEAREST = 6

type Rows = dict[tuple[str, int], AreaPay]
"""Pay by code and primary key of the area. Rows without any figure are left out."""


@dataclass(frozen=True)
class OccupationHere:
    """Pay of one occupation in the area of the page, next to its states and the nation.

    `compared` has the area first and the nation last. The table of percentiles has the main state between them, and
    the chart has just these two. `against_nation` and `after_prices` compare medians in words. They are '' if a median
    is missing.
    """

    occupation: PaidOccupation
    here: AreaPay
    chart: PercentileChart | None
    percentiles: PercentileView
    compared: tuple[AreaPay, ...]
    against_nation: str
    after_prices: str
    offer: str


@dataclass(frozen=True)
class RolePayHere:
    """All that the page of a role and an area shows. The first occupation is the one that other areas have."""

    edition: Edition
    area: Area
    occupations: tuple[OccupationHere, ...]
    states: tuple[Area, ...]
    others: tuple[AreaPay, ...]
    nearest: tuple[AreaPay, ...]

    @property
    def other_rows(self) -> tuple[AreaRow, ...]:
        return area_rows(self.edition.slug, self.others)

    @property
    def nearest_rows(self) -> tuple[AreaRow, ...]:
        return area_rows(self.edition.slug, self.nearest)

    @property
    def first(self) -> OccupationHere:
        return self.occupations[0]

    @property
    def period(self) -> str:
        """The period of the release, such as 'May 2025'."""
        return self.first.here.wage.release.period

    @property
    def place(self) -> str:
        """The place with its preposition, such as 'in Texas'."""
        return pay_words.in_area(self.area)

    @property
    def above(self) -> tuple[AreaPay, ...]:
        """The main state of a metropolitan or nonmetropolitan area, if it has figures."""
        return tuple(row for row in self.first.compared if row.area in self.states[:1])

    @property
    def title(self) -> str:
        return title_of(self.edition.title, self.first.occupation, f"{self.place}, {self.period}")


def title_of(role: str, occupation: PaidOccupation, rest: str) -> str:
    """Return the title of a page of pay. Only an occupation that is the role itself has the role's pay."""
    values = {"role": role, "occupation": occupation.title, "rest": rest}
    match occupation.relation:
        case OccupationRelation.SAME:
            return _("%(role)s pay %(rest)s") % values
        case OccupationRelation.BROADER:
            return _("%(role)s: pay of %(occupation)s %(rest)s") % values
        case OccupationRelation.NEAREST:
            return _("%(role)s: pay of similar occupations %(rest)s") % values


def find_pay_here(edition: Edition, slug: str, offer: Offer, data: LiveData) -> RolePayHere:
    """Return the pay of a role in an area. Raise Http404 if no occupation of the role has a figure there."""
    area = data.places.by_slug(slug)
    if area is None:
        raise Http404
    occupations = paid_occupations(edition, data)
    states, neighbors = _states_of(area, data), _neighbors_of(area, data)
    rows = _rows(occupations, (area, *states, *neighbors), data)
    here = tuple(
        _occupation_here(each, area, states, rows, offer) for each in occupations if (each.code, area.pk) in rows
    )
    if not here:
        raise Http404
    first = here[0]
    others = (rows[first.occupation.code, each.pk] for each in neighbors if (first.occupation.code, each.pk) in rows)
    return RolePayHere(
        edition, area, here, states, tuple(sorted_by("pay", others)), tuple(_nearest(first.here, data)),
    )  # fmt: skip


def _states_of(area: Area, data: LiveData) -> tuple[Area, ...]:
    """Return the states that a metropolitan or nonmetropolitan area is in, the main one first."""
    if area.kind in (AreaKind.NATION, AreaKind.STATE):
        return ()
    return tuple(state for code in area.state_codes if (state := data.places.state(code)))


def _neighbors_of(area: Area, data: LiveData) -> tuple[Area, ...]:
    """Return the areas of a state, or the other areas of an area's main state."""
    if area.kind == AreaKind.NATION:
        return ()
    state, local = area.state_codes[0], (AreaKind.METROPOLITAN, AreaKind.NONMETROPOLITAN)
    return tuple(
        each for each in data.places.all() if each.kind in local and state in each.state_codes and each != area
    )


def _rows(occupations: tuple[PaidOccupation, ...], areas: tuple[Area, ...], data: LiveData) -> Rows:
    levels = data.price_levels.comparable
    rows = {(each.code, each.nation.area_id): pay_of_nation(each, data, levels) for each in occupations}
    for wage in wages_in(occupations, data, areas):
        if has_figure(wage):
            rows[wage.occupation.code, wage.area_id] = AreaPay(wage.area, wage, levels.get(wage.area_id))
    return rows


def _occupation_here(
    occupation: PaidOccupation, area: Area, states: Iterable[Area], rows: Rows, offer: Offer
) -> OccupationHere:
    here = rows[occupation.code, area.pk]
    found = (rows.get((occupation.code, pk)) for pk in (area.pk, *(s.pk for s in states), occupation.nation.area_id))
    compared = tuple({row.area.pk: row for row in found if row}.values())
    nation = compared[-1]
    shown = compared if len(compared) == 1 else (*compared[: min(2, len(compared) - 1)], nation)
    view = percentile_view([(row.area.name, row.wage) for row in shown], offer=offer.amount, per=offer.per)
    return OccupationHere(
        occupation,
        here,
        chart=view.chart and view.chart._replace(bars=_outer(view.chart.bars)),
        percentiles=view,
        compared=compared,
        against_nation=_difference(here.pay.amount, nation.pay.amount, occupation.per) if here != nation else "",
        after_prices=_difference(here.purchasing_power, nation.purchasing_power, occupation.per),
        offer=offers.sentence(offer, here.wage),
    )


def _outer(bars: tuple[PercentileBar, ...]) -> tuple[PercentileBar, ...]:
    """Return the bars of the area and of the nation, so that charts stay short on a phone."""
    return (bars[0], bars[-1]) if len(bars) > 1 else bars


def _difference(here: Decimal | None, there: Decimal | None, per: Period) -> str:
    return "" if here is None or there is None else pay_words.pay_compared(here, there, per=per)


def _nearest(here: AreaPay, data: LiveData) -> Iterable[AreaPay]:
    """Yield the areas of the same kind whose median is nearest."""
    field = "hourly_p50" if here.pay is here.hourly else "yearly_p50"
    median = getattr(here.wage, field)
    if median is None or here.area.kind == AreaKind.NATION:
        return
    same = Wage.objects.filter(release=here.wage.release_id, occupation=here.wage.occupation_id)
    rows = same.filter(area__kind=here.area.kind).exclude(area=here.area.pk).exclude(**{field: None})
    for wage in rows.alias(distance=Abs(F(field) - median)).order_by("distance", "area__name")[:MAX_NEAREST]:
        if area := data.places.by_pk(wage.area_id):
            wage.release, wage.occupation, wage.area = here.wage.release, here.wage.occupation, area
            yield AreaPay(area, wage, data.price_levels.comparable.get(area.pk))
