"""The whole site as of a moment: what will visitors see on the first of December?

Their own views answer, at addresses below one that names the moment, by another clock and with all links kept within.
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

from guides.admin.role.forms import MomentField
from guides.models import Role
from guides.reading import clock
from guides.reading.clock import Moment
from guides.reading.http import View, read_only, with_query

READERS = "guides.reading.urls"
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
_SPELLED = "%Y%m%d-%H%M"


class MomentConverter:
    """A moment in an address, by the site's clocks: 20261201-0900. Of an hour that they have twice, the first."""

    regex = "[0-9]{8}-[0-9]{4}"

    def to_python(self, spelled: str) -> datetime:
        at = datetime.strptime(spelled, _SPELLED).replace(tzinfo=timezone.get_current_timezone())
        if not EARLIEST <= at <= LATEST or self.to_url(at.astimezone(UTC)) != spelled:
            raise ValueError  # a time that the clocks skip comes back as another one
        return at

    def to_url(self, at: datetime) -> str:
        return timezone.localtime(at).strftime(_SPELLED)


class MomentForm(forms.Form):
    moment = MomentField(label=gettext_lazy("Day and time"), help_text=gettext_lazy("Such as 2026-12-01 09:00."))


def choose(request: HttpRequest) -> HttpResponse:
    """The form that asks for a moment; the site as of it has an address of its own."""
    _refuse_strangers(request)
    form = MomentForm(request.GET or None)
    if form.is_valid():
        return redirect("as-of:home", form.cleaned_data["moment"])
    context = {**admin.site.each_context(request), "title": _("The site as of a moment"), "form": form}
    return render(request, "admin/guides/time_travel.html", context)


def site(request: HttpRequest, at: datetime, rest: str = "") -> HttpResponse:
    """A page of the readers' site as visitors see it at a moment."""
    _refuse_strangers(request)
    moment, home = Moment(at, back=reverse("as-of:choose")), reverse("as-of:home", args=(at,))
    with clock.travel_to(moment), _addresses_below(home):
        response = _answer(request, f"/{rest}")
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answer(request: HttpRequest, asked: str) -> HttpResponse:
    """What visitors get at a path, made whole while the clock and the addresses are those of the moment."""
    try:
        if not is_valid_path(asked, READERS) and is_valid_path(f"{asked}/", READERS):
            return redirect(with_query(request, f"{request.path}/"), permanent=True)
        match = resolve(asked, READERS)
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
    except Http404 as error:
        return page_not_found(request, error)
    if isinstance(response, SimpleTemplateResponse):
        response.render()
    if response.headers.get("Content-Type", "").startswith("text/html"):
        # Prose was rendered when it was published, and its links within the site lead to the site as of now.
        below = f'<a href="{get_script_prefix()}'.encode()
        response.content = re.sub(rb'<a href="/(?!admin/)', below, response.content)
    return response


@contextmanager
def _addresses_below(prefix: str) -> Iterator[None]:
    """Within this block, and this thread, whatever address is made begins so."""
    before = get_script_prefix()
    set_script_prefix(prefix)
    try:
        yield
    finally:
        set_script_prefix(before)


def _refuse_strangers(request: HttpRequest) -> None:
    if not admin.site.get_model_admin(Role).has_view_permission(request):
        raise PermissionDenied


def _at_the_desk(view: View) -> View:
    """For those who are signed in there, and for reading only."""
    return read_only(admin.site.admin_view(view, cacheable=True))


register_converter(MomentConverter, "moment")

app_name = "as-of"
urlpatterns = [
    path("", _at_the_desk(choose), name="choose"),
    path("<moment:at>/", _at_the_desk(site), name="home"),
    path("<moment:at>/<path:rest>", _at_the_desk(site), name="page"),
]
