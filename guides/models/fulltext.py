"""The full-text index of editions: FTS5 in SQLite, a tsvector in PostgreSQL.

Both hold stems, computed by `words`, in four columns with different weights. `database` creates the table.
Neither needs an extension.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db import connection, models

from guides import words

from .edition import Edition

COLUMNS = ("title", "names", "skills", "body")
_WEIGHTS = dict(zip(COLUMNS, "ABCD", strict=True))
_MARKED = COLUMNS[:-1]
"""Columns whose stems are also stored with a prefix, as 'A/lamp', because a GIN index does not hold weights."""

AT_ONCE = 100
MAX_BYTES = 400_000  # PostgreSQL limits a tsvector to a megabyte


class FullText(models.Model):
    edition = models.OneToOneField(
        Edition, models.DO_NOTHING, primary_key=True, db_column="rowid", db_constraint=False, related_name="fulltext"
    )

    class Meta:
        managed = False
        default_permissions = ()
        db_table = "guides_fulltext"

    def __str__(self) -> str:
        return str(self.pk)


@dataclass(frozen=True)
class Query:
    """A full-text query: all words or, without `every`, any, in some columns. With `prefix`, stems are prefixes.

    Each word is a tuple of alternative stems: its own, and those of the compounds that it may be a part of.
    """

    words: tuple[tuple[str, ...], ...]
    every: bool = True
    prefix: bool = False
    columns: tuple[str, ...] = COLUMNS

    def all_in(self, columns: tuple[str, ...]) -> "Query":
        """Return the query for all words in these columns."""
        return replace(self, every=True, columns=columns)

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """The prefixes of all words that have one of the stems."""
        return tuple(words.stem_prefix(stem) for stems in self.words for stem in stems)

    def words_among(self, stems: Iterable[str]) -> set[int]:
        """Return the numbers of the words that are among these stems."""
        has = frozenset(stems)
        if self.prefix:
            return {number for number, some in enumerate(self.words) if any(stem.startswith(some) for stem in has)}
        return {number for number, some in enumerate(self.words) if not has.isdisjoint(some)}

    def fts5(self) -> str:
        ends = "*" if self.prefix else ""
        each = (" OR ".join(f'"{stem}"{ends}' for stem in stems) for stems in self.words)
        return f"{{{' '.join(self.columns)}}} : ({self._of_all(each, ' AND ', ' OR ')})"

    def tsquery(self) -> str:
        marks = ("",) if self.columns == COLUMNS else tuple(f"{_WEIGHTS[column]}/" for column in self.columns)
        ends = ":*" if self.prefix else ""
        each = (" | ".join(f"'{mark}{stem}'{ends}" for stem in stems for mark in marks) for stems in self.words)
        return self._of_all(each, " & ", " | ")

    def _of_all(self, each: Iterable[str], every: str, some: str) -> str:
        return (every if self.every else some).join(f"({one})" for one in each)


def matching(query: Query) -> Iterator[int]:
    """Yield the primary keys of the editions, live or not, that match."""
    # The database joins them into one row, because a frequent word matches thousands.
    return map(int, filter(None, _joined(query).split(",")))


def _joined(query: Query) -> str:
    if connection.vendor == "sqlite":
        return _fetch_text(
            "SELECT group_concat(rowid) FROM guides_fulltext WHERE guides_fulltext MATCH %s", query.fts5()
        )
    # The function prevents sequential scans, which take a hundred times as long as the index.
    return _fetch_text("SELECT guides_found(%s::tsquery)", query.tsquery())


def _fetch_text(sql: str, parameter: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, (parameter,))
        return cursor.fetchone()[0] or ""


def distances(query: Query, editions: Sequence[int]) -> dict[int, float]:
    """Return the rank of at least these editions, the lowest for the best match."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            weighed = "SELECT rowid, bm25(guides_fulltext, 8.0, 6.0, 3.0, 1.0) FROM guides_fulltext"
            cursor.execute(f"{weighed} WHERE guides_fulltext MATCH %s", (query.fts5(),))
        else:
            weighed = "SELECT rowid, -ts_rank('{0.1,0.3,0.6,0.8}', document, %s::tsquery) FROM guides_fulltext"
            cursor.execute(f"{weighed} WHERE rowid = ANY(%s)", (query.tsquery(), list(editions)))
        return dict(cursor.fetchall())


def store(pk: int, stems: Mapping[str, Iterable[str]]) -> None:
    """Store the full text of an edition: the stems of each column, in reading order."""
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
    """Yield all rows in the form of this kind of database, for a backup."""
    document = "" if connection.vendor == "sqlite" else "::text"
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(stored_columns())}{document} FROM guides_fulltext ORDER BY rowid")  # noqa: S608
        while some := cursor.fetchmany(AT_ONCE):
            yield from some


def _bounded(stems: Iterable[str]) -> Iterable[str]:
    size = 0
    for stem in stems:
        size += len(stem.encode()) + 8
        if size > MAX_BYTES:
            return
        yield stem


def _tsvector(stems: Mapping[str, Iterable[str]]) -> str:
    """Return the literal of a tsvector, because PostgreSQL's parser would split words differently from `words`."""
    placed = (
        f"'{stem}':{min(place, 16_383)}{weight}"
        for column, weight in _WEIGHTS.items()
        for place, stem in enumerate(stems[column], start=1)
    )
    marked = (f"'{_WEIGHTS[column]}/{stem}'" for column in _MARKED for stem in dict.fromkeys(stems[column]))
    return " ".join((*placed, *marked))
