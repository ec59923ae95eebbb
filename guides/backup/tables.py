"""Serialize tables as lines of JSON, exact to the microsecond and the last digit, and load them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import batched
from typing import Any

from django.apps.registry import Apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import AutoField, Model
from django.utils.translation import gettext as _

from guides.models import FullText, Role, fulltext

from . import BackupError

APPS = ("contenttypes", "auth", "admin", "otp_static", "otp_totp", "guides")
"""Apps whose tables a backup contains. It has no sessions, so everybody signs in again after a restore."""

LEFT_OUT = frozenset({"guides.generation", "guides.article"})
"""Rows that triggers write, and pages that earlier releases stored."""

FULL_TEXT = "guides.fulltext"
"""Its table is not made by a Django model, and its form depends on the database engine."""

DERIVED = frozenset({"guides.listing", "guides.term", FULL_TEXT})
"""Tables that are rebuilt from editions if the other engine stores them in another form."""

CHUNK_SIZE = 100
_BEGIN = {"sqlite": "BEGIN DEFERRED", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


def state() -> dict[str, str]:
    """Return the last applied migration of each app. Raise BackupError if this release does not have it."""
    loader = MigrationLoader(connection)
    nodes = loader.graph.nodes
    applied = {key for key in loader.applied_migrations if key[0] in loader.migrated_apps}
    if unknown := sorted(applied - nodes.keys()):
        message = _("The database belongs to a newer release of Careerguide, which has '%s'. Use that release.")
        raise BackupError(message % unknown[0][1])
    followed = {before for key in applied for before in nodes[key].dependencies if before[0] == key[0]}
    return dict(sorted(applied - followed))


def apps_at(migrations: Mapping[str, str]) -> Apps:
    """Return the models as of these migrations. Raise BackupError if this release does not have one of them."""
    loader = MigrationLoader(None)
    if unknown := sorted(migrations.items() - loader.graph.nodes.keys()):
        message = _(
            "The backup belongs to a newer release of Careerguide, which has '%s'. Restore it with that release."
        )
        raise BackupError(message % unknown[0][1])
    return loader.project_state(sorted(migrations.items())).apps


def backed_up_models(apps: Apps) -> dict[str, type[Model]]:
    """Return the models whose rows a backup contains, by label."""
    models = (model for model in apps.get_models(include_auto_created=True) if model._meta.can_migrate(connection))
    by_label = {model._meta.label_lower: model for model in models if model._meta.app_label in APPS}
    return {of: model for of, model in by_label.items() if of not in LEFT_OUT}


@contextmanager
def snapshot(models: Iterable[type[Model]]) -> Iterator[None]:
    """Read all tables as of one moment, while others write."""
    quoted = ", ".join(f'"{model._meta.db_table}"' for model in models)
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN[connection.vendor])
        try:
            if connection.vendor == "postgresql":
                # A migration may rewrite a table, and a reader that began before would find it empty.
                cursor.execute(f"LOCK TABLE {quoted} IN ACCESS SHARE MODE")
            yield
        finally:
            cursor.execute("ROLLBACK")


def lines_of(model: type[Model]) -> Iterator[bytes]:
    """Yield a line with the names of the columns, then a line per row."""
    names = [field.name for field in model._meta.concrete_fields]
    yield _line(names)
    rows = model._default_manager.order_by("pk").values_list(*names)
    yield from map(_line, rows.iterator(chunk_size=CHUNK_SIZE))


def lines_of_full_text() -> Iterator[bytes]:
    yield _line(fulltext.stored_columns())
    yield from map(_line, fulltext.stored())


def _line(values: Iterable[Any]) -> bytes:
    return json.dumps(tuple(values), default=_to_text, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _to_text(value: Any) -> str:
    if isinstance(value, date | Decimal):
        return str(value)
    raise TypeError(f"A backup cannot contain values of {type(value)}.")


def load(of: str, models: Mapping[str, type[Model]], lines: Iterable[bytes]) -> None:
    """Insert the rows of a table unchanged, without the models' `save`, which sets times and computed fields.

    Raise ValueError if the columns are not those of the table.
    """
    rows = map(json.loads, lines)
    names = tuple(next(rows, ()))
    if of == FULL_TEXT and names == fulltext.stored_columns():
        return _insert(FullText._meta.db_table, names, rows)
    fields = {field.name: field for field in models[of]._meta.concrete_fields} if of in models else {}
    if set(names) != fields.keys():
        raise ValueError(f"{of} {names}")
    columns = [fields[name] for name in names]

    def prepared(row: Sequence[Any]) -> list[Any]:
        return [f.get_db_prep_save(f.to_python(value), connection) for f, value in zip(columns, row, strict=True)]

    return _insert(models[of]._meta.db_table, [str(field.column) for field in columns], map(prepared, rows))


def _insert(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    named = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            copied = f'COPY "{table}" ({named}) FROM STDIN'
            with connection.wrap_database_errors, cursor.copy(copied) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(columns))
            insert = f'INSERT INTO "{table}" ({named}) VALUES ({places})'  # noqa: S608 -- our own names
            for chunk in batched(rows, CHUNK_SIZE):
                cursor.executemany(insert, chunk)


def empty() -> None:
    """Delete all rows of all apps, including sessions, in the open transaction. Visitors can still read."""
    with connection.cursor() as cursor:
        tables = _tables(cursor)
        if connection.vendor == "postgresql" and tables:
            # Lock out writers. Roles come first, because most writers begin there, so none has a later lock.
            tables.sort(key=lambda table: table != Role._meta.db_table)
            cursor.execute(f"LOCK TABLE {', '.join(tables)} IN EXCLUSIVE MODE")
        with _without_triggers(cursor, tables):
            for table in tables:
                cursor.execute(f'DELETE FROM "{table}"')  # noqa: S608 -- our own names
            connection.check_constraints()


def _tables(cursor: Any) -> list[str]:
    """Return the tables of all apps, including those of our models that had another name in an older release."""
    ours = f"{Role._meta.app_label}_"
    internal = f"{FullText._meta.db_table}_"  # SQLite's own, for the full text
    names = {name for name in connection.introspection.table_names(cursor) if not name.startswith(internal)}
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted({*known, *(name for name in names if name.startswith(ours))})


@contextmanager
def _without_triggers(cursor: Any, tables: Iterable[str]) -> Iterator[None]:
    """Disable the triggers that protect editions. If the transaction fails, its rollback enables them again."""
    if connection.vendor == "sqlite":
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
        off, on = [f'DROP TRIGGER "{name}"' for name, _made_by in triggers], [made_by for _name, made_by in triggers]
    else:
        off, on = ([f'ALTER TABLE "{table}" {to} TRIGGER USER' for table in tables] for to in ("DISABLE", "ENABLE"))
    for statement in off:
        cursor.execute(statement)
    yield
    for statement in on:
        cursor.execute(statement)


def advance_sequences(models: Iterable[type[Model]]) -> None:
    """Ensure that new rows get keys that no row has now or had before the restore, because URLs and feeds contain them.

    SQLite does this itself.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for model in models:
            if isinstance(model._meta.pk, AutoField):
                table, column = f'"{model._meta.db_table}"', model._meta.pk.column
                highest = f'(SELECT coalesce(max("{column}"), 0) FROM {table})'  # noqa: S608 -- our own names
                cursor.execute(
                    f"SELECT setval(of, greatest(nextval(of), {highest} + 1), false)"  # noqa: S608
                    " FROM pg_get_serial_sequence(%s, %s) of",
                    (table, column),
                )
