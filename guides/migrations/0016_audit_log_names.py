"""Name the audit log, waivers, draft snapshots and preview links by standard terms. The tables do not change."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0015_delete_article"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="act",
            options={
                "default_permissions": ("view",),
                "ordering": ("-at", "-pk"),
                "verbose_name": "audit log entry",
                "verbose_name_plural": "audit log",
            },
        ),
        migrations.AlterModelOptions(
            name="explanation",
            options={
                "default_permissions": (),
                "ordering": ("-at",),
                "verbose_name": "waiver",
                "verbose_name_plural": "waivers",
            },
        ),
        migrations.AlterModelOptions(
            name="keptdraft",
            options={
                "default_permissions": (),
                "ordering": ("-at", "-pk"),
                "verbose_name": "draft snapshot",
                "verbose_name_plural": "draft snapshots",
            },
        ),
        migrations.AlterModelOptions(
            name="previewlink",
            options={
                "default_permissions": (),
                "ordering": ("-at", "-pk"),
                "verbose_name": "preview link",
                "verbose_name_plural": "preview links",
            },
        ),
        migrations.AlterField(
            model_name="act",
            name="verb",
            field=models.CharField(
                choices=[
                    ("saved", "saved the draft"),
                    ("imported", "imported the draft"),
                    ("submitted", "submitted the draft"),
                    ("sent-back", "sent the draft back"),
                    ("explained", "waived a finding"),
                    ("unexplained", "revoked a waiver"),
                    ("shared", "created a preview link"),
                    ("revoked", "revoked a preview link"),
                    ("published", "published"),
                    ("scheduled", "scheduled"),
                    ("cancelled", "canceled"),
                    ("withdrew", "withdrew the guide"),
                    ("restored", "restored the draft"),
                    ("merged", "merged skills"),
                    ("deleted", "deleted the role"),
                    ("second-factor", "set up a second factor"),
                    ("second-factor-off", "removed the second factor"),
                    ("recovery-codes", "created new recovery codes"),
                ],
                max_length=20,
                verbose_name="what",
            ),
        ),
        migrations.AlterField(
            model_name="explanation",
            name="at",
            field=models.DateTimeField(verbose_name="waived at"),
        ),
        migrations.AlterField(
            model_name="explanation",
            name="by",
            field=models.CharField(max_length=150, verbose_name="waived by"),
        ),
    ]
