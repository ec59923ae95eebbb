"""Writing prepared rows: first into a temporary table, then from there in one short transaction.

Preparing a large table takes most of an import. The temporary table belongs to the connection, so nothing is locked
meanwhile, and it vanishes if the process is killed. The transaction only copies rows within the database. Readers see
the table before or after it. Two imports at once run it one after the other.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import batched
from typing import Any, NamedTuple

from django.db import DatabaseError, connection, transaction

from guides.models import Release

from . import ImportRefused

STAGING = "statistics_staging"
BATCH_SIZE = 1_000


class Merged(NamedTuple):
    """How many rows were added, and how many of the existing ones were changed."""

    added: int
    changed: int


@contextmanager
def staged(columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> Iterator[int]:
    """Store rows in the temporary table and yield their number. `columns` has the SQL type of each column."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {STAGING}")
        definitions = ", ".join(f'"{name}" {sql_type}' for name, sql_type in columns.items())
        cursor.execute(f"CREATE TEMPORARY TABLE {STAGING} ({definitions})")
        try:
            yield _copy(cursor, columns, rows) if connection.vendor == "postgresql" else _insert(cursor, columns, rows)
        finally:
            if not connection.needs_rollback:
                cursor.execute(f"DROP TABLE IF EXISTS {STAGING}")


def _copy(cursor: Any, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    with connection.wrap_database_errors, cursor.copy(f"COPY {STAGING} ({_quoted(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count


def _insert(cursor: Any, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> int:
    places = ", ".join(["%s"] * len(columns))
    statement = f"INSERT INTO {STAGING} ({_quoted(columns)}) VALUES ({places})"  # noqa: S608 -- our own names
    count = 0
    for some in batched(rows, BATCH_SIZE):
        cursor.executemany(statement, some)
        count += len(some)
    return count


@contextmanager
def short_transaction() -> Iterator[None]:
    """Run the block in one transaction, after any other import's. Readers go on, and other writers wait."""
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute(f'LOCK TABLE "{Release._meta.db_table}" IN SHARE ROW EXCLUSIVE MODE')
            yield
    except DatabaseError as error:
        raise ImportRefused(f"Nothing was changed, because the database refused it: {error}. Try again.") from error


def merge(
    model: type[Any], release: Release, *, keys: Mapping[str, str], values: Sequence[str], joins: str = ""
) -> Merged:
    """Merge the staged rows into the rows of a release, and leave equal rows untouched.

    `keys` has an SQL expression for each column that identifies a row, next to the release. Rows of the release that
    the file does not have stay.
    """
    table = model._meta.db_table
    before = model.objects.filter(release=release).count()
    distinct = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    assignments = ", ".join(f'"{name}" = excluded."{name}"' for name in values)
    differs = " OR ".join(f'{table}."{name}" {distinct} excluded."{name}"' for name in values)
    selected = ", ".join((*keys.values(), *(f's."{name}"' for name in values)))
    statement = f"""
        INSERT INTO {table} ({_quoted(("release_id", *keys, *values))})
        SELECT %s, {selected} FROM {STAGING} s {joins} WHERE TRUE ORDER BY {", ".join(keys.values())}
        ON CONFLICT ({_quoted(("release_id", *keys))}) DO UPDATE SET {assignments} WHERE {differs}
    """  # noqa: S608 -- our own names
    with connection.cursor() as cursor:
        cursor.execute(statement, (release.pk,))
        written = max(cursor.rowcount, 0)
    added = model.objects.filter(release=release).count() - before
    return Merged(added, written - added)


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
