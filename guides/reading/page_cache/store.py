"""Where pages that are ready made stand: in memory, up to so many bytes."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from guides.reading.index.watcher import Snapshot

from .response import Ready

type Key = tuple[str, str, str, str]
"""Host, path, query, coding."""

OVERHEAD = 3_000
"""Bytes that a page takes besides its body: headers, key, places."""

OF_QUERIES = 4
"""Pages with a query have one in so many bytes to themselves, so that no flood of searches drives out guides."""


@dataclass(slots=True)
class Page:
    """A page in one coding, to be sent between two moments, in seconds since 1970, of a present."""

    ready: Ready
    present: Snapshot
    since: float
    until: float
    hits: int = 0

    @property
    def size(self) -> int:
        return len(self.ready.body) + OVERHEAD


@dataclass
class _Row:
    """Pages in the order in which they were last asked for."""

    most: int
    size: int = 0
    pages: OrderedDict[Key, Page] = field(default_factory=OrderedDict)


class Shelf:
    """Keeps pages of one present at a time, up to `most` bytes. Those that nobody asked for the longest go first."""

    def __init__(self, most: int) -> None:
        self._rows = (_Row(most - most // OF_QUERIES), _Row(most // OF_QUERIES))
        self._present: Snapshot | None = None
        self._lock = threading.Lock()

    def get(self, key: Key) -> Page | None:
        pages = self._rows[key[2] != ""].pages
        page = pages.get(key)
        if page is not None:
            try:
                pages.move_to_end(key)
            except KeyError:  # another thread has just taken it away
                return page
        return page

    def put(self, key: Key, page: Page) -> None:
        row = self._rows[key[2] != ""]
        with self._lock:
            if page.present is not self._present:
                self._empty(page.present)
            if before := row.pages.pop(key, None):
                row.size -= before.size
            row.pages[key] = page
            row.size += page.size
            while row.size > row.most:
                row.size -= row.pages.popitem(last=False)[1].size

    def keep_only(self, present: Snapshot | None) -> None:
        """Let go of what was made for another present."""
        with self._lock:
            if present is not self._present:
                self._empty(present)

    @property
    def size(self) -> int:
        return sum(row.size for row in self._rows)

    def _empty(self, present: Snapshot | None) -> None:
        self._present = present
        for row in self._rows:
            row.pages.clear()
            row.size = 0
