"""Fields of work, skills and sources, which all roles share."""

from django.contrib import admin
from django.db.models import JSONField

from guides.models import FieldOfWork, Skill, Source

from .forms import LinesField


@admin.register(FieldOfWork)
class FieldOfWorkAdmin(admin.ModelAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Skill)
class SkillAdmin(admin.ModelAdmin):
    list_display = ("name", "kind", "slug")
    list_filter = ("kind",)
    search_fields = ("name", "slug", "aliases")
    prepopulated_fields = {"slug": ("name",)}

    formfield_overrides = {JSONField: {"form_class": LinesField}}


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ("publisher", "title", "covers_from", "covers_to", "seen_on")
    list_filter = ("publisher",)
    search_fields = ("publisher", "title", "slug")
