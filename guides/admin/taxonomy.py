"""Fields of work, skills and sources, which all roles share."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import Count, JSONField, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.admin.role.forms import LinesField
from guides.models import FieldOfWork, Skill, Slugged, Source
from guides.publishing import PublishingError
from guides.publishing.drafts import status
from guides.publishing.drafts.merge_skills import merge_skills


class SharedAdmin(admin.ModelAdmin):
    """What changes here changes the drafts of all roles that tell it, and no edition."""

    def save_model(self, request: HttpRequest, obj: Slugged, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        status.refresh(roles=status.roles_using((obj,)))


@admin.register(FieldOfWork)
class FieldOfWorkAdmin(SharedAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


class MergeForm(forms.Form):
    skill = forms.ModelChoiceField(
        Skill.objects.none(), label=gettext_lazy("The one that stays"), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, among: QuerySet[Skill]) -> None:
        super().__init__(*args)
        field: Any = self.fields["skill"]
        field.queryset = among


@admin.register(Skill)
class SkillAdmin(SharedAdmin):
    list_display = ("name", "kind", "slug", "roles")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}

    formfield_overrides = {JSONField: {"form_class": LinesField}}
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        skills: QuerySet[Skill] = super().get_queryset(request).annotate(role_count=Count("roleskill"))
        return skills

    @admin.display(description=gettext_lazy("drafts that ask for it"), ordering="role_count")
    def roles(self, skill: Any) -> int:
        count: int = skill.role_count
        return count

    @admin.action(description=gettext_lazy("Merge into one …"), permissions=["delete"])
    def merge(self, request: HttpRequest, queryset: QuerySet[Skill]) -> HttpResponse | None:
        chosen = Skill.objects.filter(pk__in=queryset.values("pk"))
        if len(chosen) < 2:
            messages.warning(request, _("Choose two skills or more: one stays, with the names of the others."))
            return None
        form = MergeForm(request.POST if "merge" in request.POST else None, among=chosen)
        if form.is_bound and form.is_valid():
            try:
                skill = merge_skills(
                    skill=form.cleaned_data["skill"], others=tuple(chosen), by=request.user.get_username()
                )
            except PublishingError as error:
                messages.warning(request, str(error))
            else:
                messages.success(request, _("Merged into “%s”. No role has lost it.") % skill)
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge skills"),
            "opts": self.opts,
            "chosen": chosen,
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return render(request, "admin/guides/merge_skills.html", context, status=422 if form.errors else 200)


@admin.register(Source)
class SourceAdmin(SharedAdmin):
    list_display = ("publisher", "title", "covers_from", "covers_to", "seen_on")
    list_filter = ("publisher",)
    search_fields = ("publisher", "title", "slug")
