"""Lists are made in memory, which asks for versions of listings; beginnings of words have an index in each database.

A full text stays as it is in SQLite; in PostgreSQL, listings of the next version bring the marks that are looked for.
"""

from django.db import migrations, models

COLUMNS = "title, names, skills, body"
REMADE = (
    "CREATE VIRTUAL TABLE guides_fulltext_remade USING fts5({columns}, tokenize='ascii', detail='column'{more})",
    "INSERT INTO guides_fulltext_remade (rowid, {columns}) SELECT rowid, {columns} FROM guides_fulltext",
    "DROP TABLE guides_fulltext",
    "ALTER TABLE guides_fulltext_remade RENAME TO guides_fulltext",
)
FOUND = """
    CREATE FUNCTION guides_found(sought tsquery) RETURNS text LANGUAGE sql STABLE SET enable_seqscan = off AS $$
        SELECT string_agg(rowid::text, ',') FROM guides_fulltext WHERE document @@ sought
    $$
"""
# A publication puts its stems into PostgreSQL's index at once: what is put aside makes each search slower.
FORWARDS = {
    "sqlite": tuple(statement.format(columns=COLUMNS, more=", prefix='1 2 3'") for statement in REMADE),
    "postgresql": (FOUND, "ALTER INDEX guides_fulltext_document SET (fastupdate = off)"),
}
BACKWARDS = {
    "sqlite": tuple(statement.format(columns=COLUMNS, more="") for statement in REMADE),
    "postgresql": ("DROP FUNCTION guides_found(tsquery)", "ALTER INDEX guides_fulltext_document RESET (fastupdate)"),
}


def forwards(apps, schema_editor):
    for statement in FORWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in BACKWARDS[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [
        ("guides", "0012_second_factor"),
    ]

    operations = [
        migrations.RemoveIndex("listing", "guides_listing_pay"),
        migrations.RemoveIndex("listing", "guides_listing_growth"),
        migrations.AddIndex("listing", models.Index(fields=["version", "edition"], name="guides_listing_version")),
        migrations.RunPython(forwards, backwards),
    ]
