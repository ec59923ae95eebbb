"""Limits on failed sign-ins, which django-axes counts."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

LIMITS: tuple[int, ...] = (settings.AXES_FAILURE_LIMIT, 50, 30)
"""Limits per name and address, per name, and per address, in the order of AXES_LOCKOUT_PARAMETERS.

Attempts during a lockout do not count. Locking a name for everybody therefore takes ten addresses.
"""


class Throttle(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts each kind of failure against a separate limit, and stores nothing about the browser."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Return the count that is nearest to its limit, scaled to the first limit."""
        counts = (
            attempts.aggregate(failures=Sum("failures_since_start", default=0))["failures"]
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(int(failures) * LIMITS[0] // limit for failures, limit in zip(counts, LIMITS, strict=True))

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **kwargs: Any) -> None:
        request.axes_user_agent = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **kwargs)


def locked_out(request: HttpRequest, _response: HttpResponse, _credentials: Any) -> HttpResponse:
    """Render the page about a lockout, whether or not the password was right."""
    context = {**admin.site.each_context(request), "title": _("Too many attempts")}
    seconds = round(settings.AXES_COOLOFF_TIME.total_seconds())
    response = render(request, "accounts/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
