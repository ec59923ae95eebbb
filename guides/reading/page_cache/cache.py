"""Pages ready made, in front of Django: compressed, with their headers, for as long as what visitors see is the same.

A hit looks into a dictionary and asks no database. What is kept is kept for one `Snapshot`. Requests that carry a
session and forms pass by, and so do pages that say themselves how they may be kept.
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
    codings_of,
    compressed_well,
    privately,
    ready,
    send,
    whole,
)
from .store import Key, Page, Shelf

MOST_BYTES, OFTEN = 1_000_000, 3
"""A longer page is not kept; one that was asked for so often is compressed as well as can be."""


class PageCache:
    """A WSGI application in front of `answer`, which makes what is not kept here.

    Kept are pages of `hosts`, as browsers spell them, for whoever sends no cookie called `session`, and where `says`
    (a header as WSGI names it, and its content) is so; none below the paths `beside`; up to `most` bytes in all. It
    looks after itself as often as the `watch` looks.
    """

    def __init__(
        self,
        answer: Application,
        watch: GenerationWatcher,
        *,
        hosts: frozenset[str],
        session: str,
        says: tuple[str, str],
        beside: tuple[str, ...],
        most: int,
    ) -> None:
        self._answer, self._watch = answer, watch
        self._hosts, self._session, self._beside = hosts, f"{session}=", beside
        self._header, self._content = says
        self._young: deque[tuple[Key, Page]] = deque(maxlen=500)
        self.shelf = Shelf(most)
        self.hits = self.made = 0
        watch.after_check(self.tend)

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        if not self._is_for_all(environ):
            return self._answer(environ, privately(start_response))
        query: str | None = environ.get("QUERY_STRING", "")
        if query:
            query = known_part(get_path_info(environ), query)
        key = _key(environ, query or "")
        if query is not None and (sent := self._from_shelf(key, environ, start_response)) is not None:
            return sent
        return self._make(key, query, environ, start_response)

    def at_once(self, environ: Environ, start_response: Start) -> list[bytes] | None:
        """Send a page without a query from the shelf, or return None. It never waits, so a loop may call it."""
        if environ.get("QUERY_STRING") or not self._is_for_all(environ):
            return None
        return self._from_shelf(_key(environ, ""), environ, start_response)

    def _is_for_all(self, environ: Environ) -> bool:
        return environ["REQUEST_METHOD"] in ("GET", "HEAD") and self._session not in environ.get("HTTP_COOKIE", "")

    def _from_shelf(self, key: Key, environ: Environ, start_response: Start) -> list[bytes] | None:
        page = self.shelf.get(key)
        if page and environ.get(self._header) == self._content:
            now = time.time()
            if self._watch.is_outdated(now):
                return self._send(page, environ, start_response, _stale(page, now))
            if page.since <= now < page.until:
                return self._send(page, environ, start_response)
        return None

    def counted(self) -> tuple[int, int]:
        """How many answers were ready made, and how many were made, since this was last asked."""
        counts = self.hits, self.made
        self.hits = self.made = 0
        return counts

    def tend(self) -> None:
        """Let go of what holds no more, and compress better what is asked for often: one page at a time."""
        self.shelf.keep_only(self._watch.snapshot)
        for _ in range(len(self._young)):
            key, page = self._young.popleft()
            if page.hits >= OFTEN and page.present is self._watch.snapshot:
                self.shelf.put(key, replace(page, ready=compressed_well(page.ready)))
                return
            if page.present is self._watch.snapshot:
                self._young.append((key, page))

    def _send(self, page: Page, environ: Environ, start_response: Start, *also: tuple[str, str]) -> list[bytes]:
        self.hits += 1
        page.hits += 1
        return send(page.ready, environ, start_response, *also)

    def _make(self, key: Key, query: str | None, environ: Environ, start_response: Start) -> Iterable[bytes]:
        host, path, _query, coding = key
        if path.startswith(self._beside):
            return self._answer(environ, start_response)
        self._watch.start()
        present = self._watch.snapshot  # before anything is read: what is read may be newer, and never older
        asked = {**environ, "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": ""}
        if query is not None:
            asked["QUERY_STRING"] = query
        answer = whole(self._answer, asked)
        self.made += 1
        if query is None or not answer.is_for_all:
            return send(ready(answer, coding, lifetime=PRIVATE), environ, start_response)
        answer = answer.for_all()
        now = time.time()
        until = present.until if present else now
        # A cache on the way could show a page beyond a change, so towards one it is given pages for this moment only.
        seconds = SHARED_SECONDS if until - now > SHARED_SECONDS else 0
        made = ready(answer, coding, lifetime=SHARED.format(seconds))
        is_current = present is self._watch.snapshot
        if present and is_current and host in self._hosts and len(made.body) <= MOST_BYTES:
            page = Page(made, present, now, until - seconds)
            self.shelf.put(key, page)
            if coding == "br":
                self._young.append((key, page))
        return send(made, environ, start_response)


@lru_cache(maxsize=4_096)
def _parameters(path: str) -> tuple[str, ...] | None:
    """The parameters that a path for visitors takes; None where its query is to be passed on as it is."""
    try:
        match = resolve(path)
    except Resolver404:
        return None
    names: tuple[str, ...] = getattr(match.func, "query_params", ())
    return None if match.app_names != ["guides"] or ANY in names else names


def known_part(path: str, query: str) -> str | None:
    """What of a query its path takes: the rest changes nothing, so it makes no page of its own. None for anything."""
    names = _parameters(path)
    if names is None:
        return None
    return urlencode([(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name in names])


def _key(environ: Environ, query: str) -> Key:
    coding = next(iter(codings_of(environ.get("HTTP_ACCEPT_ENCODING", ""))), "")
    return environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), query, coding


def _stale(page: Page, now: float) -> tuple[str, str]:
    return "Cache-Status", f"careerguide; hit; ttl=-{max(0, int(now - page.since))}"
