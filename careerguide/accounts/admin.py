"""Django's admin of accounts, extended by the second factor, which administrators can remove."""

from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy, ngettext
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .second_factor import remove

admin.site.unregister((User, StaticDevice, TOTPDevice))


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ("username", "first_name", "last_name", "is_staff", "is_active", "second_factor")
    actions = ("remove_second_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        devices = TOTPDevice.objects.filter(user=OuterRef("pk"))
        return cast("QuerySet[User]", super().get_queryset(request).annotate(has_second_factor=Exists(devices)))

    @admin.display(description=gettext_lazy("second factor"), boolean=True, ordering="has_second_factor")
    def second_factor(self, user: Any) -> bool:
        return bool(user.has_second_factor)

    @admin.action(description=gettext_lazy("Remove the second factor"), permissions=["change"])
    def remove_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        count = sum(remove(user=user, by=request.user.get_username()) for user in queryset)
        message = ngettext("Removed %d second factor.", "Removed %d second factors.", count)
        self.message_user(request, message % count, messages.SUCCESS if count else messages.WARNING)
