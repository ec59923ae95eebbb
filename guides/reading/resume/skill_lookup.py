"""Lookup of skills of live guides by a name that a visitor typed."""

from datetime import datetime
from typing import NamedTuple

from guides import words
from guides.models.search_index import Wording
from guides.reading.index.live_data import live_data
from guides.reading.index.skill_index import SkillIndex
from guides.reading.search.query import begun, keys, stems

from . import tokens
from .spelling import correct_spelling

MAX_SKILLS, MAX_QUERY_WORDS = 24, 6
MIN_CORRECTED_LETTERS = 4


class SkillMatch(NamedTuple):
    """A skill that a typed name may mean. `is_exact` is true if it is one of the skill's names."""

    slug: str
    name: str
    is_exact: bool


def find_skills(query: str, *, at: datetime) -> tuple[SkillMatch, ...]:
    """Find skills that have a name with these words or words that start like them, exact matches first.

    If there are none, correct misspelled words, and then try the wordings of résumés.
    """
    known = live_data(at=at)
    found = _by_name(stems(begun(query)), keys(query), known.skills)
    if not found:
        corrected = correct_spelling(tokens.tokenize(query, known), known, min_letters=MIN_CORRECTED_LETTERS)
        each = tuple(token.stem for token in corrected.tokens)
        found = _by_name(tuple((stem,) for stem in each), frozenset({" ".join(each)}), known.skills)
    if not found:
        slugs = Wording.objects.filter(key=words.stem_key(query, cached=False)).values_list("slug", flat=True)
        found = {slug: False for slug in slugs if slug in known.skills.labels}
    ranked = sorted(found, key=lambda slug: (not found[slug], -known.skills.guides[slug], slug))[:MAX_SKILLS]
    return tuple(SkillMatch(slug, known.skills.labels[slug].name, found[slug]) for slug in ranked)


def _by_name(stems: tuple[tuple[str, ...], ...], keys: frozenset[str], skill_index: SkillIndex) -> dict[str, bool]:
    """Map skills to whether a name has one of the keys. Each word of the query starts some word of a name."""
    found = dict[str, bool]()
    for name, skills in skill_index.by_key.items() if stems else ():
        if all(any(f" {stem}" in f" {name}" for stem in word_stems) for word_stems in stems[:MAX_QUERY_WORDS]):
            found |= {slug: found.get(slug, False) or name in keys for slug, _name in skills}
    return found
