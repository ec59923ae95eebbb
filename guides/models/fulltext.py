"""The full text of editions, in what each database has for it: FTS5 in SQLite, a tsvector in PostgreSQL.

Both hold stems, made by `words`, in four columns that weigh differently; the third migration makes the table. Neither
needs an extension.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, FloatField, Func, Lookup
from django.db.models.sql.compiler import SQLCompiler

from .edition import Edition, FoundEditions

COLUMNS = ("title", "names", "skills", "body")
_WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))
_MARKED = COLUMNS[:-1]
"""Columns whose stems a tsvector has a second time, as 'A/lamp': an index knows no weights, but it knows these."""

AT_ONCE = 100
MOST_BYTES = 400_000  # PostgreSQL's tsvector ends at a megabyte

type Compiled = tuple[str, tuple[Any, ...]]


class FullText(models.Model):
    edition = models.OneToOneField(
        Edition, models.DO_NOTHING, primary_key=True, db_column="rowid", db_constraint=False, related_name="fulltext"
    )

    objects = FoundEditions["FullText"].as_manager()

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "guides_fulltext"

    def __str__(self) -> str:
        return str(self.pk)


@dataclass(frozen=True)
class Sought:
    """Stems to look for: all or, without `every`, any; in some columns; with `prefix` as beginnings of words."""

    stems: tuple[str, ...]
    every: bool = True
    prefix: bool = False
    columns: tuple[str, ...] = COLUMNS

    def all_in(self, columns: tuple[str, ...]) -> "Sought":
        """All of the stems, in these columns."""
        return replace(self, every=True, columns=columns)

    def fts5(self) -> str:
        terms = (" AND " if self.every else " OR ").join(f'"{stem}"{"*" if self.prefix else ""}' for stem in self.stems)
        return f"{{{' '.join(self.columns)}}} : ({terms})"

    def tsquery(self) -> str:
        marks = ("",) if self.columns == COLUMNS else tuple(f"{_WEIGHTS[column]}/" for column in self.columns)
        begins = ":*" if self.prefix else ""
        each = (" | ".join(f"'{mark}{stem}'{begins}" for mark in marks) for stem in self.stems)
        return (" & " if self.every else " | ").join(f"({one})" for one in each)


class Matches(Lookup):
    """Whether a full text has what is sought: `filter(Matches(F("pk"), sought))`."""

    lookup_name = "matches"
    prepare_rhs = False

    def as_sqlite(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        # A table of FTS5 has a hidden column by the table's own name, which stands for all of it.
        return f"{_table(self.lhs, connection)}.guides_fulltext MATCH %s", (self.rhs.fts5(),)

    def as_postgresql(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> Compiled:
        return f"{_table(self.lhs, connection)}.document @@ %s::tsquery", (self.rhs.tsquery(),)


class Distance(Func):
    """How far a full text is from what is sought: the least is the best. For a query that `Matches` it."""

    output_field = FloatField()

    def __init__(self, pk: F, sought: Sought) -> None:
        super().__init__(pk)
        self.sought = sought

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:  # noqa: ARG002
        return f"bm25({_table(self.source_expressions[0], connection)}, 8.0, 6.0, 3.0, 1.0)", ()

    def as_postgresql(self, _compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> Compiled:
        document = f"{_table(self.source_expressions[0], connection)}.document"
        return f"-ts_rank('{{0.1,0.3,0.6,0.8}}', {document}, %s::tsquery)", (self.sought.tsquery(),)


def _table(pk: Any, connection: BaseDatabaseWrapper) -> str:
    """The name by which a query knows the table, which is another in subqueries."""
    return connection.ops.quote_name(pk.alias)


def store(pk: int, stems: Mapping[str, Iterable[str]]) -> None:
    """Make this the full text of an edition: stems, in reading order, for each of the columns."""
    bounded = {column: tuple(_bounded(stems[column])) for column in COLUMNS}
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM guides_fulltext WHERE rowid = %s", (pk,))
        if connection.vendor == "sqlite":
            cursor.execute(
                "INSERT INTO guides_fulltext (rowid, title, names, skills, body) VALUES (%s, %s, %s, %s, %s)",
                (pk, *(" ".join(bounded[column]) for column in COLUMNS)),
            )
        else:
            cursor.execute(
                "INSERT INTO guides_fulltext (rowid, document) VALUES (%s, %s::tsvector)", (pk, _tsvector(bounded))
            )


def stored_columns() -> tuple[str, ...]:
    return ("rowid", *COLUMNS) if connection.vendor == "sqlite" else ("rowid", "document")


def stored() -> Iterator[tuple[Any, ...]]:
    """All of it, as this database has it: to be put into another one of its kind."""
    document = "" if connection.vendor == "sqlite" else "::text"
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(stored_columns())}{document} FROM guides_fulltext ORDER BY rowid")  # noqa: S608
        while some := cursor.fetchmany(AT_ONCE):
            yield from some


def _bounded(stems: Iterable[str]) -> Iterable[str]:
    size = 0
    for stem in stems:
        size += len(stem.encode()) + 8
        if size > MOST_BYTES:
            return
        yield stem


def _tsvector(stems: Mapping[str, Iterable[str]]) -> str:
    """A tsvector as it is spelled, as PostgreSQL's own parser would split words otherwise than `words` does."""
    placed = (
        f"'{stem}':{min(place, 16_383)}{weight}"
        for column, weight in _WEIGHTS.items()
        for place, stem in enumerate(stems[column], start=1)
    )
    marked = (f"'{_WEIGHTS[column]}/{stem}'" for column in _MARKED for stem in dict.fromkeys(stems[column]))
    return " ".join((*placed, *marked))
