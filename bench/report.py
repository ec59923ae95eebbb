"""The report of `make bench`, a Markdown text."""

import platform
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from bench.delivered import EXPORT_PROCESSES, GuideTimes
from bench.flood import UPLOADS, Flood

KINDS = {
    "guide": "a guide's page",
    "list": "all guides, sorted",
    "filter": "filtered by one to three choices",
    "search": "a search",
    "suggest": "suggestions for what is being typed",
    "match": "roles for skills",
    "compare": "two to four roles compared",
    "path": "a path from role to role",
    "skill": "a skill's page",
    "place": "pay of all guides in one place",
    "role pay": "pay of one guide everywhere",
    "role pay here": "pay of one guide in one place",
}


class Measured(NamedTuple):
    """A catalogue: the `results` of `bench.measure`, and of a server with one process and without a page cache.

    `pages` are guides per second, `start` the seconds to the first response.
    """

    engine: str
    guides: int
    results: Mapping[str, Any]
    pages: float
    start: float
    megabytes: float


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def head() -> Iterator[str]:
    yield "# Measurements"
    yield ""
    yield f"By `make bench`, on {date.today():%Y-%m-%d}, Python {platform.python_version()}, two cores. Times are of a"  # noqa: DTZ011
    yield "machine that does other work at times: compare them within a table only."


def finding(measured: tuple[Measured, ...]) -> Iterator[str]:
    yield from ("", "## Finding guides", "")
    yield "Milliseconds to render the first page, without the page cache: median and 95th percentile of a hundred"
    yield "addresses of each kind. Searches are for titles, whole and misspelled, and for one or two words that a"
    yield "quarter of all guides have, alone or with a word of a title. Pay pages use a made-up table of wages with as"
    yield "many rows as the survey of May 2025."
    columns = tuple(f"{each.engine}, {each.guides:,}" for each in measured)

    def rows() -> Iterator[tuple[str, ...]]:
        for kind, name in KINDS.items():
            times = (each.results["found"][kind] for each in measured)
            yield name, *(f"{median:.1f}, {p95:.1f}" for median, p95 in times)

    yield from table(("what", *columns), rows())


def growing(measured: tuple[Measured, ...]) -> Iterator[str]:
    yield from ("", "## What a catalogue takes", "")
    yield "A server with one process, one thread and no page cache: the time from its start to its first guide,"
    yield "guides per second, and its own memory after some three hundred pages of all kinds, without the code that all"
    yield "processes share. Then, in another process: building the index, publishing a guide, and building it again."

    def rows() -> Iterator[tuple[str, ...]]:
        for each in measured:
            times = each.results
            yield (
                f"{each.engine}, {each.guides:,}", f"{each.start:.2f}", f"{each.pages:.0f}", f"{each.megabytes:.0f}",
                f"{times['read']:.0f}", f"{times['published']:.0f}", f"{times['seen']:.0f}",
            )  # fmt: skip

    yield from table(
        ("guides", "start s", "guides per second", "megabytes", "index ms", "publishing ms", "index again ms"), rows()
    )


def serving(ratios: Mapping[str, float], starts: tuple[float, float]) -> Iterator[str]:
    yield from ("", "## Serving", "")
    yield "A delivered guide, served by one process with one thread on one core and requested by wrk over 16"
    yield "connections from another core, compared with other responses of the same server: medians of three rounds."
    yield "'Its bytes' come from memory with the page's headers. The static file has the same bytes, compressed before,"
    yield "and WhiteNoise serves it."
    yield from table(("ratio", "times"), ((n, f"{v:.3g}") for n, v in ratios.items() if "/" in n))
    yield from table(("responses per second", ""), ((n, f"{v:,.0f}") for n, v in ratios.items() if "/" not in n))
    ours, bare = starts
    yield ""
    yield f"From a start to the first response: {ours:.2f} s. Django alone, with its admin, takes {bare:.2f} s."


def guides(times: GuideTimes) -> Iterator[str]:
    yield from ("", "## A guide without the page cache", "")
    yield "Milliseconds from request to response over HTTP, medians of the eight guides: an edition that was rendered"
    yield "before, one that is rendered for the first time, and the first request after a start."
    row = tuple(f"{milliseconds:.1f}" for milliseconds in times)
    yield from table(("", "rendered before", "first time", "first after a start"), iter([("guide", *row)]))


def publishing(cpu_seconds: float, exports: Mapping[str, float]) -> Iterator[str]:
    yield from ("", "## Publishing and exporting", "")
    yield f"Importing and publishing the eight guides takes {cpu_seconds:.2f} s of CPU."
    yield f"An export with {EXPORT_PROCESSES} processes into an empty folder, from the start of the command to its end:"
    yield from table(("site", "files per second"), ((site, f"{speed:.0f}") for site, speed in exports.items()))


def floods(measured: Mapping[str, Flood]) -> Iterator[str]:
    yield from ("", "## A flood of hostile files", "")
    yield f"{UPLOADS} uploads at once to a server of two processes, while another visitor searches. The ratio compares"
    yield "the slowest of these searches with the median without a flood."
    names = ("file", "search alone ms", "slowest during the flood ms", "ratio", "uploads answered busy")
    rows = (
        (name, f"{alone * 1_000:.0f}", f"{slowest * 1_000:.0f}", f"{slowest / alone:.1f}", str(busy))
        for name, (alone, slowest, busy) in measured.items()
    )
    yield from table(names, rows)


def recognition(rows: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    yield from ("", "## Résumés", "")
    yield "Short résumés, marked by people who had not seen the code. Wordings and rules were tuned on the parts"
    yield "tuned and varied, and rules for titles also on the part unseen. Skills that follow from others do not count."
    yield "Years are right if they differ by at most one."
    names = ("part", "résumés", "kind", "found", "found wrongly", "missed", "precision", "recall", "ms each")
    yield from table(names, iter(rows))


def imports(measured: Mapping[str, list[float]]) -> Iterator[str]:
    yield from ("", "## Importing statistics", "")
    yield "A made-up table of wages with as many rows as the survey of May 2025, as a CSV file in a ZIP file: the first"
    yield "import, and the same file again, which changes nothing. Editors wait during the merge, and readers never do."
    yield "Memory is the peak of the process. Disk is what the database grows by, with all indexes."
    names = ("database", "rows", "import s", "again s", "merge s", "memory MB", "disk MB")
    lines = (
        (engine, f"{rows:,.0f}", f"{first:.0f}", f"{again:.0f}", f"{merge:.1f}", f"{memory:.0f}", f"{disk:.0f}")
        for engine, (rows, first, again, merge, memory, disk) in measured.items()
    )
    yield from table(names, lines)


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
