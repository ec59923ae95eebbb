from django.contrib import admin
from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("logout/", admin.site.logout),  # the admin's own URL is only for those who have finished signing in
    path("code/", views.ask, name="code"),
    path("second-factor/", views.of_ones_own, name="second-factor"),
]
