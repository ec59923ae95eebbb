"""The generation, whose mark changes with editions and listings.

`guides.models.database` installs the triggers that change it after each migrate.
"""

from django.db import migrations, models

from guides.models import database


def uninstall(apps, schema_editor):
    database.uninstall(database.GENERATION)


class Migration(migrations.Migration):
    dependencies = [("guides", "0009_people_and_interviews")]
    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=36)),
            ],
            options={
                "verbose_name": "generation",
                "verbose_name_plural": "generations",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, uninstall),
    ]
