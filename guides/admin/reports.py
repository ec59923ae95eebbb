"""Reports from readers."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from guides.models import Report


@admin.register(Report)
class ReportAdmin(admin.ModelAdmin):
    list_display = ("sent_at", "verdict", "edition", "section", "text", "done")
    list_filter = ("done", "verdict", "section")
    search_fields = ("text", "edition__title")
    date_hierarchy = "sent_at"
    list_select_related = ("edition",)
    fields = ("edition", "section", "verdict", "text", "sent_at", "done")
    readonly_fields = ("edition", "section", "verdict", "text", "sent_at")
    actions = ("mark_done",)

    @admin.action(description=_("Mark as done"), permissions=["change"])
    def mark_done(self, request: HttpRequest, queryset: QuerySet[Report]) -> None:
        queryset.update(done=True)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        return super().get_queryset(request).defer("edition__content", "edition__html")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
