"""The full text of editions, in what each database has for it: FTS5 in SQLite, a tsvector in PostgreSQL.

Both hold stems, made by `words`, in four columns that weigh differently; the third migration makes the table. Neither
needs an extension.
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
"""Columns whose stems a tsvector has a second time, as 'A/lamp': an index knows no weights, but it knows these."""

AT_ONCE = 100
MOST_BYTES = 400_000  # PostgreSQL's tsvector ends at a megabyte


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
class Sought:
    """Words to look for: all or, without `every`, any; in some columns; with `prefix` as beginnings of words.

    Each word is the stems of which one will do: its own, and those of the compounds that it may be a part of.
    """

    words: tuple[tuple[str, ...], ...]
    every: bool = True
    prefix: bool = False
    columns: tuple[str, ...] = COLUMNS

    def all_in(self, columns: tuple[str, ...]) -> "Sought":
        """All of the words, in these columns."""
        return replace(self, every=True, columns=columns)

    @cached_property
    def begun(self) -> tuple[str, ...]:
        """How all words begin that have one of the stems."""
        return tuple(words.stem_prefix(stem) for stems in self.words for stem in stems)

    def among(self, stems: Iterable[str]) -> set[int]:
        """Return which of the words are among these stems, by their numbers."""
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


def found(sought: Sought) -> Iterator[int]:
    """Yield the primary keys of the editions, live or not, that match."""
    # The database joins them into one row. A frequent word would make thousands.
    return map(int, filter(None, _joined(sought).split(",")))


def _joined(sought: Sought) -> str:
    if connection.vendor == "sqlite":
        return _one("SELECT group_concat(rowid) FROM guides_fulltext WHERE guides_fulltext MATCH %s", sought.fts5())
    # Left to itself PostgreSQL reads all documents at times, a hundred times as slowly as the index.
    return _one("SELECT guides_found(%s::tsquery)", sought.tsquery())


def _one(sql: str, given: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, (given,))
        return cursor.fetchone()[0] or ""


def distances(sought: Sought, editions: Sequence[int]) -> dict[int, float]:
    """How far editions that have what is sought are from it, and perhaps others: the least is the best."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            weighed = "SELECT rowid, bm25(guides_fulltext, 8.0, 6.0, 3.0, 1.0) FROM guides_fulltext"
            cursor.execute(f"{weighed} WHERE guides_fulltext MATCH %s", (sought.fts5(),))
        else:
            weighed = "SELECT rowid, -ts_rank('{0.1,0.3,0.6,0.8}', document, %s::tsquery) FROM guides_fulltext"
            cursor.execute(f"{weighed} WHERE rowid = ANY(%s)", (sought.tsquery(), list(editions)))
        return dict(cursor.fetchall())


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
