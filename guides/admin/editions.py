"""Editions, to be looked at only: what was published stays as it was."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Edition


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ("title", "number", "state", "live_from", "live_until", "published_by", "note")
    list_filter = ("title",)
    search_fields = ("title", "slug", "note")
    date_hierarchy = "live_from"
    fields = (
        ("role", "number", "state"),
        ("title", "slug"),
        ("live_from", "live_until"),
        ("published_by", "published_at"),
        "note",
        "content",
    )
    readonly_fields = ("state",)

    @admin.display(description=_("state"))
    def state(self, edition: Edition) -> str:
        return str(edition.state(at=timezone.now()).label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Edition | None = None) -> bool:
        return False
