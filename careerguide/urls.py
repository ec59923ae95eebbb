from django.contrib import admin
from django.urls import include, path

from guides.admin import dashboard, markdown_editor, time_travel
from guides.admin.role import preview_views

urlpatterns = [
    path("admin/markdownx/", include(markdown_editor)),
    path("admin/", include("careerguide.accounts.urls")),
    path("admin/", include(dashboard)),
    path("admin/as-of/", include(time_travel)),
    path("admin/", admin.site.urls),
    path("preview/<str:token>/", preview_views.shared_preview, name="shared-preview"),
    path("", include("guides.reading.urls")),
]

handler404 = "guides.reading.pages.missing.page_not_found"
handler500 = "careerguide.monitoring.errors.handler500"
