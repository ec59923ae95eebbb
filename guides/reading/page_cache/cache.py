"""The page cache in front of Django: compressed pages with their headers, for as long as the site stays the same.

A hit is a lookup in a dictionary, without a query. Entries belong to one `Snapshot`, which every publication changes.
Requests with a session or a form go to Django, and so do requests for pages that set their own Cache-Control.
"""

import time
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.core.handlers.wsgi import get_path_info
from django.urls import Resolver404, resolve

from guides.reading.http import ANY
from guides.reading.index.watcher import GenerationWatcher

from .response import (
    PRIVATE,
    SHARED,
    SHARED_SECONDS,
    Application,
    Environ,
    Start,
    accepted_codings,
    buffer,
    mark_private,
    prepare,
    recompress,
    respond,
)
from .store import CacheEntry, Key, PageStore

MAX_PAGE_BYTES = 1_000_000
"""A longer page is not stored."""

POPULAR_HITS = 3
"""A page with so many hits is compressed again, with the best quality."""


class PageCache:
    """A WSGI application that serves stored pages and passes other requests to `application`.

    It stores pages of `hosts`, as browsers spell them, for requests without a cookie named `session`, and only serves
    them if a request has the header and value `require_header` (by its WSGI name). It stores nothing under the paths
    `exclude`, and at most `max_bytes` in all. `watch` calls `maintain` each time it checks the database.
    """

    def __init__(
        self,
        application: Application,
        watch: GenerationWatcher,
        *,
        hosts: frozenset[str],
        session: str,
        require_header: tuple[str, str],
        exclude: tuple[str, ...],
        max_bytes: int,
    ) -> None:
        self._application, self._watch = application, watch
        self._hosts, self._session, self._exclude = hosts, f"{session}=", exclude
        self._header, self._value = require_header
        self._recent: deque[tuple[Key, CacheEntry]] = deque(maxlen=500)
        self.store = PageStore(max_bytes)
        self.hits = self.misses = 0
        watch.after_check(self.maintain)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not self._is_public(environ):
            return self._application(environ, mark_private(start_response))
        query: str | None = environ.get("QUERY_STRING", "")
        if query:
            query = known_parameters(get_path_info(environ), query)
        key = _key(environ, query or "")
        if query is not None and (body := self._serve_stored(key, environ, start_response)) is not None:
            return body
        return self._render(key, query, environ, start_response)

    def at_once(self, environ: Environ, start_response: Start) -> list[bytes] | None:
        """Serve a stored page without a query, or return None. It never blocks, so an event loop may call it."""
        if environ.get("QUERY_STRING") or not self._is_public(environ):
            return None
        return self._serve_stored(_key(environ, ""), environ, start_response)

    def reset_counts(self) -> tuple[int, int]:
        """Return the hits and misses since the last call."""
        counts = self.hits, self.misses
        self.hits = self.misses = 0
        return counts

    def maintain(self) -> None:
        """Evict stale pages, and recompress one popular page."""
        snapshot = self._watch.snapshot
        self.store.evict_others(snapshot)
        for _ in range(len(self._recent)):
            key, entry = self._recent.popleft()
            if entry.snapshot is not snapshot:
                continue
            if entry.hits >= POPULAR_HITS:
                self.store.put(key, replace(entry, response=recompress(entry.response)))
                return
            self._recent.append((key, entry))

    def _is_public(self, environ: Environ) -> bool:
        return environ["REQUEST_METHOD"] in ("GET", "HEAD") and self._session not in environ.get("HTTP_COOKIE", "")

    def _serve_stored(self, key: Key, environ: Environ, start_response: Start) -> list[bytes] | None:
        entry = self.store.get(key)
        if not entry or environ.get(self._header) != self._value:
            return None
        now = time.time()
        is_outdated = self._watch.is_outdated(now)
        if not is_outdated and not entry.since <= now < entry.until:
            return None
        self.hits += 1
        entry.hits += 1
        return respond(entry.response, environ, start_response, *([_stale(entry, now)] if is_outdated else []))

    def _render(self, key: Key, query: str | None, environ: Environ, start_response: Start) -> Iterable[bytes]:
        """Pass a request to the application, and store its response if it is the same for all visitors."""
        host, path, _query, coding = key
        if path.startswith(self._exclude):
            return self._application(environ, start_response)
        self._watch.start()
        snapshot = self._watch.snapshot  # before the application reads: what it reads may be newer, but never older
        plain = {**environ, "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": ""}
        if query is not None:
            plain["QUERY_STRING"] = query
        response = buffer(self._application, plain)
        self.misses += 1
        if query is None or not response.is_public:
            return respond(prepare(response, coding, cache_control=PRIVATE), environ, start_response)
        now = time.time()
        until = snapshot.until if snapshot else now
        # Other caches could show a page after the site changes, so just before a change they get no lifetime.
        seconds = SHARED_SECONDS if until - now > SHARED_SECONDS else 0
        cached = prepare(response.without_request_id(), coding, cache_control=SHARED.format(seconds))
        is_current = snapshot is self._watch.snapshot
        if snapshot and is_current and host in self._hosts and len(cached.body) <= MAX_PAGE_BYTES:
            entry = CacheEntry(cached, snapshot, now, until - seconds)
            self.store.put(key, entry)
            if coding == "br":
                self._recent.append((key, entry))
        return respond(cached, environ, start_response)


@lru_cache(maxsize=4_096)
def _parameters(path: str) -> tuple[str, ...] | None:
    """Return the query parameters that a public path takes, or None if it takes any."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    names: tuple[str, ...] = getattr(match.func, "query_params", ())
    return None if match.app_names != ["guides"] or ANY in names else names


def known_parameters(path: str, query: str) -> str | None:
    """Return the query without parameters that its path ignores, as these make no other page; None if it takes any."""
    names = _parameters(path)
    if names is None:
        return None
    return urlencode([(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name in names])


def _key(environ: Environ, query: str) -> Key:
    coding = next(iter(accepted_codings(environ.get("HTTP_ACCEPT_ENCODING", ""))), "")
    return environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), query, coding


def _stale(entry: CacheEntry, now: float) -> tuple[str, str]:
    return "Cache-Status", f"careerguide; hit; ttl=-{max(0, int(now - entry.since))}"
