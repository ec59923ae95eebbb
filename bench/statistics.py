"""The import of a full-size table of wages: made-up values for as many areas and occupations as the survey has."""

import csv
import random
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings
from django.db import connection

from guides.models.wages import PERCENTILES
from guides.statistics.importing.wages import FIGURES, import_wages

SEED, ROWS, AREAS, OCCUPATIONS = 20_261_130, 236_799, 583, 830
HEADINGS = (
    "AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE", "OCC_CODE",
    "OCC_TITLE", "O_GROUP", *map(str.upper, FIGURES), "ANNUAL", "HOURLY",
)  # fmt: skip
_STATES = ("AL", "CA", "IL", "NY", "TX")


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
    chance = random.Random(SEED)  # noqa: S311 -- made up, and always the same
    areas = list(_areas())
    per_area = -(-ROWS // AREAS)
    for number in range(ROWS):
        if number % per_area == 0:
            codes = iter(sorted(chance.sample(range(OCCUPATIONS), per_area)))
        code = next(codes)
        yield [*areas[number // per_area], *_occupation(code), *_figures(chance), "", ""]


def _areas() -> Iterator[list[str]]:
    for number in range(AREAS):
        state = _STATES[number % len(_STATES)]
        yield [str(10_000 + number), f"City {number}, {state}", "4", state, "000000", "Cross-industry",
               "cross-industry", "1235"]  # fmt: skip


def _occupation(code: int) -> list[str]:
    return [f"{11 + code // 40}-{1_000 + code % 40}", f"Made-up occupation number {code}", "detailed"]


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
