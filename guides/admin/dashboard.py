"""The dashboard and the schedule of the admin."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models import AuditLogEntry, Report, Role
from guides.publishing.drafts import official_status, status
from guides.publishing.drafts.status import State
from guides.publishing.editions.schedule import upcoming_changes

MAX_ENTRIES = 12


class Queue(NamedTuple):
    """A list of work to do: its title, the number of items, and the URL of the list."""

    title: str
    item_count: int
    url: str


@admin.site.admin_view
def index(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    context: dict[str, Any] = {}
    if user.has_perm("guides.view_role"):
        context["queues"] = tuple(_queues(user))
    if user.has_perm("guides.view_auditlogentry"):
        context["entries"] = AuditLogEntry.objects.listed()[:MAX_ENTRIES]
    return admin.site.index(request, context)


def _queues(user: User) -> Iterator[Queue]:
    now, today = timezone.now(), timezone.localdate()
    roles = status.with_state(Role.objects.all(), at=now)
    changelist = reverse("admin:guides_role_changelist")

    def queue(title: str, count: int, **query: str) -> Queue:
        return Queue(title, count, f"{changelist}?{urlencode(query)}")

    yield queue(_("Submitted for publication"), roles.filter(submitted=True).count(), state="submitted")
    yield queue(_("Sent back"), roles.filter(sent_back=True).count(), state="sent_back")
    yield queue(_("Drafts with unpublished changes"), roles.filter(state=State.CHANGED).count(), state=State.CHANGED)
    yield queue(_("Not published yet"), roles.filter(state=State.NEW).count(), state=State.NEW)
    yield Queue(_("Scheduled"), len(upcoming_changes(at=now)), reverse("dashboard:schedule"))
    yield queue(_("Due for review"), status.due(roles, on=today).count(), review="due")
    yield queue(_("With outdated figures"), status.stale(roles, on=today).count(), review="stale")
    far, older = official_status.far_from_official(roles), official_status.with_older_release(roles)
    yield queue(_("With figures far from the official ones"), far.count(), official="far")
    yield queue(_("With figures from an older release"), older.count(), official="older")
    if user.has_perm("guides.view_report"):
        reports = reverse("admin:guides_report_changelist")
        yield Queue(_("Readers’ reports"), Report.objects.filter(done=False).count(), f"{reports}?done__exact=0")


@admin.site.admin_view
@permission_required("guides.view_edition", raise_exception=True)
def schedule(request: HttpRequest) -> HttpResponse:
    """List all future changes for visitors, in chronological order."""
    context = admin.site.each_context(request) | {
        "title": _("Schedule"),
        "coming": upcoming_changes(at=timezone.now()),
        "may_publish": request.user.has_perm("guides.publish_role"),
    }
    return render(request, "admin/guides/schedule.html", context)


app_name = "dashboard"
urlpatterns = [
    path("", index, name="index"),
    path("schedule/", schedule, name="schedule"),
]
