"""What an edition promises is held by the database itself, against any writer.

On both engines: content is never changed, an interval that has passed is never moved, no row is deleted, and neither a role nor an
address has two editions live at one moment. On SQLite a table that Django remakes loses its triggers: a migration that alters
Edition must end by making these again, and the tests of the promises fail where it does not.
"""

from django.db import migrations

FIXED = (
    "id",
    "role_id",
    "number",
    "slug",
    "title",
    "summary",
    "content",
    "html",
    "note",
    "published_by",
    "published_at",
    "live_from",
)

SQLITE = (
    f"""
    CREATE TRIGGER guides_edition_fixed BEFORE UPDATE ON guides_edition
    WHEN {" OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in FIXED)}
      OR (NEW.live_until IS NOT OLD.live_until AND OLD.live_until <= strftime('%Y-%m-%d %H:%M:%f', 'now'))
    BEGIN SELECT RAISE(ABORT, 'a published edition is never changed'); END
    """,
    """
    CREATE TRIGGER guides_edition_kept BEFORE DELETE ON guides_edition
    BEGIN SELECT RAISE(ABORT, 'a published edition is never deleted'); END
    """,
    # REPLACE deletes what it collides with, and no trigger for deletion hears of it.
    """
    CREATE TRIGGER guides_edition_not_replaced BEFORE INSERT ON guides_edition
    WHEN EXISTS (SELECT 1 FROM guides_edition WHERE id = NEW.id OR (role_id = NEW.role_id AND number = NEW.number))
    BEGIN SELECT RAISE(ABORT, 'a published edition is never replaced'); END
    """,
    *(
        f"""
        CREATE TRIGGER guides_edition_alone_{event.split()[0].lower()} BEFORE {event} ON guides_edition
        WHEN (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from) AND EXISTS (
            SELECT 1 FROM guides_edition other
            WHERE other.id IS NOT NEW.id AND (other.role_id = NEW.role_id OR other.slug = NEW.slug)
              AND (other.live_until IS NULL OR (other.live_until > other.live_from AND other.live_until > NEW.live_from))
              AND (NEW.live_until IS NULL OR other.live_from < NEW.live_until)
        )
        BEGIN SELECT RAISE(ABORT, 'two editions of one role or address would be live at once'); END
        """
        for event in ("INSERT", "UPDATE OF live_until")
    ),
)

POSTGRESQL = (
    f"""
    CREATE FUNCTION guides_edition_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE integrity_constraint_violation USING MESSAGE = 'a published edition is never deleted';
        ELSIF {" OR ".join(f"NEW.{column}::text IS DISTINCT FROM OLD.{column}::text" for column in FIXED)}
            OR (NEW.live_until IS DISTINCT FROM OLD.live_until AND OLD.live_until <= clock_timestamp())
        THEN
            RAISE integrity_constraint_violation USING MESSAGE = 'a published edition is never changed';
        END IF;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER guides_edition_refuse BEFORE UPDATE OR DELETE ON guides_edition
    FOR EACH ROW EXECUTE FUNCTION guides_edition_refuse()
    """,
    # A range of one number stands for its equality, which GiST compares only with an extension (btree_gist).
    """
    ALTER TABLE guides_edition ADD CONSTRAINT guides_edition_role_alone EXCLUDE USING gist
    (int8range(role_id, role_id, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&)
    """,
    """
    ALTER TABLE guides_edition ADD CONSTRAINT guides_edition_slug_alone EXCLUDE USING gist
    (int8range(hashtextextended(slug, 0), hashtextextended(slug, 0), '[]') WITH &&, tstzrange(live_from, live_until) WITH &&)
    """,
)

UNDO = {
    "sqlite": tuple(
        f"DROP TRIGGER guides_edition_{name}"
        for name in ("fixed", "kept", "not_replaced", "alone_insert", "alone_update")
    ),
    "postgresql": (
        "ALTER TABLE guides_edition DROP CONSTRAINT guides_edition_slug_alone",
        "ALTER TABLE guides_edition DROP CONSTRAINT guides_edition_role_alone",
        "DROP TRIGGER guides_edition_refuse ON guides_edition",
        "DROP FUNCTION guides_edition_refuse",
    ),
}


def promise(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def release(apps, schema_editor):
    for statement in UNDO[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("guides", "0001_workspace")]
    operations = [migrations.RunPython(promise, release, elidable=False)]
