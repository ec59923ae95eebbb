"""Lists are made in memory, which asks for versions of listings; PostgreSQL is asked for a full text by its index."""

from django.db import migrations, models

FOUND = """
    CREATE FUNCTION guides_found(sought tsquery) RETURNS text LANGUAGE sql STABLE SET enable_seqscan = off AS $$
        SELECT string_agg(rowid::text, ',') FROM guides_fulltext WHERE document @@ sought
    $$
"""


def make_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FOUND)
        # A publication puts its stems into the index at once: what is put aside makes each search slower.
        schema_editor.execute("ALTER INDEX guides_fulltext_document SET (fastupdate = off)")


def drop_function(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION guides_found(tsquery)")
        schema_editor.execute("ALTER INDEX guides_fulltext_document RESET (fastupdate)")


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0012_second_factor"),
    ]

    operations = [
        migrations.RemoveIndex("listing", "guides_listing_pay"),
        migrations.RemoveIndex("listing", "guides_listing_growth"),
        migrations.AddIndex("listing", models.Index(fields=["version", "edition"], name="guides_listing_version")),
        migrations.RunPython(make_function, drop_function),
    ]
