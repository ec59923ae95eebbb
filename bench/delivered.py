"""The eight guides that are delivered: publishing them, serving them, and exporting them."""

import re
import resource
import shutil
import time
from pathlib import Path
from statistics import median
from typing import NamedTuple

from . import serving
from .programs import run

GUIDE, STARTS = "/guides/patient-care-coordinator/", 3
ROUNDS = 5
"""How often a guide is requested again after it was rendered."""

EXPORT_PROCESSES = 2


class GuideTimes(NamedTuple):
    """Milliseconds of a guide's page without the page cache, from request to response: medians.

    Its body was rendered before, is rendered for the first time, or the request is the first after a start.
    """

    again: float
    first: float
    after_start: float


def publish(data: Path) -> float:
    """Import and publish the guides in a new folder. Return the seconds of CPU without starting and migrations."""
    data.mkdir()
    run("-m", "compileall", "-q", "careerguide", "guides", "bench", data=data)  # as the image and `make install` do
    run("manage.py", "collectstatic", "--no-input", data=data)
    run("manage.py", "migrate", "--verbosity", "0", data=data)
    with_guides = _cpu_seconds("manage.py", "prepare", data=data)
    return with_guides - _cpu_seconds("manage.py", "prepare", data=data)


def _cpu_seconds(*arguments: str, data: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run(*arguments, data=data)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ratios(data: Path) -> dict[str, float]:
    """Compare a guide's page with other responses of the same server."""
    answers, br = data / "answers", dict(serving.BROTLI)
    with serving.site(data, path=GUIDE) as site, serving.site(data, path=GUIDE, page_cache=0) as uncached:
        cached = serving.best_compressed(f"{site.address}{GUIDE}")
        serving.store_for_hello(cached, answers)
        with serving.application("bench.hello:application", path="/hello", BENCH_ANSWERS=str(answers)) as hello:
            return serving.ratios(
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


def starts(data: Path) -> tuple[float, float]:
    """Return the seconds from the start of a server to its first response, and those of Django alone: medians."""
    ours, bare = [], []
    for _ in range(STARTS):
        with serving.site(data, path=GUIDE) as server:
            ours.append(server.first_answer)
        with serving.application("bench.bare:application", path="/") as server:
            bare.append(server.first_answer)
    return median(ours), median(bare)


def guides(data: Path) -> GuideTimes:
    """Time the guides over HTTP. A server is started for each of them, which then gets its first request."""
    with serving.site(data, path="/healthz", page_cache=0) as site:
        page = serving.ask(f"{site.address}/guides/").body.decode()
    paths = sorted(set(re.findall(r'href="(/guides/[a-z0-9-]+/)"', page)))
    again, first, after_start = [], [], []
    for path in paths:
        with serving.site(data, path="/healthz", page_cache=0) as site:
            after_start.append(_milliseconds(f"{site.address}{path}"))
            first += [_milliseconds(f"{site.address}{other}") for other in paths if other != path]
            again += [_milliseconds(f"{site.address}{path}") for _ in range(ROUNDS) for path in paths]
    # The server renders one guide before it starts, so its first request is not the first time.
    return GuideTimes(median(again), median(first), median(after_start))


def _milliseconds(address: str) -> float:
    began = time.perf_counter()
    serving.ask(address)
    return (time.perf_counter() - began) * 1_000


def export(data: Path) -> float:
    """Export the site of a folder, and return the files per second."""
    folder = data / "export"
    began = time.perf_counter()
    run("manage.py", "export_site", str(folder), "--processes", str(EXPORT_PROCESSES), data=data)
    seconds = time.perf_counter() - began
    files = sum(path.is_file() for path in folder.rglob("*"))
    shutil.rmtree(folder)
    return files / seconds
