"""Import of employment projections: table 1.2 of the workbook, or the export of the publisher's site.

The export has no row for all occupations, so a comparison with them needs the workbook.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from guides.models import Projection
from guides.models.statistics import OccupationGroup, StatisticsTable
from guides.progress import Progress, silent

from . import ImportRefused
from .cells import BadCell, parse_scaled_or_none, word
from .columns import Body, find_columns
from .files import Row, open_table
from .occupations import OccupationReader
from .releases import Period, Publication, find_or_create_release, mark_imported
from .report import Faults, Report
from .staging import merge, short_transaction, staged

WHAT = "employment projections (table 1.2)"
_YEARS = r"\d{4}-(?:\d{2}|\d{4})"
REQUIRED = {
    "title": r"occupation title|\d{4} national employment matrix title",
    "code": r"occupation code|\d{4} national employment matrix code",
    "change": rf"employment change, (?:numeric, )?{_YEARS}",
    "growth": rf"employment (?:change, percent|percent change), {_YEARS}",
    "openings": rf"occupational openings, {_YEARS} annual average",
    "education": r"typical education needed for entry|typical entry-level education",
    "experience": r"work experience in a related occupation",
    "training": r"typical on-the-job training.*",
}
OPTIONAL = {"self_employed": r"percent self[ -]employed, \d{4}"}


def _jobs(text: str) -> int | None:
    """Return a number of jobs, which the publisher prints in thousands with one decimal."""
    hundreds = parse_scaled_or_none(text, 1)
    return None if hundreds is None else hundreds * 100


def _permille(text: str) -> int | None:
    return parse_scaled_or_none(text, 1)


class _Field(NamedTuple):
    name: str
    column: str
    sql_type: str
    read: Callable[[str], int | str | None]


_FIELDS = (
    _Field("employment", "employment", "integer", _jobs),
    _Field("employment_projected", "employment_projected", "integer", _jobs),
    _Field("change", "change", "integer", _jobs),
    _Field("growth_permille", "growth", "integer", _permille),
    _Field("openings", "openings", "integer", _jobs),
    _Field("self_employed_permille", "self_employed", "integer", _permille),
    _Field("education", "education", "text", word),
    _Field("experience", "experience", "text", word),
    _Field("training", "training", "text", word),
)


def import_projections(
    path: Path, *, add_new: bool = False, skip_faults: bool = False, progress: Progress = silent
) -> Report:
    """Import a file into the release of the years that its headings name. Raise ImportRefused."""
    with open_table(path) as table:
        body = find_columns(table, required=REQUIRED, optional=OPTIONAL, what=WHAT)
        reader = _Reader(body, add_new=add_new, name=path.name)
        rows = reader.prepared(progress(body.rows, what=path.name, total=table.rows))
        with staged({"occupation": "text", **{field.name: field.sql_type for field in reader.fields}}, rows) as count:
            reader.faults.refuse(path.name, skip=skip_faults)
            return _write(reader, count)


def _employment_columns(headings: tuple[str, ...], name: str) -> tuple[Period, dict[str, int]]:
    """Return the period and the columns of employment in its first and its last year."""
    found = [
        (int(match[1]), place)
        for place, heading in enumerate(headings)
        if (match := re.fullmatch(r"employment,? (\d{4})", heading))
    ]
    if len(found) != 2:
        raise ImportRefused(f"{name} must have employment in two years. Take table 1.2 of the projections.")
    (first, base), (last, projected) = sorted(found)
    period = Period(date(first, 1, 1), date(last, 12, 31))
    return period, {"employment": base, "employment_projected": projected}


class _Reader:
    """Prepares rows for staging."""

    def __init__(self, body: Body, *, add_new: bool, name: str) -> None:
        self.period, years = _employment_columns(body.headings, name)
        self._columns, self._width = {**body.columns, **years}, body.width
        self.fields = [field for field in _FIELDS if field.column in self._columns]
        self.occupations, self.faults = OccupationReader(add_new=add_new), Faults()
        self._seen: set[str] = set()

    def prepared(self, rows: Iterable[Row]) -> Iterator[list[Any]]:
        place = self._columns["code"]
        for number, cells in rows:
            if len(cells) <= place or not cells[place].strip():
                continue  # notes and blank lines
            try:
                yield self._row(cells)
            except BadCell as error:
                self.faults.add(number, str(error))

    def _row(self, cells: list[str]) -> list[Any]:
        if len(cells) < self._width:
            raise BadCell(f"has {len(cells)} of {self._width} cells. The file may have been cut off")
        title = cells[self._columns["title"]].partition("*")[0]  # alternate titles follow in the export
        occupation = self.occupations.code(cells[self._columns["code"]], title, OccupationGroup.DETAILED)
        if occupation in self._seen:
            raise BadCell(f"another row has {occupation}")
        self._seen.add(occupation)
        return [occupation, *(field.read(cells[self._columns[field.column]]) for field in self.fields)]


def _write(reader: _Reader, count: int) -> Report:
    first, last = reader.period
    publication = Publication(
        f"bls-projections-{first:%Y}-{last:%Y}",
        "U.S. Bureau of Labor Statistics",
        "Employment Projections",
        "https://www.bls.gov/emp/",
    )
    with short_transaction():
        reader.occupations.create_new()
        release = find_or_create_release(StatisticsTable.PROJECTIONS, reader.period, publication)
        joins = "JOIN guides_occupation o ON o.code = s.occupation"
        values = [field.name for field in reader.fields]
        added, changed = merge(Projection, release, keys={"occupation_id": "o.id"}, values=values, joins=joins)
        if added or changed:
            mark_imported(release)
    return Report(
        release=str(release), added=added, changed=changed, unchanged=count - added - changed, skipped=Counter(),
        faults=reader.faults, new_occupations=reader.occupations.new_names(),
    )  # fmt: skip
