"""Import of wages and employment by area: the publisher's table of all areas, or of the nation, states, or areas."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from guides.models import Wage
from guides.models.statistics import StatisticsTable
from guides.models.wages import HOURLY, NUMBER, WAGE_COLUMNS, YEARLY, PaidBy
from guides.progress import Progress, silent

from . import ImportRefused
from .areas import AreaReader
from .cells import BadCell, parse_flagged
from .columns import Body, find_columns
from .files import Row, open_table
from .occupations import OccupationReader
from .releases import Period, Publication, find_or_create_release, mark_imported
from .report import Faults, Report
from .staging import merge, short_transaction, staged

WHAT = "wages and employment (OEWS)"
TOP_HOURLY = 11_500
"""The highest hourly wage that is published since May 2022, in cents. Before that it was $100."""

_PERCENTILES = ("pct10", "pct25", "median", "pct75", "pct90")
FIGURES = (
    "tot_emp", "jobs_1000", "loc_quotient", "h_mean", "a_mean",
    *(f"h_{percentile}" for percentile in _PERCENTILES), *(f"a_{percentile}" for percentile in _PERCENTILES),
)  # fmt: skip
"""Headings of the figures, in the order of `WAGE_COLUMNS`."""

KEYS = ("area", "area_title", "area_type", "prim_state", "naics", "own_code", "occ_code", "occ_title", "o_group")
REQUIRED = {name: name for name in (*KEYS, *FIGURES, "annual", "hourly")}
ALL_INDUSTRIES, ALL_OWNERS = frozenset({"000000", "0"}), "1235"
OTHER_INDUSTRIES = "for other industries or ownerships"
STAGED = {"area": "text", "occupation": "text", **{column.field: "integer" for column in WAGE_COLUMNS}}
VALUES = (*(column.field for column in WAGE_COLUMNS), "flags", "paid_by")


def import_wages(
    path: Path,
    *,
    month: date | None = None,
    top_hourly: int = TOP_HOURLY,
    add_new: bool = False,
    skip_faults: bool = False,
    progress: Progress = silent,
) -> Report:
    """Import a file into the release of a month, by default the month that the name of the file says.

    Rows are added to those that the release has. `add_new` accepts codes of areas and occupations that are unknown
    here. Raises ImportRefused and changes nothing if the file is not usable, or has faulty rows without `skip_faults`.
    """
    with open_table(path) as table:
        period = _period(month or _month_in(table.name) or _month_in(path.name), path)
        body = find_columns(table, required=REQUIRED, optional={}, what=WHAT)
        reader = _Reader(body, add_new=add_new)
        rows = reader.prepared(progress(body.rows, what=path.name, total=table.rows))
        with staged({**STAGED, "flags": "text", "paid_by": "text"}, rows) as count:
            reader.faults.refuse(path.name, skip=skip_faults)
            if not count:
                raise ImportRefused(f"{path.name} has no rows for all industries and ownerships. Take another table.")
            return _write(reader, period, top_hourly, count)


def _month_in(name: str) -> date | None:
    """Return the month of a published file such as all_data_M_2025.xlsx: M stands for May."""
    match = re.search(r"(?<![a-z])M_?(20\d\d)(?!\d)", name, re.IGNORECASE)
    return date(int(match[1]), 5, 1) if match else None


def _period(month: date | None, path: Path) -> Period:
    if month is None:
        raise ImportRefused(f"The name of {path.name} does not say its month. Add it: --month 2025-05.")
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return Period(month.replace(day=1), date.fromordinal(following.toordinal() - 1))


def _write(reader: "_Reader", period: Period, top_hourly: int, count: int) -> Report:
    year = period.first.year
    publication = Publication(
        f"bls-oews-{year}" if period.first.month == 5 else f"bls-oews-{period.first:%Y-%m}",
        "U.S. Bureau of Labor Statistics",
        "Occupational Employment and Wage Statistics",
        "https://www.bls.gov/oes/",
    )
    with short_transaction():
        reader.areas.create_new()
        reader.occupations.create_new()
        release = find_or_create_release(StatisticsTable.WAGES, period, publication, top_hourly=top_hourly)
        joins = "JOIN guides_occupation o ON o.code = s.occupation JOIN guides_area a ON a.code = s.area"
        added, changed = merge(
            Wage, release, keys={"occupation_id": "o.id", "area_id": "a.id"}, values=VALUES, joins=joins
        )
        renamed = reader.areas.rename() if release.is_current else 0
        if added or changed or renamed:
            mark_imported(release)
    if added and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f'ANALYZE "{Wage._meta.db_table}"')
    return Report(
        release=str(release), added=added, changed=changed, unchanged=count - added - changed, skipped=reader.skipped,
        faults=reader.faults, new_areas=reader.areas.new_names(), new_occupations=reader.occupations.new_names(),
    )  # fmt: skip


class _Reader:
    """Prepares rows for staging, and counts those that are skipped."""

    def __init__(self, body: Body, *, add_new: bool) -> None:
        self._columns, self._width = body.columns, body.width
        self._figures = tuple(
            (body.columns[heading], column.decimals) for heading, column in zip(FIGURES, WAGE_COLUMNS, strict=True)
        )
        self.areas = AreaReader(add_new=add_new)
        self.occupations = OccupationReader(add_new=add_new)
        self.skipped: Counter[str] = Counter()
        self.faults = Faults()
        self._seen: set[tuple[str, str]] = set()

    def prepared(self, rows: Iterable[Row]) -> Iterator[list[Any]]:
        place = self._columns
        naics, own_code = place["naics"], place["own_code"]
        for number, cells in rows:
            if len(cells) < self._width:
                if any(cells):
                    self.faults.add(number, _cut_off(len(cells), self._width))
            elif cells[naics] not in ALL_INDUSTRIES or cells[own_code] != ALL_OWNERS:
                self.skipped[OTHER_INDUSTRIES] += 1
            else:
                try:
                    yield self._row(cells)
                except BadCell as error:
                    self.faults.add(number, str(error))

    def _row(self, cells: list[str]) -> list[Any]:
        place = self._columns
        area = self.areas.code(
            cells[place["area"]], cells[place["area_type"]], cells[place["area_title"]], cells[place["prim_state"]]
        )
        occupation = self.occupations.code(cells[place["occ_code"]], cells[place["occ_title"]], cells[place["o_group"]])
        figures = [parse_flagged(cells[position], decimals) for position, decimals in self._figures]
        flags = "".join(flag for _value, flag in figures)
        paid_by = _paid_by(cells[place["annual"]], cells[place["hourly"]])
        values = [value for value, _flag in figures]
        _check_wages(values, paid_by)
        if (area, occupation) in self._seen:
            raise BadCell(f"another row has {occupation} in area {area}")
        self._seen.add((area, occupation))
        return [area, occupation, *values, "" if flags == _ALL_NUMBERS else flags, paid_by]


_ALL_NUMBERS = NUMBER * len(WAGE_COLUMNS)
_FIELDS = [column.field for column in WAGE_COLUMNS]
_HOURLY_PLACES = slice(_FIELDS.index(HOURLY[0]), _FIELDS.index(HOURLY[-1]) + 1)
_YEARLY_PLACES = slice(_FIELDS.index(YEARLY[0]), _FIELDS.index(YEARLY[-1]) + 1)
_MEANS = slice(_FIELDS.index("hourly_mean"), _FIELDS.index("yearly_mean") + 1)
_WAGES = slice(_FIELDS.index("hourly_mean"), None)


def _cut_off(count: int, width: int) -> str:
    return f"has {count} of {width} cells. The file may have been cut off"


def _paid_by(annual: str, hourly: str) -> str:
    """Return the only unit of time that the publisher has wages for, or an empty string for both."""
    if annual.strip().upper() == "TRUE":
        return PaidBy.YEAR.value
    return PaidBy.HOUR.value if hourly.strip().upper() == "TRUE" else ""


def _check_wages(values: list[int | None], paid_by: str) -> None:
    """Raise BadCell for wages that cannot be. The database enforces the same rules."""
    hourly, yearly = values[_HOURLY_PLACES], values[_YEARLY_PLACES]
    for percentiles in (hourly, yearly):
        numbers = [value for value in percentiles if value is not None]
        if numbers != sorted(numbers):
            raise BadCell("percentiles are not in ascending order")
    if 0 in values[_WAGES]:
        raise BadCell("a wage is zero")
    if paid_by:
        hourly_mean, yearly_mean = values[_MEANS]
        other = (hourly_mean, *hourly) if paid_by == PaidBy.YEAR else (yearly_mean, *yearly)
        if other.count(None) < len(other):
            raise BadCell(f"has wages for another unit of time, although it is marked as paid by the {paid_by}")
