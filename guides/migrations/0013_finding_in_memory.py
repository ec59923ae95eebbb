"""Lists come from an index in memory, which queries listings by version.

`guides.models.database` gives the full-text table an index of prefixes after each migrate.
"""

from django.db import migrations, models

from guides.models import database


def uninstall(apps, schema_editor):
    database.uninstall(database.SEARCH)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0012_second_factor"),
    ]

    operations = [
        migrations.RemoveIndex("listing", "guides_listing_pay"),
        migrations.RemoveIndex("listing", "guides_listing_growth"),
        migrations.AddIndex("listing", models.Index(fields=["version", "edition"], name="guides_listing_version")),
        migrations.RunPython(migrations.RunPython.noop, uninstall),
    ]
