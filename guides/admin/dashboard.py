"""The desk's first page and its schedule, and the addresses of the desk that are not the admin's own."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models import Act, Report, Role
from guides.publishing.drafts import status
from guides.publishing.drafts.status import State
from guides.publishing.editions.schedule import upcoming_changes

MOST_ACTS = 12


class Pile(NamedTuple):
    """Something that waits, how much of it, and where it is listed."""

    title: str
    size: int
    address: str


@admin.site.admin_view
def first_page(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    told: dict[str, Any] = {}
    if user.has_perm("guides.view_role"):
        told["piles"] = tuple(_piles(user))
    if user.has_perm("guides.view_act"):
        told["acts"] = Act.objects.listed()[:MOST_ACTS]
    return admin.site.index(request, told)


def _piles(user: User) -> Iterator[Pile]:
    now, today = timezone.now(), timezone.localdate()
    roles = status.with_state(Role.objects.all(), at=now)
    shelf = reverse("admin:guides_role_changelist")

    def pile(title: str, count: int, **query: str) -> Pile:
        return Pile(title, count, f"{shelf}?{urlencode(query)}")

    yield pile(_("Submitted for publication"), roles.filter(submitted=True).count(), state="submitted")
    yield pile(_("Sent back"), roles.filter(sent_back=True).count(), state="sent_back")
    yield pile(_("Drafts with unpublished changes"), roles.filter(state=State.CHANGED).count(), state=State.CHANGED)
    yield pile(_("Not published yet"), roles.filter(state=State.NEW).count(), state=State.NEW)
    yield Pile(_("Scheduled"), len(upcoming_changes(at=now)), reverse("desk:schedule"))
    yield pile(_("Due for review"), status.due(roles, on=today).count(), review="due")
    yield pile(_("With figures past their limit"), status.stale(roles, on=today).count(), review="stale")
    if user.has_perm("guides.view_report"):
        reports = reverse("admin:guides_report_changelist")
        yield Pile(_("Readers’ reports"), Report.objects.filter(done=False).count(), f"{reports}?done__exact=0")


@admin.site.admin_view
def schedule(request: HttpRequest) -> HttpResponse:
    """Everything that will change for visitors, in order of time."""
    if not request.user.has_perm("guides.view_edition"):
        raise PermissionDenied
    context = admin.site.each_context(request) | {
        "title": _("Schedule"),
        "coming": upcoming_changes(at=timezone.now()),
        "may_publish": request.user.has_perm("guides.publish_role"),
    }
    return render(request, "admin/guides/schedule.html", context)


app_name = "desk"
urlpatterns = [
    path("", first_page, name="first-page"),
    path("schedule/", schedule, name="schedule"),
]
