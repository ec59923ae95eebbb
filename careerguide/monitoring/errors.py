"""What is answered where a request fails: 503 while something that it needs is away, 500 where the fault is ours."""

import logging
import sys
from errno import EDQUOT, ENOSPC

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from obstore.exceptions import BaseError

from . import metrics
from .logging import in_a_line
from .middleware import route_of

WAIT = "10"
AWAY = (OperationalError, InterfaceError, BaseError)

logger = logging.getLogger(__name__)


def answer(request: HttpRequest) -> HttpResponse:
    """Django's `handler500`, called while the exception is being handled. It and its templates ask no database."""
    error = sys.exception()
    told = {"route": route_of(request), "error": in_a_line(error)}
    metrics.FAILURES.labels(type(error).__name__).inc()
    if not _is_away(error):
        logger.error("Fault at %(route)s: %(error)s", told, exc_info=error)
        return render(request, "500.html", status=500)
    logger.error("Away at %(route)s: %(error)s", told)
    response = _sorry(request)
    response["Retry-After"] = WAIT
    response["Cache-Control"] = "no-store"
    return response


def _is_away(error: BaseException | None) -> bool:
    """Whether a database, a bucket or room on the disk was missing, at the root of an exception or below it."""
    while error:
        if isinstance(error, AWAY) and not _is_bad_sql(error):
            return True
        if isinstance(error, OSError) and error.errno in {ENOSPC, EDQUOT}:
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_bad_sql(error: BaseException) -> bool:
    """SQLite tells of a fault in our SQL as it tells of a full disk, but for its code."""
    return getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_ERROR"


def _sorry(request: HttpRequest) -> HttpResponse:
    sentence = _("The site cannot answer just now. Please try again in a minute.")
    if request.get_preferred_type(("text/html", "application/json")) == "application/json":
        return JsonResponse({"error": sentence}, status=503)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":  # markdownx shows what it gets within the form
        return HttpResponse(format_html('<p class="errornote">{}</p>', sentence), status=503)
    return render(request, "503.html", status=503)
