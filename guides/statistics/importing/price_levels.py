"""Import of regional price parities: of states, metropolitan areas, or the nonmetropolitan parts of states.

Rows are selected by their description. Line codes differ between the tables: line 1 of the states' table is income.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from guides.models import PriceLevel
from guides.models.statistics import StatisticsTable
from guides.progress import Progress, silent

from . import ImportRefused
from .cells import BadCell, parse_scaled_or_none
from .columns import Body, find_columns
from .files import Row, open_table
from .releases import Period, Publication, find_or_create_release, mark_imported
from .report import Faults, Report
from .staging import merge, short_transaction, staged

WHAT = "regional price parities"
REQUIRED = {"region": "geofips", "name": "geoname", "table": "tablename", "description": "description"}
ALL_ITEMS = "rpps: all items"
OTHER_SERIES, METROPOLITAN_PARTS = "of other series", "of metropolitan parts of states"
NO_LEVEL = "of regions without a price level"
_TABLES = {
    "SARPP": (StatisticsTable.STATE_PRICES, "Regional price parities by state"),
    "MARPP": (StatisticsTable.METROPOLITAN_PRICES, "Regional price parities by metropolitan area"),
    "PARPP": (StatisticsTable.NONMETROPOLITAN_PRICES, "Regional price parities by portion of a state"),
}


def import_price_levels(path: Path, *, skip_faults: bool = False, progress: Progress = silent) -> Report:
    """Import a file into the release of the years that its headings name. Raise ImportRefused."""
    with open_table(path) as table:
        body = find_columns(table, required=REQUIRED, optional={}, what=WHAT)
        years = {int(name): place for place, name in enumerate(body.headings) if re.fullmatch(r"(19|20)\d\d", name)}
        if not years:
            raise ImportRefused(f"{path.name} has no columns of years. Download the table again.")
        reader = _Reader(body, years)
        rows = reader.prepared(progress(body.rows, what=path.name, total=table.rows))
        with staged({"region": "text", "year": "integer", "index_thousandths": "integer"}, rows) as count:
            reader.faults.refuse(path.name, skip=skip_faults)
            if not count or len(reader.tables) != 1 or not reader.tables <= _TABLES.keys():
                raise ImportRefused(
                    f"{path.name} has no price levels of all items from one of the tables {', '.join(_TABLES)}."
                )
            return _write(reader, Period(date(min(years), 1, 1), date(max(years), 12, 31)), count)


class _Reader:
    def __init__(self, body: Body, years: dict[int, int]) -> None:
        self._columns, self._width, self._years = body.columns, body.width, years
        self.tables: set[str] = set()
        self.skipped: Counter[str] = Counter()
        self.faults = Faults()
        self._seen: set[str] = set()

    def prepared(self, rows: Iterable[Row]) -> Iterator[tuple[str, int, int]]:
        """Yield region, year and index of each row that has price levels of all items."""
        for number, cells in rows:
            if len(cells) <= 1:
                continue  # notes and blank lines
            try:
                yield from self._values(cells)
            except BadCell as error:
                self.faults.add(number, str(error))

    def _values(self, cells: list[str]) -> list[tuple[str, int, int]]:
        if len(cells) < self._width:
            raise BadCell(f"has {len(cells)} of {self._width} cells. The file may have been cut off")
        if cells[self._columns["description"]].strip().lower() != ALL_ITEMS:
            self.skipped[OTHER_SERIES] += 1
            return []
        region = cells[self._columns["region"]].replace('"', "").strip().zfill(5)
        if not re.fullmatch(r"\d{5}", region, re.ASCII):
            raise BadCell(f"{region[:30]!r} is not a code of a region")
        if region.endswith("998"):
            self.skipped[METROPOLITAN_PARTS] += 1
            return []
        if region in self._seen:
            raise BadCell(f"another row has region {region}")
        self._seen.add(region)
        self.tables.add(cells[self._columns["table"]].strip().upper())
        values = ((year, parse_scaled_or_none(cells[place], 3)) for year, place in self._years.items())
        # The publisher prints 0.000 where a state has no such part, for example in Delaware.
        found = [(region, year, value) for year, value in values if value]
        if not found:
            self.skipped[NO_LEVEL] += 1
        if any(value < 0 for _region, _year, value in found):
            raise BadCell("a price level is negative")
        return found


def _write(reader: _Reader, period: Period, count: int) -> Report:
    (code,) = reader.tables
    table, title = _TABLES[code]
    publication = Publication(
        f"bea-{code.lower()}-{period.last:%Y}",
        "U.S. Bureau of Economic Analysis",
        title,
        "https://www.bea.gov/data/prices-inflation/regional-price-parities-state-and-metro-area",
    )
    with short_transaction():
        release = find_or_create_release(table, period, publication)
        keys = {"region": "s.region", "year": "s.year"}
        added, changed = merge(PriceLevel, release, keys=keys, values=["index_thousandths"])
        if added or changed:
            mark_imported(release)
    return Report(
        release=str(release), added=added, changed=changed, unchanged=count - added - changed,
        skipped=reader.skipped, faults=reader.faults,
    )  # fmt: skip
