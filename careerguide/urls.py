from django.contrib import admin
from django.urls import include, path

from guides.admin import markdown, moments

urlpatterns = [
    path("admin/markdownx/", include(markdown)),
    path("admin/as-of/", include(moments)),
    path("admin/", admin.site.urls),
    path("", include("guides.reading.urls")),
]
