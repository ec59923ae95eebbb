"""The admin of rows that all roles share: fields of work and sources. Skills are in `skills`."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from guides.models import FieldOfWork, Role, Slugged, Source
from guides.publishing.drafts import status


class SharedRowAdmin(admin.ModelAdmin):
    """Changes affect the drafts of all roles that use the row, but no edition."""

    def save_related(self, request: HttpRequest, form: forms.ModelForm, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        status.refresh(roles=status.roles_using((form.instance,)))

    def delete_model(self, request: HttpRequest, obj: Slugged) -> None:
        using = _roles_using((obj,))
        super().delete_model(request, obj)
        status.refresh(roles=using)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        using = _roles_using(queryset)
        super().delete_queryset(request, queryset)
        status.refresh(roles=using)


def _roles_using(rows: Iterable[Slugged]) -> tuple[Role, ...]:
    """Load the roles that use these rows, such as those of narrower skills, before the rows are deleted."""
    return tuple(status.roles_using(rows))


@admin.register(FieldOfWork)
class FieldOfWorkAdmin(SharedRowAdmin):
    list_display = ("name", "slug")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Source)
class SourceAdmin(SharedRowAdmin):
    list_display = ("publisher", "title", "covers_from", "covers_to", "seen_on")
    list_filter = ("publisher",)
    search_fields = ("publisher", "title", "slug")
