"""Which rows of two lists are the same row: by what it is known by, else by what it says; and which of them moved."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from guides import words

# So many pairs of rows are held against each other, of each row so much of its text, in so many bits: enough for lists
# of two hundred rows of which none is as it was, and soon done.
MOST_PAIRS = 40_000
MOST_READ = 2_000
BITS = 2_048
ALIKE = 0.5


class Match(NamedTuple):
    """A row's places in the old list and in the new one; one is missing where the row is."""

    old: int | None
    new: int | None
    moved: bool = False


type Placed[T] = dict[int, T]


def matches[T: Hashable](
    old: Sequence[T], new: Sequence[T], *, key: Callable[[T], Hashable], text: Callable[[T], str]
) -> tuple[Match, ...]:
    """Every row of both lists, in the order of the new one; what is gone stands behind what it stood behind.

    Rows are the same that are equal, that alone have their key, that say much the same, or that have their key. Of
    those that changed their order, as few as can be are `moved`.
    """
    found: dict[int, int] = {}
    old_left, new_left = dict(enumerate(old)), dict(enumerate(new))

    def take(pairs: Iterable[tuple[int, int]]) -> None:
        for of, to in pairs:
            found[of] = to
            del old_left[of], new_left[to]

    take(_by(lambda row: row, old_left, new_left))
    take(_by(key, old_left, new_left, alone=True))
    take(_alike(old_left, new_left, text))
    take(_by(key, old_left, new_left))
    stayed = _ascending([found[of] for of in sorted(found)])
    ordered = [(to, -1, Match(of, to, to not in stayed)) for of, to in found.items()]
    ordered += [(to, -1, Match(None, to)) for to in new_left]
    behind = -1
    for of in range(len(old)):
        if of in old_left:
            ordered.append((behind, of, Match(of, None)))
        elif found[of] in stayed:
            behind = found[of]
    return tuple(match for _, _, match in sorted(ordered, key=itemgetter(0, 1)))


def _by[T](
    key: Callable[[T], Hashable], old: Placed[T], new: Placed[T], *, alone: bool = False
) -> list[tuple[int, int]]:
    """Those with the same key, in order, or only where one on either side has it."""
    groups: dict[Hashable, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate((old, new)):
        for place, row in rows.items():
            groups[key(row)][side].append(place)
    return [
        pair for of, to in groups.values() if not alone or len(of) == len(to) == 1 for pair in zip(of, to, strict=False)
    ]


def _alike[T](old: Placed[T], new: Placed[T], text: Callable[[T], str]) -> Iterator[tuple[int, int]]:
    """Those whose words are mostly the same, best first; in long lists, of those only that stand about as far down."""
    if not old or not new:
        return
    sketch = Sketcher()
    theirs, ours = (
        [(place, sketch(words.content_words(text(row)[:MOST_READ]))) for place, row in rows.items()]
        for rows in (old, new)
    )
    reach = MOST_PAIRS // len(new)
    pairs = []
    for nth, (to, became) in enumerate(ours):
        first = max(0, min(nth * len(old) // len(new) - reach // 2, len(old) - reach))
        for of, was in theirs[first : first + reach]:
            if (alike := likeness(was, became)) >= ALIKE:
                pairs.append((-alike, abs(of - to), of, to))
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, _, of, to in sorted(pairs):
        if of not in taken[0] and to not in taken[1]:
            taken[0].add(of)
            taken[1].add(to)
            yield of, to


class Sketch(NamedTuple):
    """Which words a text has, as the bits of a number, and how many these are."""

    bits: int
    size: int


class Sketcher:
    """Makes sketches that can be held against each other."""

    def __init__(self) -> None:
        self._places: dict[str, int] = defaultdict(count().__next__)

    def __call__(self, said: Iterable[str]) -> Sketch:
        bits = 0
        for word in set(said):
            bits |= 1 << self._places[word] % BITS
        return Sketch(bits, bits.bit_count())


def likeness(one: Sketch, other: Sketch) -> float:
    """The share of their words that both have, from 0 to 1."""
    both = one.size + other.size
    return 2 * (one.bits & other.bits).bit_count() / both if both else 0


def _ascending(places: Sequence[int]) -> set[int]:
    """The most of these that stand in ascending order."""
    lasts: list[int] = []  # the lowest last place of an ascending row, by its length
    chosen: list[int] = []  # for each place, that length
    for place in places:
        length = bisect_left(lasts, place)
        lasts[length : length + 1] = [place]
        chosen.append(length)
    found: set[int] = set()
    wanted = len(lasts) - 1
    for place, length in zip(reversed(places), reversed(chosen), strict=True):
        if length == wanted:
            found.add(place)
            wanted -= 1
    return found
