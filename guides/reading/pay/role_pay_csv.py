"""The wages of a role's occupations in all areas as CSV, for spreadsheets."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from guides.choices import Period
from guides.models.wages import PERCENTILES, Flag
from guides.reading.index.live_data import LiveData
from guides.rendering import figures
from guides.statistics.figures import Figure, Percentile, figure_of, percentiles

from .role_pay import AreaPay, PaidOccupation, wages_in

UNITS = (Period.HOUR, Period.YEAR)
COLUMNS = (
    "occupation_code", "occupation", "relation", "area_code", "area", "area_kind", "states", "jobs", "jobs_per_1000",
    "location_quotient", *(f"{per}ly_p{percent}" for per in UNITS for percent in PERCENTILES), "price_level",
    "price_level_year", "median_purchasing_power", "marks", "publisher", "table", "period",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(rows: Iterable[tuple[str, AreaPay]]) -> str:
    """Return the CSV of rows with the relation of their occupation. A gap is an empty cell, and `marks` explains it.

    It begins with a byte order mark, so that spreadsheet programs read it as UTF-8.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([_safe(cell) for cell in _cells(relation, row)] for relation, row in rows)
    return f"\ufeff{out.getvalue()}"


def rows_of_all_areas(occupations: Sequence[PaidOccupation], data: LiveData) -> Iterator[tuple[str, AreaPay]]:
    """Yield the relation and the pay of each occupation in all areas, from the nation to nonmetropolitan areas."""
    rows = {(wage.occupation.code, wage.area_id): wage for wage in wages_in(occupations, data)}
    levels = data.price_levels.newest
    for occupation in occupations:
        for area in data.places.all():
            if wage := rows.get((occupation.code, area.pk)):
                yield str(occupation.relation), AreaPay(area, wage, levels.get(area.pk))


def _safe(cell: object) -> str:
    """Return the text of a cell that no spreadsheet program runs as a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(relation: str, row: AreaPay) -> Iterator[object]:
    wage, level, source = row.wage, row.price_level, row.wage.release.source
    by_unit = {per: percentiles(wage, per) for per in UNITS}
    yield from (wage.occupation.code, wage.occupation.title, relation)
    yield from (row.area.code, row.area.name, row.area.kind, row.area.states)
    yield from (row.jobs.amount, figure_of(wage, "jobs_per_million").amount, row.concentration.amount)
    for per in UNITS:
        yield from (each.figure.amount if each.is_displayable else None for each in by_unit[per])
    yield from (level and round(level.index, 1), level and level.year, row.purchasing_power)
    yield "; ".join((*_marks(row), *(mark for per in UNITS for mark in _percentile_marks(by_unit[per], per))))
    yield from (source.publisher, source.title, wage.release.period)


def _marks(row: AreaPay) -> Iterator[str]:
    for name, figure in (("jobs", row.jobs), ("location_quotient", row.concentration)):
        if figure.amount is None:
            yield f"{name}: {_reason(figure)}"


def _percentile_marks(row: Iterable[Percentile], per: Period) -> Iterator[str]:
    for each in row:
        name = f"{per}ly_p{each.percent}"
        if each.is_collapsed:
            yield f"{name}: not shown, because it equals its neighbor and is far from the median"
        elif each.figure.is_computed:
            yield f"{name}: computed with 2,080 hours a year"
        elif each.figure.amount is None:
            yield f"{name}: {figures.wage_figure(each.figure, per) or _reason(each.figure)}"


def _reason(figure: Figure) -> str:
    return str(Flag(figure.flag or Flag.EMPTY).label)
