"""Measure the speed that the docs state, in a separate folder, and write bench/results.md.

The arguments are the numbers of guides in the catalogues. The default is 10, 1,000, and 10,000.
"""

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import psycopg

from bench.patterns import PATTERNS
from bench.report import Measured, say
from tests.__main__ import postgresql

from . import flood, report, serving

ROOT = Path(__file__).parent.parent
RESULTS = ROOT / "bench" / "results.md"
SIZES = (10, 1_000, 10_000)
GUIDE, STARTS = "/guides/patient-care-coordinator/", 3


def main() -> int:
    os.environ["CAREERGUIDE_ADDRESS"] = (
        "http://127.0.0.1"  # it is part of cached pages, so it must be the same for all servers
    )
    sizes = _parse_sizes()
    with tempfile.TemporaryDirectory(prefix="careerguide-bench-") as folder, postgresql() as address:
        data = Path(folder)
        ratios, starts = _measure_serving(data / "delivered")
        with serving.site(data / "delivered", path=GUIDE, workers=2, threads=4) as site:
            floods = flood.floods(site.address)
        recognized = json.loads(_run("resumes", data=data / "resumes"))
        measured = tuple(_measure_catalogues(data, address, sizes))
    lines = (
        *report.head(), *report.serving(ratios, starts), *report.floods(floods),
        *report.finding(measured), *report.growing(measured),
        *report.recognition(recognized),
    )  # fmt: skip
    RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(RESULTS.read_text(encoding="utf-8"))
    return 0


def _parse_sizes() -> tuple[int, ...]:
    """Return the sizes from the command line. Exit with a message if one is invalid or a tool is missing."""
    parser = argparse.ArgumentParser(prog="make bench", usage='make bench ARGS="10 1000"')
    parser.add_argument("guides", nargs="*", type=int, help="number of guides in a catalogue")
    sizes = tuple(parser.parse_args().guides) or SIZES
    if invalid := [size for size in sizes if size < 1 or (size > PATTERNS and size % PATTERNS)]:
        parser.error(f"{invalid[0]} guides cannot be generated. Enter up to {PATTERNS}, or a multiple of it.")
    if missing := [tool for tool in ("wrk", "taskset") if not shutil.which(tool)]:
        parser.error(f"{missing[0]} is missing. Debian, Ubuntu: apt install wrk util-linux.")
    return sizes


def _run(what: str, *, data: Path, database: str = "") -> str:
    """Return the report of `bench.measure` for a new folder and database."""
    data.mkdir(parents=True, exist_ok=True)
    own = {"CAREERGUIDE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "careerguide.settings"}
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    variables = others | own | ({"DATABASE_URL": database} if database else {})
    command = (sys.executable, "-W", "ignore", "-m", "bench.measure", what)
    return subprocess.run(command, env=variables, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout


def _measure_serving(data: Path) -> tuple[dict[str, float], tuple[float, float]]:
    """Return the speed of a guide relative to baselines, and the seconds of a start of the site and of bare Django."""
    say("Serving …")
    data.mkdir()
    own = os.environ | {"CAREERGUIDE_DATA": str(data)}
    compiled = (
        "-m",
        "compileall",
        "-q",
        "careerguide",
        "guides",
        "bench",
    )  # as in the container image and after `make install`
    for command in (compiled, ("manage.py", "collectstatic", "--no-input"), ("manage.py", "prepare")):
        subprocess.run((sys.executable, *command), env=own, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    answers, br = data / "answers", dict(serving.BROTLI)
    with serving.site(data, path=GUIDE) as site, serving.site(data, path=GUIDE, page_cache=0) as uncached:
        cached = serving.best_compressed(f"{site.address}{GUIDE}")
        serving.store_for_hello(cached, answers)
        with serving.application("bench.hello:application", path="/hello", BENCH_ANSWERS=str(answers)) as hello:
            ratios = serving.ratios(
                {
                    "hello": (f"{hello.address}/hello", {}),
                    "its bytes": (f"{hello.address}/same", br),
                    "static file": (f"{hello.address}/page.html", br),
                    "guide, cached": (f"{site.address}{GUIDE}", br),
                    "guide, 304": (f"{site.address}{GUIDE}", br | {"If-None-Match": cached.headers["etag"]}),
                    "guide, not cached": (f"{uncached.address}{GUIDE}", {}),
                },
                against={
                    "guide, cached": ("its bytes", "static file", "hello"),
                    "guide, 304": ("hello",),
                    "guide, not cached": ("its bytes", "hello"),
                },
            )
    ours, bare = [], []
    for _ in range(STARTS):
        with serving.site(data, path=GUIDE) as server:
            ours.append(server.first_answer)
        with serving.application("bench.bare:application", path="/") as server:
            bare.append(server.first_answer)
    return ratios, (median(ours), median(bare))


def _measure_catalogues(data: Path, address: str, sizes: tuple[int, ...]) -> Iterator[Measured]:
    for engine in ("SQLite", "PostgreSQL"):
        for guides in sizes:
            say(f"{engine}, {guides:,} guides …")
            folder = data / f"{engine}-{guides}"
            with _database(address) if engine == "PostgreSQL" else contextlib.nullcontext("") as database:
                result = json.loads(_run(str(guides), data=folder, database=database))
                guide = result["visited"][0]
                with serving.site(folder, path=guide, page_cache=0, database=database) as site:
                    pages = serving.requests_per_second(f"{site.address}{guide}")
                    for visited in result["visited"]:
                        serving.ask(f"{site.address}{visited}")
                    yield Measured(engine, guides, result, pages, site.first_answer, site.megabytes())
            shutil.rmtree(folder)


@contextlib.contextmanager
def _database(address: str) -> Iterator[str]:
    """Create a database for this block, and return its URL."""
    with psycopg.connect(address, autocommit=True) as server:
        server.execute("CREATE DATABASE bench")
        try:
            yield urlsplit(address)._replace(path="/bench").geturl()
        finally:
            server.execute("DROP DATABASE bench WITH (FORCE)")


if __name__ == "__main__":
    sys.exit(main())
