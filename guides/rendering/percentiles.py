"""A chart of percentiles of pay with numbers at the marks, and a table of the same figures.

Positions are in percent of the width, so that one drawing fits every screen. The scale spans the amounts and does not
begin at zero: marks are read by their position and number.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides.choices import Period
from guides.models.wages import PERCENTILES, Flag, Wage
from guides.statistics.figures import Figure, Percentile, convert, percentiles

from . import figures

_EDGE = Decimal(3)
"""Room on either side of the outer marks, in percent."""

_LABELS = {10: "3%", 25: "25%", 50: "50%", 75: "75%", 90: "97%"}
"""Where the line from a mark to its label ends. Labels have fixed places, so that they never touch."""


class Mark(NamedTuple):
    """A percentile on a chart. `x` is its position, and `label_x` where the line to its label ends."""

    name: str
    x: str
    label_x: str
    yearly: str
    hourly: str


class PercentileBar(NamedTuple):
    """Percentiles of one area: a thin bar between the outer marks, and a thick one around the middle half.

    `above` and `below` are the labels over and under the bars: None is a percentile without a figure.
    """

    name: str
    above: tuple[Mark | None, ...]
    below: tuple[Mark | None, ...]
    start: str
    width: str
    half_start: str
    half_width: str
    open_start: str  # where the bar of an open end begins, or ''
    open_width: str

    @property
    def marks(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in (*self.above, *self.below) if mark)

    @property
    def median(self) -> Mark | None:
        return self.above[1]


class PercentileChart(NamedTuple):
    """Bars on one scale. An offer outside of the scale has its mark at an edge."""

    bars: tuple[PercentileBar, ...]
    offer_x: str = ""
    offer: str = ""


class Cell(NamedTuple):
    yearly: str
    hourly: str


class PercentileRow(NamedTuple):
    """A percentile in plain words, with a cell per area."""

    label: str
    cells: tuple[Cell, ...]


class PercentileView(NamedTuple):
    """Percentiles of one occupation in one or more areas.

    `units` says what the numbers in a cell are, such as 'a year, an hour'. `notes` explain marks that stand in place of
    a number.
    """

    chart: PercentileChart | None
    areas: tuple[str, ...]
    units: str
    rows: tuple[PercentileRow, ...]
    notes: tuple[str, ...]


def percentile_view(
    wages: Sequence[tuple[str, Wage]], *, offer: Decimal | None = None, per: str = Period.YEAR
) -> PercentileView:
    """Return the percentiles of one occupation in areas with these names. An offer is in dollars per unit of time."""
    areas = [_Area(name, wage) for name, wage in wages]
    return PercentileView(
        chart=_chart(areas, offer, per),
        areas=tuple(area.name for area in areas),
        units=", ".join(figures.a_period(unit) for unit in _units(areas)),
        rows=tuple(
            PercentileRow(label, tuple(area.cell(percent) for area in areas))
            for percent, label in _row_labels().items()
        ),
        notes=tuple(_notes(areas)),
    )


def _units(areas: Sequence["_Area"]) -> Iterator[Period]:
    yield from (per for per in (Period.YEAR, Period.HOUR) if any(per in area.by_unit for area in areas))


class _Area:
    """The percentiles of an occupation in an area, by percent and unit of time."""

    def __init__(self, name: str, wage: Wage) -> None:
        self.name, self.wage = name, wage
        units = [per for per in (Period.YEAR, Period.HOUR) if not wage.paid_by or wage.paid_by == per]
        self.by_unit: Mapping[Period, Mapping[int, Percentile]] = {
            per: {each.percent: each for each in percentiles(wage, per)} for per in units
        }

    @property
    def all(self) -> Iterator[tuple[Period, Percentile]]:
        for per, by_percent in self.by_unit.items():
            yield from ((per, each) for each in by_percent.values())

    def text(self, percent: int, per: Period) -> str:
        found = self.by_unit.get(per, {}).get(percent)
        if found is None:
            return ""
        return _("not shown") if found.is_collapsed else figures.wage_figure(found.figure, per)

    def cell(self, percent: int) -> Cell:
        yearly, hourly = self.text(percent, Period.YEAR), self.text(percent, Period.HOUR)
        return Cell(yearly, "" if hourly == yearly else hourly)  # a gap is named once

    def amount(self, percent: int, per: Period) -> Decimal | None:
        """Return the number or the bound of a percentile in dollars, or None if there is nothing to draw."""
        found = self.by_unit.get(per, {}).get(percent)
        return _least(found.figure) if found and found.is_displayable else None

    def is_open(self, percent: int, per: Period) -> bool:
        return self.amount(percent, per) is not None and self.by_unit[per][percent].figure.amount is None


def _least(figure: Figure) -> Decimal | None:
    return figure.bound if figure.amount is None else figure.amount


def _row_labels() -> Mapping[int, str]:
    return {
        10: _("A tenth earn less than"),
        25: _("A quarter earn less than"),
        50: _("Typical pay (median)"),
        75: _("A quarter earn more than"),
        90: _("A tenth earn more than"),
    }


def _mark_names() -> Mapping[int, str]:
    return {10: _("10th"), 25: _("25th"), 50: _("median"), 75: _("75th"), 90: _("90th")}


class _Scale:
    """Positions between the lowest and the highest amount."""

    def __init__(self, amounts: Iterable[Decimal]) -> None:
        amounts = list(amounts)
        self.low, self.high = min(amounts), max(amounts)

    def x(self, amount: Decimal) -> Decimal:
        if self.low == self.high:
            return Decimal(50)
        inside = min(max(amount, self.low), self.high)
        return _EDGE + (inside - self.low) / (self.high - self.low) * (100 - 2 * _EDGE)


def _chart(areas: Sequence[_Area], offer: Decimal | None, offer_per: str) -> PercentileChart | None:
    per = _common_unit(areas)
    if per is None:
        return None
    drawn = [area for area in areas if any(area.amount(percent, per) is not None for percent in PERCENTILES)]
    amounts = [amount for area in drawn for percent in PERCENTILES if (amount := area.amount(percent, per)) is not None]
    at = None
    if offer is not None:
        at = convert(offer, per=Period(offer_per), to=per, paid_by=areas[0].wage.paid_by)
        # An offer may widen the scale by half, but never push the percentiles together.
        room = (max(amounts) - min(amounts)) / 2
        amounts += [] if at is None else [min(max(at, min(amounts) - room), max(amounts) + room)]
    scale = _Scale(amounts)
    text = "" if offer is None else f"{figures.wage(offer, offer_per)} {figures.a_period(offer_per)}"
    return PercentileChart(
        bars=tuple(_bar(area, per, scale) for area in drawn),
        offer_x="" if at is None else _percent(scale.x(at)),
        offer="" if at is None else text,
    )


def _common_unit(areas: Sequence[_Area]) -> Period | None:
    """Return the unit of time that positions are in: a year, or an hour if no area has yearly pay."""
    for per in (Period.YEAR, Period.HOUR):
        if any(area.amount(percent, per) is not None for area in areas for percent in PERCENTILES):
            return per
    return None


def _bar(area: _Area, per: Period, scale: _Scale) -> PercentileBar:
    positions = {
        percent: scale.x(amount) for percent in PERCENTILES if (amount := area.amount(percent, per)) is not None
    }
    marks = {percent: _mark(area, percent, x) for percent, x in positions.items()}
    exact = [x for percent, x in positions.items() if not area.is_open(percent, per)]
    half = (positions[25], positions[75]) if {25, 75} <= positions.keys() and not area.is_open(75, per) else None
    opening = min((x for percent, x in positions.items() if area.is_open(percent, per)), default=None)
    start, end = (min(exact), max(exact)) if exact else (Decimal(0), Decimal(0))
    return PercentileBar(
        name=area.name,
        above=tuple(marks.get(percent) for percent in (10, 50, 90)),
        below=tuple(marks.get(percent) for percent in (25, 75)),
        start=_percent(start),
        width=_percent(end - start) if end > start else "",
        half_start=_percent(half[0]) if half else "",
        half_width=_percent(half[1] - half[0]) if half and half[1] > half[0] else "",
        open_start="" if opening is None else _percent(max(exact, default=opening)),
        open_width="" if opening is None else _percent(100 - max(exact, default=opening)),
    )


def _mark(area: _Area, percent: int, x: Decimal) -> Mark:
    return Mark(
        name=_mark_names()[percent],
        x=_percent(x),
        label_x=_LABELS[percent],
        yearly=area.text(percent, Period.YEAR),
        hourly=area.text(percent, Period.HOUR),
    )


def _percent(value: Decimal) -> str:
    return f"{float(round(value, 1)):g}%"


def _notes(areas: Sequence[_Area]) -> Iterator[str]:
    """Yield what the marks mean that stand in place of a number."""
    all_of_them = [(per, each) for area in areas for per, each in area.all]
    shown = [(per, each) for per, each in all_of_them if not each.is_collapsed]
    if any(each.figure.bound is not None for _per, each in shown):
        yield _("“Or more” means that the publisher gives no exact wages that high.")
    if any(each.figure.flag not in (None, Flag.AT_OR_ABOVE) for _per, each in shown):
        yield _("Words in place of a number mean that the publisher has no figure. They do not mean zero.")
    if len(shown) < len(all_of_them):
        yield _("“Not shown” marks a published figure that equals the next one and is far from the median.")
    if any(each.figure.is_computed for _per, each in shown):
        yield _("The publisher has these wages by the hour or by the year only. The other figure is for 2,080 hours.")
