"""Suggestions while a visitor types: titles, skills, starting jobs, and places."""

from bisect import bisect_left
from datetime import datetime
from itertools import islice, takewhile

from guides import words
from guides.models.search_index import Term, TermKind
from guides.reading.index.live_data import LiveData, live_data

from .query import beginning, begun
from .ranking import Scope, ranked_by_field
from .reasons import words_in

MAX_LETTERS, MAX_SUGGESTED, MAX_OF_A_KIND, MIN_PLACE = 200, 8, 4, 3
MAX_BEGINNING = 200


def suggest(text: str, *, at: datetime) -> tuple[str, ...]:
    """Return names that complete a text: titles of live guides first, then skills, starting jobs, and places."""
    text, known = text[:MAX_LETTERS], live_data(at=at)
    if not begun(text):
        return ()
    key = words.key(text)
    others = (*_skills_and_jobs(key, known), *_places(text, known))
    titles = _titles(text, known)[: MAX_SUGGESTED - min(len(others), MAX_OF_A_KIND)]
    by_name: dict[str, str] = {}
    for name in (*titles, *others):
        by_name.setdefault(name.casefold(), name)
    return tuple(by_name.values())[:MAX_SUGGESTED]


def _titles(text: str, known: LiveData) -> tuple[str, ...]:
    """Return titles and alternative titles of live guides."""
    query = beginning(begun(text), columns=("title", "names"), or_whole=True)
    pks = ranked_by_field(Scope(known.index), query, words.compact_key(text), most=MAX_SUGGESTED)
    terms = Term.objects.filter(edition__in=pks, kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE))
    names = {(term.kind != TermKind.TITLE, pks.index(term.edition_id), term.name) for term in terms}
    fitting = (name for _place, _pk, name in sorted(names) if len(words_in(name, query)) == len(query.words))
    return tuple(dict.fromkeys(fitting))[:MAX_SUGGESTED]


def _skills_and_jobs(key: str, known: LiveData) -> tuple[str, ...]:
    """Return the shortest names of skills and starting jobs that begin with a text."""
    names, first = known.suggested_names, bisect_left(known.suggested_names, (key, ""))
    fitting = takewhile(lambda row: row[0].startswith(key), islice(names, first, first + MAX_BEGINNING))
    return tuple(sorted((name for _key, name in fitting), key=len)[:MAX_OF_A_KIND])


def _places(text: str, known: LiveData) -> tuple[str, ...]:
    areas = known.places.beginning(text) if len(text.strip()) >= MIN_PLACE else ()
    return tuple(known.places.label(area) for area in areas[:MAX_OF_A_KIND])
