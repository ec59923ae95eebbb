"""A minimal Django project with one view. The site's start is compared with its start."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

from careerguide.rsgi import over_rsgi

_APPS = ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    INSTALLED_APPS=[f"django.contrib.{app}" for app in _APPS],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="not secret",  # noqa: S106
)


def _hello(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello, world!")


application = over_rsgi(get_wsgi_application(), threads=1)
from django.contrib import admin  # noqa: E402 -- it needs the apps

urlpatterns = [path("admin/", admin.site.urls), path("", _hello)]
