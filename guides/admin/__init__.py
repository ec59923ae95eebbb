"""The editors' desk."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import editions, images, reports, role, shared

__all__ = ("editions", "images", "reports", "role", "shared")

admin.site.site_header = admin.site.site_title = _("Careerguide’s desk")
admin.site.index_title = _("Drafts and editions")
