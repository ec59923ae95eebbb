"""Official statistics, which can be searched but not changed. Commands import them and remove them."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from guides.models import Area, Occupation, Release

from .audit_log import ReadOnlyAdmin


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    list_display = ("table", "period", "source", "imported_at", "is_current_release")
    list_filter = ("table",)
    list_select_related = ("source",)

    @admin.display(description=_("current"), boolean=True)
    def is_current_release(self, release: Release) -> bool:
        return release.is_current


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdmin):
    list_display = ("code", "title", "group")
    list_filter = ("group",)
    search_fields = ("code", "title", "titles")


@admin.register(Area)
class AreaAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "code", "states", "slug")
    list_filter = ("kind",)
    search_fields = ("name", "code", "states")
