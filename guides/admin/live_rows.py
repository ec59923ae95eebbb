"""The admin of rows without drafts: starting jobs and search intents. Visitors see changes at once."""

import json
import re
from collections import defaultdict
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, Field, JSONField, Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import words
from guides.admin.role.forms import LinesField
from guides.admin.role.occupations import CodeField, require_known_code, show_official_title
from guides.models import Action, SearchIntent, StartingJob
from guides.publishing import audit
from guides.schema.types import MAX_LINE_LENGTH

AT_ONCE = gettext_lazy("These rows have no draft. Visitors see a change as soon as you save it.")


class LiveRowAdmin(admin.ModelAdmin):
    """Every change is in the audit log, because nobody publishes it."""

    formfield_overrides = {JSONField: {"form_class": LinesField}}

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return [(None, {"fields": self.get_fields(request, obj), "description": AT_ONCE})]

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        return _log(Action.ROW_ADDED, request, obj)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        return _log(Action.ROW_CHANGED, request, obj, LogEntry(change_message=json.dumps(message)).get_change_message())

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Any]) -> Any:
        return [_log(Action.ROW_DELETED, request, row) for row in queryset]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        row = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        query = urlencode({"q": _subject(row) if row else ""})
        return HttpResponseRedirect(f"{reverse('admin:guides_auditlogentry_changelist')}?{query}")


def _subject(row: Model) -> str:
    return f"{str(row._meta.verbose_name).capitalize()}: {row}"[:MAX_LINE_LENGTH]


def _log(action: Action, request: HttpRequest, row: Model, note: str = "") -> Any:
    return audit.log(action, actor=request.user.get_username(), subject=_subject(row), note=note)


# Starting jobs


class StartingJobForm(forms.ModelForm):
    """A starting job. Its titles belong to no other job, and its code is in the imported classification."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if field := self.fields.get("code"):
            show_official_title(cast("CodeField", field), self.instance.code)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code and "code" in self.changed_data:
            require_known_code(code, cast("CodeField", self.fields["code"]).titles)
        return code

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        others = StartingJob.objects.exclude(pk=self.instance.pk)
        owners = {words.key(name): job.title for job in others for name in (job.title, *job.other_titles)}
        typed = {"title": [cleaned.get("title", "")], "other_titles": cleaned.get("other_titles") or []}
        for field, names in typed.items():
            for name in names:
                if owner := name and owners.get(words.key(name)):
                    message = _("“%(name)s” is a title of the starting job “%(owner)s”. Remove it from one of the two.")
                    self.add_error(field, ValidationError(message % {"name": name, "owner": owner}, code="taken"))
        return cleaned


@admin.register(StartingJob)
class StartingJobAdmin(LiveRowAdmin):
    form = StartingJobForm
    change_form_template = "admin/guides/starting_job.html"
    fields = (("title", "slug"), "other_titles", "code", "skills")
    autocomplete_fields = ("skills",)
    ordering = ("title",)
    list_display = ("title", "code", "skill_count")
    search_fields = ("title", "slug", "other_titles", "code", "skills__name")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return cast("QuerySet[Any]", super().get_queryset(request).annotate(skill_count=Count("skills")))

    @admin.display(description=gettext_lazy("skills"), ordering="skill_count")
    def skill_count(self, job: Any) -> int:
        return int(job.skill_count)

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> tuple[str, ...]:
        """An address stays, because guides and addresses of pages contain it."""
        return ("slug",) if obj else ()

    def get_prepopulated_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        return {} if obj else {"slug": ("title",)}

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "code":
            return CodeField(label=capfirst(db_field.verbose_name), help_text=db_field.help_text, required=False)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


# Search intents

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_SAMPLES = {"amount": "50000", "place": "texas", "guide": "a", "other": "b"}
"""The placeholders, with values that an address is checked with."""

_IN_PHRASES = {"amount", "place"}
"""Placeholders that a phrase contains. The others are guides that the query names."""


class SearchIntentForm(forms.ModelForm):
    def clean_phrases(self) -> list[str]:
        phrases: list[str] = self.cleaned_data["phrases"]
        if not phrases:
            raise ValidationError(_("Enter at least one phrase."), code="required")
        if unknown := {name for phrase in phrases for name in _PLACEHOLDER.findall(phrase)} - _IN_PHRASES:
            message = _("A phrase can contain {amount} and {place}, but not %s.")
            raise ValidationError(message % ", ".join(f"{{{name}}}" for name in sorted(unknown)), code="placeholder")
        return phrases

    def clean_target(self) -> str:
        """Check that the site has a page at the address."""
        target: str = self.cleaned_data["target"]
        self._check_placeholders("target", target)
        path = _PLACEHOLDER.sub(lambda found: _SAMPLES.get(found[1], found[0]), re.split(r"[?#]", target)[0])
        try:
            is_page = target.startswith("/") and not target.startswith("//") and resolve(path).namespace == "guides"
        except Resolver404:
            is_page = False
        if not is_page:
            message = _("The site has no page “%s”. Enter a path such as /guides/?setting=remote, with its last slash.")
            raise ValidationError(message % path, code="unknown")
        return target

    def clean_message(self) -> str:
        message: str = self.cleaned_data["message"]
        self._check_placeholders("message", message)
        return message

    def _check_placeholders(self, field: str, text: str) -> None:
        if unknown := set(_PLACEHOLDER.findall(text)) - _SAMPLES.keys():
            message = _("There is no placeholder %s. Use {amount}, {place}, {guide} or {other}.")
            raise ValidationError(message % ", ".join(f"{{{name}}}" for name in sorted(unknown)), code="placeholder")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        phrases = cleaned.get("phrases") or []
        for field in ("target", "message"):
            for name in sorted(set(_PLACEHOLDER.findall(cleaned.get(field) or "")) & _IN_PHRASES):
                if missing := [phrase for phrase in phrases if f"{{{name}}}" not in phrase]:
                    message = _("It contains {%(name)s}, but these phrases do not: %(phrases)s. Add it to them.")
                    names = {"name": name, "phrases": ", ".join(f"“{phrase}”" for phrase in missing)}
                    self.add_error(field, ValidationError(message % names, code="placeholder"))
        if "target" in cleaned:
            self._refuse_phrases_of_others(phrases, cleaned["target"])
        return cleaned

    def _refuse_phrases_of_others(self, phrases: list[str], target: str) -> None:
        """Two intents can share a phrase only if one of them needs the name of a guide in the query."""
        owners: dict[tuple[int, str], list[SearchIntent]] = defaultdict(list)
        for intent in SearchIntent.objects.exclude(pk=self.instance.pk):
            for phrase in intent.phrases:
                owners[_guides_needed(intent.target), words.key(phrase)].append(intent)
        for phrase in phrases:
            for owner in owners[_guides_needed(target), words.key(phrase)]:
                message = _("“%(phrase)s” is a phrase of intent %(order)d, too. Remove it from one of the two.")
                names = {"phrase": phrase, "order": owner.order}
                self.add_error("phrases", ValidationError(message % names, code="taken"))


def _guides_needed(target: str) -> int:
    return ("{guide}" in target) + ("{other}" in target)


@admin.register(SearchIntent)
class SearchIntentAdmin(LiveRowAdmin):
    form = SearchIntentForm
    fields = ("order", "phrases", "target", "message")
    list_display = ("order", "__str__", "target", "message")
    list_display_links = ("__str__",)
    search_fields = ("phrases", "target", "message")
