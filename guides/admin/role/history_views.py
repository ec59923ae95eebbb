"""Views of editions and draft snapshots: list, view, compare and restore."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import schema
from guides.admin.audit_log import ReadOnlyAdmin
from guides.diff.guide_diff import differences
from guides.models import DraftSnapshot, Edition, Role, Withdrawal
from guides.publishing import PublishingError
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.snapshots import guide_after_restore, restore_snapshot, revert_to_edition
from guides.schema import Guide, InvalidGuide

from .forms import whole_number
from .occupations import name_occupations
from .preview_views import render_preview
from .role_view import redirect_to_role, render_page, role_view


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
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
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ("role", "at", "leads_to", "note", "by", "made_at", "cancelled")
    search_fields = ("role__title", "note")
    date_hierarchy = "at"
    list_select_related = ("role", "leads_to")


@role_view("view_edition")
def editions(request: HttpRequest, role: Role) -> HttpResponse:
    """List the editions of a role and the snapshots of its draft."""
    now = timezone.now()
    editions_with_state = tuple(
        (edition, edition.state(at=now)) for edition in Edition.objects.filter(role=role).listed()
    )
    snapshots = DraftSnapshot.objects.filter(role=role).defer("content")
    return render_page(request, role, "editions", editions=editions_with_state, snapshots=snapshots)


def _requested(request: HttpRequest, role: Role) -> Edition | DraftSnapshot:
    """Return the version that the query names: `?edition=3` or `?snapshot=12`."""
    number, pk = (whole_number(request.GET.get(name, "")) for name in ("edition", "snapshot"))
    if number:
        return get_object_or_404(Edition, role=role, number=number)
    return get_object_or_404(DraftSnapshot, role=role, pk=pk)


def _guide_of(requested: Edition | DraftSnapshot) -> Guide | None:
    try:
        return schema.load(requested.content)
    except InvalidGuide:
        return None  # the draft was incomplete when it was replaced


@role_view("view_edition")
def view_version(request: HttpRequest, role: Role) -> HttpResponse:
    """Show an edition or a snapshot as a page of the site, on request with its changes highlighted."""
    requested = _requested(request, role)
    guide = _guide_of(requested)
    if guide is None:
        return render_page(request, role, "snapshot", snapshot=requested)
    previous = (
        Edition.objects.filter(role=role, number__lt=requested.number).order_by("-number").first()
        if isinstance(requested, Edition)
        else None
    )
    is_highlighted = previous is not None and "changes" in request.GET
    return render_preview(
        request, guide, compared_with=previous if is_highlighted else None,
        role=role, requested=requested, previous=previous,
    )  # fmt: skip


@role_view("change_role")
def restore_role(request: HttpRequest, role: Role) -> HttpResponse:
    """Show what restoring a version changes in the draft, then restore it."""
    requested, by = _requested(request, role), request.user.get_username()
    guide = _guide_of(requested)
    if guide is None:
        raise PublishingError(_("This draft was incomplete, so it cannot be restored. View it and copy what you need."))
    if request.method == "POST":
        if isinstance(requested, Edition):
            revert_to_edition(edition=requested, by=by)
        else:
            restore_snapshot(snapshot=requested, by=by)
        messages.success(request, _("The draft is restored. Its previous content is saved under “Editions”."))
        return redirect_to_role(role)
    try:
        current = compose(role)
    except InvalidGuide:
        current = None  # an incomplete draft is saved as a snapshot too
    changes = name_occupations(differences(current, guide_after_restore(role=role, guide=guide)))
    return render_page(request, role, "restore", requested=requested, changes=changes)


VIEWS = (("editions", editions), ("look", view_version), ("restore", restore_role))
