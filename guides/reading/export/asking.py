"""The site is asked for its pages as a browser asks it, and what it answers becomes files."""

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import SuspiciousFileOperation
from django.core.handlers.wsgi import WSGIHandler
from django.template.loader import render_to_string

from guides.reading import clock
from guides.reading.page_cache.response import whole

from .cutting import Content, standing_alone, style
from .manifest import Row, put
from .targets import STATIC, Target, is_page, target_of

STANDING_ALONE = ("text/html", "application/atom+xml", "application/opensearchdescription+xml")


class Failed(Exception):
    """The site could not answer; the message says where."""


class Errand(NamedTuple):
    """What all askings of one export have in common: its folder, and the moment that it tells."""

    folder: Path
    at: datetime


class Made(NamedTuple):
    """What became of an address: its file, None where the site has nothing there, and where its page leads to."""

    target: Target
    row: Row | None
    is_written: bool = False
    leads_to: frozenset[str] = frozenset()


def ask(errand: Errand, targets: Iterable[tuple[Target, Row | None]]) -> tuple[Made, ...]:
    """Make the files of these targets, each given with what is on record of it. Raises Failed."""
    with clock.freeze(errand.at), _quietly():
        return tuple(_make(errand.folder, target, before) for target, before in targets)


def page(template: str, context: dict[str, object], path: str) -> Content:
    """A page that only an export has."""
    return standing_alone(render_to_string(template, context), path)


def _make(folder: Path, target: Target, before: Row | None) -> Made:
    content = _of_static(target) if target.name == STATIC else _of_site(target)
    if content is None:
        return Made(target, None)
    row, is_written = put(folder, target.file, content.body, before)
    return Made(target, row, is_written, content.leads_to)


def _of_static(target: Target) -> Content | None:
    try:
        with staticfiles_storage.open(target.asked.removeprefix(settings.STATIC_URL)) as file:
            body = file.read()
    except (OSError, SuspiciousFileOperation):
        return None
    return style(body, target.address) if target.file.endswith(".css") else Content(body)


def _of_site(target: Target) -> Content | None:
    answer = whole(_site(), _request(target.asked))
    code = int(answer.status[:3])
    if code in {301, 302}:
        return _leading_on(target, answer.says("location"))
    if code == 404 or (code == 410 and not is_page(target.file)):
        return None
    if code not in {200, 410}:
        raise Failed(f"The site answers {answer.status} at {target.asked}: see its log, mend it, and run this again.")
    if answer.says("content-type").startswith(STANDING_ALONE):
        return standing_alone(answer.body.decode(), target.asked.partition("?")[0])
    return Content(answer.body)


def _leading_on(target: Target, location: str) -> Content | None:
    """A page that leads to another, as a file cannot redirect."""
    there = target_of(location.removeprefix(settings.ADDRESS))
    if not there or not is_page(target.file):
        return None
    return page("guides/export/moved.html", {"address": there.address}, target.address)


@contextmanager
def _quietly() -> Iterator[None]:
    """Pages for files are nobody's requests, and what is not there is told at the end, not by the log."""
    logger = logging.getLogger("careerguide.monitoring.middleware")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)


@cache
def _site() -> WSGIHandler:
    return WSGIHandler()


def _request(asked: str) -> dict[str, object]:
    """A request as a server passes it on: without cookies, by nobody."""
    path, _, query = asked.partition("?")
    address = urlsplit(settings.ADDRESS)
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": address.hostname,
        "SERVER_PORT": str(address.port or (443 if address.scheme == "https" else 80)),
        "HTTP_HOST": address.netloc,
        "HTTP_X_FORWARDED_PROTO": address.scheme,
        "wsgi.url_scheme": address.scheme,
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
