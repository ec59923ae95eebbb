"""The mark of the generation changes with editions and listings, whoever writes them.

On SQLite a table that Django remakes loses its triggers: a migration that alters Edition or Listing must end by making
these again, and the tests of the generation fail where it does not.
"""

from django.db import migrations, models

TABLES = ("guides_edition", "guides_listing")
EVENTS = ("INSERT", "UPDATE", "DELETE")

SQLITE = tuple(
    f"""
    CREATE TRIGGER {table}_generation_{event.lower()} AFTER {event} ON {table}
    BEGIN
        INSERT INTO guides_generation (id, mark) VALUES (1, lower(hex(randomblob(16))))
        ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
    END
    """
    for table in TABLES
    for event in EVENTS
)

POSTGRESQL = (
    """
    CREATE FUNCTION guides_generation_advance() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        INSERT INTO guides_generation (id, mark) VALUES (1, gen_random_uuid()::text)
        ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
        RETURN NULL;
    END $$
    """,
    *(
        f"""
        CREATE TRIGGER {table}_generation AFTER INSERT OR UPDATE OR DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION guides_generation_advance()
        """
        for table in TABLES
    ),
)

UNDO = {
    "sqlite": tuple(f"DROP TRIGGER {table}_generation_{event.lower()}" for table in TABLES for event in EVENTS),
    "postgresql": (
        *(f"DROP TRIGGER {table}_generation ON {table}" for table in TABLES),
        "DROP FUNCTION guides_generation_advance",
    ),
}


def advance(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def stand_still(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("guides", "0009_people_and_interviews")]
    operations = [
        migrations.CreateModel(
            name="Generation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.CharField(max_length=36)),
            ],
            options={
                "verbose_name": "generation",
                "verbose_name_plural": "generations",
                "default_permissions": (),
            },
        ),
        migrations.RunPython(advance, stand_still, elidable=False),
    ]
