"""Editions and withdrawals, to be looked at only: what was published stays as it was."""

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guides.models import Edition, Withdrawal


class LookedAtOnly(admin.ModelAdmin):
    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(LookedAtOnly):
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


@admin.register(Withdrawal)
class WithdrawalAdmin(LookedAtOnly):
    list_display = ("role", "at", "leads_to", "note", "by", "made_at", "cancelled")
    search_fields = ("role__title", "note")
    date_hierarchy = "at"
    list_select_related = ("role", "leads_to")
