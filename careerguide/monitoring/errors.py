"""Responses to failed requests: 503 if a service is unavailable, 500 if the code is at fault."""

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
from .logging import one_line
from .middleware import route_of

RETRY_AFTER = "10"
UNAVAILABLE = (OperationalError, InterfaceError, BaseError)

logger = logging.getLogger(__name__)


def handler500(request: HttpRequest) -> HttpResponse:
    """Respond to an exception as Django's `handler500`. It and its templates make no database query."""
    error = sys.exception()
    details = {"route": route_of(request), "error": one_line(error)}
    metrics.FAILURES.labels(type(error).__name__).inc()
    if not _is_unavailable(error):
        logger.error("Fault at %(route)s: %(error)s", details, exc_info=error)
        return render(request, "500.html", status=500)
    logger.error("Unavailable at %(route)s: %(error)s", details)
    response = _service_unavailable(request)
    response["Retry-After"] = RETRY_AFTER
    response["Cache-Control"] = "no-store"
    return response


def _is_unavailable(error: BaseException | None) -> bool:
    """Return whether an exception or one of its causes is a missing database, bucket or disk space."""
    while error:
        if isinstance(error, UNAVAILABLE) and not _is_sql_error(error):
            return True
        if isinstance(error, OSError) and error.errno in {ENOSPC, EDQUOT}:
            return True
        error = error.__cause__ or error.__context__
    return False


def _is_sql_error(error: BaseException) -> bool:
    """Return whether SQLite rejected the SQL. It raises the same exception as for a full disk, with another code."""
    return getattr(error.__cause__, "sqlite_errorname", "") == "SQLITE_ERROR"


def _service_unavailable(request: HttpRequest) -> HttpResponse:
    message = _("The site is temporarily unavailable. Please try again in a minute.")
    if request.get_preferred_type(("text/html", "application/json")) == "application/json":
        return JsonResponse({"error": message}, status=503)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":  # Markdownx inserts the response into the form
        return HttpResponse(format_html('<p class="errornote">{}</p>', message), status=503)
    return render(request, "503.html", status=503)
