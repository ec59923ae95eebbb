"""Published figures as frozen values: a number, or the meaning of the mark that stands in its place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from guides.choices import Period
from guides.models.wages import HOURLY, NUMBER, PERCENTILES, WAGE_COLUMNS, YEARLY, Flag, PaidBy, Wage

HOURS_A_YEAR = 2_080
"""The publisher computes yearly wages as 2,080 times the hourly wage, except where it has just one of the two."""

FAR = 2
"""How many times the median a percentile must be, or the median it, to be far from the median."""

_PLACES = {column.field: place for place, column in enumerate(WAGE_COLUMNS)}
_FIELDS = {Period.HOUR: HOURLY, Period.YEAR: YEARLY}
_MEDIAN = PERCENTILES.index(50)


@dataclass(frozen=True)
class Figure:
    """A published number in dollars, jobs, or a ratio, or None with the flag that says why there is none.

    A wage at or above the highest published one has a bound instead. `is_computed` means that the publisher has only
    the wage for the other unit of time, and that this one comes from 2,080 hours a year.
    """

    amount: Decimal | None
    flag: Flag | None = None
    bound: Decimal | None = None
    is_computed: bool = False


@dataclass(frozen=True)
class Percentile:
    """A percentile of wages. A collapsed one is stored as it was published, and never shown."""

    percent: int
    figure: Figure
    is_collapsed: bool = False

    @property
    def is_displayable(self) -> bool:
        """Whether there is something to show: a number, or a bound."""
        has_value = self.figure.amount is not None or self.figure.bound is not None
        return has_value and not self.is_collapsed


def figure_of(wage: Wage, field: str) -> Figure:
    """Return the figure in a field of a row, as it was published. The row needs its release for a bound."""
    place = _PLACES[field]
    value: int | None = getattr(wage, field)
    if value is not None:
        return Figure(Decimal(value).scaleb(-WAGE_COLUMNS[place].decimals))
    flag = Flag(wage.flags[place])
    is_top = flag == Flag.AT_OR_ABOVE and wage.release.top_hourly is not None
    return Figure(None, flag, _bound(wage.release.top_hourly or 0, field) if is_top else None)


def has_figure(wage: Wage) -> bool:
    """Return whether a row has any number or bound, and not only marks for gaps."""
    return not wage.flags or not {NUMBER, Flag.AT_OR_ABOVE}.isdisjoint(wage.flags)


def _bound(top_hourly: int, field: str) -> Decimal:
    hourly = Decimal(top_hourly).scaleb(-2)
    return hourly * HOURS_A_YEAR if field.startswith("yearly") else hourly


def wage_figure(wage: Wage, percent: int, per: Period) -> Figure:
    """Return a percentile of wages per hour or per year: the published one, or one computed from the other unit.

    It is computed only where the publisher would: never for occupations that have wages per year or per hour only.
    """
    place = PERCENTILES.index(percent)
    published = figure_of(wage, _FIELDS[per][place])
    if published.amount is not None or published.bound is not None:
        return published
    other = Period.YEAR if per == Period.HOUR else Period.HOUR
    amount = figure_of(wage, _FIELDS[other][place]).amount
    converted = None if amount is None else convert(amount, per=other, to=per, paid_by=wage.paid_by)
    return published if converted is None else Figure(converted, is_computed=True)


def convert(amount: Decimal, *, per: Period, to: Period, paid_by: str = "") -> Decimal | None:
    """Convert pay between an hour and a year of 2,080 hours.

    Return None where the publisher does not convert: for occupations, such as teachers and actors, whose hours a year
    differ too much. The result has whole cents or dollars.
    """
    if per == to:
        return amount
    if paid_by in PaidBy.values:
        return None
    if to == Period.YEAR:
        return (amount * HOURS_A_YEAR).quantize(Decimal(1))
    return (amount / HOURS_A_YEAR).quantize(Decimal("0.01"))


def percentiles(wage: Wage, per: Period) -> tuple[Percentile, ...]:
    """Return all percentiles per hour or per year, lowest first."""
    by_hour, by_year = (are_collapsed([getattr(wage, field) for field in fields]) for fields in (HOURLY, YEARLY))
    figures = _bounded(wage_figure(wage, percent, per) for percent in PERCENTILES)
    return tuple(
        Percentile(percent, figure, is_collapsed=hour or year)
        for percent, figure, hour, year in zip(PERCENTILES, figures, by_hour, by_year, strict=True)
    )


def _bounded(figures: Iterable[Figure]) -> Iterator[Figure]:
    """Raise the bound of each figure to the highest number before it, because percentiles never fall.

    The publisher prints some numbers far above its highest wage: a 75th percentile of $384,800 before a #.
    """
    highest = Decimal(0)
    for figure in figures:
        yield figure if figure.bound is None else replace(figure, bound=max(figure.bound, highest))
        highest = max(highest, figure.amount or figure.bound or highest)


def are_collapsed(values: Sequence[int | None]) -> tuple[bool, ...]:
    """Return for each percentile whether it is collapsed: equal to its neighbor, and far from the median.

    The survey groups wages into intervals. If most wages above or below the median fall into one wide interval, two
    percentiles get the same value, far from what these people earn: 75th and 90th at $470,940 next to a median of
    $72,410. Equal percentiles close to the median are common and right, for example on a pay scale. “Far” is at least
    twice the median, or at most half of it. The median itself is never collapsed.
    """
    median = values[_MEDIAN]
    return tuple(
        value is not None
        and median is not None
        and place != _MEDIAN
        and any(values[other] == value for other in (place - 1, place + 1) if 0 <= other < len(values))
        and (value >= FAR * median or FAR * value <= median)
        for place, value in enumerate(values)
    )
