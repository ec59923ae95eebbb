"""The desk's door: who is let in, what signing in asks for, and when a session ends.

It is no part of `guides.admin`, which registers its models with it, and so is read after it.
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

from .second_factor import Due, due

IDLE, AT_MOST = timedelta(seconds=settings.SESSION_COOKIE_AGE), timedelta(hours=12)
_OFTEN = timedelta(minutes=5)
_ENDS = "ends"
STEPS = {Due.CODE: "accounts:code", Due.SET_UP: "accounts:second-factor"}


class CareerguideAdminSite(admin.AdminSite):
    """The plain admin, open to those who have done all that signing in asks of them."""

    login_template = "accounts/login.html"

    def has_permission(self, request: HttpRequest) -> bool:
        user: Any = request.user
        if not super().has_permission(request) or due(user) != Due.NOTHING:
            return False
        _go_on(request.session)
        return True

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Asks for name and password; whoever gave them is led to what comes next."""
        user: Any = request.user
        step = STEPS.get(due(user)) if super().has_permission(request) else None
        if step:
            return redirect(with_query(request, reverse(step)))
        return super().login(request, extra_context)


def _go_on(session: SessionBase) -> None:
    """A session lasts four hours from its last use, and twelve at most. It is written every five minutes, if at all."""
    now = timezone.now()
    if _ENDS not in session:
        session[_ENDS] = (now + AT_MOST).isoformat()
        session.set_expiry(now + IDLE)
    until = min(now + IDLE, datetime.fromisoformat(session[_ENDS]))
    if until - session.get_expiry_date() > _OFTEN:
        session.set_expiry(until)
