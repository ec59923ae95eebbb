"""Search: by titles, other titles, skills and text, with misspelled words corrected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from django.utils.html import escape
from django.utils.safestring import SafeString

from guides import words
from guides.models.fulltext import Query
from guides.models.search_index import Listing, Term
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.index.live_index import positions
from guides.statistics.official import OfficialFigures

from .browse import Card, card, cards, listed
from .filters import SORTS
from .query import adjacent, all_of, beginning, corrected, typed
from .ranking import Scope, ranked, ranked_by_field
from .reasons import KINDS, Named, Reason, marked, reasons

MAX_LETTERS, PAGE_SIZE, MAX_PAGES, MAX_BY_NAME = 200, 10, 50, 6
MIN_PREFIX = 3


@dataclass(frozen=True)
class Result:
    card: Card
    title: SafeString
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """A page of guides.

    `correction` is the corrected text, if it was searched instead. With `partial`, a guide matches if it has any of
    the words. `is_named` is whether titles or skills have all words, and not only texts.
    """

    results: tuple[Result, ...] = ()
    total: int = 0
    correction: str = ""
    partial: bool = False
    is_named: bool = False
    page: int = 1
    pages: int = 1


def find(
    text: str,
    *,
    at: datetime,
    page: int = 1,
    correct: bool = True,
    within: int | None = None,
    first: tuple[int, ...] = (),
) -> SearchResults | None:
    """Search the live guides, or those of a mask. Return None if there are fewer pages.

    If no guide has all words, they count as prefixes. Then misspelled words are corrected. Then any word will do.
    The editions in `first` come first, also if they lack some of the words.
    """
    text, known = text[:MAX_LETTERS], live_data(at=at)
    scope = Scope(known.index, within)
    for query, correction in _strategies(text, known, correct=correct):
        places = tuple(dict.fromkeys((*known.index.live(first), *scope.matching(query))))
        if not places:
            continue
        pages = _pages(len(places))
        if page > pages:
            return None
        near = adjacent(typed(correction or text)) if query.every and not query.prefix else None
        best, is_named = ranked(
            scope, query, near, words.compact_key(correction or text), matches=places, most=page * PAGE_SIZE
        )
        on_page = tuple(dict.fromkeys((*first, *best)))[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
        results = tuple(_results(on_page, query, known.national))
        return SearchResults(
            results, len(places), correction, partial=not query.every, is_named=is_named, page=page, pages=pages
        )
    return SearchResults() if page == 1 else None


def list_all(within: int, known: LiveData, *, sort: str, page: int = 1) -> SearchResults | None:
    """Return a page of the guides of a mask. Return None if there are fewer pages."""
    total = within.bit_count()
    pages = _pages(total)
    if page > max(pages, 1):
        return None
    on_page = islice(positions(within, SORTS[sort][1](known.index)), (page - 1) * PAGE_SIZE, page * PAGE_SIZE)
    found = cards(known.index.editions(on_page), known.national)
    return SearchResults(tuple(Result(one, escape(one.title)) for one in found), total, page=page, pages=max(pages, 1))


def find_by_name(name: str, *, at: datetime) -> tuple[Card, ...]:
    """Return the guide with this title, or else the best matches by title. Corrects spelling."""
    if exact := resolve_title(name, at=at):
        return (exact,)
    known, name = live_data(at=at), name[:MAX_LETTERS]
    typed_words = typed(corrected(name, known))
    if not typed_words:
        return ()
    best = ranked_by_field(
        Scope(known.index), all_of(typed_words, columns=("title", "names")), words.compact_key(name), most=MAX_BY_NAME
    )
    return cards(known.index.editions(known.index.live(best)), known.national)


def resolve_title(name: str, *, at: datetime, correct: bool = True) -> Card | None:
    """Return the live guide with this title or alternative title. Corrects spelling unless `correct` is False."""
    known, name = live_data(at=at), name[:MAX_LETTERS]
    spellings = (name, corrected(name, known)) if correct else (name,)
    for key in filter(None, dict.fromkeys(map(words.compact_key, spellings))):
        if found := cards(Scope(known.index).exactly_named(key)[:1], known.national):
            return found[0]
    return None


def _strategies(text: str, known: LiveData, *, correct: bool) -> Iterator[tuple[Query, str]]:
    """Yield the queries to try in turn, each with the corrected text that it is for, or ''."""
    typed_words = typed(text)
    if not typed_words:
        return
    yield all_of(typed_words), ""
    if len(typed_words[-1].word) >= MIN_PREFIX:
        yield beginning(typed_words), ""
    spelled = typed(corrected(text, known)) if correct else typed_words
    instead = " ".join(one.word for one in spelled) if spelled != typed_words else ""
    if instead:
        yield all_of(spelled), instead
    if len(spelled) > 1:
        yield replace(all_of(spelled), every=False), instead


def _results(pks: tuple[int, ...], query: Query, official: OfficialFigures) -> Iterator[Result]:
    listings = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks), "text")}
    terms: dict[int, list[Named]] = {}
    rows = Term.objects.filter(edition__in=pks, kind__in=KINDS).order_by("pk")
    for pk, *term in rows.values_list("edition", "kind", "slug", "name"):
        terms.setdefault(pk, []).append(Named(*term))
    for listing in (listings[pk] for pk in pks if pk in listings):
        why = tuple(reasons(listing, terms.get(listing.pk, ()), query))
        yield Result(card(listing, official), marked(listing.edition.title, query), why)


def _pages(total: int) -> int:
    return min(-(-total // PAGE_SIZE), MAX_PAGES)
