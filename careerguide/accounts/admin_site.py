"""The admin site: access, the steps of signing in, and the end of sessions.

It is separate from `guides.admin`, which registers its models with this site and is therefore imported later.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from guides.reading.http import with_query

from .second_factor import Step, next_step

IDLE_TIMEOUT, MAX_DURATION = timedelta(seconds=settings.SESSION_COOKIE_AGE), timedelta(hours=12)
_WRITE_INTERVAL = timedelta(minutes=5)
_DEADLINE = "ends"
STEP_VIEWS = {Step.CODE: "accounts:code", Step.SET_UP: "accounts:second-factor"}


class CareerguideAdminSite(admin.AdminSite):
    """Django's admin for users who have completed all steps of signing in."""

    login_template = "accounts/login.html"

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        if not super().has_permission(request) or next_step(user) != Step.NONE:
            return False
        _extend_session(request.session)
        return True

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for name and password, or redirect a user who has entered them to the next step."""
        user: Any = request.user
        view_name = STEP_VIEWS.get(next_step(user)) if super().has_permission(request) else None
        if view_name:
            return redirect(with_query(request, reverse(view_name)))
        return super().login(request, extra_context)


def _extend_session(session: SessionBase) -> None:
    """Extend a session to four hours from now and at most twelve in total. Write it at most every five minutes."""
    now = timezone.now()
    if _DEADLINE not in session:
        session[_DEADLINE] = (now + MAX_DURATION).isoformat()
        session.set_expiry(now + IDLE_TIMEOUT)
    expires_at = min(now + IDLE_TIMEOUT, datetime.fromisoformat(session[_DEADLINE]))
    if expires_at - session.get_expiry_date() > _WRITE_INTERVAL:
        session.set_expiry(expires_at)
