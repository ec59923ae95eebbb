"""The editors' admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import audit_log, images, live_rows, reports, skills, statistics, taxonomy
from .role import admin as role_admin
from .role import history_views

__all__ = (
    "audit_log", "history_views", "images", "live_rows", "reports", "role_admin", "skills", "statistics", "taxonomy",
)  # fmt: skip

admin.site.site_header = admin.site.site_title = _("Careerguide")
admin.site.index_title = _("Dashboard")
admin.site.index_template = "admin/guides/dashboard.html"
