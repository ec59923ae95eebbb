"""Export the site: crawl it from its sitemap and write every public page, feed, image, and file.

The export shows the site as of one moment. What visitors see as of a past moment never changes, so this is a snapshot
without a database transaction.
"""

import os
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from guides.models.generation import Generation
from guides.reading import clock
from guides.templatetags.served import for_export

from . import search_index, seeds, static_files
from .crawl import Crawl, OnProgress
from .fetch import ExportContext, render
from .folder import open_folder
from .processes import executor
from .rewrite import Content
from .targets import with_areas


class ExportSummary(NamedTuple):
    """How many files the export has, wrote, and deleted, and the linked URLs that the site does not have.

    `is_outdated` if something was published during the export.
    """

    files: int
    written: int = 0
    deleted: int = 0
    missing: tuple[str, ...] = ()
    is_outdated: bool = False


def export_site(
    folder: Path, *, at: datetime, processes: int | None, force: bool = False, on_progress: OnProgress
) -> ExportSummary:
    """Write the site, as visitors see it at a moment, into a folder. Delete files of earlier exports that it lacks.

    `processes` defaults to one per processor. Raise FolderRefused before anything is written, and ExportFailed or
    OSError when the export has to stop.
    """
    with (
        open_folder(folder, force=force) as output,
        clock.travel_to(clock.Moment(at)),
        for_export(),
        with_areas(seeds.areas(at=at)) as areas,
    ):
        generation = Generation.current()
        static_files.collect()
        crawl = Crawl(output, ExportContext(folder, at, areas))
        entries, former = tuple(seeds.entries()), tuple(seeds.former(at=at))
        for file, content in _export_only(entries, at):
            crawl.add(file, content)
        crawl.enqueue(entry.target.url for entry in entries)
        crawl.enqueue((*seeds.UNLINKED, *former))
        with executor(processes or os.cpu_count() or 1) as pool:
            crawl.run(pool, on_progress)
        deleted = output.keep_only(crawl.files)
        missing = tuple(sorted(set(crawl.missing) - set(former)))
        return ExportSummary(len(crawl.files), crawl.written, deleted, missing, Generation.current() != generation)


def _export_only(entries: Sequence[seeds.Entry], at: datetime) -> Iterator[tuple[str, Content]]:
    """Yield the files that only an export has: its search, its sitemap, and the page for missing addresses."""
    guides = search_index.guides(at=at)
    index = search_index.files((*guides, *search_index.subjects(at=at)))
    yield from search_index.pages(guides, files=len(index))
    for number, text in enumerate(index):
        yield f"search/{number}.json", Content(text.encode())
    yield from seeds.sitemaps(entries)
    yield "404.html", render("404.html", {}, "/404.html")
