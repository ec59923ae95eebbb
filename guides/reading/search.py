"""Search: by titles, other titles, skills and text, with words that are misspelled mended."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

import numpy as np
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides import words
from guides.models import fulltext
from guides.models.fulltext import Sought
from guides.models.listing import Listing, Term, TermKind

from .catalogue import Card, card, cards_of, listed
from .english import english
from .memory import Memory, memory
from .stock import Stock
from .terms import Small

MOST_LETTERS, MOST_WORDS, A_PAGE, MOST_PAGES, MOST_SUGGESTED, MOST_MEANT = 200, 12, 10, 50, 8, 6
EXCERPT, MOST_NAMES, LEAST_BEGUN, MOST_MEASURED = 180, 3, 3, 500
BEST_FIRST = (("title",), ("names",), ("title", "names"), ("skills",), ("title", "names", "skills"))
"""Where all of the words are found, before where they are merely found in the text."""


@dataclass(frozen=True)
class Reason:
    """Why a guide was found: where, and there the words that were sought, marked."""

    where: str
    text: SafeString


@dataclass(frozen=True)
class Result:
    card: Card
    title: SafeString
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Found:
    """A page of results. `mended` is what was sought instead of the query; `some` that not all words were found.

    `skills` are those by the name of the query: slug and name.
    """

    results: tuple[Result, ...] = ()
    skills: tuple[tuple[str, str], ...] = ()
    total: int = 0
    mended: str = ""
    some: bool = False
    page: int = 1
    pages: int = 1


def find(query: str, *, at: datetime, page: int = 1, mend: bool = True) -> Found | None:
    """What the live guides have of a query; None where there are fewer pages.

    Guides that have all words come first of all. Without any, words count as beginnings, then misspelled words are
    mended, then guides that have some of the words will do.
    """
    query = query[:MOST_LETTERS]
    asked = words.telling(query)[:MOST_WORDS]
    if not asked:
        return Found() if page == 1 else None
    known = memory(at=at)
    for sought, mended in _ways(asked, known, mend=mend):
        if len(matching := _matching(sought, known.stock)):
            pages = min(-(-len(matching) // A_PAGE), MOST_PAGES)
            if page > pages:
                return None
            ranked = _ranked(known.stock, sought, words.key(mended or query), matching=matching, most=page * A_PAGE)
            shown = ranked[(page - 1) * A_PAGE :]
            skills = _skills_named(mended or query, known) if page == 1 and sought.every else ()
            return Found(tuple(_results(shown, sought)), skills, len(matching), mended, not sought.every, page, pages)
    return Found() if page == 1 else None


def named(name: str, *, at: datetime) -> tuple[Card, ...]:
    """The live guides that a name may mean: one where it is a title or another title, misspelled perhaps."""
    if exact := named_exactly(name, at=at):
        return (exact,)
    known, name = memory(at=at), name[:MOST_LETTERS]
    asked = words.telling(name)[:MOST_WORDS]
    if not asked:
        return ()
    sought = Sought(tuple(map(words.stem_once, _mended(asked, known))), columns=("title", "names"))
    best = _telling(known.stock, sought, words.key(name), most=MOST_MEANT)
    return cards_of(known.stock.keys(known.stock.live(np.array(best, dtype=np.int64))))


def named_exactly(name: str, *, at: datetime) -> Card | None:
    """The live guide that has this title or other title, misspelled perhaps."""
    known, name = memory(at=at), name[:MOST_LETTERS]
    asked = words.telling(name)[:MOST_WORDS]
    for key in dict.fromkeys((words.key(name), " ".join(_mended(asked, known)))) if asked else ():
        if cards := cards_of(_called(key, known.stock)[:1]):
            return cards[0]
    return None


def suggest(query: str, *, at: datetime) -> tuple[str, ...]:
    """Titles and other titles, of live guides, whose words begin like those of a query that is being typed."""
    begun = words.words(query[:MOST_LETTERS])[:MOST_WORDS]
    if not begun:
        return ()
    stems = (*map(words.stem_once, begun[:-1]), begun[-1])
    sought = Sought(stems, prefix=True, columns=("title", "names"))
    stock = memory(at=at).stock
    pks = _telling(stock, sought, words.key(query), most=MOST_SUGGESTED)
    terms = Term.objects.filter(edition__in=pks, kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE))
    names = {(term.kind != TermKind.TITLE, pks.index(term.edition_id), term.name) for term in terms}
    fitting = (name for _place, _pk, name in sorted(names) if _has_all(name, sought))
    return tuple(dict.fromkeys(fitting))[:MOST_SUGGESTED]


def _ways(asked: tuple[str, ...], known: Memory, *, mend: bool) -> Iterator[tuple[Sought, str]]:
    """What to look for, one way after the other, with the query as it was mended for it."""
    stems = tuple(map(words.stem_once, asked))
    yield Sought(stems), ""
    if len(asked[-1]) >= LEAST_BEGUN:
        yield Sought((*stems[:-1], asked[-1]), prefix=True), ""
    mended = _mended(asked, known) if mend else asked
    told = " ".join(mended) if mended != asked else ""
    stems = tuple(map(words.stem_once, mended))
    if told:
        yield Sought(stems), told
    if len(stems) > 1:
        yield Sought(stems, every=False), told


def _mended(asked: tuple[str, ...], known: Memory) -> tuple[str, ...]:
    """Correct misspelled words: those that are neither English nor in any guide's names, nor in a live guide's text.

    The nearest word of names that a live guide has comes in place of each. One that is right but for its ending, and
    so is found as it is, gets the right ending.
    """
    right = english(asked)

    def is_found(word: str) -> bool:
        return bool(len(_matching(Sought((words.stem_once(word),)), known.stock)))

    def nearest(word: str) -> str:
        most = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        if not most or word in right or word in known.words:
            return word
        near = process.extract(word, known.words_in_order, scorer=OSA.distance, score_cutoff=most, limit=5)
        stem = words.stem_once(word) if is_found(word) else ""
        fits = (
            other for other, _distance, _place in near if (words.stem_once(other) == stem if stem else is_found(other))
        )
        return next(fits, word)

    return tuple(map(nearest, asked))


def _matching(sought: Sought, stock: Stock) -> Small:
    """The places of the live guides that have what is sought, by title."""
    return stock.live(np.fromstring(fulltext.found(sought), dtype=np.int64, sep=","))


def _called(key: str, stock: Stock) -> tuple[int, ...]:
    """The live guides that are called so, by their titles, then those by other titles."""
    rows = Term.objects.filter(kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE), key=key)
    of: dict[str, list[int]] = {TermKind.TITLE: [], TermKind.ALTERNATIVE: []}
    for kind, edition in rows.values_list("kind", "edition"):
        of[kind].append(edition)
    return tuple(chain(*(stock.keys(stock.live(np.array(editions, dtype=np.int64))) for editions in of.values())))


def _ranked(stock: Stock, sought: Sought, key: str, *, matching: Small, most: int) -> tuple[int, ...]:
    """The best of what matches: an exact title, an exact other title, then by where all the words are found.

    The databases measure otherwise, so their distance orders only what nothing better tells apart; and of very many
    it would tell little.
    """
    # Most often the text alone has all of the words, and then nothing narrower needs to be asked.
    telling = len(_matching(sought.all_in(BEST_FIRST[-1]), stock))
    found = dict.fromkeys(_telling(stock, sought, key, most=most) if telling else _called(key, stock))
    if len(found) < most and telling < len(matching):
        measured = len(matching) <= MOST_MEASURED
        found |= dict.fromkeys(_nearest(sought, matching, stock) if measured else stock.keys(matching[: 2 * most]))
    return tuple(found)[:most]


def _telling(stock: Stock, sought: Sought, key: str, *, most: int) -> tuple[int, ...]:
    """The best of what has all the words elsewhere than in its text: what is called so, then by where they are."""
    found = dict.fromkeys(_called(key, stock))
    for columns in BEST_FIRST:
        if set(columns) <= set(sought.columns) and len(found) < most:
            found |= dict.fromkeys(stock.keys(_matching(sought.all_in(columns), stock)[: 2 * most]))
    return tuple(found)[:most]


def _nearest(sought: Sought, matching: Small, stock: Stock) -> tuple[int, ...]:
    """What matches, the nearest first, and then by title."""
    keys = stock.keys(matching)
    distances = fulltext.distances(sought, keys)
    return tuple(sorted(keys, key=lambda key: distances.get(key, 0.0)))


def _skills_named(query: str, known: Memory) -> tuple[tuple[str, str], ...]:
    """The skills that are called so, by any of their names: slug and name."""
    key = " ".join(words.stems(query, cached=False))
    slugs = dict.fromkeys(slug for slug, _name in known.asked.by_key.get(key, ()))
    named_so = ((slug, known.asked.called[slug].name) for slug in slugs)
    return tuple(sorted(named_so, key=itemgetter(1)))[:MOST_NAMES]


def _results(pks: tuple[int, ...], sought: Sought) -> Iterator[Result]:
    shown = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks), "text")}
    kinds = (TermKind.ALTERNATIVE, TermKind.SKILL, TermKind.ALIAS)
    terms: dict[int, list[_Term]] = {}
    rows = Term.objects.filter(edition__in=pks, kind__in=kinds).order_by("pk")
    for pk, *term in rows.values_list("edition", "kind", "slug", "name"):
        terms.setdefault(pk, []).append(_Term(*term))
    for listing in (shown[pk] for pk in pks if pk in shown):
        reasons = _reasons(listing, terms.get(listing.pk, ()), sought)
        yield Result(card(listing), marked(listing.edition.title, sought), tuple(reasons))


class _Term(NamedTuple):
    kind: str
    slug: str
    name: str


def _reasons(listing: Listing, terms: Iterable[_Term], sought: Sought) -> Iterator[Reason]:
    left = {stem for stem in sought.stems if stem not in _stems_in(listing.edition.title, sought)}
    if not left:
        return
    also = [term.name for term in terms if term.kind == TermKind.ALTERNATIVE]
    field = [listing.field_name]
    for where, names in ((_("Also called"), also), (_("Asks for"), _skills(terms)), (_("Field of work"), field)):
        fitting = [name for name in _likely("\n".join(names), sought) if left & _stems_in(name, sought)][:MOST_NAMES]
        if fitting:
            left -= _stems_in(" ".join(fitting), sought)
            yield Reason(where, marked(", ".join(fitting), sought))
    if left:
        unexplained = replace(sought, stems=tuple(sorted(left)))
        if excerpt := _excerpt(listing.text, unexplained):
            yield Reason(_("In the text"), marked(excerpt, sought))


def _skills(terms: Iterable[_Term]) -> tuple[str, ...]:
    """Skills with their other names: 'Electronic health record systems (EHR)'."""
    skills = {term.slug: [term.name] for term in terms if term.kind == TermKind.SKILL}
    for term in terms:
        if term.kind == TermKind.ALIAS:
            skills[term.slug].append(term.name)
    return tuple(f"{name} ({', '.join(aliases)})" if aliases else name for name, *aliases in skills.values())


def _excerpt(text: str, sought: Sought) -> str:
    """The passage of a text that has the most of what is sought, cut to a line or two; '' where none has any."""
    likely = _likely(text, sought)
    most, best = max(((len(_stems_in(line, sought)), line) for line in likely), key=itemgetter(0), default=(0, ""))
    if not most:
        return ""
    first = next((start for start, _end in _spots(best, sought)), 0)
    start = max(0, first - EXCERPT // 3)
    start = best.rfind(" ", 0, start) + 1 if start else 0
    cut = best[start : start + EXCERPT]
    ends = start + EXCERPT < len(best)
    return ("… " if start else "") + (cut.rsplit(" ", 1)[0] + " …" if ends else cut)


def _likely(text: str, sought: Sought) -> Iterator[str]:
    """The lines of a text that may have some of what is sought: few need to be taken apart into stems."""
    begun = _begun(sought)
    lines = zip(text.split("\n"), words.plain(text).split("\n"), strict=True)
    return (line for line, plain in lines if any(start in plain for start in begun))


def marked(text: str, sought: Sought) -> SafeString:
    """The text, escaped, with the words that were sought within <mark>."""
    pieces, last = [], 0
    for start, end in _spots(text, sought):
        pieces += [escape(text[last:start]), f"<mark>{escape(text[start:end])}</mark>"]
        last = end
    return mark_safe("".join((*pieces, escape(text[last:]))))  # noqa: S308 -- each piece was escaped


_SPOT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _spots(text: str, sought: Sought) -> Iterator[tuple[int, int]]:
    begun = _begun(sought)
    for spot in _SPOT.finditer(words.fold(text)):
        if words.plain(spot[0]).startswith(begun) and any(_stems_in(spot[0], sought)):
            yield spot.span()


def _begun(sought: Sought) -> tuple[str, ...]:
    return tuple(map(words.beginning, sought.stems))


def _stems_in(text: str, sought: Sought) -> set[str]:
    """Those of the stems sought that a text has."""
    has = set(words.stems(text))
    if not sought.prefix:
        return has & set(sought.stems)
    return {stem for stem in sought.stems if any(other.startswith(stem) for other in has)}


def _has_all(text: str, sought: Sought) -> bool:
    return _stems_in(text, sought) == set(sought.stems)
