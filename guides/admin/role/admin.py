"""The admin page of a role: its draft in groups of parts, with links to all actions."""

import json
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.db.models import ForeignKey, JSONField, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models import Action, AuditLogEntry, Edition, Role
from guides.publishing import audit
from guides.publishing.drafts import status

from . import changelist, history_views, preview_views, publish_views, update_views
from .edit_conflicts import FormState, StoredDraft, merge, stored_rows_first
from .field_links import PREFIXES, WHOLE_FORMSET
from .findings import FieldFinding, Findings, draft_status, findings_by_part
from .forms import UNSAVED, LinesField, NamedAutocomplete, RoleForm
from .inlines import GROUPS, PART_INLINES, Group, role_pk

SAVED_TYPING_COOKIE = f"{settings.COOKIE_PREFIX}typing-saved"
"""A cookie with the ID of the typing that was saved, so that the browser deletes its copy."""


class GroupPanel(NamedTuple):
    """A group of parts on the page, with its counts."""

    group: Group
    formsets: tuple[Any, ...]
    parts: int
    findings: int
    has_errors: bool
    role_findings: tuple[FieldFinding, ...]


@admin.register(Role)
class RoleAdmin(changelist.RoleListAdmin):
    form = RoleForm
    prepopulated_fields = {"slug": ("title",)}
    fields = (
        ("title", "slug"), "alternative_titles", "field", "summary", ("reviewed_on", "review_due", "owner"),
        ("picture", "picture_alt"), "pay_is_representative",
    )  # fmt: skip
    autocomplete_fields = ("picture",)
    formfield_overrides = {JSONField: {"form_class": LinesField}}
    inlines = PART_INLINES
    change_form_template = "admin/guides/role/change_role.html"

    def get_urls(self) -> list[URLPattern]:
        views = (
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"guides_role_{name}")
            for name, view in (*publish_views.VIEWS, *preview_views.VIEWS, *history_views.VIEWS, *update_views.VIEWS)
        )
        return [*views, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        """A role with editions cannot be deleted, because editions cannot. It can be withdrawn."""
        return super().has_delete_permission(request, obj) and not (obj and obj.editions.exists())

    def view_on_site(self, obj: Role) -> str | None:
        """Return the URL of the live edition, which can differ from the slug of the draft."""
        live = Edition.objects.live(at=timezone.now()).filter(role=obj).only("slug").first()
        return Role(slug=live.slug).get_absolute_url() if live else None

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            is_owner = Q(owned_roles=role_pk(request))  # even if that account is no longer active
            kwargs["queryset"] = User.objects.filter(Q(is_staff=True, is_active=True) | is_owner).distinct()
        elif db_field.name == "picture":
            kwargs["widget"] = NamedAutocomplete(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # Saving

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        mutable: Any = request  # its type declares POST as read-only
        mutable.POST = stored_rows_first(request.POST, PREFIXES.values())
        with transaction.atomic():
            if object_id and object_id.isdecimal() and (state := FormState.load(request.POST.get("seen", ""))):
                self._merge(request, object_id, state)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _merge(self, request: HttpRequest, object_id: str, state: FormState) -> None:
        role = Role.objects.select_for_update().filter(pk=object_id).first()
        if role is None or (role.revision == state.revision and "pending" not in request.POST):
            return
        merge_result = merge(data=request.POST, draft=self._stored_draft(request, role), state=state)
        merged: Any = request
        merged.POST, merged.merge_result = merge_result.data, merge_result
        if merge_result.accepted and not merge_result.needs_decision:
            message = _(
                "%(who)s saved this draft while you edited it. These changes are merged with yours: %(changes)s."
            )
            self.message_user(
                request, message % {"who": editors_since(role, state), "changes": "; ".join(merge_result.accepted)}
            )

    def get_form(self, request: HttpRequest, obj: Role | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.merge_result = getattr(request, "merge_result", None)
        form.is_restored = "_restore" in request.POST
        return form

    def _stored_draft(self, request: HttpRequest, role: Role) -> StoredDraft:
        formsets = (
            formset(instance=role, queryset=inline.get_queryset(request), prefix=formset.get_default_prefix())
            for formset, inline in self.get_formsets_with_inlines(request, role)
        )
        return StoredDraft(super().get_form(request, role, change=True)(instance=role), tuple(formsets))

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        status.refresh(roles=(form.instance,))

    def log_addition(self, request: HttpRequest, obj: Role, message: Any) -> Any:
        return self.log_change(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Role, message: Any) -> Any:
        note = LogEntry(change_message=json.dumps(message)).get_change_message()
        return audit.log(Action.SAVED, actor=request.user.get_username(), role=obj, note=note)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Role]) -> Any:
        return [audit.log(Action.DELETED, actor=request.user.get_username(), subject=str(role)) for role in queryset]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        query = urlencode({"role__id__exact": object_id})
        return HttpResponseRedirect(f"{reverse('admin:guides_auditlogentry_changelist')}?{query}")

    def response_add(self, request: HttpRequest, obj: Role, post_url_continue: str | None = None) -> HttpResponse:
        return _with_typing_cookie(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Role) -> HttpResponse:
        for name in ("preview", "publish", "submit"):
            if f"_{name}" in request.POST:
                redirect = HttpResponseRedirect(reverse(f"admin:guides_role_{name}", args=(obj.pk,)))
                return _with_typing_cookie(request, redirect)
        return _with_typing_cookie(request, super().response_change(request, obj))

    # The page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False,
        form_url: str = "", obj: Role | None = None,
    ) -> HttpResponse:  # fmt: skip
        form, formsets = context["adminform"].form, context["inline_admin_formsets"]
        findings = findings_by_part(obj) if obj else {}
        for formset in formsets:
            formset.findings = findings.get((formset.formset.prefix, WHOLE_FORMSET), ())
            for index, part in enumerate(formset.formset.forms):
                part.findings = findings.get((formset.formset.prefix, index), ())
        context |= {
            "panels": tuple(_panels(form, formsets, findings)),
            "merge_result": getattr(request, "merge_result", None),
        }
        context["show_save_and_add_another"] = False
        context["is_restored"] = "_restore" in request.POST
        if form.has_error(NON_FIELD_ERRORS, UNSAVED) and len(context["errors"]) == 1:
            context["errors"] = ()  # the input is valid
        if obj:
            # The next save is compared with what is stored now. A rejected form contains what was typed instead.
            # The revision is read first. If it is older than the rest, the only effect is a needless comparison.
            role, at = Role.objects.get(pk=obj.pk) if form.is_bound else obj, timezone.now()
            unbound = StoredDraft(form, tuple(formset.formset for formset in formsets))
            draft = self._stored_draft(request, role) if form.is_bound else unbound
            context |= draft_status(obj, user=request.user) | {
                "seen": draft.state(revision=role.revision, at=at).dump(),
                "who": editors_since(obj, FormState.load(request.POST.get("seen", ""))),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def _panels(form: Any, formsets: Any, findings: Findings) -> Any:
    by_model = {formset.opts.model: formset for formset in formsets}
    for group in GROUPS:
        members = tuple(by_model[inline.model] for inline in group.inlines if inline.model in by_model)
        is_first = group is GROUPS[0]
        prefixes = {*(formset.formset.prefix for formset in members), *({""} if is_first else ())}
        yield GroupPanel(
            group=group,
            formsets=members,
            parts=sum(len(formset.formset.initial_forms) for formset in members),
            findings=sum(len(found) for (prefix, _row), found in findings.items() if prefix in prefixes),
            has_errors=any(formset.formset.is_bound and not formset.formset.is_valid() for formset in members)
            or (is_first and bool(form.errors.keys() - {NON_FIELD_ERRORS})),
            role_findings=findings.get(("", 0), ()) if is_first else (),
        )


def editors_since(role: Role, state: FormState | None) -> str:
    """Return the names of the users who saved the draft after a form showed it."""
    saves = AuditLogEntry.objects.filter(
        role=role, verb__in=(Action.SAVED, Action.IMPORTED, Action.RESTORED, Action.MERGED)
    )
    names = saves.filter(at__gte=state.at).values_list("by", flat=True) if state else ()
    return ", ".join(dict.fromkeys(names)) or _("Somebody")


def _with_typing_cookie(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if typing := request.POST.get("typing"):
        response.set_cookie(
            SAVED_TYPING_COOKIE, typing[:40], max_age=600, samesite="Strict", secure=request.is_secure()
        )  # fmt: skip
    return response
