"""Triggers, functions and the full-text table: what migrations cannot describe as models, for both engines.

`install_after_migrate` brings a database up to date. On SQLite, a table that Django rebuilds loses its triggers,
and this is where it gets them back.
"""

from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

EDITIONS, FULL_TEXT, GENERATION, SEARCH, STATISTICS, SHORT_LISTS = (
    "0002_edition_is_immutable", "0003_finding_and_reports", "0010_generation", "0013_finding_in_memory",
    "0019_statistics", "0021_requirements",
)  # fmt: skip
"""Migrations that earlier releases created these objects in. An object exists from its migration on."""


class DatabaseObject(NamedTuple):
    """An object of the database. `definition` is its text in the database's catalog, if that has it as it was written.

    `create` also replaces an older definition.
    """

    since: str
    kind: str
    name: str
    create: tuple[str, ...]
    drop: str
    definition: str = ""


_FIXED_COLUMNS = (
    "id", "role_id", "number", "slug", "title", "summary", "content", "html", "note", "published_by", "published_at",
    "live_from",
)  # fmt: skip
_GENERATION_TABLES = {
    "guides_edition": GENERATION,
    "guides_listing": GENERATION,
    "guides_release": STATISTICS,
    "guides_searchintent": SHORT_LISTS,
    "guides_startingjob": SHORT_LISTS,
    "guides_startingjob_skills": SHORT_LISTS,
}
"""Tables whose changes change the generation. Statistics do through their release, which an import writes once."""


def _sqlite_trigger(since: str, name: str, rest: str) -> DatabaseObject:
    drop, create = f"DROP TRIGGER IF EXISTS {name}", f"CREATE TRIGGER {name} {rest}"
    return DatabaseObject(since, "trigger", name, (drop, create), drop, create)


def _sqlite_full_text() -> DatabaseObject:
    name, columns = "guides_fulltext", "title, names, skills, body"
    definition = f"fts5({columns}, tokenize='ascii', detail='column', prefix='1 2 3')"
    replace = (
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {name} USING {definition}",
        f"CREATE VIRTUAL TABLE {name}_new USING {definition}",
        f"INSERT INTO {name}_new (rowid, {columns}) SELECT rowid, {columns} FROM {name}",  # noqa: S608 -- fixed names
        f"DROP TABLE {name}",
        f"ALTER TABLE {name}_new RENAME TO {name}",
    )
    return DatabaseObject(FULL_TEXT, "table", name, replace, f"DROP TABLE IF EXISTS {name}", definition)


_SQLITE = (
    _sqlite_full_text(),
    _sqlite_trigger(
        EDITIONS,
        "guides_edition_fixed",
        f"""BEFORE UPDATE ON guides_edition
        WHEN {" OR ".join(f"NEW.{column} IS NOT OLD.{column}" for column in _FIXED_COLUMNS)}
          OR (NEW.live_until IS NOT OLD.live_until AND OLD.live_until <= strftime('%Y-%m-%d %H:%M:%f', 'now'))
        BEGIN SELECT RAISE(ABORT, 'a published edition is never changed'); END""",
    ),
    _sqlite_trigger(
        EDITIONS,
        "guides_edition_kept",
        "BEFORE DELETE ON guides_edition BEGIN SELECT RAISE(ABORT, 'a published edition is never deleted'); END",
    ),
    _sqlite_trigger(
        EDITIONS,
        "guides_edition_not_replaced",  # REPLACE deletes conflicting rows without firing triggers for deletion
        """BEFORE INSERT ON guides_edition
        WHEN EXISTS (SELECT 1 FROM guides_edition WHERE id = NEW.id OR (role_id = NEW.role_id AND number = NEW.number))
        BEGIN SELECT RAISE(ABORT, 'a published edition is never replaced'); END""",
    ),
    *(
        _sqlite_trigger(
            EDITIONS,
            f"guides_edition_alone_{event.split()[0].lower()}",
            f"""BEFORE {event} ON guides_edition
            WHEN (NEW.live_until IS NULL OR NEW.live_until > NEW.live_from) AND EXISTS (
                SELECT 1 FROM guides_edition other
                WHERE other.id IS NOT NEW.id AND (other.role_id = NEW.role_id OR other.slug = NEW.slug)
                  AND (other.live_until IS NULL
                       OR (other.live_until > other.live_from AND other.live_until > NEW.live_from))
                  AND (NEW.live_until IS NULL OR other.live_from < NEW.live_until)
            )
            BEGIN SELECT RAISE(ABORT, 'two editions of one role or address would be live at once'); END""",  # noqa: S608 -- fixed names
        )
        for event in ("INSERT", "UPDATE OF live_until")
    ),
    *(
        _sqlite_trigger(
            since,
            f"{table}_generation_{event.lower()}",
            f"""AFTER {event} ON {table}
            BEGIN
                INSERT INTO guides_generation (id, mark) VALUES (1, lower(hex(randomblob(16))))
                ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
            END""",  # noqa: S608 -- fixed names
        )
        for table, since in _GENERATION_TABLES.items()
        for event in ("INSERT", "UPDATE", "DELETE")
    ),
)


def _function(since: str, signature: str, returns: str, body: str) -> DatabaseObject:
    create = f"CREATE OR REPLACE FUNCTION {signature} RETURNS {returns} AS $${body}$$"
    name = signature.partition("(")[0]
    return DatabaseObject(since, "function", name, (create,), f"DROP FUNCTION IF EXISTS {name}", body)


def _postgresql_trigger(since: str, name: str, table: str, event: str, function: str) -> DatabaseObject:
    create = f"CREATE TRIGGER {name} {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()"
    return DatabaseObject(since, "trigger", name, (create,), f"DROP TRIGGER IF EXISTS {name} ON {table}")


def _exclusion(name: str, key: str) -> DatabaseObject:
    """Return the constraint that at most one edition with a key, a 64-bit integer, is live at any moment."""
    # A range of one number stands for its equality, which GiST compares only with an extension (btree_gist).
    ranges = f"int8range({key}, {key}, '[]') WITH &&, tstzrange(live_from, live_until) WITH &&"
    return DatabaseObject(
        EDITIONS,
        "constraint",
        name,
        (f"ALTER TABLE guides_edition ADD CONSTRAINT {name} EXCLUDE USING gist ({ranges})",),
        f"ALTER TABLE IF EXISTS guides_edition DROP CONSTRAINT IF EXISTS {name}",
    )


_POSTGRESQL = (
    DatabaseObject(
        FULL_TEXT,
        "table",
        "guides_fulltext",
        ("CREATE TABLE guides_fulltext (rowid bigint PRIMARY KEY, document tsvector NOT NULL)",),
        "DROP TABLE IF EXISTS guides_fulltext",
    ),
    DatabaseObject(
        FULL_TEXT,
        "index",
        "guides_fulltext_document",
        (
            "DROP INDEX IF EXISTS guides_fulltext_document",
            # Without fastupdate, a publication indexes its stems at once. Pending stems slow down each search.
            "CREATE INDEX guides_fulltext_document ON guides_fulltext USING gin (document) WITH (fastupdate = off)",
        ),
        "DROP INDEX IF EXISTS guides_fulltext_document",
        "{fastupdate=off}",
    ),
    _function(
        SEARCH,
        "guides_found(sought tsquery)",
        "text LANGUAGE sql STABLE SET enable_seqscan = off",
        "\n    SELECT string_agg(rowid::text, ',') FROM guides_fulltext WHERE document @@ sought\n",
    ),
    _function(
        EDITIONS,
        "guides_edition_refuse()",
        "trigger LANGUAGE plpgsql",
        f"""
    BEGIN
        IF TG_OP = 'DELETE' THEN
            RAISE integrity_constraint_violation USING MESSAGE = 'a published edition is never deleted';
        ELSIF {" OR ".join(f"NEW.{column}::text IS DISTINCT FROM OLD.{column}::text" for column in _FIXED_COLUMNS)}
            OR (NEW.live_until IS DISTINCT FROM OLD.live_until AND OLD.live_until <= clock_timestamp())
        THEN
            RAISE integrity_constraint_violation USING MESSAGE = 'a published edition is never changed';
        END IF;
        RETURN NEW;
    END """,
    ),
    _postgresql_trigger(
        EDITIONS, "guides_edition_refuse", "guides_edition", "BEFORE UPDATE OR DELETE", "guides_edition_refuse"
    ),
    _exclusion("guides_edition_role_alone", "role_id"),
    _exclusion("guides_edition_slug_alone", "hashtextextended(slug, 0)"),
    _function(
        GENERATION,
        "guides_generation_advance()",
        "trigger LANGUAGE plpgsql",
        """
    BEGIN
        INSERT INTO guides_generation (id, mark) VALUES (1, gen_random_uuid()::text)
        ON CONFLICT (id) DO UPDATE SET mark = excluded.mark;
        RETURN NULL;
    END """,
    ),
    *(
        _postgresql_trigger(
            since, f"{table}_generation", table, "AFTER INSERT OR UPDATE OR DELETE", "guides_generation_advance"
        )
        for table, since in _GENERATION_TABLES.items()
    ),
)

_OBJECTS = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}
_CATALOG = {
    "sqlite": """
        SELECT type, name, CASE type WHEN 'table' THEN substr(sql, instr(sql, 'fts5(')) ELSE sql END
        FROM sqlite_master WHERE type = 'trigger' OR name = 'guides_fulltext'
    """,
    "postgresql": """
        SELECT 'function', proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace
        UNION ALL SELECT 'trigger', tgname, '' FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'constraint', conname, '' FROM pg_constraint WHERE contype = 'x'
        UNION ALL SELECT CASE relkind WHEN 'r' THEN 'table' ELSE 'index' END, relname, coalesce(reloptions::text, '')
        FROM pg_class WHERE relname IN ('guides_fulltext', 'guides_fulltext_document')
    """,
}


def install_after_migrate(**_options: Any) -> None:
    """Create what is missing and replace what has another definition, as far as the database is migrated."""
    applied = {name for app, name in MigrationRecorder(connection).applied_migrations() if app == "guides"}
    _create(applied)


def create_full_text() -> None:
    """Create the full-text table, for its migration."""
    _create({FULL_TEXT})


def _create(since: set[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CATALOG[connection.vendor])
        installed = {(kind, name): definition for kind, name, definition in cursor.fetchall()}
        for item in _OBJECTS[connection.vendor]:
            if item.since in since and installed.get((item.kind, item.name)) != item.definition:
                for statement in item.create:
                    cursor.execute(statement)


def uninstall(since: str) -> None:
    """Drop the objects that exist from a migration on, for its way back."""
    with connection.cursor() as cursor:
        for item in reversed(_OBJECTS[connection.vendor]):
            if item.since == since:
                cursor.execute(item.drop)
