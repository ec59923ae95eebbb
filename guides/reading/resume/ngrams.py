"""Candidate spans of a résumé for names: n-grams, swapped pairs of words, and skip-grams within a clause."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from guides import words
from guides.schema import MAX_WORDING_WORDS

from .tokens import Boundary, Token, TokenizedText

MAX_NAME_WORDS = 8
"""Longer names are never found."""

MAX_SKIPGRAM_SPREAD = 6
"""The number of consecutive tokens over which a skip-gram may spread."""

_OF = {"of", "for", "the", "in"}


class Span(NamedTuple):
    """A half-open range of tokens, and the key under which a name may match it."""

    first: int
    last: int
    key: str

    def overlaps(self, other: "Span") -> bool:
        return self.first < other.last and other.first < self.last

    def is_part_of(self, other: "Span") -> bool:
        return other.first <= self.first and self.last <= other.last and self[:2] != other[:2]


def ngrams(
    text: TokenizedText, part: Callable[[Token], str], *, separator: str = " ", swapped: bool = False
) -> Iterator[Span]:
    """Yield all runs of tokens within a clause. Their keys join the parts of the tokens with the separator.

    With `swapped`, pairs such as 'scheduled patients' come in reverse order as well.
    """
    for first in range(len(text.tokens)):
        parts: list[str] = []
        for last in range(first, min(first + MAX_NAME_WORDS, len(text.tokens))):
            token = text.tokens[last]
            if not (token.is_known or token.word in _OF) or (last > first and token.boundary >= Boundary.LABEL):
                break
            parts.append(part(token))
            yield Span(first, last + 1, separator.join(parts))
            if swapped and last - first in {1, 2} and _is_pair(text.tokens[first : last + 1]):
                yield Span(first, last + 1, f"{parts[-1]} {parts[0]}")
                if last - first == 2:
                    yield Span(first, last + 1, f"{parts[0]} {parts[-1]}")


def _is_pair(run: tuple[Token, ...]) -> bool:
    """Return whether a run is two words, or two words with a preposition or article between them."""
    is_adjacent = all(token.boundary == Boundary.NONE for token in run[1:])
    return is_adjacent and (len(run) == 2 or run[1].word in _OF) and not {run[0].word, run[-1].word} & (_OF | {"and"})


def skipgrams(text: TokenizedText) -> Iterator[Span]:
    """Yield up to three content words near each other in a clause. Their keys do not depend on the order."""
    for first, token in enumerate(text.tokens):
        if not _is_content_word(token):
            continue
        yield Span(first, first + 1, token.stem)
        nearby: list[int] = []
        for index in range(first + 1, min(first + MAX_SKIPGRAM_SPREAD, len(text.tokens))):
            if text.tokens[index].boundary >= Boundary.LABEL:
                break
            if _is_content_word(text.tokens[index]):
                nearby.append(index)
        for count in range(1, MAX_WORDING_WORDS):
            for others in combinations(nearby, count):
                stems = {token.stem, *(text.tokens[index].stem for index in others)}
                yield Span(first, others[-1] + 1, " ".join(sorted(stems)))


def _is_content_word(token: Token) -> bool:
    return token.is_known and token.word not in words.STOP_WORDS


def longest_non_overlapping(spans: Iterable[Span]) -> frozenset[Span]:
    """Return the longest of overlapping spans, and the first of equally long ones."""
    taken: set[int] = set()
    longest = set()
    for span in sorted(set(spans), key=lambda span: (span.first - span.last, span)):
        indexes = range(span.first, span.last)
        if taken.isdisjoint(indexes):
            taken.update(indexes)
            longest.add(span)
    return frozenset(longest)
