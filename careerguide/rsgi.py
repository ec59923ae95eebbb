"""Serve a WSGI application over RSGI, the interface of granian that passes the names of headers as they were sent.

In WSGI, `X_Forwarded_For` and `X-Forwarded-For` are one variable, so that a visitor's header could replace the proxy's.
Headers whose names contain `_` are dropped here, before anything reads them.
"""

import asyncio
import io
import logging
import sys
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import Any
from wsgiref.types import WSGIApplication

from granian.rsgi import HTTPProtocol, Scope  # type: ignore[attr-defined] # it names no exports

type AtOnce = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes] | None]
type Respond = Callable[[Scope, HTTPProtocol], Coroutine[Any, Any, None]]

logger = logging.getLogger(__name__)


def over_rsgi(application: WSGIApplication, threads: int, at_once: AtOnce = lambda *_: None) -> Respond:
    """Return an RSGI application that runs a WSGI application in threads.

    `at_once` is called first, by the event loop, and returns None where an answer needs a thread.
    """
    pool = ThreadPoolExecutor(threads, "careerguide")

    async def respond(scope: Scope, protocol: HTTPProtocol) -> None:
        environ, started = environ_of(scope), _Started()
        body = at_once(environ, started)
        if body is not None:
            protocol.response_bytes(started.status, started.headers, b"".join(body))
            return
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(pool, _answer, application, environ, protocol, loop)

    return respond


class _Started:
    """Keep what an application passes to `start_response`."""

    status = 500
    headers: list[tuple[str, str]] = []

    def __call__(self, status: str, headers: list[tuple[str, str]], *_error: Any) -> Any:
        self.status, self.headers = int(status[:3]), headers


def _answer(
    application: WSGIApplication, environ: dict[str, Any], protocol: HTTPProtocol, loop: asyncio.AbstractEventLoop
) -> None:
    if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
        environ["wsgi.input"] = io.BufferedReader(_Body(protocol, loop))  # here, as requests that wait have no buffer
    started = _Started()
    try:
        chunks = application(environ, started)
        try:
            body = b"".join(chunks)
        finally:
            if close := getattr(chunks, "close", None):
                close()
    except Exception:
        logger.exception("The application failed.")
        protocol.response_empty(500, [])
    else:
        protocol.response_bytes(started.status, started.headers, body)


def environ_of(scope: Scope) -> dict[str, Any]:
    """Build the variables of a request without a body. Repeated headers are joined, cookies by `;`, others by `,`."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": _as_latin_1(scope.path),
        "QUERY_STRING": _as_latin_1(scope.query_string),
        "SERVER_NAME": host.strip("[]"),
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.input_terminated": True,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        variable = _variable(name)
        if variable in environ:
            value = f"{environ[variable]}{';' if name == 'cookie' else ','}{value}"
        environ[variable] = value
    environ.setdefault("HTTP_HOST", scope.authority or "")
    return environ


@lru_cache(maxsize=1_024)
def _variable(name: str) -> str:
    variable = name.replace("-", "_").upper()
    return variable if name in {"content-type", "content-length"} else f"HTTP_{variable}"


def _as_latin_1(text: str) -> str:
    """Return the bytes of a text in UTF-8, each as one character, as WSGI passes them."""
    return text if text.isascii() else text.encode().decode("latin-1")


class _Body(io.RawIOBase):
    """The body of a request, read by a thread. The loop receives one chunk at a time, when the thread needs it."""

    def __init__(self, protocol: HTTPProtocol, loop: asyncio.AbstractEventLoop) -> None:
        self._chunks, self._loop = aiter(protocol), loop
        self._rest = memoryview(b"")
        self._has_ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest and not self._has_ended:
            self._rest = memoryview(asyncio.run_coroutine_threadsafe(self._receive(), self._loop).result())
            self._has_ended = not self._rest
        size = min(len(self._rest), len(buffer))
        buffer[:size], self._rest = self._rest[:size], self._rest[size:]
        return size

    async def _receive(self) -> bytes:
        return await anext(self._chunks)  # empty at the end, and where the visitor has left
