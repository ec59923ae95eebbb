"""Abbreviations and last words of titles, which the database has no index for."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from guides import words
from guides.models.search_index import Term, TermKind

MIN_INITIALS, MAX_INITIALS = 2, 6
_BRACKETED = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True)
class TitleIndex:
    """Live editions by the initials of their titles and alternative titles, those with the title first.

    `last_words` has the last words of all titles. `by_last_word` has the editions by the last word of their title only.
    """

    by_initials: Mapping[str, tuple[int, ...]]
    by_last_word: Mapping[str, tuple[int, ...]]
    last_words: frozenset[str]


def load_title_index(*, at: datetime) -> TitleIndex:
    """Read the titles of live guides in one query."""
    rows = Term.objects.live(at=at).filter(kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE))
    titles = sorted(rows.values_list("kind", "name", "edition"), key=lambda row: row[0] != TermKind.TITLE)
    initials: defaultdict[str, dict[int, None]] = defaultdict(dict)
    last: defaultdict[str, dict[int, None]] = defaultdict(dict)
    others = set()
    for kind, name, edition in titles:
        spelled = words.words(_BRACKETED.sub(" ", name))
        for short in (*_abbreviations(spelled), *map(words.compact_key, _BRACKETED.findall(name))):
            initials[short][edition] = None
        if spelled and kind == TermKind.TITLE:
            last[spelled[-1]][edition] = None
        elif spelled:
            others.add(spelled[-1])
    return TitleIndex(_frozen(initials), _frozen(last), frozenset({*last, *others}))


def _abbreviations(spelled: tuple[str, ...]) -> Iterable[str]:
    short = "".join(word[0] for word in spelled)
    return (short,) if MIN_INITIALS <= len(short) <= MAX_INITIALS else ()


def _frozen(found: Mapping[str, dict[int, None]]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(editions) for key, editions in found.items()}
