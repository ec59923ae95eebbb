"""Preview, publish and withdraw: the buttons on a role. Publishing asks first, and says what it did."""

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guides.document import Refused
from guides.formats import prose
from guides.models import Edition, Role
from guides.publishing import PublishingError
from guides.publishing.compose import compose
from guides.publishing.publish import publish
from guides.publishing.schedule import cancel
from guides.publishing.withdraw import withdraw
from guides.reading.page import page_of

from .forms import PublishForm

# Views of their own are shielded as the admin's are: `admin_site.admin_view` sees to staff, and these to permissions.
may_publish = permission_required("guides.publish_role", raise_exception=True)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader's own page, made from the draft as it is stored now."""
    role = get_object_or_404(Role, pk=pk)
    if not admin.site.get_model_admin(Role).has_view_permission(request, role):
        raise PermissionDenied
    try:
        guide = compose(role)
    except Refused as error:
        return _ask(request, role, "faults", faults=error.faults, status=422)
    page = page_of(guide, prose.render_all(guide), at=timezone.now())
    return render(request, "guides/desk/preview.html", {"page": page, "role": role})


@require_http_methods(("GET", "HEAD", "POST"))
@may_publish
def publish_role(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role, pk=pk)
    form = PublishForm(request.POST if request.method == "POST" else None)
    try:
        if not form.is_valid():
            compose(role)
            return _ask(request, role, "publish", form=form)
        edition = publish(role=role, by=request.user.get_username(), note=form.cleaned_data["note"])
    except Refused as error:
        return _ask(request, role, "faults", faults=error.faults, status=422)
    except PublishingError as error:
        messages.warning(request, str(error))
    else:
        _record(request, role, _("Published edition %d.") % edition.number)
        messages.success(request, _("Published %s. Visitors see it now.") % edition)
    return redirect("admin:guides_role_change", role.pk)


@require_http_methods(("GET", "HEAD", "POST"))
@may_publish
def withdraw_role(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role, pk=pk)
    if request.method != "POST":
        return _ask(request, role, "withdraw")
    try:
        _take_away(role, request.user.get_username())
    except PublishingError as error:
        messages.warning(request, str(error))
    else:
        _record(request, role, _("Withdrew the guide."))
        messages.success(request, _("Withdrew %s. Visitors no longer find it; the draft is kept.") % role)
    return redirect("admin:guides_role_change", role.pk)


@transaction.atomic
def _take_away(role: Role, by: str) -> None:
    """Withdraw the guide now; where it is not live yet, cancel what is to come."""
    now, of_role = timezone.now(), Edition.objects.filter(role=role)
    coming = () if of_role.live(at=now).exists() else tuple(of_role.to_come(at=now).order_by("live_from"))
    for edition in coming:
        cancel(edition=edition)
    if not coming:
        withdraw(role=role, by=by)


def _ask(request: HttpRequest, role: Role, page: str, *, status: int = 200, **context: object) -> HttpResponse:
    now = timezone.now()
    of_role = Edition.objects.filter(role=role)
    seen = {"live": of_role.live(at=now).first(), "to_come": of_role.to_come(at=now).order_by("live_from").first()}
    context |= {**admin.site.each_context(request), **seen, "role": role, "opts": Role._meta}
    return render(request, f"guides/desk/{page}.html", context, status=status)


def _record(request: HttpRequest, role: Role, message: str) -> None:
    LogEntry.objects.log_actions(str(request.user.pk), [role], CHANGE, message, single_object=True)
