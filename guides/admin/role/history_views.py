"""Editions and kept drafts: to be looked at, compared and restored. What was published stays as it was."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import schema
from guides.admin.audit_log import LookedAtOnly
from guides.diff.guide_diff import differences
from guides.models import Edition, KeptDraft, Role, Withdrawal
from guides.publishing import PublishingError
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.snapshots import guide_after_restore, restore_snapshot, revert_to_edition
from guides.schema import Guide, InvalidGuide

from .forms import whole_number
from .preview_views import show
from .role_view import page, to_role, way


@admin.register(Edition)
class EditionAdmin(LookedAtOnly):
    list_display = ("title", "number", "state", "live_from", "live_until", "published_by", "note")
    list_filter = ("title",)
    search_fields = ("title", "slug", "note")
    date_hierarchy = "live_from"
    fields = (
        ("role", "number", "state"),
        ("title", "slug"),
        ("live_from", "live_until"),
        ("published_by", "published_at"),
        "note",
        "content",
    )
    readonly_fields = ("state",)

    @admin.display(description=gettext_lazy("state"))
    def state(self, edition: Edition) -> str:
        return str(edition.state(at=timezone.now()).label)


@admin.register(Withdrawal)
class WithdrawalAdmin(LookedAtOnly):
    list_display = ("role", "at", "leads_to", "note", "by", "made_at", "cancelled")
    search_fields = ("role__title", "note")
    date_hierarchy = "at"
    list_select_related = ("role", "leads_to")


@way("view_edition")
def editions(request: HttpRequest, role: Role) -> HttpResponse:
    """All that was published of a role, and the drafts that were replaced; each can be looked at and restored."""
    now = timezone.now()
    told = tuple((each, each.state(at=now)) for each in Edition.objects.filter(role=role).listed())
    kept = KeptDraft.objects.filter(role=role).defer("content")
    return page(request, role, "editions", editions=told, kept=kept)


def _asked(request: HttpRequest, role: Role) -> Edition | KeptDraft:
    """What an address names: `?edition=3` or `?kept=12`."""
    number, pk = (whole_number(request.GET.get(name, "")) for name in ("edition", "kept"))
    if number:
        return get_object_or_404(Edition, role=role, number=number)
    return get_object_or_404(KeptDraft, role=role, pk=pk)


def _guide_of(asked: Edition | KeptDraft) -> Guide | None:
    try:
        return schema.load(asked.content)
    except InvalidGuide:
        return None  # a draft that was replaced before it was a whole guide


@way("view_edition")
def look(request: HttpRequest, role: Role) -> HttpResponse:
    """An edition, or a kept draft, as a reader would see it; with what it changed marked."""
    asked = _asked(request, role)
    guide = _guide_of(asked)
    if guide is None:
        return page(request, role, "snapshot", kept=asked)
    before = (
        Edition.objects.filter(role=role, number__lt=asked.number).order_by("-number").first()
        if isinstance(asked, Edition)
        else None
    )
    is_marked = before is not None and "marked" in request.GET
    return show(
        request, guide, against=before if is_marked else None,
        role=role, asked=asked, before=before,
    )  # fmt: skip


@way("change_role")
def restore_role(request: HttpRequest, role: Role) -> HttpResponse:
    """Shows what the draft would become, and makes it so."""
    asked, by = _asked(request, role), request.user.get_username()
    guide = _guide_of(asked)
    if guide is None:
        raise PublishingError(_("This draft was no whole guide. Look at it, and copy from it what you need."))
    if request.method == "POST":
        if isinstance(asked, Edition):
            revert_to_edition(edition=asked, by=by)
        else:
            restore_snapshot(kept=asked, by=by)
        messages.success(request, _("The draft says this now. What it said before is kept under “Editions”."))
        return to_role(role)
    try:
        current = compose(role)
    except InvalidGuide:
        current = None  # it is kept all the same
    changes = differences(current, guide_after_restore(role=role, guide=guide))
    return page(request, role, "restore", asked=asked, changes=changes)


WAYS = (("editions", editions), ("look", look), ("restore", restore_role))
