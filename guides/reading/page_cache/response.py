"""What Django answers, taken whole, and made ready to be sent: compressed, named by its content, with its lifetime."""

import gzip
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from hashlib import blake2b
from typing import Any, NamedTuple

import brotli

type Environ = dict[str, Any]
type Headers = list[tuple[str, str]]
type Start = Callable[..., Any]
type Application = Callable[[Environ, Start], Iterable[bytes]]

SHARED_SECONDS = 60
"""How long a cache between us and visitors may keep a page without asking."""

SHARED = "public, max-age=0, s-maxage={}, stale-while-revalidate=30, stale-if-error=86400"
PRIVATE = "private, no-cache"
TEXTS = ("text/", "application/json", "application/xml", "application/atom+xml", "application/opensearchdescription")
LEAST_COMPRESSED = 500
QUICKLY, WELL = 5, 11
"""Qualities of Brotli: for a page that somebody waits for, and for one that many ask for."""

_DROPPED = {"content-length", "content-encoding", "etag", "vary"}
_OF_UNCHANGED = {"cache-control", "etag", "vary", "last-modified"}
_ACCEPTS = {
    coding: re.compile(rf"(^|[\s,]){coding}(?!\s*;\s*q=0(\.0*)?\s*(,|$))(\s*[;,]|$)", re.IGNORECASE)
    for coding in ("br", "gzip")
}


@lru_cache(maxsize=256)
def codings_of(accepted: str) -> tuple[str, ...]:
    """Return those of 'br' and 'gzip' that an Accept-Encoding header accepts, the smaller one first."""
    return tuple(coding for coding, accepts in _ACCEPTS.items() if accepts.search(accepted))


class Answer(NamedTuple):
    status: str
    headers: Headers
    body: bytes

    def says(self, name: str) -> str:
        return ", ".join(value for known, value in self.headers if known.lower() == name)

    @property
    def is_for_all(self) -> bool:
        """Whether everybody would get the same: it sets no cookie, and says nothing else of who may keep it."""
        kept = self.says("cache-control")
        return self.status == "200 OK" and not self.says("set-cookie") and (not kept or kept.startswith("public"))

    def for_all(self) -> "Answer":
        """Without what tells one request from another."""
        return self._replace(headers=[header for header in self.headers if header[0].lower() != "x-request-id"])


class Ready(NamedTuple):
    """An answer as it is sent. `unchanged` are the headers for those who have it, which `digest` of the text tells."""

    status: str
    headers: Headers
    unchanged: Headers
    body: bytes
    digest: str


def whole(answer: Application, environ: Environ) -> Answer:
    started: list[Any] = []

    def start(status: str, headers: Headers, *_error: Any) -> None:
        started[:] = [status, headers]

    chunks = answer(environ, start)
    try:
        body = b"".join(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    status, headers = started
    return Answer(status, headers, body)


def ready(answer: Answer, coding: str, *, lifetime: str, quality: int = QUICKLY) -> Ready:
    """Compress an answer, if it is a text worth it, and say how long it may be kept, unless it does."""
    is_text = answer.says("content-type").startswith(TEXTS)
    headers = [header for header in answer.headers if header[0].lower() not in _DROPPED]
    digest = blake2b(answer.body, digest_size=16).hexdigest()
    body, tag = answer.body, digest
    if is_text and coding and len(body) >= LEAST_COMPRESSED:
        body = brotli.compress(body, quality=quality) if coding == "br" else gzip.compress(body, 6, mtime=0)
        headers.append(("Content-Encoding", coding))
        tag = f"{digest}-{coding}{quality if coding == 'br' else ''}"  # other bytes, another name
    if not answer.says("cache-control"):
        headers.append(("Cache-Control", lifetime))
    vary = {name.strip() for name in answer.says("vary").split(",") if name} | (
        {"Accept-Encoding"} if is_text else set()
    )
    headers += [("Vary", ", ".join(sorted(vary)))] if vary else []
    headers += [("ETag", f'"{tag}"'), ("Content-Length", str(len(body)))]
    unchanged = [header for header in headers if header[0].lower() in _OF_UNCHANGED]
    return Ready(answer.status, headers, unchanged, body, digest)


def compressed_well(made: Ready) -> Ready:
    """The same in Brotli of the highest quality, which takes a tenth of a second, for a seventh less to send."""
    plain = Answer(made.status, made.headers, brotli.decompress(made.body))
    return ready(plain, "br", lifetime="", quality=WELL)


def privately(start_response: Start) -> Start:
    """Start an answer that is for one visitor, and say so where it does not."""

    def start(status: str, headers: Headers, *error: Any) -> Any:
        is_said = any(name.lower() == "cache-control" for name, _ in headers)
        return start_response(status, headers if is_said else [*headers, ("Cache-Control", PRIVATE)], *error)

    return start


def send(made: Ready, environ: Environ, start_response: Start, *also: tuple[str, str]) -> list[bytes]:
    """Send it; to those who have it already, that they do."""
    if "HTTP_IF_NONE_MATCH" in environ and made.digest in environ["HTTP_IF_NONE_MATCH"]:
        start_response("304 Not Modified", [*made.unchanged, *also])
        return []
    start_response(made.status, [*made.headers, *also] if also else made.headers)
    return [made.body] if environ["REQUEST_METHOD"] == "GET" else []
