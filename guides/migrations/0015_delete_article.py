"""Pages are rendered when they are requested, so none are stored."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0014_salary_band_label"),
    ]

    operations = [
        migrations.DeleteModel("Article"),
    ]
