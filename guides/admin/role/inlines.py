"""Inlines for the parts of a role, in groups."""

from typing import Any, NamedTuple

from django.contrib import admin
from django.db import models
from django.db.models import ForeignKey, QuerySet
from django.forms import BaseInlineFormSet, ModelChoiceField
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from markdownx.models import MarkdownxField

from guides import schema
from guides.models import (
    FAQ,
    ApplicationExample,
    CareerLevel,
    Consideration,
    EducationRoute,
    EntryStep,
    InterviewQuestion,
    KeyFact,
    RelatedRole,
    Requirement,
    Responsibility,
    Role,
    RoleOccupation,
    RoleSkill,
    SalaryBand,
    Section,
    Skill,
    ToolkitItem,
)  # fmt: skip

from .forms import (
    AmountField,
    LinesField,
    NamedAutocomplete,
    NumberInput,
    PartForm,
    PartFormSet,
    ProseWidget,
    SettingsField,
)
from .occupations import CodeField, OccupationForm, OccupationFormSet
from .references import ReferenceForm, certificate_field, experience_field, starting_job_field


def role_pk(request: HttpRequest) -> int:
    """Return the primary key of the role on this page, or 0 on the page that adds a role."""
    key = request.resolver_match.kwargs.get("object_id", "") if request.resolver_match else ""
    return int(key) if key.isdecimal() else 0


class PartInline(admin.StackedInline):
    """A stacked inline, because a tabular one hides the labels of Markdown fields."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    max_num = schema.MAX_PARTS
    template = "admin/guides/role/_inline.html"
    formfield_overrides = {
        MarkdownxField: {"widget": ProseWidget},
        models.DecimalField: {"form_class": AmountField},
        models.PositiveSmallIntegerField: {"widget": NumberInput},
    }

    def get_formset(self, request: HttpRequest, obj: Role | None = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        # Limits the rows that a forged management form can create.
        return super().get_formset(request, obj, absolute_max=schema.MAX_PARTS + 1, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name not in self.autocomplete_fields:
            field.choices = tuple(field.iterator(field))  # one query instead of one per row
        return field


class SectionInline(PartInline):
    model = Section
    fields = (("chapter", "position"), "heading", "body")


class KeyFactInline(PartInline):
    model = KeyFact
    formfield_overrides = PartInline.formfield_overrides | {models.JSONField: {"form_class": SettingsField}}
    fields = (
        ("kind", "position"),
        "short",
        "text",
        ("value_low", "value_high", "value_and_more", "value_approximate"),
        ("value_unit", "value_per"),
        "settings",
        "source",
    )


class ResponsibilityInline(PartInline):
    model = Responsibility
    fields = (("title", "position"), "detail")


class RoleSkillInline(PartInline):
    model = RoleSkill
    formfield_overrides = PartInline.formfield_overrides | {models.JSONField: {"form_class": LinesField}}
    fields = (("skill", "position"), ("importance", "proficiency"), "one_of", "purpose", "gained", "gained_by")
    autocomplete_fields = ("skill",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleSkill]:
        return super().get_queryset(request).select_related("skill")

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "skill":
            kwargs["widget"] = widget = NamedAutocomplete(db_field, self.admin_site)
            selected = Skill.objects.filter(roles=role_pk(request)).values_list("pk", "name")
            widget.names = {str(pk): name for pk, name in selected}
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class RequirementInline(PartInline):
    model = Requirement
    form = ReferenceForm
    template = "admin/guides/role/_requirements.html"
    fields = (
        ("education", "position"),
        ("years_from", "years_to", "experience"),
        "certificate",
        "note",
        "source",
    )

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "certificate":
            return certificate_field(db_field, role_pk=role_pk(request))
        if db_field.name == "experience":
            return experience_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class EntryStepInline(PartInline):
    model = EntryStep
    fields = (("title", "position"), "body")


class EducationRouteInline(PartInline):
    model = EducationRoute
    fields = (
        ("title", "position"),
        "education",
        "body",
        ("cost_low", "cost_high", "cost_and_more", "cost_approximate", "cost_currency"),
        ("duration_low", "duration_high", "duration_and_more", "duration_approximate", "duration_unit"),
        "source",
    )


class CareerLevelInline(PartInline):
    model = CareerLevel
    fields = (("title", "position"), ("years_from", "years_to"), "summary", "focus", "source")


class RoleOccupationInline(PartInline):
    model = RoleOccupation
    form = OccupationForm
    formset = OccupationFormSet
    template = "admin/guides/role/_occupations.html"
    fields = (("code", "position"), "relation", "covers")

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "code":
            return CodeField(label=capfirst(db_field.verbose_name), help_text=db_field.help_text)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class SalaryBandInline(PartInline):
    model = SalaryBand
    fields = (
        ("basis", "position"),
        "label",
        ("level", "country"),
        ("low", "median", "mean", "high"),
        "range_label",
        ("and_more", "approximate", "currency", "period"),
        "source",
    )

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        if db_field.name == "level":
            # Only the levels of this role.
            kwargs["queryset"] = CareerLevel.objects.filter(role=role_pk(request))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SalaryBand]:
        return super().get_queryset(request).select_related("level")


class ConsiderationInline(PartInline):
    model = Consideration
    fields = (("kind", "position"), "title", "detail")


class FAQInline(PartInline):
    model = FAQ
    fields = (("question", "position"), "answer")


class RelatedRoleInline(PartInline):
    model = RelatedRole
    form = ReferenceForm
    fields = (("relation", "position"), "title", ("slug", "starting_job"), "note")

    def formfield_for_dbfield(self, db_field: models.Field, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "starting_job":
            return starting_job_field(db_field)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ToolkitItemInline(PartInline):
    model = ToolkitItem
    fields = (("kind", "position"), "title", "body")


class ApplicationExampleInline(PartInline):
    model = ApplicationExample
    fields = (("from_job", "position"), "meets", "resume", "letter")


class InterviewQuestionInline(PartInline):
    model = InterviewQuestion
    fields = (("question", "position"), "theme", "shows")


class Group(NamedTuple):
    """Parts that an editor works on together. `key` is used in the anchor of the group."""

    key: str
    title: Any
    inlines: tuple[type[PartInline], ...]


GROUPS = (
    Group("facts", _("Facts"), (KeyFactInline,)),
    Group("prose", _("Prose"), (SectionInline,)),
    Group("duties", _("Duties and skills"), (ResponsibilityInline, RoleSkillInline)),
    Group("entry", _("Route in"), (RequirementInline, EntryStepInline, EducationRouteInline)),
    Group("pay", _("Pay and levels"), (RoleOccupationInline, CareerLevelInline, SalaryBandInline)),
    Group("questions", _("Questions"), (FAQInline, ConsiderationInline)),
    Group("toolkit", _("Toolkit"), (ToolkitItemInline, ApplicationExampleInline, InterviewQuestionInline)),
    Group("related", _("Related"), (RelatedRoleInline,)),
)
PART_INLINES = tuple(inline for group in GROUPS for inline in group.inlines)
