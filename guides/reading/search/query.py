"""What a visitor types, as words to look for: with the compounds that they may be, corrected where they are misspelled.

Nothing of it is kept: stems of a visitor's words stay out of the cache.
"""

from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides import words
from guides.models import fulltext
from guides.models.fulltext import COLUMNS, Sought
from guides.reading.index.live_data import LiveData
from guides.reading.index.live_index import LiveIndex

from .english import english

MOST_WORDS = 12


class Typed(NamedTuple):
    """A word of a query, and what it makes with the word before it and with the next: 'co-ordinator' may be one."""

    word: str
    compounds: tuple[str, ...]


def typed(query: str) -> tuple[Typed, ...]:
    """Return the words of a query that say something; all of them, where none does."""
    each = _each(query)
    return (tuple(one for one in each if words.is_content_word(one.word)) or each)[:MOST_WORDS]


def begun(query: str) -> tuple[Typed, ...]:
    """Return all words of a query that is still being typed."""
    return _each(query)[:MOST_WORDS]


def _each(query: str) -> tuple[Typed, ...]:
    spelled = words.words(query)
    compounds = ("", *map("".join, pairwise(spelled)), "")
    # Without any word, there is a pair of nothing to leave out.
    around = zip(spelled, pairwise(compounds), strict=False)
    return tuple(Typed(word, tuple(filter(None, both))) for word, both in around)


def all_of(asked: tuple[Typed, ...], *, columns: tuple[str, ...] = COLUMNS) -> Sought:
    """Return what has all of these words."""
    return Sought(stems(asked), columns=columns)


def beginning(asked: tuple[Typed, ...], *, columns: tuple[str, ...] = COLUMNS, or_whole: bool = False) -> Sought:
    """Return what has words that begin so; the last one may be cut anywhere.

    With `or_whole` it may be a whole word, too: its stem may be shorter than the word, which then begins no stem.
    """
    *before, last = asked
    ends = (last.word, *last.compounds, *(_stems(last) if or_whole else ()))
    return Sought((*stems(tuple(before)), ends), prefix=True, columns=columns)


def _stems(one: Typed) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(words.stem_uncached, (one.word, *one.compounds))))


def keys(query: str) -> frozenset[str]:
    """Return the stems of all words of a query, as names of skills are known by them; two may be one."""
    spelled = words.spellings(words.words(query)[:MOST_WORDS], apart=frozenset())
    return frozenset(" ".join(map(words.stem_uncached, each)) for each in spelled)


def stems(asked: tuple[Typed, ...]) -> tuple[tuple[str, ...], ...]:
    """Return for each word the stems of which one will do."""
    return tuple(map(_stems, asked))


def matching(sought: Sought, index: LiveIndex) -> tuple[int, ...]:
    """Return the positions of the live guides that match, by title."""
    return index.live(fulltext.found(sought))


def corrected(query: str, known: LiveData) -> str:
    """Return the words of a query, misspelled ones corrected: what is no English, in no names, and in no live guide.

    The nearest word of names that a live guide has comes in place of each. One that is right but for its ending, and
    so is found as it is, gets the right ending.
    """
    asked = {one.word: one for one in typed(query)}
    right = english(asked)

    def is_found(*stems: str) -> bool:
        return bool(matching(Sought((stems,)), known.index))

    def nearest(word: str) -> str:
        most = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        if not most or word in right or word in known.words:
            return word
        near = process.extract(word, known.words_in_order, scorer=OSA.distance, score_cutoff=most, limit=5)
        others, stem = (other for other, _distance, _place in near), words.stem_uncached(word)
        if is_found(*_stems(asked[word])):
            return next((other for other in others if words.stem_uncached(other) == stem), word)
        return next((other for other in others if is_found(words.stem_uncached(other))), word)

    return " ".join(nearest(word) if word in asked else word for word in words.words(query))
