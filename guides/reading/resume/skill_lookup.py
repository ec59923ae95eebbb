"""Skills of live guides by a name that a visitor typed."""

from datetime import datetime
from typing import NamedTuple

from guides import words
from guides.models.search_index import Wording
from guides.reading.index.live import memory
from guides.reading.index.skill_demand import Asked
from guides.reading.search.query import begun, keys, stems

from . import tokens
from .spelling import as_spelled

MOST_LIKE, MOST_WORDS = 24, 6
LEAST_CORRECTED = 4


class Like(NamedTuple):
    """A skill that a name may mean; `is_exact` where it is one of its names."""

    slug: str
    name: str
    is_exact: bool


def like(query: str, *, at: datetime) -> tuple[Like, ...]:
    """The skills that live guides ask for with a name that has these words, or their beginnings; exact ones first.

    Where there are none, words that are misspelled are corrected, and wordings of résumés will do.
    """
    known = memory(at=at)
    found = _with_names(stems(begun(query)), keys(query), known.asked)
    if not found:
        spelled = as_spelled(tokens.read(query), known, least=LEAST_CORRECTED)
        each = tuple(token.stem for token in spelled.tokens)
        found = _with_names(tuple((stem,) for stem in each), frozenset({" ".join(each)}), known.asked)
    if not found:
        worded = Wording.objects.filter(key=words.stem_key(query, cached=False)).values_list("slug", flat=True)
        found = {slug: False for slug in worded if slug in known.asked.called}
    ranked = sorted(found, key=lambda slug: (not found[slug], -known.asked.guides[slug], slug))[:MOST_LIKE]
    return tuple(Like(slug, known.asked.called[slug].name, found[slug]) for slug in ranked)


def _with_names(stems: tuple[tuple[str, ...], ...], keys: frozenset[str], asked: Asked) -> dict[str, bool]:
    """The skills with a name in which each word begins with one of its stems, and whether the name has such a key."""
    found = dict[str, bool]()
    for name, of in asked.by_key.items() if stems else ():
        if all(any(f" {stem}" in f" {name}" for stem in some) for some in stems[:MOST_WORDS]):
            found |= {slug: found.get(slug, False) or name in keys for slug, _name in of}
    return found
