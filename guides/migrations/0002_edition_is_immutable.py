"""The database protects editions by triggers, which `guides.models.database` installs after each migrate."""

from django.db import migrations

from guides.models import database


def uninstall(apps, schema_editor):
    database.uninstall(database.EDITIONS)


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_workspace")]
    operations = [migrations.RunPython(migrations.RunPython.noop, uninstall)]
