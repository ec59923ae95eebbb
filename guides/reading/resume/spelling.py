"""The words of a text as guides spell them: put together where they were cut, corrected where they were misspelled.

A word that is English, or that a guide has, is not corrected.
"""

from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides.reading.index.live import Memory
from guides.reading.search.english import english

from . import tokens
from .tokens import Reading, Token

MOST_CORRECTED, LEAST_CORRECTED = 400, 6


def as_spelled(reading: Reading, known: Memory, *, least: int = LEAST_CORRECTED) -> Reading:
    """The text in words that names of guides have, by their stems; words of `least` letters or more are corrected."""
    reading = tokens.joined(reading, known.words)
    unknown = dict.fromkeys(token.word for token in reading.tokens if not _is_known(token, known))
    asked = [word for word in unknown if len(word) >= least and word.isalpha()]
    right = english(asked)
    wrong = [word for word in asked if word not in right][:MOST_CORRECTED]
    corrections = _corrections(wrong, (word for word in known.words if len(word) >= least - 1))
    spelled = tuple(
        replace(token, word=corrections[token.word]) if token.word in corrections else token for token in reading.tokens
    )
    return replace(reading, tokens=tuple(replace(t, is_known=_is_known(t, known)) for t in spelled))


def _is_known(token: Token, known: Memory) -> bool:
    """Return whether names of guides have a word, or two that it is made of: 'frontdesk'."""
    cuts = range(1, len(token.word))
    return token.stem in known.stems or any(
        token.word[:cut] in known.words and token.word[cut:] in known.words for cut in cuts
    )


def _corrections(unknown: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """For each word the known one that it is nearest to, if that is but a letter or two away."""
    by_letter: dict[str, list[str]] = {}
    for word in sorted(known):
        by_letter.setdefault(word[0], []).append(word)
    found: dict[str, str] = {}
    for word in unknown:
        most = 1 if len(word) < 12 else 2
        near = process.extractOne(word, by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=most)
        if near:
            found[word] = near[0]
    return found
