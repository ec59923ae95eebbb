from django.contrib import admin
from django.urls import path

from . import views

app_name = "accounts"
urlpatterns = [
    path("logout/", admin.site.logout),  # the admin requires all steps of signing in for its own
    path("code/", views.enter_code, name="code"),
    path("second-factor/", views.second_factor, name="second-factor"),
]
