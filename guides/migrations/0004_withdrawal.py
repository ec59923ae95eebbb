"""Guides that are taken away from visitors: from when on, why, and which guide takes the place."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0003_finding_and_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(verbose_name="from")),
                (
                    "note",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="note"
                    ),
                ),
                ("by", models.CharField(max_length=150, verbose_name="withdrawn by")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                (
                    "leads_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guides.role",
                        verbose_name="leads to",
                    ),
                ),
                (
                    "role",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawals",
                        to="guides.role",
                        verbose_name="role",
                    ),
                ),
            ],
            options={
                "verbose_name": "withdrawal",
                "verbose_name_plural": "withdrawals",
                "ordering": ("-at", "-pk"),
                "default_permissions": ("view",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("leads_to__isnull", True),
                            models.Q(("leads_to", models.F("role")), _negated=True),
                            _connector="OR",
                        ),
                        name="guides_withdrawal_leads_on",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled", False)), fields=("role", "at"), name="guides_withdrawal_once"
                    ),
                ],
            },
        ),
    ]
