"""The parts of a role, each kind as an inline of the role's page."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import ForeignKey, QuerySet
from django.forms import BaseInlineFormSet, ModelChoiceField
from django.http import HttpRequest
from markdownx.models import MarkdownxField

from guides import document
from guides.models import (
    FAQ,
    CareerLevel,
    Consideration,
    EducationRoute,
    EntryStep,
    KeyFact,
    RelatedRole,
    Responsibility,
    Role,
    RoleSkill,
    SalaryBand,
    Section,
    ToolkitItem,
)  # fmt: skip

from .forms import AmountField, NumberInput, PartForm, PartFormSet, ProseWidget, SettingsField


class PartInline(admin.StackedInline):
    """Stacked, as a tabular inline loses the labels of Markdown fields."""

    form = PartForm
    formset = PartFormSet
    extra = 0
    max_num = document.MOST_PARTS
    classes = ("collapse",)
    formfield_overrides = {
        MarkdownxField: {"widget": ProseWidget},
        models.DecimalField: {"form_class": AmountField},
        models.PositiveSmallIntegerField: {"widget": NumberInput},
    }

    def get_formset(self, request: HttpRequest, obj: Role | None = None, **kwargs: Any) -> type[BaseInlineFormSet]:
        # A form that claims millions of rows is cut off here, and not after as many have been made.
        return super().get_formset(request, obj, absolute_max=document.MOST_PARTS + 1, **kwargs)

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> ModelChoiceField | None:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name not in self.autocomplete_fields:
            field.choices = tuple(field.iterator(field))  # asked of the database once, not once a row
        return field


class SectionInline(PartInline):
    model = Section
    fields = (("chapter", "position"), "heading", "body")


class KeyFactInline(PartInline):
    model = KeyFact
    formfield_overrides = PartInline.formfield_overrides | {models.JSONField: {"form_class": SettingsField}}
    fields = (
        ("kind", "position"),
        "text",
        ("value_low", "value_high", "value_and_more", "value_approximate"),
        ("value_unit", "value_per"),
        ("education", "settings"),
        "source",
    )


class ResponsibilityInline(PartInline):
    model = Responsibility
    fields = (("title", "position"), "detail")


class RoleSkillInline(PartInline):
    model = RoleSkill
    fields = (("skill", "position"), "purpose")
    autocomplete_fields = ("skill",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[RoleSkill]:
        return super().get_queryset(request).select_related("skill")


class EntryStepInline(PartInline):
    model = EntryStep
    fields = (("title", "position"), "body")


class EducationRouteInline(PartInline):
    model = EducationRoute
    fields = (
        ("title", "position"),
        "body",
        ("cost_low", "cost_high", "cost_and_more", "cost_approximate", "cost_currency"),
        ("duration_low", "duration_high", "duration_and_more", "duration_approximate", "duration_unit"),
        "source",
    )


class CareerLevelInline(PartInline):
    model = CareerLevel
    fields = (("title", "position"), ("years_from", "years_to"), "summary", "focus", "source")


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
            # The levels of this role only; a role that is being added has none yet.
            role = request.resolver_match and request.resolver_match.kwargs.get("object_id")
            kwargs["queryset"] = CareerLevel.objects.filter(role=role) if role else CareerLevel.objects.none()
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
    fields = (("relation", "position"), ("title", "slug"), "note")


class ToolkitItemInline(PartInline):
    model = ToolkitItem
    fields = (("kind", "position"), "title", "body")


PART_INLINES = (
    KeyFactInline,
    SectionInline,
    ResponsibilityInline,
    RoleSkillInline,
    EntryStepInline,
    EducationRouteInline,
    CareerLevelInline,
    SalaryBandInline,
    ConsiderationInline,
    FAQInline,
    RelatedRoleInline,
    ToolkitItemInline,
)
