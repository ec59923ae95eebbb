"""Spelling of a text as guides have it: words cut in two are joined, and misspelled words are corrected.

English words and words of guides are never corrected.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.reading.index.live_data import LiveData
from guides.reading.search.english import english

from . import synonyms, tokens
from .tokens import Token, TokenizedText

MAX_CORRECTIONS, MIN_LETTERS = 400, 6


def correct_spelling(text: TokenizedText, known: LiveData, *, min_letters: int = MIN_LETTERS) -> TokenizedText:
    """Correct words of at least `min_letters` letters toward words of guides, and mark which tokens are known."""
    text = tokens.join_split_words(text, known.words)
    unknown = dict.fromkeys(token.word for token in text.tokens if not _is_known(token, known))
    candidates = [word for word in unknown if len(word) >= min_letters and word.isalpha()]
    correct = english(candidates)
    misspelled = [word for word in candidates if word not in correct][:MAX_CORRECTIONS]
    corrections = _corrections(misspelled, known.words, min_letters=min_letters - 1)
    spelled = (
        replace(token, word=corrections[token.word]) if token.word in corrections else token for token in text.tokens
    )
    return replace(text, tokens=tuple(replace(token, is_known=_is_known(token, known)) for token in spelled))


def _is_known(token: Token, known: LiveData) -> bool:
    """Return whether names in guides have a word, or two words that it consists of: 'frontdesk'."""
    cuts = range(1, len(token.word))
    if token.stem in known.stems or token.sense in synonyms.senses_of(known.stems):
        return True
    return any(token.word[:cut] in known.words and token.word[cut:] in known.words for cut in cuts)


@lru_cache(maxsize=2)
def _by_letter(known: frozenset[str], *, min_letters: int) -> Mapping[str, tuple[str, ...]]:
    """Group words of at least so many letters by their first letter."""
    long = sorted(word for word in known if len(word) >= min_letters)
    return {letter: tuple(group) for letter, group in groupby(long, key=lambda word: word[0])}


def _corrections(misspelled: Iterable[str], known: frozenset[str], *, min_letters: int) -> dict[str, str]:
    """Map each word to the nearest known one with the same first letter, at a distance of 1, or 2 for long words."""
    by_letter = _by_letter(known, min_letters=min_letters)
    corrections: dict[str, str] = {}
    for word in misspelled:
        max_distance = 1 if len(word) < 12 else 2
        nearest = process.extractOne(word, by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=max_distance)
        if nearest:
            corrections[word] = nearest[0]
    return corrections
