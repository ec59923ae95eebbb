"""The admin of skills: broader skills, facts about certificates, and merging."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import Count, DecimalField, JSONField, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.admin.role.forms import AmountField, LinesField
from guides.choices import SkillKind
from guides.models import Certificate, Requirement, Skill
from guides.publishing import PublishingError
from guides.publishing.drafts.merge_skills import merge_skills

from .taxonomy import SharedRowAdmin

MAX_WORDINGS = 12
"""How many résumé phrases an editor may enter. The schema allows more, because older editions have more."""


class SkillForm(forms.ModelForm):
    """A skill. Broader skills are one level deep."""

    def clean_wordings(self) -> list[str]:
        wordings: list[str] = self.cleaned_data["wordings"]
        if len(wordings) > MAX_WORDINGS and "wordings" in self.changed_data:
            message = _("Enter at most %(most)d phrases. The site finds synonyms and misspellings itself.")
            raise ValidationError(message, params={"most": MAX_WORDINGS})
        return wordings

    def clean_broader(self) -> Skill | None:
        broader: Skill | None = self.cleaned_data["broader"]
        if broader is None:
            return None
        names: dict[str, Any] = {"broader": broader}
        if broader.pk == self.instance.pk:
            message = _("A skill cannot be its own broader skill. Choose another one, or none.")
        elif broader.broader:
            message = _(
                "“%(broader)s” has a broader skill itself, and there is only one level. Choose “%(above)s” instead, or "
                "clear the broader skill of “%(broader)s” first."
            )
            names["above"] = broader.broader
        elif self.instance.pk and (narrower := list(self.instance.narrower.all())):
            message = _(
                "This skill is the broader one of %(narrower)s, and there is only one level. Choose none here, or "
                "choose “%(broader)s” as the broader skill of those first."
            )
            names["narrower"] = ", ".join(f"“{skill}”" for skill in narrower)
        else:
            return broader
        raise ValidationError(message % names, code="levels")


class CertificateFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        super().clean()
        remaining = [form for form in self.forms if form not in self.deleted_forms]
        has_facts = any(form.instance.pk or form.has_changed() for form in remaining)
        if has_facts and self.instance.kind != SkillKind.CERTIFICATE:
            raise ValidationError(
                _("Only a certificate has these facts. Choose the kind ‘%s’ above, or delete them.")
                % SkillKind.CERTIFICATE.label
            )


class CertificateInline(admin.StackedInline):
    model = Certificate
    formset = CertificateFormSet
    verbose_name = verbose_name_plural = gettext_lazy("Facts about the certificate")
    extra = max_num = 1
    autocomplete_fields = ("source",)
    formfield_overrides = {DecimalField: {"form_class": AmountField}}
    fields = (
        "issuer", "address", "eligibility",
        ("fee_low", "fee_high", "fee_and_more", "fee_approximate", "fee_currency"),
        ("training_low", "training_high", "training_and_more", "training_approximate", "training_unit"),
        "renewal", "source",
    )  # fmt: skip


class FactsFilter(admin.SimpleListFilter):
    title = gettext_lazy("facts about the certificate")
    parameter_name = "facts"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, Any]]:
        return [("yes", _("With facts")), ("no", _("Certificates without facts"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Skill]) -> QuerySet[Skill]:
        match self.value():
            case "yes":
                return queryset.filter(certificate__isnull=False)
            case "no":
                return queryset.filter(kind=SkillKind.CERTIFICATE, certificate__isnull=True)
        return queryset


class MergeForm(forms.Form):
    skill = forms.ModelChoiceField(
        Skill.objects.none(), label=gettext_lazy("Skill to keep"), widget=forms.RadioSelect, empty_label=None
    )


@admin.register(Skill)
class SkillAdmin(SharedRowAdmin):
    form = SkillForm
    fields = (("name", "slug"), "kind", "broader", "aliases", "wordings", "summary")
    autocomplete_fields = ("broader",)
    ordering = ("name",)
    list_display = ("name", "kind", "broader", "role_count", "has_facts")
    list_filter = ("kind", ("broader", admin.EmptyFieldListFilter), FactsFilter)
    list_select_related = ("broader", "certificate")
    search_fields = ("name", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}

    formfield_overrides = {JSONField: {"form_class": LinesField}}
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return cast("QuerySet[Skill]", super().get_queryset(request).annotate(role_count=Count("roles")))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Offer only skills without a broader one as broader skills."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        if request.GET.get("field_name") == "broader":
            found = found.filter(broader__isnull=True)
        return found, may_repeat

    def get_inlines(self, request: HttpRequest, obj: Skill | None) -> tuple[type[admin.StackedInline], ...]:
        is_certificate = obj is None or obj.kind == SkillKind.CERTIFICATE or hasattr(obj, "certificate")
        return (CertificateInline,) if is_certificate else ()

    def save_model(self, request: HttpRequest, obj: Skill, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "slug" in form.changed_data:
            Requirement.objects.filter(certificate=form.initial["slug"]).update(certificate=obj.slug)

    @admin.display(description=gettext_lazy("drafts that require it"), ordering="role_count")
    def role_count(self, skill: Any) -> int:
        return int(skill.role_count)

    @admin.display(description=gettext_lazy("facts"), boolean=True)
    def has_facts(self, skill: Skill) -> bool | None:
        return hasattr(skill, "certificate") if skill.kind == SkillKind.CERTIFICATE else None

    @admin.action(description=gettext_lazy("Merge selected skills …"), permissions=["delete"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Skill]) -> HttpResponse | None:
        selected = Skill.objects.filter(pk__in=queryset.values("pk"))
        if len(selected) < 2:
            messages.warning(request, _("Select at least two skills. One of them stays, with the names of the others."))
            return None
        form = MergeForm(request.POST if "merge" in request.POST else None)
        cast("forms.ModelChoiceField", form.fields["skill"]).queryset = selected
        if form.is_bound and form.is_valid():
            try:
                skill = merge_skills(
                    skill=form.cleaned_data["skill"], others=tuple(selected), by=request.user.get_username()
                )
            except PublishingError as error:
                messages.warning(request, str(error))
            else:
                messages.success(request, _("Merged into “%s”. All roles keep it.") % skill)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge skills"),
            "opts": self.opts,
            "selected": selected,
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/guides/merge_skills.html", context, status=422 if form.errors else 200)
