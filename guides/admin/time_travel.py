"""The whole public site as of another moment.

The public views run with another clock, below a URL that names the moment. All links stay below that URL.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.response import SimpleTemplateResponse
from django.urls import get_script_prefix, is_valid_path, path, register_converter, resolve, reverse, set_script_prefix
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.defaults import page_not_found

from guides.admin.role.forms import FIRST_YEAR, LAST_YEAR, MomentField
from guides.models import Role
from guides.reading import clock
from guides.reading.clock import Moment
from guides.reading.http import View, read_only, with_query

PUBLIC_URLS = "guides.reading.urls"
_FORMAT = "%Y%m%d-%H%M"


class MomentConverter:
    """A moment in a URL, in the site's time zone, such as 20261201-0900. A time that occurs twice means the first."""

    regex = "[0-9]{8}-[0-9]{4}"

    def to_python(self, value: str) -> datetime:
        at = datetime.strptime(value, _FORMAT).replace(tzinfo=timezone.get_current_timezone())
        if not FIRST_YEAR <= at.year <= LAST_YEAR or self.to_url(at.astimezone(UTC)) != value:
            raise ValueError  # a time that the clock change skips becomes another one
        return at

    def to_url(self, at: datetime) -> str:
        return timezone.localtime(at).strftime(_FORMAT)


class MomentForm(forms.Form):
    moment = MomentField(label=gettext_lazy("Date and time"), help_text=gettext_lazy("Such as 2026-12-01 09:00."))


def choose(request: HttpRequest) -> HttpResponse:
    """Show the form for a moment, and redirect to the site as of it."""
    _require_view_permission(request)
    form = MomentForm(request.GET or None)
    if form.is_valid():
        return redirect("as-of:home", form.cleaned_data["moment"])
    context = {**admin.site.each_context(request), "title": _("View the site as of a moment"), "form": form}
    return render(request, "admin/guides/time_travel.html", context)


def site(request: HttpRequest, at: datetime, rest: str = "") -> HttpResponse:
    """Show a public page as visitors see it at a moment."""
    _require_view_permission(request)
    moment, home = Moment(at, back=reverse("as-of:choose")), reverse("as-of:home", args=(at,))
    with clock.travel_to(moment), _url_prefix(home):
        response = _public_response(request, f"/{rest}")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _public_response(request: HttpRequest, public_path: str) -> HttpResponse:
    """Return the public response for a path, rendered while the clock and the URL prefix are set."""
    try:
        if not is_valid_path(public_path, PUBLIC_URLS) and is_valid_path(f"{public_path}/", PUBLIC_URLS):
            return redirect(with_query(request, f"{request.path}/"), permanent=True)
        match = resolve(public_path, PUBLIC_URLS)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404 as error:
        return page_not_found(request, error)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    if response.headers.get("Content-Type", "").startswith("text/html"):
        # Prose was rendered at publication, so its internal links lack the prefix.
        prefixed_link = f'<a href="{get_script_prefix()}'.encode()
        response.content = re.sub(rb'<a href="/(?!admin/)', prefixed_link, response.content)
    return response


@contextmanager
def _url_prefix(prefix: str) -> Iterator[None]:
    """Prefix all URLs that this thread reverses."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


def _require_view_permission(request: HttpRequest) -> None:
    if not admin.site.get_model_admin(Role).has_view_permission(request):
        raise PermissionDenied


def _admin_only(view: View) -> View:
    """Require a sign-in to the admin, and allow only reading."""
    return read_only(admin.site.admin_view(view, cacheable=True))


register_converter(MomentConverter, "moment")

app_name = "as-of"
urlpatterns = [
    path("", _admin_only(choose), name="choose"),
    path("<moment:at>/", _admin_only(site), name="home"),
    path("<moment:at>/<path:rest>", _admin_only(site), name="page"),
]
