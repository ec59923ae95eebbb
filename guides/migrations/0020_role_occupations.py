"""Official occupations of roles, and the columns of the index that depend on them."""

import django.core.validators
import django.db.models.deletion
import markdownx.models
from django.db import migrations, models


def outdate_derived_values(apps, schema_editor):
    """Mark the digests of drafts, which include the version of the schema, and the listings as outdated.

    Both are renewed after the migration.
    """
    apps.get_model("guides", "Role").objects.update(digest="")
    apps.get_model("guides", "Listing").objects.update(version=0)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0019_statistics"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="listing",
            name="cited",
        ),
        migrations.AddField(
            model_name="listing",
            name="occupations",
            field=models.JSONField(default=list),
        ),
        migrations.AddField(
            model_name="listing",
            name="pay_is_representative",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="listing",
            name="source",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="role",
            name="pay_is_representative",
            field=models.BooleanField(
                default=True,
                help_text="Clear this box if the official pay of the occupations below would mislead. The guide then has no pay headline and comes last when guides are sorted by pay.",
                verbose_name="official pay is representative",
            ),
        ),
        migrations.CreateModel(
            name="RoleOccupation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.IntegerField(verbose_name="order")),
                (
                    "code",
                    models.CharField(
                        help_text="A code of the Standard Occupational Classification 2018, such as 31-9092.",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[0-9]{2}-[0-9]{4}$", "Enter a SOC code, such as 31-9092."
                            )
                        ],
                        verbose_name="SOC code",
                    ),
                ),
                (
                    "relation",
                    models.CharField(
                        choices=[
                            ("same", "Same as the role"),
                            ("broader", "Includes the role"),
                            ("nearest", "Similar to the role"),
                        ],
                        max_length=10,
                        verbose_name="relation",
                    ),
                ),
                (
                    "covers",
                    markdownx.models.MarkdownxField(
                        blank=True,
                        help_text="One sentence that is shown next to the figures. Required unless the occupation is the role.",
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="what else it covers",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="guides.role", verbose_name="role"
                    ),
                ),
            ],
            options={
                "verbose_name": "occupation",
                "verbose_name_plural": "occupations",
                "ordering": ("order",),
                "abstract": False,
                "default_related_name": "occupations",
                "constraints": [
                    models.UniqueConstraint(fields=("role", "order"), name="guides_roleoccupation_order"),
                    models.CheckConstraint(
                        condition=models.Q(("relation__in", ["same", "broader", "nearest"])),
                        name="guides_roleoccupation_relation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code__regex", "^[0-9]{2}-[0-9]{4}$")), name="guides_roleoccupation_code"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relation", "same"), models.Q(("covers", ""), _negated=True), _connector="OR"
                        ),
                        name="guides_roleoccupation_covers",
                    ),
                    models.UniqueConstraint(fields=("role", "code"), name="guides_roleoccupation_once"),
                ],
            },
        ),
        migrations.RunPython(outdate_derived_values, migrations.RunPython.noop),
    ]
