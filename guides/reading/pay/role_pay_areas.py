"""Official pay of a role in all areas: a map and a table of states, and a table of metropolitan areas."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models.edition import Edition
from guides.models.statistics import AreaKind
from guides.reading.http import page_number
from guides.reading.index.live_data import LiveData
from guides.rendering import figures, pay_words
from guides.rendering.tile_map import Shade, Tile, TileMap, tile_map
from guides.statistics.figures import has_figure
from guides.statistics.price_levels import AreaPriceLevel

from .area_rows import AreaRow, area_rows
from .role_pay import SORTS, AreaPay, PaidOccupation, pay_of_nation, sorted_by, value_of, wages_in
from .role_pay_place import title_of

PER_PAGE = 50
DEFAULT_SORT = "pay"


@dataclass(frozen=True)
class Choice:
    """What a page shows: the code of an occupation, an order, and a page number. Defaults are not in the query."""

    occupation: str = ""
    sort: str = DEFAULT_SORT
    page: int = 1

    def query(self) -> str:
        """Return the canonical query."""
        values = {
            "occupation": self.occupation,
            "sort": "" if self.sort == DEFAULT_SORT else self.sort,
            "page": "" if self.page == 1 else str(self.page),
        }
        return urlencode({name: value for name, value in values.items() if value})


def read_choice(request: HttpRequest, occupations: tuple[PaidOccupation, ...]) -> Choice:
    """Read the choice in a request. Unknown values are replaced by defaults."""
    code, sort = request.GET.get("occupation", ""), request.GET.get("sort", "")
    is_other = code in {each.code for each in occupations[1:]}
    return Choice(code if is_other else "", sort if sort in SORTS else DEFAULT_SORT, page_number(request))


@dataclass(frozen=True)
class MapTile:
    """A tile of the map, with the row of its state, if it has a figure."""

    tile: Tile
    name: str
    row: AreaPay | None
    text: str
    short: str


@dataclass(frozen=True)
class Link:
    """A choice with the query of its address."""

    label: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class RolePayEverywhere:
    """All that the page of a role's pay shows, for one of its occupations."""

    edition: Edition
    occupations: tuple[PaidOccupation, ...]
    occupation: PaidOccupation
    choice: Choice
    nation: AreaPay
    states: tuple[AreaPay, ...]
    metropolitan: tuple[AreaPay, ...]
    map: tuple[MapTile, ...]
    legend: tuple[tuple[int, str], ...]
    has_gaps: bool

    @property
    def period(self) -> str:
        return self.nation.wage.release.period

    @property
    def title(self) -> str:
        return title_of(self.edition.title, self.occupation, _("by state and city, %s") % self.period)

    @cached_property
    def pages(self) -> Paginator:
        return Paginator(self.metropolitan, PER_PAGE)

    @property
    def state_rows(self) -> tuple[AreaRow, ...]:
        return area_rows(self.edition.slug, self.states)

    @property
    def metropolitan_rows(self) -> tuple[AreaRow, ...]:
        """The rows of the requested page. Raise Http404 if there is no such page."""
        if self.choice.page not in self.pages.page_range:
            raise Http404
        return area_rows(self.edition.slug, self.pages.page(self.choice.page).object_list)

    @property
    def highest(self) -> AreaPay | None:
        """The state with the highest median."""
        return next((row for row in sorted_by("pay", self.states) if row.pay.amount or row.pay.bound), None)

    @property
    def lowest(self) -> AreaPay | None:
        known = [row for row in sorted_by("pay", self.states) if row.pay.amount or row.pay.bound]
        return known[-1] if known else None

    @property
    def sorts(self) -> tuple[Link, ...]:
        return tuple(
            Link(label, Choice(self.choice.occupation, sort).query(), sort == self.choice.sort)
            for sort, label in _sort_labels().items()
        )

    @property
    def choices(self) -> tuple[Link, ...]:
        """The role's occupations, or nothing if there is one."""
        if len(self.occupations) == 1:
            return ()
        return tuple(
            Link(each.title, Choice("" if each is self.occupations[0] else each.code).query(), each is self.occupation)
            for each in self.occupations
        )

    @property
    def state_prices(self) -> AreaPriceLevel | None:
        """Any price level of a state: all are of one year and release."""
        return next((row.price_level for row in self.states if row.price_level), None)

    @property
    def metropolitan_prices(self) -> AreaPriceLevel | None:
        return next((row.price_level for row in self.metropolitan if row.price_level), None)


def _sort_labels() -> Mapping[str, str]:
    return {
        "pay": _("Pay"),
        "jobs": _("Jobs"),
        "concentration": _("Concentration"),
        "purchasing-power": _("Purchasing power"),
    }


def find_pay_everywhere(
    edition: Edition, occupations: tuple[PaidOccupation, ...], choice: Choice, data: LiveData
) -> RolePayEverywhere:
    """Return the pay of a role's chosen occupation in all areas."""
    occupation = next((each for each in occupations if each.code == choice.occupation), occupations[0])
    levels = data.price_levels.newest
    rows = [
        AreaPay(wage.area, wage, levels.get(wage.area_id)) for wage in wages_in([occupation], data) if has_figure(wage)
    ]
    states = tuple(sorted((row for row in rows if row.area.kind == AreaKind.STATE), key=lambda row: row.area.name))
    drawn = tile_map({row.area.states: value_of(row.pay) for row in states})
    return RolePayEverywhere(
        edition,
        occupations,
        occupation,
        choice,
        nation=pay_of_nation(occupation, data, levels),
        states=states,
        metropolitan=tuple(sorted_by(choice.sort, (row for row in rows if row.area.kind == AreaKind.METROPOLITAN))),
        map=_map_tiles(drawn, states, occupation, data),
        legend=tuple((shade.number, _legend_text(shade, occupation)) for shade in drawn.legend),
        has_gaps=drawn.has_gaps,
    )


def _map_tiles(
    drawn: TileMap, states: tuple[AreaPay, ...], occupation: PaidOccupation, data: LiveData
) -> tuple[MapTile, ...]:
    rows = {row.area.states: row for row in states}
    return tuple(_map_tile(tile, rows.get(tile.postal), occupation, data) for tile in drawn.tiles)


def _map_tile(tile: Tile, row: AreaPay | None, occupation: PaidOccupation, data: LiveData) -> MapTile:
    state = row.area if row else data.places.state(tile.postal)
    name = state.name if state else tile.postal
    text = figures.wage_figure(row.pay, occupation.per) if row else _("not published")
    amount = value_of(row.pay) if row else None
    return MapTile(tile, name, row, text, "" if amount is None else pay_words.short_wage(amount, occupation.per))


def _legend_text(shade: Shade, occupation: PaidOccupation) -> str:
    low, high = (figures.wage(amount, occupation.per) for amount in (shade.low, shade.high))
    return low if low == high else _("%(low)s–%(high)s") % {"low": low, "high": high}
