"""Asking a WSGI application, as a server does."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple
from wsgiref.util import setup_testing_defaults

import brotli
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from guides.reading.page_cache.response import Application


class Answer(NamedTuple):
    code: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        body = brotli.decompress(self.body) if self.headers.get("Content-Encoding") == "br" else self.body
        return str(body, "utf-8")


@contextmanager
def one_connection() -> Iterator[None]:
    """A request's end closes connections; that of a test has its transaction, and stays, as with Django's client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask(application: Application, address: str, method: str = "GET", **headers: str) -> Answer:
    """The answer to a request without a body; headers by their names in WSGI, without HTTP_."""
    path, _, query = address.partition("?")  # as servers do: a path may begin with two slashes
    environ: dict[str, Any] = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": "testserver",
        **{f"HTTP_{name}": value for name, value in headers.items()},
    }
    setup_testing_defaults(environ)
    started: list[Any] = []
    with one_connection():
        chunks = application(environ, lambda status, sent, *_: started.append((status, sent)))
        body = b"".join(chunks)
        if close := getattr(chunks, "close", None):
            close()
    ((status, sent),) = started
    return Answer(int(status[:3]), dict(sent), body)
