from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class AccountsConfig(AppConfig):
    name = "careerguide.accounts"


class CareerguideAdminConfig(AdminConfig):
    default_site = "careerguide.accounts.admin_site.CareerguideAdminSite"
