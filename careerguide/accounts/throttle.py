"""How often signing in may fail: django-axes counts the failures, and this sets the limits."""

from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from django.conf import settings
from django.contrib import admin
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

LIMITS: tuple[int, ...] = (settings.AXES_FAILURE_LIMIT, 50, 30)
"""Of a name from one address, of a name from anywhere, of an address with any name: as the setting orders them.

Whoever is refused adds nothing. So it takes ten addresses to keep a name out, and many guesses at it are few.
"""


class Throttle(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts each kind of failure against its own limit, and keeps nothing of a browser."""

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """As many as would stand for the nearest of the limits, if it were the first."""
        counted = (
            attempts.aggregate(failures=Sum("failures_since_start", default=0))["failures"]
            for attempts in self.get_user_attempts(request, credentials)
        )
        return max(int(failures) * LIMITS[0] // limit for failures, limit in zip(counted, LIMITS, strict=True))

    def user_login_failed(self, sender: Any, credentials: Any, request: Any = None, **given: Any) -> None:
        request.axes_user_agent = request.axes_http_accept = ""
        super().user_login_failed(sender, credentials, request, **given)


def locked_out(request: HttpRequest, _response: HttpResponse, _credentials: Any) -> HttpResponse:
    """What whoever failed too often is told, whatever the answer would have been."""
    context = {**admin.site.each_context(request), "title": _("Too many attempts")}
    seconds = round(settings.AXES_COOLOFF_TIME.total_seconds())
    response = render(request, "accounts/locked_out.html", context, status=429)
    response.headers["Retry-After"] = str(seconds)
    return response
