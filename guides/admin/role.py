"""A role's page at the desk: its draft, and what can be done with it."""

from typing import Any

from django.contrib import admin
from django.db.models import JSONField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse

from guides.models import Role

from . import publication
from .forms import LinesField
from .inlines import PART_INLINES


@admin.register(Role)
class RoleAdmin(admin.ModelAdmin):
    list_display = ("title", "slug", "reviewed_on")
    search_fields = ("title", "slug", "alternative_titles")
    prepopulated_fields = {"slug": ("title",)}
    fields = (("title", "slug"), "alternative_titles", "field", "summary", "reviewed_on", ("picture", "picture_alt"))
    autocomplete_fields = ("picture",)
    formfield_overrides = {JSONField: {"form_class": LinesField}}
    inlines = PART_INLINES
    change_form_template = "guides/desk/role.html"

    def get_urls(self) -> list[URLPattern]:
        ways = (
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"guides_role_{name}")
            for name, view in (
                ("preview", publication.preview),
                ("publish", publication.publish_role),
                ("withdraw", publication.withdraw_role),
            )
        )
        return [*ways, *super().get_urls()]

    def has_delete_permission(self, request: HttpRequest, obj: Role | None = None) -> bool:
        """A role with editions stays, as they do: it is withdrawn instead."""
        return super().has_delete_permission(request, obj) and not (obj and obj.editions.exists())

    def response_change(self, request: HttpRequest, obj: Role) -> HttpResponse:
        for name in ("preview", "publish"):
            if f"_{name}" in request.POST:
                return HttpResponseRedirect(reverse(f"admin:guides_role_{name}", args=(obj.pk,)))
        return super().response_change(request, obj)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        may_publish = request.user.has_perm("guides.publish_role")
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), "may_publish": may_publish})
