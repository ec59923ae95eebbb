"""Search: by titles, other titles, skills and text, with misspelled words corrected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from operator import itemgetter

from django.utils.safestring import SafeString

from guides import words
from guides.models import fulltext
from guides.models.fulltext import Query
from guides.models.search_index import Listing, Term, TermKind
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.index.live_index import LiveIndex
from guides.statistics.official import OfficialFigures

from .browse import Card, card, cards, listed
from .query import all_of, beginning, begun, corrected, keys, matching, typed
from .reasons import KINDS, MAX_NAMES, Named, Reason, marked, reasons, words_in

MAX_LETTERS, PAGE_SIZE, MAX_PAGES, MAX_SUGGESTED, MAX_BY_NAME = 200, 10, 50, 8, 6
MIN_PREFIX, MAX_RANKED_BY_TEXT = 3, 500
BEST_FIRST = (("title",), ("names",), ("title", "names"), ("skills",), ("title", "names", "skills"))
"""The fields in which all words are found, best first. Matches in the text come after these."""


@dataclass(frozen=True)
class Result:
    card: Card
    title: SafeString
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class SearchResults:
    """A page of results.

    `correction` is the corrected text, if it was searched instead. With `partial`, a guide matches if it has any of
    the words. `skills` has the slugs and names of the skills with this name.
    """

    results: tuple[Result, ...] = ()
    skills: tuple[tuple[str, str], ...] = ()
    total: int = 0
    correction: str = ""
    partial: bool = False
    page: int = 1
    pages: int = 1


def find(text: str, *, at: datetime, page: int = 1, correct: bool = True) -> SearchResults | None:
    """Search the live guides. Return None if there are fewer pages.

    If no guide has all words, they count as prefixes. Then misspelled words are corrected. Then any word will do.
    """
    text = text[:MAX_LETTERS]
    if not typed(text):
        return SearchResults() if page == 1 else None
    known = live_data(at=at)
    for query, correction in _strategies(text, known, correct=correct):
        if places := matching(query, known.index):
            pages = min(-(-len(places) // PAGE_SIZE), MAX_PAGES)
            if page > pages:
                return None
            name = correction or text
            ranked = _ranked(known.index, query, words.compact_key(name), matches=places, most=page * PAGE_SIZE)
            page_editions = ranked[(page - 1) * PAGE_SIZE :]
            skills = _skills_named(name, known) if page == 1 and query.every else ()
            results = tuple(_results(page_editions, query, known.national))
            return SearchResults(results, skills, len(places), correction, not query.every, page, pages)
    return SearchResults() if page == 1 else None


def find_by_name(name: str, *, at: datetime) -> tuple[Card, ...]:
    """Return the guide with this title, or else the best matches by title. Corrects spelling."""
    if exact := resolve_title(name, at=at):
        return (exact,)
    known, name = live_data(at=at), name[:MAX_LETTERS]
    typed_words = typed(corrected(name, known))
    if not typed_words:
        return ()
    best = _ranked_by_field(
        known.index, all_of(typed_words, columns=("title", "names")), words.compact_key(name), most=MAX_BY_NAME
    )
    return cards(known.index.editions(known.index.live(best)), known.national)


def resolve_title(name: str, *, at: datetime, correct: bool = True) -> Card | None:
    """Return the live guide with this title or alternative title. Corrects spelling unless `correct` is False."""
    known, name = live_data(at=at), name[:MAX_LETTERS]
    spellings = (name, corrected(name, known)) if correct else (name,)
    for key in filter(None, dict.fromkeys(map(words.compact_key, spellings))):
        if found := cards(_exactly_named(key, known.index)[:1], known.national):
            return found[0]
    return None


def suggest(text: str, *, at: datetime) -> tuple[str, ...]:
    """Return titles and alternative titles of live guides that complete a text."""
    text = text[:MAX_LETTERS]
    typed_words = begun(text)
    if not typed_words:
        return ()
    query = beginning(typed_words, columns=("title", "names"), or_whole=True)
    index = live_data(at=at).index
    pks = _ranked_by_field(index, query, words.compact_key(text), most=MAX_SUGGESTED)
    terms = Term.objects.filter(edition__in=pks, kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE))
    names = {(term.kind != TermKind.TITLE, pks.index(term.edition_id), term.name) for term in terms}
    fitting = (name for _place, _pk, name in sorted(names) if len(words_in(name, query)) == len(query.words))
    return tuple(dict.fromkeys(fitting))[:MAX_SUGGESTED]


def _strategies(text: str, known: LiveData, *, correct: bool) -> Iterator[tuple[Query, str]]:
    """Yield the queries to try in turn, each with the corrected text that it is for, or ''."""
    typed_words = typed(text)
    yield all_of(typed_words), ""
    if len(typed_words[-1].word) >= MIN_PREFIX:
        yield beginning(typed_words), ""
    spelled = typed(corrected(text, known)) if correct else typed_words
    instead = " ".join(one.word for one in spelled) if spelled != typed_words else ""
    if instead:
        yield all_of(spelled), instead
    if len(spelled) > 1:
        yield replace(all_of(spelled), every=False), instead


def _exactly_named(key: str, index: LiveIndex) -> tuple[int, ...]:
    """Return the live guides with this title, then those with this alternative title."""
    rows = Term.objects.filter(kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE), key=key)
    found: dict[str, list[int]] = {TermKind.TITLE: [], TermKind.ALTERNATIVE: []}
    for kind, edition in rows.values_list("kind", "edition"):
        found[kind].append(edition)
    return tuple(chain(*(index.editions(index.live(editions)) for editions in found.values())))


def _ranked(index: LiveIndex, query: Query, key: str, *, matches: tuple[int, ...], most: int) -> tuple[int, ...]:
    """Return the best matches: an exact title, an exact alternative title, then by the field that has all words.

    The two databases rank differently, so their rank only orders matches in the text, and only if these are few.
    """
    # In most searches only the text has all words. Then the queries by field are skipped.
    in_fields = len(matching(query.all_in(BEST_FIRST[-1]), index))
    found = dict.fromkeys(_ranked_by_field(index, query, key, most=most) if in_fields else _exactly_named(key, index))
    if len(found) < most and in_fields < len(matches):
        measured = len(matches) <= MAX_RANKED_BY_TEXT
        found |= dict.fromkeys(
            _ranked_by_text(query, matches, index) if measured else index.editions(matches[: 2 * most])
        )
    return tuple(found)[:most]


def _ranked_by_field(index: LiveIndex, query: Query, key: str, *, most: int) -> tuple[int, ...]:
    """Return the best matches outside the text: an exact title first, then by the field that has all words."""
    found = dict.fromkeys(_exactly_named(key, index))
    for columns in BEST_FIRST:
        if set(columns) <= set(query.columns) and len(found) < most:
            found |= dict.fromkeys(index.editions(matching(query.all_in(columns), index)[: 2 * most]))
    return tuple(found)[:most]


def _ranked_by_text(query: Query, matches: tuple[int, ...], index: LiveIndex) -> tuple[int, ...]:
    """Return the matches in the order of the database, ties by title."""
    keys = index.editions(matches)
    distances = fulltext.distances(query, keys)
    return tuple(sorted(keys, key=lambda key: distances.get(key, 0.0)))


def _skills_named(text: str, known: LiveData) -> tuple[tuple[str, str], ...]:
    """Return the slugs and names of the skills with this name or alias."""
    slugs = {slug for key in keys(text) for slug, _name in known.skills.by_key.get(key, ())}
    named = ((slug, known.skills.labels[slug].name) for slug in slugs)
    return tuple(sorted(named, key=itemgetter(1, 0)))[:MAX_NAMES]


def _results(pks: tuple[int, ...], query: Query, official: OfficialFigures) -> Iterator[Result]:
    listings = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks), "text")}
    terms: dict[int, list[Named]] = {}
    rows = Term.objects.filter(edition__in=pks, kind__in=KINDS).order_by("pk")
    for pk, *term in rows.values_list("edition", "kind", "slug", "name"):
        terms.setdefault(pk, []).append(Named(*term))
    for listing in (listings[pk] for pk in pks if pk in listings):
        why = tuple(reasons(listing, terms.get(listing.pk, ()), query))
        yield Result(card(listing, official), marked(listing.edition.title, query), why)
