"""Search: by titles, other titles, skills and text, with misspelled words corrected."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from operator import itemgetter

from django.utils.safestring import SafeString

from guides import words
from guides.models import fulltext
from guides.models.fulltext import Sought
from guides.models.search_index import Listing, Term, TermKind
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.index.live_index import LiveIndex

from .browse import Card, card, cards_of, listed
from .query import all_of, beginning, begun, corrected, keys, matching, typed
from .reasons import KINDS, MAX_NAMES, Named, Reason, found_in, marked, reasons

MOST_LETTERS, A_PAGE, MOST_PAGES, MOST_SUGGESTED, MOST_MEANT = 200, 10, 50, 8, 6
LEAST_BEGUN, MOST_MEASURED = 3, 500
BEST_FIRST = (("title",), ("names",), ("title", "names"), ("skills",), ("title", "names", "skills"))
"""Where all of the words are found, before where they are merely found in the text."""


@dataclass(frozen=True)
class Result:
    card: Card
    title: SafeString
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Found:
    """A page of results. `correction` is what was sought instead of the query; `some` that not all words were found.

    `skills` are those by the name of the query: slug and name.
    """

    results: tuple[Result, ...] = ()
    skills: tuple[tuple[str, str], ...] = ()
    total: int = 0
    correction: str = ""
    some: bool = False
    page: int = 1
    pages: int = 1


def find(query: str, *, at: datetime, page: int = 1, correct: bool = True) -> Found | None:
    """What the live guides have of a query; None where there are fewer pages.

    Guides that have all words come first of all. Without any, words count as beginnings, then misspelled words are
    corrected, then guides that have some of the words will do.
    """
    query = query[:MOST_LETTERS]
    if not typed(query):
        return Found() if page == 1 else None
    known = live_data(at=at)
    for sought, correction in _ways(query, known, correct=correct):
        if places := matching(sought, known.index):
            pages = min(-(-len(places) // A_PAGE), MOST_PAGES)
            if page > pages:
                return None
            name = correction or query
            ranked = _ranked(known.index, sought, words.compact_key(name), matches=places, most=page * A_PAGE)
            shown = ranked[(page - 1) * A_PAGE :]
            skills = _skills_named(name, known) if page == 1 and sought.every else ()
            return Found(tuple(_results(shown, sought)), skills, len(places), correction, not sought.every, page, pages)
    return Found() if page == 1 else None


def named(name: str, *, at: datetime) -> tuple[Card, ...]:
    """The live guides that a name may mean: one where it is a title or another title, misspelled perhaps."""
    if exact := named_exactly(name, at=at):
        return (exact,)
    known, name = live_data(at=at), name[:MOST_LETTERS]
    asked = typed(corrected(name, known))
    if not asked:
        return ()
    best = _telling(known.index, all_of(asked, columns=("title", "names")), words.compact_key(name), most=MOST_MEANT)
    return cards_of(known.index.editions(known.index.live(best)))


def named_exactly(name: str, *, at: datetime) -> Card | None:
    """The live guide that has this title or other title, misspelled perhaps."""
    known, name = live_data(at=at), name[:MOST_LETTERS]
    for key in filter(None, dict.fromkeys(words.compact_key(each) for each in (name, corrected(name, known)))):
        if cards := cards_of(_called(key, known.index)[:1]):
            return cards[0]
    return None


def suggest(query: str, *, at: datetime) -> tuple[str, ...]:
    """Titles and other titles, of live guides, whose words begin like those of a query that is being typed."""
    query = query[:MOST_LETTERS]
    asked = begun(query)
    if not asked:
        return ()
    sought = beginning(asked, columns=("title", "names"), or_whole=True)
    stock = live_data(at=at).index
    pks = _telling(stock, sought, words.compact_key(query), most=MOST_SUGGESTED)
    terms = Term.objects.filter(edition__in=pks, kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE))
    names = {(term.kind != TermKind.TITLE, pks.index(term.edition_id), term.name) for term in terms}
    fitting = (name for _place, _pk, name in sorted(names) if len(found_in(name, sought)) == len(sought.words))
    return tuple(dict.fromkeys(fitting))[:MOST_SUGGESTED]


def _ways(query: str, known: LiveData, *, correct: bool) -> Iterator[tuple[Sought, str]]:
    """What to look for, one way after the other, with the query as it was corrected for it."""
    asked = typed(query)
    yield all_of(asked), ""
    if len(asked[-1].word) >= LEAST_BEGUN:
        yield beginning(asked), ""
    spelled = typed(corrected(query, known)) if correct else asked
    instead = " ".join(one.word for one in spelled) if spelled != asked else ""
    if instead:
        yield all_of(spelled), instead
    if len(spelled) > 1:
        yield replace(all_of(spelled), every=False), instead


def _called(key: str, stock: LiveIndex) -> tuple[int, ...]:
    """The live guides that are called so, by their titles, then those by other titles."""
    rows = Term.objects.filter(kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE), key=key)
    of: dict[str, list[int]] = {TermKind.TITLE: [], TermKind.ALTERNATIVE: []}
    for kind, edition in rows.values_list("kind", "edition"):
        of[kind].append(edition)
    return tuple(chain(*(stock.editions(stock.live(editions)) for editions in of.values())))


def _ranked(stock: LiveIndex, sought: Sought, key: str, *, matches: tuple[int, ...], most: int) -> tuple[int, ...]:
    """The best of what matches: an exact title, an exact other title, then by where all the words are found.

    The databases measure otherwise, so their distance orders only what nothing better tells apart; and of very many
    it would tell little.
    """
    # Most often the text alone has all of the words, and then nothing narrower needs to be asked.
    telling = len(matching(sought.all_in(BEST_FIRST[-1]), stock))
    found = dict.fromkeys(_telling(stock, sought, key, most=most) if telling else _called(key, stock))
    if len(found) < most and telling < len(matches):
        measured = len(matches) <= MOST_MEASURED
        found |= dict.fromkeys(_nearest(sought, matches, stock) if measured else stock.editions(matches[: 2 * most]))
    return tuple(found)[:most]


def _telling(stock: LiveIndex, sought: Sought, key: str, *, most: int) -> tuple[int, ...]:
    """The best of what has all the words elsewhere than in its text: what is called so, then by where they are."""
    found = dict.fromkeys(_called(key, stock))
    for columns in BEST_FIRST:
        if set(columns) <= set(sought.columns) and len(found) < most:
            found |= dict.fromkeys(stock.editions(matching(sought.all_in(columns), stock)[: 2 * most]))
    return tuple(found)[:most]


def _nearest(sought: Sought, matches: tuple[int, ...], stock: LiveIndex) -> tuple[int, ...]:
    """What matches, the nearest first, and then by title."""
    keys = stock.editions(matches)
    distances = fulltext.distances(sought, keys)
    return tuple(sorted(keys, key=lambda key: distances.get(key, 0.0)))


def _skills_named(query: str, known: LiveData) -> tuple[tuple[str, str], ...]:
    """The skills that are called so, by any of their names: slug and name."""
    slugs = {slug for key in keys(query) for slug, _name in known.skills.by_key.get(key, ())}
    named_so = ((slug, known.skills.labels[slug].name) for slug in slugs)
    return tuple(sorted(named_so, key=itemgetter(1, 0)))[:MAX_NAMES]


def _results(pks: tuple[int, ...], sought: Sought) -> Iterator[Result]:
    shown = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks), "text")}
    terms: dict[int, list[Named]] = {}
    rows = Term.objects.filter(edition__in=pks, kind__in=KINDS).order_by("pk")
    for pk, *term in rows.values_list("edition", "kind", "slug", "name"):
        terms.setdefault(pk, []).append(Named(*term))
    for listing in (shown[pk] for pk in pks if pk in shown):
        why = tuple(reasons(listing, terms.get(listing.pk, ()), sought))
        yield Result(card(listing), marked(listing.edition.title, sought), why)
