"""Ranks the live guides that match a query."""

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from guides.models import fulltext
from guides.models.fulltext import Query
from guides.models.search_index import Term, TermKind
from guides.reading.index.live_index import LiveIndex

MAX_RANKED_BY_TEXT = 500
BEST_FIRST = (("title",), ("names",), ("title", "names"), ("skills",), ("title", "names", "skills"))
"""The fields in which all words are found, best first. Matches in the text come after these."""


@dataclass(frozen=True)
class Scope:
    """The live guides to search: all, or those of a mask."""

    index: LiveIndex
    mask: int | None = None

    @cached_property
    def _positions(self) -> str:
        return f"{self.mask or 0:0{len(self.index.guides)}b}"[::-1]

    def matching(self, query: Query) -> tuple[int, ...]:
        """Return the positions of the guides that match, by title."""
        found = self.index.live(fulltext.matching(query))
        if self.mask is None:
            return found
        return tuple(position for position in found if self._positions[position] == "1")

    def exactly_named(self, key: str) -> tuple[int, ...]:
        """Return the live guides with this title, then those with this alternative title."""
        rows = Term.objects.filter(kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE), key=key)
        found: dict[str, list[int]] = {TermKind.TITLE: [], TermKind.ALTERNATIVE: []}
        for kind, edition in rows.values_list("kind", "edition"):
            position = self.index.position.get(edition)
            if position is not None and (self.mask is None or self._positions[position] == "1"):
                found[kind].append(edition)
        return tuple(chain(*(self.index.editions(self.index.live(editions)) for editions in found.values())))


def ranked(
    scope: Scope, query: Query, adjacent: Query | None, key: str, *, matches: tuple[int, ...], most: int
) -> tuple[tuple[int, ...], bool]:
    """Return the best matches, and whether all words are outside the text of a guide.

    The order is: an exact title, an exact alternative title, the field that has all words, and in the text the words
    next to each other. The two databases rank differently, so their rank only orders matches in the text, and only if
    these are few.
    """
    # In most searches only the text has all words. Then the queries by field are skipped.
    in_fields = len(scope.matching(query.all_in(BEST_FIRST[-1])))
    found = dict.fromkeys(ranked_by_field(scope, query, key, most=most) if in_fields else scope.exactly_named(key))
    if len(found) < most and in_fields < len(matches):
        if adjacent:
            near = scope.matching(adjacent)
            found |= dict.fromkeys(_ranked_by_text(query, near, scope.index, most=most))
        found |= dict.fromkeys(_ranked_by_text(query, matches, scope.index, most=most))
    return tuple(found)[:most], bool(in_fields)


def ranked_by_field(scope: Scope, query: Query, key: str, *, most: int) -> tuple[int, ...]:
    """Return the best matches outside the text: an exact title first, then by the field that has all words."""
    found = dict.fromkeys(scope.exactly_named(key))
    for columns in BEST_FIRST:
        if set(columns) <= set(query.columns) and len(found) < most:
            found |= dict.fromkeys(scope.index.editions(scope.matching(query.all_in(columns))[: 2 * most]))
    return tuple(found)[:most]


def _ranked_by_text(query: Query, matches: tuple[int, ...], index: LiveIndex, *, most: int) -> tuple[int, ...]:
    """Return matches in the order of the database, ties by title, or the first by title if there are many."""
    if len(matches) > MAX_RANKED_BY_TEXT:
        return index.editions(matches[: 2 * most])
    keys = index.editions(matches)
    distances = fulltext.distances(query, keys)
    return tuple(sorted(keys, key=lambda key: distances.get(key, 0.0)))
