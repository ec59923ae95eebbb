"""The list of roles: search by title and skill, filters by draft status, and bulk actions."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models import FieldOfWork, Role
from guides.publishing.drafts import official_status, status
from guides.publishing.drafts.bulk_edit import bulk_update
from guides.publishing.drafts.status import State
from guides.publishing.drafts.update_figures import NothingToUpdate, update_figures
from guides.schema import InvalidGuide

from .forms import whole_number

MAX_UPDATED = 200
"""Roles whose figures are updated at once. Each takes about 50 milliseconds."""


class _OptionFilter(admin.SimpleListFilter):
    """A filter with a fixed list of options."""

    options: tuple[tuple[str, Any], ...] = ()

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> tuple[tuple[str, Any], ...]:
        return self.options


class StateFilter(_OptionFilter):
    title = gettext_lazy("state")
    parameter_name = "state"
    flags = (
        ("scheduled", gettext_lazy("Scheduled")),
        ("submitted", gettext_lazy("Submitted")),
        ("sent_back", gettext_lazy("Sent back")),
    )
    options = (*State.choices, *flags)

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value in dict(self.flags):
            return queryset.filter(**{value: True})
        return queryset.filter(state=value) if value in State else queryset


class DueFilter(_OptionFilter):
    title = gettext_lazy("review")
    parameter_name = "review"
    options = (
        ("due", gettext_lazy("Due for review")),
        ("stale", gettext_lazy("Figures past their limit")),
        ("none", gettext_lazy("No review date")),
    )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Role]) -> QuerySet[Role]:
        today = timezone.localdate()
        match self.value():
            case "due":
                return status.due(queryset, on=today)
            case "stale":
                return status.stale(queryset, on=today)
            case "none":
                return queryset.filter(review_due__isnull=True)
        return queryset


class OfficialFilter(_OptionFilter):
    title = gettext_lazy("official statistics")
    parameter_name = "official"
    options = (
        ("far", gettext_lazy("Figures far from the official ones")),
        ("older", gettext_lazy("Figures from an older release")),
        ("none", gettext_lazy("No occupation")),
    )

    def queryset(self, request: HttpRequest, queryset: QuerySet[Role]) -> QuerySet[Role]:
        match self.value():
            case "far":
                return official_status.far_from_official(queryset)
            case "older":
                return official_status.with_older_release(queryset)
            case "none":
                return queryset.filter(occupations__isnull=True)
        return queryset


class OwnerFilter(admin.SimpleListFilter):
    title = gettext_lazy("owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        owners = User.objects.filter(owned_roles__isnull=False).distinct().order_by("username")
        return [
            ("me", _("Mine")),
            ("none", _("Nobody")),
            *((str(owner.pk), str(owner)) for owner in owners if owner != request.user),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Role]) -> QuerySet[Role]:
        match self.value():
            case "me":
                return queryset.filter(owner=request.user.pk)
            case "none":
                return queryset.filter(owner__isnull=True)
            case str(pk) if whole_number(pk):
                return queryset.filter(owner=whole_number(pk))
        return queryset


class BulkEditForm(forms.Form):
    """Values to set for all selected roles. Empty fields change nothing."""

    field = forms.ModelChoiceField(
        FieldOfWork.objects, label=gettext_lazy("Field of work"), required=False, empty_label=gettext_lazy("unchanged")
    )
    owner = forms.ModelChoiceField(
        User.objects.filter(is_staff=True, is_active=True).order_by("username"),
        label=gettext_lazy("Owner"), required=False, empty_label=gettext_lazy("unchanged"),
    )  # fmt: skip
    review_due = forms.DateField(
        label=gettext_lazy("Review due"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def clean(self) -> dict[str, Any]:
        cleaned = {name: value for name, value in (super().clean() or {}).items() if value is not None}
        if not cleaned and not self.errors:
            raise forms.ValidationError(_("Choose a field of work, an owner or a review date."))
        return cleaned


class RoleListAdmin(admin.ModelAdmin):
    list_display = ("title", "state", "field", "owner", "reviewed_on", "review_due", "updated_at")
    list_filter = (StateFilter, DueFilter, OfficialFilter, "field", OwnerFilter, "review_due")
    list_select_related = ("field", "owner")
    list_per_page = 50
    search_fields = ("title", "slug", "alternative_titles", "skills__name")
    actions = ("bulk_edit", "update_figures")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Role]:
        return status.with_state(super().get_queryset(request), at=timezone.now())

    @admin.display(description=gettext_lazy("state"))
    def state(self, role: Any) -> str:
        return ", ".join(_states(role))

    @admin.action(description=gettext_lazy("Set field of work, owner or review date …"), permissions=["change"])
    def bulk_edit(self, request: HttpRequest, queryset: QuerySet[Role]) -> HttpResponse | None:
        form = BulkEditForm(request.POST if "bulk_edit" in request.POST else None)
        if form.is_bound and form.is_valid():
            count = bulk_update(roles=queryset, by=request.user.get_username(), **form.cleaned_data)
            messages.success(request, _("Changed %d roles.") % count)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Change several roles"),
            "opts": self.opts,
            "roles": queryset,
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/guides/role/bulk_edit.html", context, status=422 if form.errors else 200)

    @admin.action(description=gettext_lazy("Update figures to the current releases …"), permissions=["change"])
    def update_figures(self, request: HttpRequest, queryset: QuerySet[Role]) -> HttpResponse | None:
        """Confirm, then update each draft, and list what happened to each."""
        if queryset.count() > MAX_UPDATED:
            messages.warning(request, _("Select at most %d roles.") % MAX_UPDATED)
            return None
        is_confirmed = "update_figures" in request.POST
        results = [_update(role, request.user.get_username()) for role in queryset] if is_confirmed else []
        context = {
            **self.admin_site.each_context(request),
            "title": _("Updated figures") if is_confirmed else _("Update figures"),
            "opts": self.opts,
            "roles": queryset,
            "results": results,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/guides/role/bulk_update.html", context)


class UpdateResult(NamedTuple):
    """The number of updated figures of a role, and sentences about those that were not updated."""

    role: Role
    updated: int
    notes: tuple[str, ...]


def _update(role: Role, by: str) -> UpdateResult:
    try:
        plan = update_figures(role=role, by=by)
    except NothingToUpdate as error:
        return UpdateResult(role, 0, (str(error),))
    except InvalidGuide:
        return UpdateResult(role, 0, (_("The draft is incomplete. Correct its errors first."),))
    return UpdateResult(role, len(plan.updates), plan.notes)


def _states(role: Any) -> Iterator[str]:
    yield str(State(role.state).label)
    if role.scheduled:
        yield _("scheduled")
    if role.submitted:
        yield _("submitted")
    if role.sent_back and role.state != State.UNCHANGED:
        yield _("sent back")
