"""Export: the sitemap, walked. Every public page, file, feed and picture becomes a file, as of one moment.

That is a snapshot of the database without a transaction: what visitors see as of a moment that has passed stays the
same, whatever is published meanwhile.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.core.management import call_command

from guides.reading import clock
from guides.reading.index.watcher import next_change

from . import lookup, roots
from .asking import Errand, page
from .cutting import Content
from .keys import keys, release, state
from .manifest import opened, put
from .processes import executor
from .walk import Tell, Walk

FEW = 500
"""So few pages are made sooner than other processes are started."""


class Exported(NamedTuple):
    """How many files there are now, were written and were deleted; what pages lead to, and the site has not.

    `is_past` where something was published meanwhile, which the next export will tell.
    """

    files: int
    written: int = 0
    deleted: int = 0
    missing: tuple[str, ...] = ()
    is_past: bool = False


def export_site(folder: Path, *, at: datetime, processes: int | None, anyway: bool = False, tell: Tell) -> Exported:
    """Write the site, as visitors see it at a moment, into a folder; of an earlier export only what differs.

    So many `processes` work at once; None for as many as there are processors, where it is worth it.
    Raises Refused before anything is written, and Failed or OSError where it has to stop; the next one goes on there.
    """
    with opened(folder, anyway=anyway) as manifest, clock.freeze(at):
        manifest.forget_what_is_not_there()
        code = release()
        seen = state(code)
        if manifest.tells(seen, at):
            return Exported(len(manifest.rows))
        call_command("collectstatic", interactive=False, verbosity=0)
        manifest.begin()
        walk = Walk(Errand(folder, at), manifest, keys(code, at=at))
        entries, former = tuple(roots.entries()), tuple(roots.former(at=at))
        own = dict(_own(entries, at))
        for file, content in own.items():
            row, is_written = put(folder, file, content.body, manifest.rows.get(file))
            walk.take(file, row, is_written=is_written)
        walk.meet(address for content in own.values() for address in content.leads_to)
        walk.meet(entry.target.asked for entry in entries)
        walk.meet((*roots.LED_TO_BY_NOTHING, *former))
        with executor(processes or (1 if len(entries) < FEW else os.cpu_count() or 1)) as pool:
            walk.go(pool, tell)
        deleted = manifest.keep_only(walk.files)
        manifest.end(seen, next_change(at=at))
        missing = tuple(sorted(set(walk.missing) - set(former)))
        return Exported(len(walk.files), walk.written, deleted, missing, state(code) != seen)


def _own(entries: Sequence[roots.Entry], at: datetime) -> Iterator[tuple[str, Content]]:
    """The files that only an export has: its search, its sitemap, and the page for what is not there."""
    guides = lookup.guides(at=at)
    index = lookup.files((*guides, *lookup.subjects(at=at)))
    yield from lookup.pages(guides, files=len(index))
    for number, text in enumerate(index):
        yield f"search/{number}.json", Content(text.encode())
    yield from roots.sitemaps(entries)
    yield "404.html", page("404.html", {}, "/404.html")
