"""A role's page at the desk: its draft in groups of parts, and what can be done with it."""

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

from guides.models import Act, Action, Role
from guides.publishing import audit
from guides.publishing.drafts import status

from . import changelist, history_views, preview_views, publish_views
from .edit_conflicts import Draft, Seen, in_order, meet
from .field_links import WHOLE
from .findings import Findings, Told, findings_by_part, standing_of
from .forms import NOT_YET, ChosenInput, LinesField, RoleForm
from .inlines import GROUPS, PART_INLINES, PREFIXES, role_shown
from .inlines import Group as GroupOfParts

TYPING_SAVED = f"{settings.COOKIE_PREFIX}typing-saved"
"""The cookie that tells the browser which typing it need not keep any longer."""


class Group(NamedTuple):
    """A group of parts as the page shows it."""

    of: GroupOfParts
    formsets: tuple[Any, ...]
    parts: int
    findings: int
    has_errors: bool
    of_role: tuple[Told, ...]


@admin.register(Role)
class RoleAdmin(changelist.Shelf):
    form = RoleForm
    prepopulated_fields = {"slug": ("title",)}
    fields = (
        ("title", "slug"), "alternative_titles", "field", "summary", ("reviewed_on", "review_due", "owner"),
        ("picture", "picture_alt"),
    )  # fmt: skip
    autocomplete_fields = ("picture",)
    formfield_overrides = {JSONField: {"form_class": LinesField}}
    inlines = PART_INLINES
    change_form_template = "admin/guides/role/change_role.html"

    def get_urls(self) -> list[URLPattern]:
        ways = (
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"guides_role_{name}")
            for name, view in (*publish_views.WAYS, *preview_views.WAYS, *history_views.WAYS)
        )
        return [*ways, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        """A role with editions stays, as they do: it is withdrawn instead."""
        return super().has_delete_permission(request, obj) and not (obj and obj.editions.exists())

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "owner":
            present = Q(owned_roles=role_shown(request))  # who has left owns it until somebody else does
            kwargs["queryset"] = User.objects.filter(Q(is_staff=True, is_active=True) | present).distinct()
        elif db_field.name == "picture":
            kwargs["widget"] = ChosenInput(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    # Saving

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:  # fmt: skip
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        post: Any = request  # whose type says that nobody may set it
        post.POST = in_order(request.POST, PREFIXES)
        with transaction.atomic():
            if object_id and object_id.isdecimal() and (seen := Seen.load(request.POST.get("seen", ""))):
                self._meet(request, object_id, seen)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _meet(self, request: HttpRequest, object_id: str, seen: Seen) -> None:
        role = Role.objects.select_for_update().filter(pk=object_id).first()
        if role is None or (role.revision == seen.revision and "pending" not in request.POST):
            return
        meeting = meet(data=request.POST, draft=self._stored(request, role), seen=seen)
        met: Any = request
        met.POST, met.meeting = meeting.data, meeting
        if meeting.taken and not meeting.is_open:
            told = _("%(who)s saved this draft while you were at it. Kept beside your changes: %(changes)s.")
            self.message_user(request, told % {"who": who_since(role, seen), "changes": "; ".join(meeting.taken)})

    def get_form(self, request: HttpRequest, obj: Role | None = None, change: bool = False, **kwargs: Any) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.meeting = getattr(request, "meeting", None)
        form.is_brought_back = "_bring_back" in request.POST
        return form

    def _stored(self, request: HttpRequest, role: Role) -> Draft:
        formsets = (
            formset(instance=role, queryset=inline.get_queryset(request), prefix=formset.get_default_prefix())
            for formset, inline in self.get_formsets_with_inlines(request, role)
        )
        return Draft(super().get_form(request, role, change=True)(instance=role), tuple(formsets))

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        status.refresh(roles=(form.instance,))

    def log_addition(self, request: HttpRequest, obj: Role, message: Any) -> Any:
        return self.log_change(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Role, message: Any) -> Any:
        told = LogEntry(change_message=_as_json(message)).get_change_message()
        return audit.log(Action.SAVED, actor=request.user.get_username(), role=obj, note=told)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Role]) -> Any:
        return [audit.log(Action.DELETED, actor=request.user.get_username(), subject=str(role)) for role in queryset]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        query = urlencode({"role__id__exact": object_id})
        return HttpResponseRedirect(f"{reverse('admin:guides_act_changelist')}?{query}")

    def response_add(self, request: HttpRequest, obj: Role, post_url_continue: str | None = None) -> HttpResponse:
        return _typing_saved(request, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Role) -> HttpResponse:
        for name in ("preview", "publish", "submit"):
            if f"_{name}" in request.POST:
                way = HttpResponseRedirect(reverse(f"admin:guides_role_{name}", args=(obj.pk,)))
                return _typing_saved(request, way)
        return _typing_saved(request, super().response_change(request, obj))

    # The page

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], add: bool = False, change: bool = False,
        form_url: str = "", obj: Role | None = None,
    ) -> HttpResponse:  # fmt: skip
        form, formsets = context["adminform"].form, context["inline_admin_formsets"]
        findings = findings_by_part(obj) if obj else {}
        for formset in formsets:
            formset.findings = findings.get((formset.formset.prefix, WHOLE), ())
            for index, part in enumerate(formset.formset.forms):
                part.findings = findings.get((formset.formset.prefix, index), ())
        context |= {"groups": tuple(_groups(form, formsets, findings)), "meeting": getattr(request, "meeting", None)}
        context["show_save_and_add_another"] = False
        context["is_brought_back"] = "_bring_back" in request.POST
        if form.has_error(NON_FIELD_ERRORS, NOT_YET) and len(context["errors"]) == 1:
            context["errors"] = ()  # there is nothing to correct
        if obj:
            # What is stored now is what the next saving is compared with; a form that was refused holds what was typed.
            # The revision is older than the rest of it, if anything: then it is looked at once too often.
            role, at = Role.objects.get(pk=obj.pk) if form.is_bound else obj, timezone.now()
            shown = Draft(form, tuple(formset.formset for formset in formsets))
            draft = self._stored(request, role) if form.is_bound else shown
            context |= standing_of(obj, user=request.user) | {
                "seen": draft.seen(revision=role.revision, at=at).dump(),
                "who": who_since(obj, Seen.load(request.POST.get("seen", ""))),
            }
        return super().render_change_form(request, context, add, change, form_url, obj)


def _groups(form: Any, formsets: Any, findings: Findings) -> Any:
    by_model = {formset.opts.model: formset for formset in formsets}
    for group in GROUPS:
        shown = tuple(by_model[inline.model] for inline in group.inlines if inline.model in by_model)
        is_first = group is GROUPS[0]
        prefixes = {*(formset.formset.prefix for formset in shown), *({""} if is_first else ())}
        yield Group(
            of=group,
            formsets=shown,
            parts=sum(len(formset.formset.initial_forms) for formset in shown),
            findings=sum(len(of) for (prefix, _row), of in findings.items() if prefix in prefixes),
            has_errors=any(formset.formset.is_bound and not formset.formset.is_valid() for formset in shown)
            or (is_first and bool(form.errors.keys() - {NON_FIELD_ERRORS})),
            of_role=findings.get(("", 0), ()) if is_first else (),
        )


def who_since(role: Role, seen: Seen | None) -> str:
    """The names of those who have stored something of the draft since a form showed it."""
    stored = Act.objects.filter(role=role, verb__in=(Action.SAVED, Action.IMPORTED, Action.RESTORED, Action.MERGED))
    names = stored.filter(at__gte=seen.at).values_list("by", flat=True) if seen else ()
    return ", ".join(dict.fromkeys(names)) or _("Somebody")


def _as_json(message: Any) -> str:
    return json.dumps(message) if isinstance(message, list) else str(message)


def _typing_saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    if typing := request.POST.get("typing"):
        response.set_cookie(
            TYPING_SAVED, typing[:40], max_age=600, samesite="Strict", secure=request.is_secure()
        )  # fmt: skip
    return response
