"""Authors, editors and administrators see to interview questions as they do to the other parts of a role."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

GROUPS = ("Author", "Editor", "Administrator")


def allow(apps, schema_editor):
    # Django makes permissions after all migrations have run, and these are asked for now.
    config = apps.get_app_config("guides")
    config.models_module = True
    create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
    config.models_module = None
    groups, permissions = (apps.get_model("auth", name).objects for name in ("Group", "Permission"))
    allowed = permissions.filter(content_type__app_label="guides", content_type__model="interviewquestion")
    for group in groups.filter(name__in=GROUPS):
        group.permissions.add(*allowed)


class Migration(migrations.Migration):
    dependencies = [("guides", "0008_readiness")]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop, elidable=False)]
