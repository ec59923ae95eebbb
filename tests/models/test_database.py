"""Triggers, functions and the full-text table: the same in every database, whatever release it comes from."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from guides.models import Edition, FullText, fulltext
from tests.helpers.factories import an_edition

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.engine]

CATALOG = {
    "sqlite": """
        SELECT type, name, sql FROM sqlite_master
        WHERE name LIKE 'guides_%' AND (type = 'trigger' OR name = 'guides_fulltext')
    """,
    "postgresql": """
        SELECT 'function', proname, pg_get_functiondef(oid) FROM pg_proc
        WHERE prokind = 'f' AND pronamespace = current_schema()::regnamespace AND proname LIKE 'guides%'
        UNION ALL SELECT 'trigger', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'x'
        UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE tablename = 'guides_fulltext'
        UNION ALL SELECT 'column', column_name, data_type FROM information_schema.columns
            WHERE table_name = 'guides_fulltext'
    """,
}
OLDER = {
    "sqlite": (
        "DROP TRIGGER guides_edition_kept",
        "DROP TRIGGER guides_edition_fixed",
        "CREATE TRIGGER guides_edition_fixed BEFORE UPDATE ON guides_edition BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE older USING fts5(title, names, skills, body, tokenize='ascii', detail='column')",
        "INSERT INTO older (rowid, title, names, skills, body) SELECT rowid, title, names, skills, body"
        " FROM guides_fulltext",
        "DROP TABLE guides_fulltext",
        "ALTER TABLE older RENAME TO guides_fulltext",
    ),
    "postgresql": (
        "DROP TRIGGER guides_edition_generation ON guides_edition",
        "ALTER TABLE guides_edition DROP CONSTRAINT guides_edition_slug_alone",
        "CREATE OR REPLACE FUNCTION guides_edition_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NEW; END $$",
        "DROP FUNCTION guides_found(tsquery)",
        "ALTER INDEX guides_fulltext_document RESET (fastupdate)",
    ),
}


def installed() -> set[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(CATALOG[connection.vendor])
        return set(cursor.fetchall())


def test_a_database_that_is_migrated_step_by_step_has_what_a_new_one_has() -> None:
    new = installed()
    steps = [name for app, name in MigrationLoader(None).graph.leaf_nodes() if app == "guides"]
    steps = ["0001", "0002", "0003", "0009", "0010", "0012", "0013", "0016", *steps]
    call_command("migrate", "guides", "zero", verbosity=0)
    left = installed()
    for step in steps:
        call_command("migrate", "guides", step, verbosity=0)
    assert (left, installed()) == (set(), new)


def test_a_migration_restores_what_is_missing_or_outdated() -> None:
    new = installed()
    edition = an_edition()
    with connection.cursor() as cursor:
        for statement in OLDER[connection.vendor]:
            cursor.execute(statement)
    outdated = installed()
    call_command("migrate", verbosity=0)
    assert (installed(), outdated == new) == (new, False)
    lamps = fulltext.Query(words=(("lam",),), prefix=True)
    assert list(fulltext.matching(lamps)) == [edition.pk]
    assert FullText.objects.count() == Edition.objects.count() == 1
