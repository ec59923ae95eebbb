"""Official pay of a role: its occupations, and their wages in areas."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cached_property

from django.http import Http404
from django.utils.safestring import SafeString, mark_safe

from guides.choices import OccupationRelation, Period
from guides.models.edition import Edition
from guides.models.statistics import Area
from guides.models.wages import PaidBy, Wage
from guides.reading.index.live_data import LiveData
from guides.reading.redirects import raise_redirect
from guides.rendering import figures
from guides.statistics.figures import Figure, figure_of, has_figure, wage_figure
from guides.statistics.headline import main_codes
from guides.statistics.price_levels import AreaPriceLevel
from guides.summary import ListedOccupation


@dataclass(frozen=True)
class PaidOccupation:
    """An official occupation of a role, with its wages in the nation. `covers` is HTML: what else it includes."""

    code: str
    relation: OccupationRelation
    covers: SafeString
    nation: Wage

    @property
    def title(self) -> str:
        return self.nation.occupation.title

    @property
    def is_own(self) -> bool:
        """Whether its pay is the role's own pay."""
        return self.relation == OccupationRelation.SAME

    @property
    def per(self) -> Period:
        """The unit of time by which areas are compared: a year, unless the publisher has hourly wages only."""
        return Period.HOUR if self.nation.paid_by == PaidBy.HOUR else Period.YEAR


@dataclass(frozen=True)
class AreaPay:
    """Median, jobs, and concentration of an occupation in an area, and what the median buys there."""

    area: Area
    wage: Wage
    price_level: AreaPriceLevel | None

    @cached_property
    def yearly(self) -> Figure:
        return wage_figure(self.wage, 50, Period.YEAR)

    @cached_property
    def hourly(self) -> Figure:
        return wage_figure(self.wage, 50, Period.HOUR)

    @property
    def medians(self) -> tuple[str, ...]:
        """The medians that exist, such as '$39,520 a year' and '$19.00 an hour'."""
        pairs = ((self.yearly, Period.YEAR), (self.hourly, Period.HOUR))
        return tuple(
            f"{figures.wage_figure(figure, per)} {figures.a_period(per)}"
            for figure, per in pairs
            if value_of(figure) is not None
        )

    @cached_property
    def jobs(self) -> Figure:
        return figure_of(self.wage, "employment")

    @cached_property
    def concentration(self) -> Figure:
        """The area's share of jobs in this occupation, where the national share is 1."""
        return figure_of(self.wage, "location_quotient")

    @cached_property
    def pay(self) -> Figure:
        """The median a year, or an hour if the publisher has hourly wages only."""
        return self.hourly if self.wage.paid_by == PaidBy.HOUR else self.yearly

    @cached_property
    def purchasing_power(self) -> Decimal | None:
        """The median at national prices."""
        if self.price_level is None or self.pay.amount is None:
            return None
        return self.price_level.adjusted(self.pay.amount)


def value_of(figure: Figure) -> Decimal | None:
    """Return the number by which a figure is sorted: its amount, or its bound."""
    return figure.amount if figure.amount is not None else figure.bound


SORTS: Mapping[str, Callable[[AreaPay], Decimal | None]] = {
    "pay": lambda row: value_of(row.pay),
    "jobs": lambda row: value_of(row.jobs),
    "concentration": lambda row: value_of(row.concentration),
    "purchasing-power": lambda row: row.purchasing_power,
}
"""What rows may be sorted by, highest first."""


def sorted_by(sort: str, rows: Iterable[AreaPay]) -> list[AreaPay]:
    """Sort rows by one of `SORTS`, then by name. Rows without the figure come last."""

    def key(row: AreaPay) -> tuple[bool, Decimal, str]:
        value = SORTS[sort](row)
        return value is None, -(value or Decimal(0)), row.area.name

    return sorted(rows, key=key)


def live_role(slug: str, *, at: datetime) -> Edition:
    """Return the live edition at an address with its listing, but without the guide, which takes long to read.

    Raise GuideMoved, GuideGone, or Http404 like `live_edition`.
    """
    editions = Edition.objects.live(at=at).filter(slug=slug).select_related("listing")
    columns = ("slug", "title", "html", "listing__occupations", "listing__pay_is_representative")
    return editions.only(*columns).first() or raise_redirect((slug,), at=at)


def paid_occupations(edition: Edition, data: LiveData) -> tuple[PaidOccupation, ...]:
    """Return the occupations of a `live_role` that have national wages, those that represent the role first.

    Raise Http404 if there are none.
    """
    occupations = [ListedOccupation(*occupation) for occupation in edition.listing.occupations]
    main = main_codes(occupations)
    found = tuple(
        PaidOccupation(
            occupation.code,
            OccupationRelation(occupation.relation),
            mark_safe(edition.html.get(f"occupations.{place}.covers", "")),  # noqa: S308 -- sanitized at publication
            nation,
        )
        for place, occupation in enumerate(occupations)
        if (nation := data.national.wages.get(occupation.code))
    )
    if not found:
        raise Http404
    return tuple(sorted(found, key=lambda each: each.code not in main))


def pay_of_nation(occupation: PaidOccupation, data: LiveData, levels: Mapping[int, AreaPriceLevel]) -> AreaPay:
    """Return the national pay of an occupation, with the nation's price level among these. It takes no query."""
    pk = occupation.nation.area_id
    area = data.places.by_pk(pk)
    if area is None:  # a release has just changed
        raise Http404
    return AreaPay(area, occupation.nation, levels.get(pk))


def wages_in(
    occupations: Collection[PaidOccupation], data: LiveData, areas: Collection[Area] | None = None
) -> Iterator[Wage]:
    """Yield the wages of occupations in these areas, or in all areas, in one query.

    All are of the release of the national wages. Related objects come from memory.
    """
    by_pk = {occupation.nation.occupation_id: occupation.nation for occupation in occupations}
    release = next(iter(by_pk.values())).release
    rows = Wage.objects.filter(release=release.pk, occupation__in=by_pk)
    if areas is not None:
        rows = rows.filter(area__in=[area.pk for area in areas])
    for wage in rows:
        if area := data.places.by_pk(wage.area_id):
            wage.release, wage.occupation, wage.area = release, by_pk[wage.occupation_id].occupation, area
            yield wage


def has_pay_in(area: Area, occupations: Collection[PaidOccupation], data: LiveData) -> bool:
    """Return whether any of the occupations has a figure in an area."""
    return any(map(has_figure, wages_in(occupations, data, [area])))
