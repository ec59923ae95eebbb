"""Measure the speed that the docs state, in a separate folder, and write bench/results.md.

The arguments are the numbers of guides in the catalogues. The default is 10, 1,000, and 10,000. With `--checkout`,
another checkout of the project is measured instead, also an older one with a `bench.measure`, and the results are only
printed.
"""

import argparse
import contextlib
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from bench.patterns import PATTERNS
from bench.report import Measured, say
from tests.__main__ import postgresql

from . import delivered, flood, report, serving
from .programs import run

RESULTS = Path(__file__).parent / "results.md"
SIZES = (10, 1_000, 10_000)
MAX_EXPORTED = 100
"""Larger catalogues are not exported: 60 files per guide take minutes."""


def main() -> int:
    sizes, checkout = _arguments()
    # The address is part of cached pages, so it must be the same for all servers.
    os.environ["CAREERGUIDE_ADDRESS"] = "http://127.0.0.1"
    if checkout:
        os.chdir(checkout)
    with tempfile.TemporaryDirectory(prefix="careerguide-bench-") as folder, postgresql() as address:
        data = Path(folder)
        site = data / "delivered"
        say("Importing and publishing the eight guides …")
        published = delivered.publish(site)
        say("Serving …")
        ratios, starts, guides = delivered.ratios(site), delivered.starts(site), delivered.guides(site)
        say("Exporting …")
        exports = {"eight guides": delivered.export(site)}
        say("Floods of hostile files …")
        with serving.site(site, path=delivered.GUIDE, workers=2, threads=4) as server:
            floods = flood.floods(server.address)
        say("Reading résumés …")
        recognized = json.loads(_measure("resumes", data=data / "resumes"))
        imports = dict(_imports(data, address))
        measured = tuple(_measured(data, address, sizes, exports))
    lines = (
        *report.head(), *report.serving(ratios, starts), *report.guides(guides), *report.floods(floods),
        *report.finding(measured), *report.growing(measured), *report.publishing(published, exports),
        *report.recognition(recognized), *report.imports(imports),
    )  # fmt: skip
    text = "\n".join(lines) + "\n"
    if not checkout:
        RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


def _arguments() -> tuple[tuple[int, ...], Path | None]:
    """Return the sizes and the checkout. Exit with a message if a size is impossible or a tool is missing."""
    parser = argparse.ArgumentParser(prog="make bench", usage='make bench ARGS="10 1000"')
    parser.add_argument("guides", nargs="*", type=int, help="the number of guides in a catalogue")
    parser.add_argument("--checkout", type=Path, help="the folder of another checkout, with an environment in .venv")
    arguments = parser.parse_args()
    sizes = tuple(arguments.guides) or SIZES
    if wrong := [size for size in sizes if size < 1 or (size > PATTERNS and size % PATTERNS)]:
        parser.error(f"{wrong[0]} guides cannot be generated. Enter up to {PATTERNS}, or a multiple of it.")
    if missing := [tool for tool in ("wrk", "taskset") if not shutil.which(tool)]:
        parser.error(f"{missing[0]} is missing. Debian, Ubuntu: apt install wrk util-linux.")
    return sizes, arguments.checkout


def _measure(subject: str, *, data: Path, database: str = "") -> str:
    """Return the output of the checkout's `bench.measure` for a new folder and database."""
    data.mkdir(parents=True, exist_ok=True)
    variables = {"DJANGO_SETTINGS_MODULE": "careerguide.settings"} | ({"DATABASE_URL": database} if database else {})
    return run("-m", "bench.measure", subject, data=data, **variables)


def _measured(data: Path, address: str, sizes: tuple[int, ...], exports: dict[str, float]) -> Iterator[Measured]:
    """Yield the results of each catalogue, and add the speed of its export."""
    for engine in ("SQLite", "PostgreSQL"):
        for guides in sizes:
            say(f"{engine}, {guides:,} guides …")
            folder = data / f"{engine}-{guides}"
            with _database(address) if engine == "PostgreSQL" else contextlib.nullcontext("") as database:
                results = json.loads(_measure(str(guides), data=folder, database=database))
                guide = results["visited"][0]
                with serving.site(folder, path=guide, page_cache=0, database=database) as site:
                    pages = serving.requests_per_second(f"{site.address}{guide}")
                    for visited in results["visited"]:
                        serving.ask(f"{site.address}{visited}")
                    yield Measured(engine, guides, results, pages, site.first_answer, site.megabytes())
                if engine == "SQLite" and guides <= MAX_EXPORTED:
                    say(f"Exporting {guides:,} guides …")
                    exports[f"{guides:,} guides"] = delivered.export(folder)
            shutil.rmtree(folder)


def _imports(data: Path, address: str) -> Iterator[tuple[str, list[float]]]:
    """Yield the cost of importing statistics into each kind of database, unless an older checkout has none."""
    if not Path("bench/statistics.py").exists():
        return
    for engine in ("SQLite", "PostgreSQL"):
        say(f"{engine}, importing statistics …")
        with _database(address) if engine == "PostgreSQL" else contextlib.nullcontext("") as database:
            yield engine, json.loads(_measure("statistics", data=data / f"statistics-{engine}", database=database))


@contextlib.contextmanager
def _database(address: str) -> Iterator[str]:
    """Create a database for this block, and return its address."""
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE DATABASE bench")
        try:
            yield urlsplit(address)._replace(path="/bench").geturl()
        finally:
            server.execute("DROP DATABASE bench WITH (FORCE)")


if __name__ == "__main__":
    sys.exit(main())
