"""Geometry of charts, in percent of the width, so that one drawing fits every screen."""

from collections.abc import Callable, Iterator, Sequence
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from guides.schema import CareerLevel, SalaryBand

from . import figures

_STEPS = (1, 2, 5, 10, 20, 50)
_MAX_STEPS = 4  # more labels would touch on a phone
_MIN_SPANS = 2
_OPEN_YEARS = 2  # length of a bar without an end
_MAX_TIMES = Decimal("2.5")
"""A scale that leaves out outliers ends at this many times the middle one of the typical amounts."""

_FIRST_PART, _LAST_PART = 33, 67
"""A label over the first part of a chart, in percent, begins at its mark, and one over the last part ends there."""


class Tick(NamedTuple):
    x: str
    label: str


class Label(NamedTuple):
    """The numbers of a bar, above its marks: a `figure`, and the `rest` in weaker type.

    `x` is where the text begins, ends, or has its middle, according to `anchor`. `note` says what a range covers.
    """

    figure: str
    rest: str = ""
    note: str = ""
    x: str = ""
    anchor: str = "middle"


class Bar(NamedTuple):
    """One band: a bar from `low` over `width` or a mark at `exact`, median and average. Missing values are ''.

    An open bar has no end, or goes on beyond the scale.
    """

    name: str
    low: str
    width: str
    exact: str
    is_open: bool
    median: str = ""
    mean: str = ""
    label: Label = Label("")


class Chart(NamedTuple):
    """Bars on one scale that begins at zero."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    has_range: bool = False
    has_median: bool = False
    has_mean: bool = False

    @property
    def steps(self) -> int:
        return len(self.ticks) - 1


def pay_chart(named: Sequence[tuple[str, SalaryBand]], *, cut_outliers: bool = False) -> Chart | None:
    """Return a chart of these bands, or None if there are none or they do not share one scale.

    With `cut_outliers`, a band far above the others does not push them together: its bar goes on beyond the scale.
    """
    if len({(band.currency, band.period) for _, band in named}) != 1:
        return None
    highest = max(_amounts(named))
    if cut_outliers:
        typical = sorted(_typical(band) for _, band in named)
        highest = min(highest, max(typical[(len(typical) - 1) // 2] * _MAX_TIMES, Decimal(1)))
    step, end = _scale(highest)
    bars = tuple(_bar(name, band, end) for name, band in named)
    return Chart(
        bars=bars,
        ticks=_ticks(step, end, lambda amount: figures.short_money(amount, named[0][1].currency)),
        has_range=any(bar.width for bar in bars),
        has_median=any(bar.median for bar in bars),
        has_mean=any(bar.mean for bar in bars),
    )


def years_chart(levels: Sequence[CareerLevel]) -> Chart | None:
    """Return a chart of the years at each level, or None if fewer than two levels have a figure."""
    spans = [(level, Decimal(level.years_from), level.years_to) for level in levels if level.years_from is not None]
    if len(spans) < _MIN_SPANS:
        return None
    step, end = _scale(max(Decimal(last or first + _OPEN_YEARS) for _, first, last in spans))
    return Chart(
        bars=tuple(
            Bar(
                name=level.title,
                low=_percent(first, end),
                width=_percent((end if last is None else last) - first, end) if first != last else "",
                exact=_percent(first, end) if first == last else "",
                is_open=last is None,
                label=_placed(Label(figures.years(level)), (first + (end if last is None else last)) / 2, end),
            )
            for level, first, last in spans
        ),
        ticks=_ticks(step, end, figures.in_years),
    )


def _placed(label: Label, amount: Decimal, end: Decimal) -> Label:
    """Place a label over the mark of an amount, so that it stays within the chart."""
    x = min(amount, end) / end * 100
    anchor = "start" if x < _FIRST_PART else "end" if x > _LAST_PART else "middle"
    return label._replace(x=_percent(min(amount, end), end), anchor=anchor)


def _typical(band: SalaryBand) -> Decimal:
    """Return the median or average of a band, or else the middle of its range."""
    ends = [amount for amount in (band.low, band.high) if amount is not None]
    middle = sum(ends, Decimal(0)) / max(len(ends), 1)
    return next((each for each in (band.median, band.mean) if each is not None), middle)


def _ticks(step: Decimal, end: Decimal, label: Callable[[Decimal], str]) -> tuple[Tick, ...]:
    amounts = (step * count for count in range(int(end / step) + 1))
    return tuple(Tick(_percent(amount, end), label(amount)) for amount in amounts)


def _bar(name: str, band: SalaryBand, end: Decimal) -> Bar:
    has_range = band.low is not None or band.high is not None
    low, high = min(band.low or Decimal(0), end), end if band.high is None else min(band.high, end)
    # A range of one amount would have no width, so it is drawn as a point.
    is_point = has_range and low == high
    return Bar(
        name=name,
        low=_percent(low, end) if has_range and not is_point else "",
        width=_percent(high - low, end) if has_range and not is_point else "",
        exact=_percent(low, end) if is_point else "",
        median=_percent(band.median, end),
        mean=_percent(band.mean, end),
        is_open=has_range and (band.and_more or band.high is None or band.high > end),
        label=_placed(_pay_label(band), _typical(band), end),
    )


def _pay_label(band: SalaryBand) -> Label:
    """Return the median, or else the average, of a band, followed by its range."""
    pay_range = figures.pay_range(band)
    note = band.range_label if pay_range else ""
    if one := figures.median(band) or figures.average(band):
        return Label(one, pay_range, note)
    return Label(pay_range, "", note)


def _amounts(named: Sequence[tuple[str, SalaryBand]]) -> Iterator[Decimal]:
    for _, band in named:
        yield from (each for each in (band.low, band.median, band.mean, band.high) if each is not None)
        if band.low is not None and band.high is None:
            yield band.low * Decimal("1.1")  # room for an open-ended bar


def _percent(amount: Decimal | None, end: Decimal) -> str:
    return "" if amount is None else f"{float(min(amount / end, Decimal(1)) * 100):g}%"


def _scale(highest: Decimal) -> tuple[Decimal, Decimal]:
    """Return a round step between ticks, and the end of a scale that includes the highest amount."""
    highest = max(highest, Decimal(1))
    power = Decimal(10) ** (highest.adjusted() - 1)
    step = next(step for step in (power * factor for factor in _STEPS) if highest <= step * _MAX_STEPS)
    return step, step * (highest / step).to_integral_value(ROUND_CEILING)
