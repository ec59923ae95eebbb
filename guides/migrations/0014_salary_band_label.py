"""The label of a salary band has a help text; the tables stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0013_finding_in_memory"),
    ]

    operations = [
        migrations.AlterField(
            model_name="salaryband",
            name="label",
            field=models.CharField(
                blank=True,
                help_text="Empty, or the name of the role or level, where the pay is its own. Any other label, such as the name of a broader occupation, keeps the median and the average out of cards and comparisons: readers see the range.",
                max_length=200,
                verbose_name="label",
            ),
        ),
    ]
