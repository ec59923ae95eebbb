"""The crawl: fetch every target that a page of the export links to, once."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import chain

from .fetch import ExportContext, Exported, fetch
from .folder import ExportFolder, write
from .rewrite import Content
from .targets import Target, target_of

MAX_BATCH = 32
"""Targets per task."""

MAX_TASKS = 4 * (os.cpu_count() or 1)
"""Tasks that are submitted at the same time."""

type OnProgress = Callable[[int, int], None]
"""Called with the number of files that are done and the number known so far."""


class Crawl:
    """One crawl. `files` are those of the export; `missing` are URLs that pages link to and the site does not have."""

    def __init__(self, folder: ExportFolder, context: ExportContext) -> None:
        self.files: set[str] = set()
        self.missing: list[str] = []
        self.written = 0
        self._folder, self._context = folder, context
        self._known: set[str] = set()
        self._waiting: dict[str, list[Target]] = {}  # by slug, so one process fetches the files of a guide together
        self._pending = 0

    def enqueue(self, urls: Iterable[str]) -> None:
        for target in filter(None, map(target_of, urls)):
            if target.url not in self._known and target.file not in self.files:
                self._known.add(target.url)
                self._waiting.setdefault(target.slug, []).append(target)
                self._pending += 1

    def add(self, file: str, content: Content) -> None:
        """Write a file that only an export has."""
        self._folder.announce([file])
        self._count(file, is_written=write(self._folder.path, file, content.body))
        self.enqueue(content.links)

    def run(self, executor: Executor, on_progress: OnProgress) -> None:
        """Fetch all waiting targets and all that they link to. Raise ExportFailed."""
        tasks: set[Future[tuple[Exported, ...]]] = set()
        while self._waiting or tasks:
            while self._waiting and len(tasks) < MAX_TASKS:
                batch = self._next_batch()
                self._folder.announce(target.file for target in batch)
                tasks.add(executor.submit(fetch, self._context, batch))
            done, tasks = wait(tasks, return_when=FIRST_COMPLETED)
            for exported in chain.from_iterable(task.result() for task in done):
                self._take(exported)
            on_progress(len(self.files), len(self.files) + self._pending)

    def _next_batch(self) -> list[Target]:
        slug, targets = self._waiting.popitem()
        if rest := targets[MAX_BATCH:]:
            self._waiting[slug] = rest
        return targets[:MAX_BATCH]

    def _take(self, exported: Exported) -> None:
        self._pending -= 1
        if exported.is_found:
            self._count(exported.target.file, is_written=exported.is_written)
            self.enqueue(exported.links)
        else:
            self.missing.append(exported.target.url)

    def _count(self, file: str, *, is_written: bool) -> None:
        self.files.add(file)
        self.written += is_written
