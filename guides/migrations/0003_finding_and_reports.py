"""The search index of editions, and reports of readers. `manage.py prepare` indexes existing editions."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models

import guides.models.fields
from guides.models import database


def create_full_text(apps, schema_editor):
    database.create_full_text()


def drop_full_text(apps, schema_editor):
    database.uninstall(database.FULL_TEXT)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0002_edition_is_immutable"),
    ]

    operations = [
        migrations.CreateModel(
            name="FullText",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        db_column="rowid",
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="fulltext",
                        serialize=False,
                        to="guides.edition",
                    ),
                ),
            ],
            options={
                "db_table": "guides_fulltext",
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FieldOfWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.CharField(
                        max_length=80,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9]+(-[a-z0-9]+)*\\Z",
                                "Use lower-case letters and digits, with single hyphens between words.",
                            )
                        ],
                        verbose_name="address",
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                (
                    "summary",
                    models.TextField(
                        blank=True,
                        help_text="A sentence or two, without Markdown: the lead of the field’s page.",
                        validators=[django.core.validators.MaxLengthValidator(1000)],
                        verbose_name="summary",
                    ),
                ),
            ],
            options={
                "verbose_name": "field of work",
                "verbose_name_plural": "fields of work",
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Listing",
            fields=[
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="guides.edition",
                    ),
                ),
                ("version", models.PositiveSmallIntegerField()),
                ("sort_title", models.CharField(max_length=200)),
                ("field_name", models.CharField(blank=True, max_length=200)),
                ("education", models.CharField(blank=True, max_length=20)),
                ("growth", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("pay", models.DecimalField(decimal_places=4, max_digits=14, null=True)),
                ("band", models.JSONField(null=True)),
                ("cited", models.CharField(blank=True, max_length=400)),
                ("skills", models.JSONField(default=list)),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "listing",
                "verbose_name_plural": "listings",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "section",
                    models.CharField(
                        choices=[
                            ("role", "What the job is"),
                            ("duties", "What you would do"),
                            ("setting", "Where you would work"),
                            ("tools", "Tools of the job"),
                            ("skills", "Skills that count"),
                            ("entry", "How to get in"),
                            ("education", "Education and training"),
                            ("pay", "What it pays"),
                            ("outlook", "Outlook"),
                            ("path", "How far it leads"),
                            ("inclusion", "Inclusion"),
                            ("abroad", "Working abroad"),
                            ("market", "The market"),
                            ("balance", "Does it suit you?"),
                            ("questions", "Questions people ask"),
                            ("toolkit", "Application toolkit"),
                            ("related", "Roles nearby"),
                        ],
                        max_length=20,
                        verbose_name="section",
                    ),
                ),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("useful", "It is useful"),
                            ("useless", "It isn’t useful"),
                            ("wrong", "Something is wrong"),
                        ],
                        max_length=20,
                        verbose_name="verdict",
                    ),
                ),
                (
                    "text",
                    models.TextField(
                        blank=True, validators=[django.core.validators.MaxLengthValidator(1000)], verbose_name="text"
                    ),
                ),
                ("form", models.CharField(editable=False, max_length=32, unique=True)),
                ("sent_at", models.DateTimeField(db_index=True, verbose_name="sent at")),
                ("done", models.BooleanField(default=False, verbose_name="dealt with")),
            ],
            options={
                "verbose_name": "reader’s report",
                "verbose_name_plural": "readers’ reports",
                "ordering": ("-sent_at", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("title", "title"),
                            ("alternative", "alternative title"),
                            ("level", "level"),
                            ("skill", "skill"),
                            ("alias", "other name of a skill"),
                            ("field", "field of work"),
                            ("education", "education needed"),
                            ("setting", "setting"),
                            ("growth", "growth"),
                            ("source", "source"),
                        ],
                        max_length=20,
                    ),
                ),
                ("slug", models.CharField(max_length=80)),
                ("name", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=200)),
                ("group", models.CharField(blank=True, max_length=20)),
                ("about", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=200, primary_key=True, serialize=False)),
            ],
            options={
                "verbose_name": "word",
                "verbose_name_plural": "words",
                "default_permissions": (),
            },
        ),
        migrations.RemoveConstraint(
            model_name="keyfact",
            name="guides_keyfact_kind",
        ),
        migrations.AddField(
            model_name="keyfact",
            name="education",
            field=models.CharField(
                blank=True,
                choices=[
                    ("none", "No formal education"),
                    ("high-school", "High school diploma"),
                    ("postsecondary", "Certificate or vocational training"),
                    ("associate", "Associate degree"),
                    ("bachelor", "Bachelor’s degree"),
                    ("master", "Master’s degree"),
                    ("doctoral", "Doctoral or professional degree"),
                ],
                help_text="The least that is usually asked for. For the kind ‘Education’ only.",
                max_length=20,
                verbose_name="education needed",
            ),
        ),
        migrations.AddField(
            model_name="keyfact",
            name="settings",
            field=models.JSONField(
                blank=True,
                default=list,
                help_text="For the kind ‘Setting’ only.",
                validators=[
                    guides.models.fields.Among(
                        (
                            "hospital",
                            "clinic",
                            "care-home",
                            "community",
                            "school",
                            "laboratory",
                            "shop",
                            "factory",
                            "office",
                            "outdoors",
                            "road",
                            "remote",
                        )
                    )
                ],
                verbose_name="settings",
            ),
        ),
        migrations.AddField(
            model_name="salaryband",
            name="range_label",
            field=models.CharField(
                blank=True,
                help_text="What lies between low and high, where the source says so: 10th to 90th percentile.",
                max_length=200,
                verbose_name="range",
            ),
        ),
        migrations.AddField(
            model_name="skill",
            name="summary",
            field=models.TextField(
                blank=True,
                help_text="A sentence or two, without Markdown, for every role that asks for it.",
                validators=[django.core.validators.MaxLengthValidator(1000)],
                verbose_name="what it is",
            ),
        ),
        migrations.AlterField(
            model_name="keyfact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("growth", "Growth"),
                    ("openings", "Openings"),
                    ("education", "Education"),
                    ("entry-time", "Time to get in"),
                    ("setting", "Setting"),
                    ("industries", "Who hires"),
                    ("schedule", "Hours"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="section",
            name="chapter",
            field=models.CharField(
                choices=[
                    ("role", "What the job is"),
                    ("duties", "What you would do"),
                    ("setting", "Where you would work"),
                    ("tools", "Tools of the job"),
                    ("skills", "Skills that count"),
                    ("entry", "How to get in"),
                    ("education", "Education and training"),
                    ("pay", "What it pays"),
                    ("outlook", "Outlook"),
                    ("path", "How far it leads"),
                    ("inclusion", "Inclusion"),
                    ("abroad", "Working abroad"),
                    ("market", "The market"),
                    ("balance", "Does it suit you?"),
                    ("questions", "Questions people ask"),
                    ("toolkit", "Application toolkit"),
                    ("related", "Roles nearby"),
                ],
                max_length=20,
                verbose_name="chapter",
            ),
        ),
        migrations.AddIndex(
            model_name="edition",
            index=models.Index(fields=["live_from", "live_until"], name="guides_edition_live"),
        ),
        migrations.AddConstraint(
            model_name="keyfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["growth", "openings", "education", "entry-time", "setting", "industries", "schedule"])
                ),
                name="guides_keyfact_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="keyfact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "education__in",
                        ["", "none", "high-school", "postsecondary", "associate", "bachelor", "master", "doctoral"],
                    )
                ),
                name="guides_keyfact_education",
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="field",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="guides.fieldofwork",
                verbose_name="field of work",
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["sort_title"], name="guides_listing_title"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["pay"], name="guides_listing_pay"),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(fields=["growth"], name="guides_listing_growth"),
        ),
        migrations.AddField(
            model_name="report",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reports",
                to="guides.edition",
                verbose_name="edition",
            ),
        ),
        migrations.AddField(
            model_name="term",
            name="edition",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="guides.edition"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "section__in",
                        [
                            "role",
                            "duties",
                            "setting",
                            "tools",
                            "skills",
                            "entry",
                            "education",
                            "pay",
                            "outlook",
                            "path",
                            "inclusion",
                            "abroad",
                            "market",
                            "balance",
                            "questions",
                            "toolkit",
                            "related",
                        ],
                    )
                ),
                name="guides_report_section",
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["useful", "useless", "wrong"])), name="guides_report_verdict"
            ),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["kind", "slug", "edition"], name="guides_term_slug"),
        ),
        migrations.AddIndex(
            model_name="term",
            index=models.Index(fields=["kind", "key", "edition"], name="guides_term_key"),
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=models.UniqueConstraint(fields=("edition", "kind", "slug", "name"), name="guides_term_once"),
        ),
        migrations.RunPython(create_full_text, drop_full_text),
    ]
