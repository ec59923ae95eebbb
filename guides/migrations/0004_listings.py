"""What is derived from editions, to find them by. Editions that are there already get theirs by `manage.py prepare`."""

import django.db.models.deletion
from django.db import migrations, models

TABLES = {
    "sqlite": "CREATE VIRTUAL TABLE guides_fulltext USING fts5(title, names, skills, body, detail='column')",
    "postgresql": "CREATE TABLE guides_fulltext (rowid bigint PRIMARY KEY, document tsvector NOT NULL)",
}
INDEX = {
    "sqlite": "",
    "postgresql": "CREATE INDEX guides_fulltext_document ON guides_fulltext USING gin (document)",
}


def make_full_text(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in filter(None, (TABLES[vendor], INDEX[vendor])):
        schema_editor.execute(statement)


def drop_full_text(apps, schema_editor):
    schema_editor.execute("DROP TABLE guides_fulltext")


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0003_fields_of_work"),
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
                ("skills", models.JSONField(default=list)),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "listing",
                "verbose_name_plural": "listings",
                "indexes": [
                    models.Index(fields=["sort_title"], name="guides_listing_title"),
                    models.Index(fields=["pay"], name="guides_listing_pay"),
                    models.Index(fields=["growth"], name="guides_listing_growth"),
                ],
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
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="guides.edition"
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "indexes": [
                    models.Index(fields=["kind", "slug", "edition"], name="guides_term_slug"),
                    models.Index(fields=["kind", "key", "edition"], name="guides_term_key"),
                ],
            },
        ),
        migrations.RunPython(make_full_text, drop_full_text),
    ]
