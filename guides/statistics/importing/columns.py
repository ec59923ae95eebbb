"""Columns of a published table, found by their names in any case and order."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import NamedTuple

from . import ImportRefused
from .files import Row, Table

MAX_HEADING_ROWS = 20
"""How many rows may precede the headings. Workbooks begin with titles and notes."""

MAX_NAMED = 12
"""How many headings a message names."""


class Body(NamedTuple):
    """The rows below the headings. `columns` has the position of each known column, `width` the number of headings."""

    columns: Mapping[str, int]
    headings: tuple[str, ...]
    rows: Iterator[Row]

    @property
    def width(self) -> int:
        return len(self.headings)


def find_columns(table: Table, *, required: Mapping[str, str], optional: Mapping[str, str], what: str) -> Body:
    """Return the body of the first sheet that has all required columns. Raise ImportRefused if there is none.

    The mappings have a regular expression per column, for the whole heading in lower case and without footnote marks.
    """
    best: dict[str, int] = {}
    seen: tuple[str, ...] = ()
    for rows in table.sheets:
        first = list(islice(rows, MAX_HEADING_ROWS))
        for count, row in enumerate(first, start=1):
            headings = tuple(map(_normalized, row.cells))
            found = _positions(headings, required)
            if len(found) == len(required):
                following = chain(first[count:], rows)
                return Body(found | _positions(headings, optional), headings, following)
            if len(found) > len(best) or not seen:
                best, seen = found, headings
    raise ImportRefused(_missing(table.name, what, [name for name in required if name not in best], seen))


def _missing(name: str, what: str, missing: list[str], seen: tuple[str, ...]) -> str:
    found = ", ".join(heading[:40] for heading in seen[:MAX_NAMED] if heading) or "none"
    return (
        f"{name} is not a table of {what}, or not a whole one. Missing columns: {', '.join(missing)}."
        f" Headings found: {found}. Download the table again from its publisher."
    )


def _normalized(heading: str) -> str:
    without_marks = re.sub(r"\[\d+\]", "", heading)
    return " ".join(without_marks.replace("–", "-").lower().split())


def _positions(headings: tuple[str, ...], wanted: Mapping[str, str]) -> dict[str, int]:
    matches = (
        (name, next((place for place, heading in enumerate(headings) if re.fullmatch(pattern, heading)), None))
        for name, pattern in wanted.items()
    )
    return {name: place for name, place in matches if place is not None}
