"""Candidate spans of a résumé for names: n-grams, swapped pairs of words, and skip-grams within a clause."""

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from guides import words
from guides.schema import MAX_WORDING_WORDS

from .synonyms import PAST_TENSES, sense_key
from .tokens import AND, Boundary, Token, TokenizedText

MAX_NAME_WORDS = 8
"""Longer names are never found."""

MAX_SKIPGRAM_SPREAD = 6
"""The number of consecutive tokens over which a skip-gram may spread, not counting words such as 'the'."""

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


def ngrams(text: TokenizedText) -> Iterator[Span]:
    """Yield all runs of tokens within a clause. Pairs such as 'scheduled patients' come in reverse order as well."""
    for first in range(len(text.tokens)):
        parts: list[str] = []
        for last in range(first, min(first + MAX_NAME_WORDS, len(text.tokens))):
            token = text.tokens[last]
            if not (token.is_known or token.word in _OF) or (last > first and token.boundary >= Boundary.LABEL):
                break
            parts.append(token.stem)
            yield Span(first, last + 1, " ".join(parts))
            if last - first in {1, 2} and _is_pair(text.tokens[first : last + 1]):
                yield Span(first, last + 1, f"{parts[-1]} {parts[0]}")
                if last - first == 2:
                    yield Span(first, last + 1, f"{parts[0]} {parts[-1]}")


def _is_pair(run: tuple[Token, ...]) -> bool:
    """Return whether a run is two words, or two words with a preposition or article between them."""
    is_adjacent = all(token.boundary == Boundary.NONE for token in run[1:])
    return is_adjacent and (len(run) == 2 or run[1].word in _OF) and not {run[0].word, run[-1].word} & (_OF | {"and"})


def coordinated(text: TokenizedText) -> Iterator[Span]:
    """Yield pairs of words that share one around 'and' or a slash: 'medical billing and coding' is medical coding."""
    each = text.tokens
    for index in range(1, len(each)):
        is_and = each[index].word in AND
        if not is_and and not text.is_slash_before(index):
            continue
        before, behind = index - 1, index + is_and
        for first, last in ((before - 1, behind), (before, behind + 1)):
            if first < 0 or last >= len(each) or not (_is_content_word(each[first]) and _is_content_word(each[last])):
                continue
            if all(each[place].boundary == Boundary.NONE for place in range(first + 1, last + 1) if place != index):
                yield Span(first, last + 1, f"{each[first].stem} {each[last].stem}")


def skipgrams(text: TokenizedText) -> Iterator[Span]:
    """Yield up to three content words near each other in a clause. Their keys are senses, regardless of order.

    Words of different items of a list come together only if the items share one of these words.
    """
    for first, token in enumerate(text.tokens):
        if not _is_content_word(token):
            continue
        yield Span(first, first + 1, token.stem)
        nearby: list[int] = []
        spread = 1
        for index in range(first + 1, len(text.tokens)):
            if spread == MAX_SKIPGRAM_SPREAD or text.tokens[index].boundary >= Boundary.LABEL:
                break
            spread += text.tokens[index].word not in words.STOP_WORDS
            if _is_content_word(text.tokens[index]):
                nearby.append(index)
        for count in range(1, MAX_WORDING_WORDS):
            for others in combinations(nearby, count):
                if others[-1] in text.items[first] or _is_connected(text, (first, *others)):
                    senses = {token.sense, *(text.tokens[index].sense for index in others)}
                    if len(senses) > 1:
                        yield Span(first, others[-1] + 1, sense_key(senses))


def _is_connected(text: TokenizedText, chosen: tuple[int, ...]) -> bool:
    """Return whether each item with a chosen word shares such a word with an earlier item."""
    for place, index in enumerate(chosen[1:], start=1):
        item = text.items[index]
        others = [other for other in chosen[place:] if other in item]
        if chosen[place - 1] not in item and not any(
            _is_shared(text, one, other) for one in chosen[:place] for other in others
        ):
            return False
    return True


def _is_shared(text: TokenizedText, one: int, other: int) -> bool:
    """Return whether an item contributes a word to the item of another word.

    A verb or a modifier counts for items behind it ('verified insurance, benefits'; 'Microsoft Word, Excel'), and the
    last noun for those before it ('scheduled, moved, and canceled appointments').
    """
    item, following = text.items[one], text.items[other]
    if _is_verb(text.tokens[one].word) and one + 1 in item and not _is_verb(text.tokens[following.start].word):
        return True
    if one == item.start and len(item) > 1 and text.is_list_item(other, other + 1):
        return True
    is_joined = not AND.isdisjoint(text.words(following.start, other)) or text.is_slash_before(following.start)
    return is_joined and one + 1 == item.stop and other + 1 == following.stop and len(following) > 2


def _is_verb(word: str) -> bool:
    return word.endswith(("ed", "ing")) or word in PAST_TENSES


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
