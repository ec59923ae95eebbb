"""Spelling of a text as guides have it: words cut in two are joined, and misspelled words are corrected.

English words and words of guides are never corrected.
"""

import re
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
PREFIX_LETTERS = 3
_BRITISH = re.compile(r"(?<=\w{3})is(?=(?:e|ed|er|es|ing|ation)$)")


def correct_spelling(text: TokenizedText, known: LiveData, *, min_letters: int = MIN_LETTERS) -> TokenizedText:
    """Correct words of at least `min_letters` letters toward words of guides, and mark which tokens are known."""
    text = tokens.join_split_words(text, known.words)
    unknown = dict.fromkeys(token.word for token in text.tokens if token.word not in known.words)
    candidates = [word for word in unknown if len(word) >= min_letters and word.isalpha()]
    american = {word: other for word in candidates if (other := _american(word)) != word and other in known.words}
    correct = english(candidates)
    misspelled = [word for word in candidates if word not in correct][:MAX_CORRECTIONS]
    corrections = _corrections(misspelled, known.words, min_letters=min_letters - 1) | american
    spelled = tuple(
        replace(token, word=corrections[token.word]) if token.word in corrections else token for token in text.tokens
    )
    is_known = {word: _is_known(token, known) for word, token in {token.word: token for token in spelled}.items()}
    # Replacing a token takes time, and most are known.
    return replace(
        text, tokens=tuple(token if is_known[token.word] else replace(token, is_known=False) for token in spelled)
    )


def _is_known(token: Token, known: LiveData) -> bool:
    """Return whether names in guides have a word, or two words that it consists of: 'frontdesk'."""
    if token.word in known.words:
        return True
    if token.word.replace("y", "i")[:PREFIX_LETTERS] in _prefixes(known.stems) and (
        token.stem in known.stems or token.sense in synonyms.senses_of(known.stems)
    ):
        return True
    cuts = range(1, len(token.word))
    return any(token.word[:cut] in known.words and token.word[cut:] in known.words for cut in cuts)


def _american(word: str) -> str:
    """Return the American spelling of a word: 'organized' for 'organised'."""
    return _BRITISH.sub("iz", word)


@lru_cache(maxsize=1)
def _prefixes(stems: frozenset[str]) -> frozenset[str]:
    """Return the first letters of known words and their synonyms, because stemming all other words takes long."""
    return frozenset(stem.replace("y", "i")[:PREFIX_LETTERS] for stem in stems | synonyms.stems())


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
