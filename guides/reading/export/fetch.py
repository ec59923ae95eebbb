"""Fetch pages from the site in this process, as a browser would request them, and write them as files."""

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
from django.core.handlers.wsgi import WSGIHandler
from django.template.loader import render_to_string

from guides.reading import clock
from guides.reading.page_cache.response import buffer
from guides.templatetags.served import for_export

from . import static_files
from .folder import write
from .rewrite import Content, make_static, stylesheet
from .targets import STATIC, Target, is_page, target_of, with_areas

REWRITTEN_TYPES = ("text/html", "application/atom+xml", "application/opensearchdescription+xml")


class ExportFailed(Exception):
    """The site responded with an error; the message names the URL."""


class ExportContext(NamedTuple):
    """The folder of an export, the moment as of which it shows the site, and the slugs of the areas that it has."""

    folder: Path
    at: datetime
    areas: frozenset[str] = frozenset()


class Exported(NamedTuple):
    """The result for one target: whether the site has it, whether its file was written, and what it links to."""

    target: Target
    is_found: bool = True
    is_written: bool = False
    links: frozenset[str] = frozenset()


def fetch(context: ExportContext, targets: Iterable[Target]) -> tuple[Exported, ...]:
    """Fetch these targets and write their files. Raise ExportFailed."""
    moment = clock.Moment(context.at)
    with clock.travel_to(moment), for_export(), with_areas(context.areas), _without_request_log():
        return tuple(_export(context.folder, target) for target in targets)


def render(template: str, context: dict[str, object], path: str) -> Content:
    """Render a page that only an export has."""
    return make_static(render_to_string(template, context), path)


def _export(folder: Path, target: Target) -> Exported:
    content = _static(target) if target.name == STATIC else _response(target)
    if content is None:
        return Exported(target, is_found=False)
    return Exported(target, is_written=write(folder, target.file, content.body), links=content.links)


def _static(target: Target) -> Content | None:
    body = static_files.read(target.url)
    if body is None:
        return None
    return stylesheet(body, target.address) if target.file.endswith(".css") else Content(body)


def _response(target: Target) -> Content | None:
    response = buffer(_site(), _request(target.url))
    code = int(response.status[:3])
    if code in {301, 302}:
        return _redirect(target, response.header("location"))
    if code == 404 or (code == 410 and not is_page(target.file)):
        return None
    if code not in {200, 410}:
        raise ExportFailed(
            f"The site responds with {response.status} at {target.url}. See its log, fix the error, and run this again."
        )
    if response.header("content-type").startswith(REWRITTEN_TYPES):
        return make_static(response.body.decode(), target.url.partition("?")[0])
    return Content(response.body)


def _redirect(target: Target, location: str) -> Content | None:
    """Render a page that forwards to another, because a file cannot redirect."""
    destination = target_of(location.removeprefix(settings.ADDRESS))
    if not destination or not is_page(target.file):
        return None
    return render("guides/export/moved.html", {"address": destination.address}, target.address)


@contextmanager
def _without_request_log() -> Iterator[None]:
    """Keep these requests out of the log. The command reports missing pages at its end."""
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


def _request(url: str) -> dict[str, object]:
    """Return the WSGI environment of an anonymous request."""
    path, _, query = url.partition("?")
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
