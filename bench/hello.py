"""Baselines for pages: responses without work, and a static file, from the server that serves pages."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from whitenoise import WhiteNoise

from careerguide.rsgi import over_rsgi

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

_FOLDER = Path(os.environ["BENCH_ANSWERS"])
_SAME = (_FOLDER / "body").read_bytes()
_HEADERS = [tuple(line.split(": ", 1)) for line in (_FOLDER / "headers").read_text(encoding="utf-8").splitlines()]
_HELLO = b"Hello, world!"


def _answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> "Iterable[bytes]":
    if environ["PATH_INFO"] == "/same":
        start_response("200 OK", list(_HEADERS))  # type: ignore[arg-type]
        return [_SAME]
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(_HELLO)))])
    return [_HELLO]


application = over_rsgi(WhiteNoise(_answer, root=str(_FOLDER / "static")), threads=1)
