"""All guides in one place: what each pays there, in order of pay, of jobs, or of title, one page at a time.

An area has up to 1,100 occupations, and there are up to 10,000 guides, so only the guides on the page get a headline.
The others are sorted by the amounts that their headlines would be sorted by.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, groupby, islice
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models.edition import Edition
from guides.models.statistics import Area, AreaKind, Occupation, Release, StatisticsTable
from guides.models.wages import HOURLY, YEARLY, Flag, Wage
from guides.reading.index.live_data import LiveData
from guides.reading.places import PARAMETER
from guides.rendering import figures
from guides.schema import SalaryBand
from guides.statistics.headline import PayBasis, PayHeadline, pay_basis, pay_headline, plain_sort_amount
from guides.statistics.price_levels import AreaPriceLevel
from guides.summary import ListedOccupation
from guides.templatetags.served import is_export

from .links import addresses

PAGE_SIZE = 24

SORTS = {"pay": gettext_lazy("Highest pay"), "jobs": gettext_lazy("Most jobs"), "title": gettext_lazy("A–Z")}
DEFAULT_SORT = "pay"


@dataclass(frozen=True)
class PayHere:
    """What guides with the same occupations pay in an area, in words.

    `amount` is '' without a headline, and `reason` is a sentence that says why. `occupations` says what the amount is,
    and of which occupations, with their codes and jobs. `purchasing_power` is what the pay buys at national prices.
    """

    amount: str
    is_range: bool
    purchasing_power: str
    occupations: str
    reason: str


class PlaceRow(NamedTuple):
    """A guide with its pay in an area, and the addresses of the guide and of all its figures there."""

    title: str
    address: str
    details: str
    pay: PayHere


@dataclass(frozen=True)
class PlacePay:
    """A page of the guides in an area: those with pay first. `paid` is their number on all pages."""

    release: Release
    price_level: AreaPriceLevel | None
    total: int
    paid: int
    rows: tuple[PlaceRow, ...]
    pages: int

    @property
    def sections(self) -> tuple[tuple[bool, tuple[PlaceRow, ...]], ...]:
        """The rows with pay, and those without."""
        return tuple((has_pay, tuple(rows)) for has_pay, rows in groupby(self.rows, lambda row: bool(row.pay.amount)))

    @property
    def has_ranges(self) -> bool:
        return any(row.pay.is_range for row in self.rows)


def place_pay(area: Area, known: LiveData, *, sort: str, page: int) -> PlacePay | None:
    """Return a page of all guides in an area, or None if there are fewer pages."""
    total = len(known.index.guides)
    pages = max(1, -(-total // PAGE_SIZE))
    release = _release(known)
    if release is None or page > pages:
        return None
    place = _Place(area, release, known)
    ranked = [(place.rank(basis), positions) for basis, positions in known.index.by_pay_basis.items()]
    on_page = islice(_ORDERS[sort](ranked), (page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    return PlacePay(
        release,
        place.price_level,
        total,
        sum(len(positions) for rank, positions in ranked if rank.has_pay),
        tuple(place.rows(on_page)),
        pages,
    )


def _release(known: LiveData) -> Release | None:
    """Return the current release of wages: from memory, if it has national wages."""
    in_memory = next((wage.release for wage in known.national.wages.values()), None)
    return in_memory or Release.objects.current(StatisticsTable.WAGES).select_related("source").first()


class _Rank(NamedTuple):
    """What the guides with the same occupations are sorted by. Each is None if there is no such figure."""

    has_pay: bool
    pay: float | None
    jobs: int | None


type _Ranked = Sequence[tuple[_Rank, Sequence[int]]]
"""Ranks of occupations, with the positions of their guides in the index."""


def _by_amount(amount: Callable[[_Rank], float | None]) -> Callable[[_Ranked], Iterator[int]]:
    """Return the function that orders by an amount, the highest first. Guides with the same one are in title order."""

    def order(ranked: _Ranked) -> Iterator[int]:
        keyed = [((not rank.has_pay, _descending(amount(rank))), positions) for rank, positions in ranked]
        keyed.sort(key=itemgetter(0))
        for _key, same in groupby(keyed, key=itemgetter(0)):
            yield from sorted(chain.from_iterable(positions for _rank, positions in same))

    return order


def _by_title(ranked: _Ranked) -> Iterator[int]:
    for has_pay in (True, False):
        yield from sorted(chain.from_iterable(positions for rank, positions in ranked if rank.has_pay == has_pay))


def _descending(amount: float | None) -> float:
    return inf if amount is None else -amount


_ORDERS: Mapping[str, Callable[[_Ranked], Iterator[int]]] = {
    "pay": _by_amount(lambda rank: rank.pay),
    "jobs": _by_amount(lambda rank: rank.jobs),
    "title": _by_title,
}


class _Row(NamedTuple):
    """Figures of an occupation in the area, as they are stored. Instances of the model would take too long.

    Queries return tuples, which become rows once they are shown. Their parts have these places.
    """

    code: str
    title: str
    employment: int | None
    yearly_p10: int | None
    yearly_p25: int | None
    yearly_p50: int | None
    yearly_p75: int | None
    yearly_p90: int | None
    hourly_p10: int | None
    hourly_p25: int | None
    hourly_p50: int | None
    hourly_p75: int | None
    hourly_p90: int | None
    flags: str
    paid_by: str


_EMPLOYMENT, _FLAGS = 2, 13
_PERCENTILES = slice(3, 13)
_COLUMNS = ("occupation__code", "occupation__title", "employment", *YEARLY, *HOURLY, "flags", "paid_by")


class _Place:
    """The wages of all occupations in an area."""

    def __init__(self, area: Area, release: Release, known: LiveData) -> None:
        self._area, self._release, self._known = area, release, known
        self.price_level = None if area.kind == AreaKind.NATION else known.price_levels.newest.get(area.pk)
        rows = Wage.objects.filter(release=release, area=area).values_list(*_COLUMNS)
        self._rows: dict[str, tuple[Any, ...]] = {row[0]: row for row in rows}
        self._pay: dict[PayBasis, PayHere] = {}

    def rank(self, basis: PayBasis) -> _Rank:
        """Return what guides with these occupations are sorted by. The fewest jobs of several occupations count."""
        relation, codes, is_representative = basis
        rows = [self._rows[code] for code in codes if code in self._rows]
        jobs = rows[0][_EMPLOYMENT] if rows else None
        if len(rows) > 1:
            jobs = min((row[_EMPLOYMENT] for row in rows if row[_EMPLOYMENT] is not None), default=None)
        if not (is_representative and rows) or len(rows) < len(codes) or not all(map(_has_pay, rows)):
            return _Rank(has_pay=False, pay=None, jobs=jobs)
        plain = plain_sort_amount(relation, [row[_PERCENTILES] for row in rows])
        if plain is not None:
            return _Rank(has_pay=True, pay=plain, jobs=jobs)
        headline = self._headline(basis)
        amount = headline.sort_amount if headline else None
        return _Rank(headline is not None, None if amount is None else float(amount), jobs)

    def rows(self, positions: Iterator[int]) -> Iterator[PlaceRow]:
        """Yield the guides at these positions of the index, without those that a restored database lacks."""
        entries = [self._known.index.guides[position] for position in positions]
        titles = dict(Edition.objects.filter(pk__in=[entry.edition for entry in entries]).values_list("pk", "title"))
        guide, details = addresses("guide"), addresses("role-pay-place", self._area.slug)
        keeps_place = self._area.kind != AreaKind.NATION and not is_export()
        query = f"?{urlencode({PARAMETER: self._area.slug})}" if keeps_place else ""
        for entry in entries:
            if entry.edition in titles:
                basis = pay_basis(entry.occupations, is_representative=entry.pay_is_representative)
                if basis not in self._pay:
                    self._pay[basis] = self._pay_here(basis)
                address = f"{guide(entry.slug)}{query}"
                yield PlaceRow(titles[entry.edition], address, details(entry.slug), self._pay[basis])

    def _pay_here(self, basis: PayBasis) -> PayHere:
        headline = self._headline(basis)
        occupations = "; ".join(map(self._jobs, basis.codes))
        return PayHere(
            amount=figures.headline_pay(headline) if headline else "",
            is_range=headline is not None and not headline.is_own,
            purchasing_power=purchasing_power(headline, self.price_level),
            occupations=f"{_kind(headline)}: {occupations}" if headline else occupations,
            reason="" if headline else _reason(basis),
        )

    def _headline(self, basis: PayBasis) -> PayHeadline | None:
        wages = {code: self._wage(_Row(*self._rows[code])) for code in basis.codes if code in self._rows}
        occupations = [ListedOccupation(code, basis.relation) for code in basis.codes]
        return pay_headline(occupations, wages, is_representative=basis.is_representative)

    def _wage(self, row: _Row) -> Wage:
        values = row._asdict()
        occupation = Occupation(code=values.pop("code"), title=values.pop("title"))
        return Wage(release=self._release, occupation=occupation, area=self._area, **values)

    def _jobs(self, code: str) -> str:
        """Return the title of an occupation with its code and its number of jobs, which the publisher may not have."""
        row = _Row(*self._rows[code]) if code in self._rows else None
        nation = self._known.national.wages.get(code)
        title = row.title if row else nation.occupation.title if nation else ""
        name = f"{title} ({code})" if title else code
        if row is None or row.employment is None:
            return name
        jobs = figures.number(Decimal(row.employment))
        return _("%(occupation)s, %(jobs)s jobs") % {"occupation": name, "jobs": jobs}


def _has_pay(row: Sequence[Any]) -> bool:
    """Return whether a row has any percentile of pay, or a mark for wages above the highest."""
    return any(row[_PERCENTILES]) or Flag.AT_OR_ABOVE in row[_FLAGS]


def _kind(headline: PayHeadline) -> str:
    """Return what the amount of a headline is, such as 'Median'."""
    kind = headline.band.range_label if headline.band.median is None else _("median")
    return f"{kind[:1].upper()}{kind[1:]}"


def _reason(basis: PayBasis) -> str:
    if not basis.codes:
        return _("No official occupation matches this job.")
    if not basis.is_representative:
        return _("The official pay of its occupations doesn’t represent this job.")
    return _("The publisher has no pay data for this occupation here.")


def purchasing_power(headline: PayHeadline | None, level: AreaPriceLevel | None) -> str:
    """Return what the pay of a headline buys at national prices, such as '$40,660 a year', or ''."""
    if headline is None or level is None:
        return ""

    def adjusted(amount: Decimal | None) -> Decimal | None:
        return None if amount is None else level.adjusted(amount)

    band: SalaryBand = headline.band.model_copy(
        update={name: adjusted(getattr(headline.band, name)) for name in ("low", "median", "high")}
    )
    return figures.headline_pay(PayHeadline(band, headline.source, codes=headline.codes))
