"""The audit log, which can be searched but not changed."""

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy

from guides.models import AuditLogEntry


class ReadOnlyAdmin(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(AuditLogEntry)
class AuditLogAdmin(ReadOnlyAdmin):
    list_display = ("at", "by", "verb", "subject", "short_note", "edition")
    list_filter = ("verb",)
    search_fields = ("by", "subject", "role__title", "note")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditLogEntry]:
        return AuditLogEntry.objects.listed()

    @admin.display(description=gettext_lazy("note"))
    def short_note(self, entry: AuditLogEntry) -> str:
        return Truncator(entry.note).chars(120)
