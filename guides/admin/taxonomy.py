"""The admin of rows that all roles share: fields of work, skills and sources."""

from typing import Any, cast

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


class SharedRowAdmin(admin.ModelAdmin):
    """Changes affect the drafts of all roles that use the row, but no edition."""

    def save_model(self, request: HttpRequest, obj: Slugged, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        status.refresh(roles=status.roles_using((obj,)))


@admin.register(FieldOfWork)
class FieldOfWorkAdmin(SharedRowAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


class MergeForm(forms.Form):
    skill = forms.ModelChoiceField(
        Skill.objects.none(), label=gettext_lazy("Skill to keep"), widget=forms.RadioSelect, empty_label=None
    )


@admin.register(Skill)
class SkillAdmin(SharedRowAdmin):
    list_display = ("name", "kind", "slug", "role_count")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}

    formfield_overrides = {JSONField: {"form_class": LinesField}}
    actions = ("merge",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Skill]:
        return cast("QuerySet[Skill]", super().get_queryset(request).annotate(role_count=Count("roles")))

    @admin.display(description=gettext_lazy("drafts that require it"), ordering="role_count")
    def role_count(self, skill: Any) -> int:
        return int(skill.role_count)

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


@admin.register(Source)
class SourceAdmin(SharedRowAdmin):
    list_display = ("publisher", "title", "covers_from", "covers_to", "seen_on")
    list_filter = ("publisher",)
    search_fields = ("publisher", "title", "slug")
