"""A full-size table of wages, and its import: made-up values for as many areas and occupations as the survey has."""

import csv
import random
import resource
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import connection
from django.utils import timezone

from guides.models import Area, PriceLevel, Release
from guides.models.statistics import AreaKind, StatisticsTable
from guides.models.wages import PERCENTILES
from guides.statistics.importing.wages import FIGURES, import_wages
from guides.statistics.price_levels import price_region

SEED, ROWS, AREAS, OCCUPATIONS = 20_261_130, 236_799, 583, 830
STATES, OCCUPATIONS_OF_A_STATE = 54, 800
HEADINGS = (
    "AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", "OCC_CODE",
    "OCC_TITLE", "O_GROUP", *map(str.upper, FIGURES), "ANNUAL", "HOURLY",
)  # fmt: skip
CODES = tuple(f"{11 + number // 40}-{1_000 + number % 40}" for number in range(OCCUPATIONS))


class Imported(NamedTuple):
    """Seconds of the first import and of the same file again, of the merge within the first, and megabytes."""

    rows: int
    first: float
    again: float
    merge: float
    memory: float
    database: float


def write_table(folder: Path) -> Path:
    """Write the table as the publisher ships it, a CSV file in a ZIP file."""
    table, target = folder / "all_data_M_2025.csv", folder / "oesm25all.zip"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEADINGS)
        writer.writerows(_rows())
    with ZipFile(target, "w", ZIP_DEFLATED) as zipped:
        zipped.write(table, table.name)
    table.unlink()
    return target


def _rows() -> Iterator[list[str]]:
    """Yield the nation with all occupations, states with nearly all, and the other areas with the rest."""
    chance = random.Random(SEED)  # noqa: S311 -- made up, and always the same
    left, others = ROWS - OCCUPATIONS - STATES * OCCUPATIONS_OF_A_STATE, AREAS - STATES - 1
    per_area = -(-left // others)
    for number, area in enumerate(_areas()):
        count = OCCUPATIONS if number == 0 else OCCUPATIONS_OF_A_STATE if number <= STATES else min(per_area, left)
        left -= count if number > STATES else 0
        for code in sorted(chance.sample(range(OCCUPATIONS), count)):
            yield [*area, *_occupation(code), *_figures(chance), "", ""]


def _areas() -> Iterator[list[str]]:
    common = ["000000", "Cross-industry", "cross-industry", "1235"]
    yield ["99", "U.S.", "1", "US", *common]
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    states = [first + second for first in letters for second in letters][:STATES]
    for number, state in enumerate(states, start=1):
        yield [f"{number:02}", f"State {state}", "2", state, *common]
    for number in range(AREAS - STATES - 1):
        state = states[number % STATES]
        yield [str(10_000 + number), f"City {number}, {state}", "4", state, *common]


def _occupation(code: int) -> list[str]:
    return [CODES[code], f"Made-up occupation number {code}", "detailed"]


def _figures(chance: random.Random) -> list[str]:
    median = chance.uniform(12, 80)
    if chance.random() < 0.02:
        return ["**", "**", "**", *["*"] * (2 + 2 * len(PERCENTILES))]
    hourly = [median * share for share in (0.7, 0.85, 1, 1.2, 1.5)]
    return [
        f"{chance.randrange(30, 50_000, 10):,}", f"{chance.uniform(0, 9):.3f}", f"{chance.uniform(0, 3):.2f}",
        f"{median:.2f}", f"{round(median * 208) * 10:,}", *(f"{pay:.2f}" for pay in hourly),
        *(f"{round(pay * 208) * 10:,}" for pay in hourly),
    ]  # fmt: skip


def import_all(folder: Path) -> None:
    """Import the table and made-up price levels of all areas."""
    import_wages(write_table(folder), add_new=True)
    chance = random.Random(SEED)  # noqa: S311 -- made up, and always the same
    source = Release.objects.get(table=StatisticsTable.WAGES).source
    for table, kind, year in (
        (StatisticsTable.STATE_PRICES, AreaKind.STATE, 2023),
        (StatisticsTable.METROPOLITAN_PRICES, AreaKind.METROPOLITAN, 2024),
    ):
        release = Release.objects.create(
            table=table, covers_from=date(2008, 1, 1), covers_to=date(year, 12, 31), source=source,
            imported_at=timezone.now(),
        )  # fmt: skip
        PriceLevel.objects.bulk_create(
            PriceLevel(
                release=release, region=price_region(area), year=of, index_thousandths=chance.randrange(85_000, 118_000)
            )
            for area in Area.objects.filter(kind=kind)
            for of in (2023, year)[: 1 + (year > 2023)]
        )


def measure(folder: Path) -> Imported:
    """Import the table into the empty database of the environment, twice."""
    table = write_table(folder)
    size, merges = _database_size(), list[float]()

    def time_merge(run: Callable[..., Any], sql: str, *rest: Any) -> Any:
        began = time.perf_counter()
        result = run(sql, *rest)
        if sql.split()[:3] == ["INSERT", "INTO", "guides_wage"]:
            merges.append(time.perf_counter() - began)
        return result

    began = time.perf_counter()
    with connection.execute_wrapper(time_merge):
        rows = import_wages(table, add_new=True).added
    first = time.perf_counter() - began
    began = time.perf_counter()
    import_wages(table)
    again = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_024
    return Imported(rows, first, again, merges[0], peak, (_database_size() - size) / 2**20)


def _database_size() -> int:
    """Return the bytes that the database takes on disk."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return Path(settings.DATABASES["default"]["NAME"]).stat().st_size
        cursor.execute("SELECT pg_database_size(current_database())")
        size: int = cursor.fetchone()[0]
        return size
