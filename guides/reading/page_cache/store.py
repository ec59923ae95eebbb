"""The store of cached pages: in memory, least recently used first, up to a number of bytes."""

import threading
from collections import OrderedDict
from dataclasses import dataclass, field

from guides.reading.index.watcher import Snapshot

from .response import CachedResponse

type Key = tuple[str, str, str, str]
"""Host, path, query, coding."""

OVERHEAD = 3_000
"""Bytes that a page takes in addition to its body: headers, key, and containers."""

QUERY_SHARE = 4
"""Pages with a query share one in so many bytes, so that a flood of searches cannot evict guides."""


@dataclass(slots=True)
class CacheEntry:
    """A page in one coding, valid for one state of the site and between two moments, in seconds since 1970."""

    response: CachedResponse
    snapshot: Snapshot
    since: float
    until: float
    hits: int = 0

    @property
    def size(self) -> int:
        return len(self.response.body) + OVERHEAD


@dataclass
class _Bucket:
    """Entries of up to `max_bytes`, the least recently used first."""

    max_bytes: int
    size: int = 0
    entries: OrderedDict[Key, CacheEntry] = field(default_factory=OrderedDict)


class PageStore:
    """Stores up to `max_bytes` of pages, all of one state of the site."""

    def __init__(self, max_bytes: int) -> None:
        self._buckets = (_Bucket(max_bytes - max_bytes // QUERY_SHARE), _Bucket(max_bytes // QUERY_SHARE))
        self._snapshot: Snapshot | None = None
        self._lock = threading.Lock()

    def get(self, key: Key) -> CacheEntry | None:
        entries = self._bucket(key).entries
        entry = entries.get(key)
        if entry is not None:
            try:
                entries.move_to_end(key)
            except KeyError:  # another thread has just evicted it
                return entry
        return entry

    def put(self, key: Key, entry: CacheEntry) -> None:
        bucket = self._bucket(key)
        with self._lock:
            if entry.snapshot is not self._snapshot:
                self._clear(entry.snapshot)
            if previous := bucket.entries.pop(key, None):
                bucket.size -= previous.size
            bucket.entries[key] = entry
            bucket.size += entry.size
            while bucket.size > bucket.max_bytes:
                bucket.size -= bucket.entries.popitem(last=False)[1].size

    def evict_others(self, snapshot: Snapshot | None) -> None:
        """Evict the pages of every other state of the site."""
        with self._lock:
            if snapshot is not self._snapshot:
                self._clear(snapshot)

    @property
    def size(self) -> int:
        return sum(bucket.size for bucket in self._buckets)

    def _bucket(self, key: Key) -> _Bucket:
        _host, _path, query, _coding = key
        return self._buckets[query != ""]

    def _clear(self, snapshot: Snapshot | None) -> None:
        self._snapshot = snapshot
        for bucket in self._buckets:
            bucket.entries.clear()
            bucket.size = 0
