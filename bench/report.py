"""What `make bench` tells, as a Markdown text, from what was measured."""

import platform
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from bench.flood import UPLOADS, Flood

KINDS = {
    "guide": "a guide's page",
    "list": "all guides, sorted",
    "filter": "filtered by one to three choices",
    "search": "a search",
    "suggest": "suggestions for what is being typed",
    "match": "roles for skills",
    "compare": "two to four roles compared",
    "skill": "a skill's page",
}


class Measured(NamedTuple):
    """Of a catalogue: `told` is what `bench.measure` tells; the rest is of a server of one process, without a cache."""

    engine: str
    guides: int
    told: Mapping[str, Any]
    pages: float
    start: float
    megabytes: float


def table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'--:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def head() -> Iterator[str]:
    yield "# What was measured"
    yield ""
    yield f"By `make bench`, on {date.today():%Y-%m-%d}, Python {platform.python_version()}, two cores. Times are of a"  # noqa: DTZ011
    yield "machine that does other work at times: compare them within a table only."


def finding(measured: tuple[Measured, ...]) -> Iterator[str]:
    yield from ("", "## Finding guides", "")
    yield "Milliseconds to make the first page, without the page cache: median, and 95th percentile, over a hundred"
    yield "addresses of each kind as readers ask for them. Searches are for titles, whole and misspelled, and for"
    yield "words that a quarter of all guides have, one and two of them, and with a title's."
    columns = tuple(f"{each.engine}, {each.guides:,}" for each in measured)

    def rows() -> Iterator[tuple[str, ...]]:
        for kind, name in KINDS.items():
            times = (each.told["found"][kind] for each in measured)
            yield name, *(f"{median:.1f}, {p95:.1f}" for median, p95 in times)

    yield from table(("what", *columns), rows())


def growing(measured: tuple[Measured, ...]) -> Iterator[str]:
    yield from ("", "## What a catalogue takes", "")
    yield "A server with one process, one thread and no page cache: from its start to its first guide, guides a"
    yield "second, and what the process holds after some three hundred pages of all kinds, but for code that is only"
    yield "read, which all processes share. Then, in another process: reading what all guides tell, a publication, and"
    yield "reading what it changed."

    def rows() -> Iterator[tuple[str, ...]]:
        for each in measured:
            told = each.told
            yield (
                f"{each.engine}, {each.guides:,}", f"{each.start:.2f}", f"{each.pages:.0f}", f"{each.megabytes:.0f}",
                f"{told['read']:.0f}", f"{told['published']:.0f}", f"{told['seen']:.0f}",
            )  # fmt: skip

    yield from table(
        ("guides", "start s", "guides a second", "megabytes", "all read ms", "publication ms", "change read ms"), rows()
    )


def serving(ratios: Mapping[str, float], starts: tuple[float, float]) -> Iterator[str]:
    yield from ("", "## Serving", "")
    yield "The guide that is delivered, by one process with one thread on one core, asked by wrk over 16"
    yield "connections from another, against other answers by the same server: medians of three rounds, each of all"
    yield "of them in turn. 'Its bytes' are answered from memory with the page's headers; the static file has the"
    yield "same bytes, compressed before, by WhiteNoise."
    yield from table(("ratio", "times"), ((n, f"{v:.3g}") for n, v in ratios.items() if "/" in n))
    yield from table(("answers a second", ""), ((n, f"{v:,.0f}") for n, v in ratios.items() if "/" not in n))
    ours, bare = starts
    yield ""
    yield f"From a server's start to its first answer: {ours:.2f} s; of Django alone, with its admin, {bare:.2f} s."


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
    yield "Short résumés, written for the purpose and marked by people who had not seen the code. The wordings that"
    yield "skills are known by were tuned on the first part; nothing was changed for the second."
    names = ("part", "résumés", "what", "found rightly", "wrongly", "missed", "precision", "recall", "ms each")
    yield from table(names, iter(rows))


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()
