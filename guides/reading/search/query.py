"""Turns the text that a visitor types into queries: splits words, adds compounds, and corrects spelling.

The words of visitors are not stored. Their stems stay out of the cache.
"""

from itertools import pairwise
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides import words
from guides.models import fulltext
from guides.models.fulltext import COLUMNS, Query
from guides.reading.index.live_data import LiveData

from .english import english

MAX_WORDS = 12


class Typed(NamedTuple):
    """A word of a text, and the compounds that it forms with its neighbors: 'co' and 'ordinator' may be one word."""

    word: str
    compounds: tuple[str, ...]


def typed(text: str) -> tuple[Typed, ...]:
    """Return the content words of a text, or all words if it has none."""
    each = _each(text)
    return (tuple(one for one in each if words.is_content_word(one.word)) or each)[:MAX_WORDS]


def begun(text: str) -> tuple[Typed, ...]:
    """Return all words of an unfinished text."""
    return _each(text)[:MAX_WORDS]


def _each(text: str) -> tuple[Typed, ...]:
    spelled = words.words(text)
    compounds = ("", *map("".join, pairwise(spelled)), "")
    # Without words there is still one pair of empty strings.
    around = zip(spelled, pairwise(compounds), strict=False)
    return tuple(Typed(word, tuple(filter(None, both))) for word, both in around)


def all_of(terms: tuple[Typed, ...], *, columns: tuple[str, ...] = COLUMNS) -> Query:
    """Return the query for all of these words."""
    return Query(stems(terms), columns=columns)


def beginning(terms: tuple[Typed, ...], *, columns: tuple[str, ...] = COLUMNS, or_whole: bool = False) -> Query:
    """Return the query for words with these prefixes. The last word may be unfinished.

    With `or_whole`, the last word may also be complete. The stem of a complete word may be shorter than the word.
    """
    *before, last = terms
    ends = (last.word, *last.compounds, *(_stems(last) if or_whole else ()))
    return Query((*stems(tuple(before)), ends), prefix=True, columns=columns)


def adjacent(terms: tuple[Typed, ...]) -> Query | None:
    """Return the query for all of these words next to each other, as texts with 'part-time' or 'part time' have them.

    The index has neighboring words as one word too. Return None for a single word.
    """
    pairs = tuple((words.stem_uncached(first.word + second.word),) for first, second in pairwise(terms))
    return Query(pairs) if pairs else None


def _stems(one: Typed) -> tuple[str, ...]:
    return tuple(dict.fromkeys(map(words.stem_uncached, (one.word, *one.compounds))))


def keys(text: str) -> frozenset[str]:
    """Return the keys under which the skill index may have a name, one per spelling of compounds."""
    spelled = words.spellings(words.words(text)[:MAX_WORDS], apart=frozenset())
    return frozenset(" ".join(map(words.stem_uncached, each)) for each in spelled)


def stems(terms: tuple[Typed, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the alternative stems of each word."""
    return tuple(map(_stems, terms))


def corrected(text: str, known: LiveData) -> str:
    """Correct the spelling of a text. Words of English, of names, and of live guides count as correct.

    The nearest word of a name that a live guide has replaces a wrong one. A word that is found by its stem is only
    replaced by a word with the same stem.
    """
    terms = {one.word: one for one in typed(text)}
    right = english(terms)

    def is_found(*stems: str) -> bool:
        return bool(known.index.live(fulltext.matching(Query((stems,)))))

    def nearest(word: str) -> str:
        most = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        if not most or word in right or word in known.words:
            return word
        near = process.extract(word, known.words_in_order, scorer=OSA.distance, score_cutoff=most, limit=5)
        others, stem = (other for other, _distance, _place in near), words.stem_uncached(word)
        if is_found(*_stems(terms[word])):
            return next((other for other in others if words.stem_uncached(other) == stem), word)
        return next((other for other in others if is_found(words.stem_uncached(other))), word)

    return " ".join(nearest(word) if word in terms else word for word in words.words(text))
