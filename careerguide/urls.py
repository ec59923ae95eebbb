from django.contrib import admin
from django.urls import include, path

from guides.admin import desk, markdown, moments
from guides.admin.role import preview_views

urlpatterns = [
    path("admin/markdownx/", include(markdown)),
    path("admin/", include(desk)),
    path("admin/as-of/", include(moments)),
    path("admin/", admin.site.urls),
    path("preview/<str:token>/", preview_views.shared, name="shared-preview"),
    path("", include("guides.reading.urls")),
]

handler500 = "careerguide.faults.answer"
