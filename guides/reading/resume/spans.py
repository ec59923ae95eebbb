"""Runs of words of a résumé that may be a name: as they stand, turned round, or scattered over a clause."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from guides import words
from guides.schema import MAX_WORDING_WORDS

from .tokens import Break, Reading, Token

LONGEST = 8
"""Words of a name: what is longer is never found."""

WITHIN = 6
"""So many words may a wording be scattered over, in any order."""

_OF = {"of", "for", "the", "in"}


class Span(NamedTuple):
    """Some words of the text, and the key of a name that they may be."""

    first: int
    last: int
    key: str

    def overlaps(self, other: "Span") -> bool:
        return self.first < other.last and other.first < self.last

    def is_piece_of(self, other: "Span") -> bool:
        return other.first <= self.first and self.last <= other.last and self[:2] != other[:2]


def runs(reading: Reading, part: Callable[[Token], str], *, between: str = " ", turned: bool = False) -> Iterator[Span]:
    """All runs of words within a clause, and, `turned`, pairs of words in their other order: 'scheduled patients'.

    Their keys are the parts of the words with `between` in between.
    """
    for first in range(len(reading.tokens)):
        parts: list[str] = []
        for last in range(first, min(first + LONGEST, len(reading.tokens))):
            token = reading.tokens[last]
            if not (token.is_known or token.word in _OF) or (last > first and token.before >= Break.LABEL):
                break
            parts.append(part(token))
            yield Span(first, last + 1, between.join(parts))
            if turned and last - first in {1, 2} and _is_pair(reading.tokens[first : last + 1]):
                yield Span(first, last + 1, f"{parts[-1]} {parts[0]}")
                if last - first == 2:
                    yield Span(first, last + 1, f"{parts[0]} {parts[-1]}")


def _is_pair(run: tuple[Token, ...]) -> bool:
    is_close = all(token.before == Break.NONE for token in run[1:])
    return is_close and (len(run) == 2 or run[1].word in _OF) and not {run[0].word, run[-1].word} & (_OF | {"and"})


def scattered(reading: Reading) -> Iterator[Span]:
    """Up to three telling words of a clause that stand near each other, in any order."""
    for first, token in enumerate(reading.tokens):
        if not _tells(token):
            continue
        yield Span(first, first + 1, token.stem)
        near: list[int] = []
        for place in range(first + 1, min(first + WITHIN, len(reading.tokens))):
            if reading.tokens[place].before >= Break.LABEL:
                break
            if _tells(reading.tokens[place]):
                near.append(place)
        for count in range(1, MAX_WORDING_WORDS):
            for others in combinations(near, count):
                stems = {token.stem, *(reading.tokens[place].stem for place in others)}
                yield Span(first, others[-1] + 1, " ".join(sorted(stems)))


def _tells(token: Token) -> bool:
    return token.is_known and token.word not in words.STOP_WORDS


def apart(spans: Iterable[Span]) -> frozenset[Span]:
    """The longest of those that overlap, the first of equal ones."""
    taken: set[int] = set()
    kept = set()
    for span in sorted(set(spans), key=lambda of: (of.first - of.last, of)):
        places = range(span.first, span.last)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.add(span)
    return frozenset(kept)
