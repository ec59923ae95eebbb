"""WSGI responses: buffered, then prepared for sending with compression, an ETag, and a lifetime."""

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
"""How long a cache between this server and visitors may use a page without revalidation."""

SHARED = "public, max-age=0, s-maxage={}, stale-while-revalidate=30, stale-if-error=86400"
PRIVATE = "private, no-cache"
TEXT_TYPES = (
    "text/", "application/json", "application/xml", "application/atom+xml", "application/opensearchdescription",
)  # fmt: skip
MIN_COMPRESSED_BYTES = 500
FAST_QUALITY, BEST_QUALITY = 5, 11
"""Brotli qualities: for a page that a visitor waits for, and for a page with many hits."""

_RECOMPUTED = {"content-length", "content-encoding", "etag", "vary"}
_SENT_WITH_304 = {"cache-control", "etag", "vary", "last-modified"}
_ACCEPTS = {
    coding: re.compile(rf"(^|[\s,]){coding}(?!\s*;\s*q=0(\.0*)?\s*(,|$))(\s*[;,]|$)", re.IGNORECASE)
    for coding in ("br", "gzip")
}


@lru_cache(maxsize=256)
def accepted_codings(accept_encoding: str) -> tuple[str, ...]:
    """Return those of 'br' and 'gzip' that an Accept-Encoding header accepts, the smaller one first."""
    return tuple(coding for coding, accepts in _ACCEPTS.items() if accepts.search(accept_encoding))


class Response(NamedTuple):
    """A response as Django returns it."""

    status: str
    headers: Headers
    body: bytes

    def header(self, name: str) -> str:
        """Return the values of a header, by its name in lower case; '' if there is none."""
        return ", ".join(value for header, value in self.headers if header.lower() == name)

    @property
    def is_public(self) -> bool:
        """Whether all visitors get this response: it sets no cookie, and its Cache-Control, if any, says public."""
        cache_control = self.header("cache-control")
        is_shared = not cache_control or cache_control.startswith("public")
        return self.status == "200 OK" and not self.header("set-cookie") and is_shared

    def without_request_id(self) -> "Response":
        """Return the response without the header that differs from one request to the next."""
        return self._replace(headers=[header for header in self.headers if header[0].lower() != "x-request-id"])


class CachedResponse(NamedTuple):
    """A response as it is sent. `not_modified` are the headers of a 304, and `digest` is that of the plain body."""

    status: str
    headers: Headers
    not_modified: Headers
    body: bytes
    digest: str


def buffer(application: Application, environ: Environ) -> Response:
    """Call an application, and return its whole response."""
    started: list[Any] = []

    def start(status: str, headers: Headers, *_error: Any) -> None:
        started[:] = [status, headers]

    chunks = application(environ, start)
    try:
        body = b"".join(chunks)
    finally:
        if close := getattr(chunks, "close", None):
            close()
    status, headers = started
    return Response(status, headers, body)


def prepare(response: Response, coding: str, *, cache_control: str, quality: int = FAST_QUALITY) -> CachedResponse:
    """Compress a text, and add ETag, Vary and, unless the response has one, this Cache-Control."""
    is_text = response.header("content-type").startswith(TEXT_TYPES)
    headers = [header for header in response.headers if header[0].lower() not in _RECOMPUTED]
    digest = blake2b(response.body, digest_size=16).hexdigest()
    body, tag = response.body, digest
    if is_text and coding and len(body) >= MIN_COMPRESSED_BYTES:
        body = brotli.compress(body, quality=quality) if coding == "br" else gzip.compress(body, 6, mtime=0)
        headers.append(("Content-Encoding", coding))
        tag = f"{digest}-{coding}{quality if coding == 'br' else ''}"  # other bytes need another tag
    if not response.header("cache-control"):
        headers.append(("Cache-Control", cache_control))
    vary = {name.strip() for name in response.header("vary").split(",") if name} | (
        {"Accept-Encoding"} if is_text else set()
    )
    headers += [("Vary", ", ".join(sorted(vary)))] if vary else []
    headers += [("ETag", f'"{tag}"'), ("Content-Length", str(len(body)))]
    not_modified = [header for header in headers if header[0].lower() in _SENT_WITH_304]
    return CachedResponse(response.status, headers, not_modified, body, digest)


def recompress(cached: CachedResponse) -> CachedResponse:
    """Compress a page with the best quality. This takes a tenth of a second and saves a seventh of the bytes."""
    plain = Response(cached.status, cached.headers, brotli.decompress(cached.body))
    return prepare(plain, "br", cache_control="", quality=BEST_QUALITY)


def mark_private(start_response: Start) -> Start:
    """Wrap `start_response` so that a response without Cache-Control is private."""

    def start(status: str, headers: Headers, *error: Any) -> Any:
        has_cache_control = any(name.lower() == "cache-control" for name, _ in headers)
        headers = headers if has_cache_control else [*headers, ("Cache-Control", PRIVATE)]
        return start_response(status, headers, *error)

    return start


def respond(cached: CachedResponse, environ: Environ, start_response: Start, *extra: tuple[str, str]) -> list[bytes]:
    """Send a response with extra headers, or a 304 if the request's If-None-Match has its digest."""
    if "HTTP_IF_NONE_MATCH" in environ and cached.digest in environ["HTTP_IF_NONE_MATCH"]:
        start_response("304 Not Modified", [*cached.not_modified, *extra])
        return []
    start_response(cached.status, [*cached.headers, *extra] if extra else cached.headers)
    return [cached.body] if environ["REQUEST_METHOD"] == "GET" else []
