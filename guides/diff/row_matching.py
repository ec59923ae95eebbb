"""Match the rows of two lists: by identity, then by similar text. Report which rows moved."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from operator import itemgetter
from typing import NamedTuple

from guides import words

MAX_PAIRS = 40_000
"""Pairs of rows whose texts are compared: all pairs of two lists of 200 rows."""

MAX_TEXT = 2_000
"""Characters of a row that are compared."""

MIN_SIMILARITY = 0.5


class Match(NamedTuple):
    """A row's index in the old and in the new list, or None in the list that lacks it."""

    old: int | None
    new: int | None
    moved: bool = False


type Rows[T] = dict[int, T]


def matches[T: Hashable](
    old: Sequence[T], new: Sequence[T], *, key: Callable[[T], Hashable], text: Callable[[T], str]
) -> tuple[Match, ...]:
    """Return every row of both lists in the order of the new one. A removed row follows its old predecessor.

    Rows match if they are equal, else if they alone have their key, else if their texts are similar, else by key.
    """
    found: dict[int, int] = {}
    old_left, new_left = dict(enumerate(old)), dict(enumerate(new))

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for before, after in pairs:
            found[before] = after
            del old_left[before], new_left[after]

    take(_by(lambda row: row, old_left, new_left))
    take(_by(key, old_left, new_left, unique=True))
    take(_similar(old_left, new_left, text))
    take(_by(key, old_left, new_left))
    stayed = _in_order([found[before] for before in sorted(found)])
    ordered = [(after, -1, Match(before, after, after not in stayed)) for before, after in found.items()]
    ordered += [(after, -1, Match(None, after)) for after in new_left]
    predecessor = -1
    for before in range(len(old)):
        if before in old_left:
            ordered.append((predecessor, before, Match(before, None)))
        elif found[before] in stayed:
            predecessor = found[before]
    return tuple(match for _, _, match in sorted(ordered, key=itemgetter(0, 1)))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the Dice coefficient of two sets of words, from 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 0


def _by[T](key: Callable[[T], Hashable], old: Rows[T], new: Rows[T], *, unique: bool = False) -> list[tuple[int, int]]:
    """Pair rows with the same key in order, or only those whose key is unique in both lists."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((old, new)):
        for index, row in rows.items():
            groups[key(row)][side].append(index)
    return [
        pair
        for before, after in groups.values()
        if not unique or len(before) == len(after) == 1
        for pair in zip(before, after, strict=False)
    ]


def _similar[T](old: Rows[T], new: Rows[T], text: Callable[[T], str]) -> Iterator[tuple[int, int]]:
    """Pair rows with similar texts, the most similar first. Compare nothing if there are too many pairs."""
    if len(old) * len(new) > MAX_PAIRS:
        return
    before, after = (
        {index: frozenset(words.content_words(text(row)[:MAX_TEXT])) for index, row in rows.items()}
        for rows in (old, new)
    )
    pairs = sorted(
        (-score, abs(of - to), of, to)
        for of, one in before.items()
        for to, other in after.items()
        if (score := similarity(one, other)) >= MIN_SIMILARITY
    )
    for _, _, of, to in pairs:
        if of in before and to in after:
            del before[of], after[to]
            yield of, to


def _in_order(indexes: Sequence[int]) -> set[int]:
    """Return the indexes whose order did not change."""
    matcher = SequenceMatcher(None, indexes, sorted(indexes), autojunk=False)
    return {index for block in matcher.get_matching_blocks() for index in indexes[block.a : block.a + block.size]}
