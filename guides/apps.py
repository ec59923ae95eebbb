from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = _("Career guides")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from guides.models import database, groups  # models cannot be imported before all apps are ready

        post_migrate.connect(database.install_after_migrate, sender=self)
        # The permissions of this app are created by then, because `auth` comes later in INSTALLED_APPS.
        post_migrate.connect(groups.update_after_migrate, sender=apps.get_app_config("auth"))
