"""Search: by titles, other titles, skills and text, with words that are misspelled mended."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import F, Max, QuerySet
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides import words
from guides.models.fulltext import Distance, FullText, Matches, Sought
from guides.models.listing import Listing, Term, TermKind, Word

from .catalogue import Card, card, cards_of, listed

MOST_LETTERS, MOST_WORDS, A_PAGE, MOST_PAGES, MOST_SUGGESTED, MOST_MEANT = 200, 12, 10, 50, 8, 6
EXCERPT, MOST_NAMES, LEAST_BEGUN = 180, 3, 3
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
    live = FullText.objects.live(at=at)
    for sought, mended in _ways(asked, live, mend=mend):
        matching = live.filter(Matches(F("pk"), sought))
        if total := matching.count():
            pages = min(-(-total // A_PAGE), MOST_PAGES)
            if page > pages:
                return None
            ranked = _ranked(live, sought, words.key(mended or query), most=page * A_PAGE)
            shown = ranked[(page - 1) * A_PAGE :]
            skills = _skills_named(words.stems(mended or query), at=at) if page == 1 and sought.every else ()
            return Found(tuple(_results(shown, sought)), skills, total, mended, not sought.every, page, pages)
    return Found() if page == 1 else None


def named(name: str, *, at: datetime) -> tuple[Card, ...]:
    """The live guides that a name may mean: one where it is a title or another title, misspelled perhaps."""
    if exact := named_exactly(name, at=at):
        return (exact,)
    live, name = FullText.objects.live(at=at), name[:MOST_LETTERS]
    asked = words.telling(name)[:MOST_WORDS]
    if not asked:
        return ()
    sought = Sought(tuple(map(words.stem, _mended(asked, live))), columns=("title", "names"))
    pks = _ranked(live, sought, words.key(name), most=MOST_MEANT)
    return cards_of(Listing.objects.filter(pk__in=pks).order_by("sort_title", "pk"))


def named_exactly(name: str, *, at: datetime) -> Card | None:
    """The live guide that has this title or other title, misspelled perhaps."""
    live, name = FullText.objects.live(at=at), name[:MOST_LETTERS]
    asked = words.telling(name)[:MOST_WORDS]
    for key in dict.fromkeys((words.key(name), " ".join(_mended(asked, live)))) if asked else ():
        for kind in (TermKind.TITLE, TermKind.ALTERNATIVE):
            exact = Listing.objects.live(at=at).filter(pk__in=Term.objects.filter(kind=kind, key=key).values("edition"))
            if cards := cards_of(exact.order_by("sort_title", "pk")[:1]):
                return cards[0]
    return None


def suggest(query: str, *, at: datetime) -> tuple[str, ...]:
    """Titles and other titles, of live guides, whose words begin like those of a query that is being typed."""
    begun = words.words(query[:MOST_LETTERS])[:MOST_WORDS]
    if not begun:
        return ()
    stems = (*map(words.stem, begun[:-1]), begun[-1])
    sought = Sought(stems, prefix=True, columns=("title", "names"))
    pks = _ranked(FullText.objects.live(at=at), sought, words.key(query), most=MOST_SUGGESTED)
    terms = Term.objects.filter(edition__in=pks, kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE))
    names = {(term.kind != TermKind.TITLE, pks.index(term.edition_id), term.name) for term in terms}
    fitting = (name for _place, _pk, name in sorted(names) if _has_all(name, sought))
    return tuple(dict.fromkeys(fitting))[:MOST_SUGGESTED]


def _ways(asked: tuple[str, ...], live: QuerySet[FullText], *, mend: bool) -> Iterator[tuple[Sought, str]]:
    """What to look for, one way after the other, with the query as it was mended for it."""
    stems = tuple(map(words.stem, asked))
    yield Sought(stems), ""
    if len(asked[-1]) >= LEAST_BEGUN:
        yield Sought((*stems[:-1], asked[-1]), prefix=True), ""
    mended = _mended(asked, live) if mend else asked
    told = " ".join(mended) if mended != asked else ""
    stems = tuple(map(words.stem, mended))
    if told:
        yield Sought(stems), told
    if len(stems) > 1:
        yield Sought(stems, every=False), told


def _mended(asked: tuple[str, ...], live: QuerySet[FullText]) -> tuple[str, ...]:
    """The words, and in place of each that no live guide has the nearest that one has."""
    known = sorted(Word.objects.values_list("word", flat=True))

    def is_found(word: str) -> bool:
        return live.filter(Matches(F("pk"), Sought((words.stem(word),)))).count() > 0

    def nearest(word: str) -> str:
        most = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        if not most or is_found(word):
            return word
        near = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=5)
        return next((other for other, _distance, _place in near if is_found(other)), word)

    return tuple(map(nearest, asked))


def _ranked(live: QuerySet[FullText], sought: Sought, key: str, *, most: int) -> tuple[int, ...]:
    """The best of what matches: an exact title, an exact other title, then by where all the words are found.

    The databases measure otherwise, so their distance orders only what nothing better tells apart.
    """
    found: dict[int, None] = {}

    def add(rows: QuerySet[FullText], *order: Any) -> None:
        if left := most - len(found):
            fresh = rows.exclude(pk__in=tuple(found)).order_by(*order, "edition__listing__sort_title", "pk")
            found.update(dict.fromkeys(fresh.values_list("pk", flat=True)[:left]))

    for kind in (TermKind.TITLE, TermKind.ALTERNATIVE):
        add(live.filter(pk__in=Term.objects.filter(kind=kind, key=key).values("edition")))
    for columns in BEST_FIRST:
        if set(columns) <= set(sought.columns):
            narrow = Sought(sought.stems, every=True, prefix=sought.prefix, columns=columns)
            add(live.filter(Matches(F("pk"), narrow)))
    add(live.filter(Matches(F("pk"), sought)), Distance(F("pk"), sought))
    return tuple(found)


def _skills_named(stems: tuple[str, ...], *, at: datetime) -> tuple[tuple[str, str], ...]:
    """The skills that are called so, by any of their names: slug and name."""
    live = Term.objects.live(at=at)
    called = live.filter(kind__in=(TermKind.SKILL, TermKind.ALIAS), key=" ".join(stems)).values("slug")
    named_so = live.filter(kind=TermKind.SKILL, slug__in=called).values("slug").annotate(label=Max("name"))
    return tuple(named_so.order_by("label").values_list("slug", "label")[:MOST_NAMES])


def _results(pks: tuple[int, ...], sought: Sought) -> Iterator[Result]:
    shown = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks), text=True)}
    kinds = (TermKind.ALTERNATIVE, TermKind.SKILL, TermKind.ALIAS)
    terms: dict[int, list[Term]] = {}
    for term in Term.objects.filter(edition__in=pks, kind__in=kinds).order_by("pk"):
        terms.setdefault(term.edition_id, []).append(term)
    for pk in pks:
        listing = shown[pk]
        reasons = _reasons(listing, terms.get(pk, ()), sought)
        yield Result(card(listing), marked(listing.edition.title, sought), tuple(reasons))


def _reasons(listing: Listing, terms: Iterable[Term], sought: Sought) -> Iterator[Reason]:
    left = {stem for stem in sought.stems if stem not in _stems_in(listing.edition.title, sought)}
    if not left:
        return
    also = [term.name for term in terms if term.kind == TermKind.ALTERNATIVE]
    field = [listing.field_name]
    for where, names in ((_("Also called"), also), (_("Asks for"), _skills(terms)), (_("Field of work"), field)):
        fitting = [name for name in names if left & _stems_in(name, sought)][:MOST_NAMES]
        if fitting:
            left -= _stems_in(" ".join(fitting), sought)
            yield Reason(where, marked(", ".join(fitting), sought))
    if left:
        unexplained = replace(sought, stems=tuple(sorted(left)))
        if _stems_in(listing.text, unexplained):
            yield Reason(_("In the text"), marked(_excerpt(listing.text, unexplained), sought))


def _skills(terms: Iterable[Term]) -> tuple[str, ...]:
    """Skills with their other names: 'Electronic health record systems (EHR)'."""
    skills = {term.slug: [term.name] for term in terms if term.kind == TermKind.SKILL}
    for term in terms:
        if term.kind == TermKind.ALIAS:
            skills[term.slug].append(term.name)
    return tuple(f"{name} ({', '.join(aliases)})" if aliases else name for name, *aliases in skills.values())


def _excerpt(text: str, sought: Sought) -> str:
    """The passage of a text that has the most of what is sought, cut to a line or two."""
    best = max(text.split("\n"), key=lambda line: len(_stems_in(line, sought)))
    first = next((start for start, _end in _spots(best, sought)), 0)
    start = max(0, first - EXCERPT // 3)
    start = best.rfind(" ", 0, start) + 1 if start else 0
    cut = best[start : start + EXCERPT]
    ends = start + EXCERPT < len(best)
    return ("… " if start else "") + (cut.rsplit(" ", 1)[0] + " …" if ends else cut)


def marked(text: str, sought: Sought) -> SafeString:
    """The text, escaped, with the words that were sought within <mark>."""
    pieces, last = [], 0
    for start, end in _spots(text, sought):
        pieces += [("", text[last:start], ""), (SafeString("<mark>"), text[start:end], SafeString("</mark>"))]
        last = end
    return format_html_join("", "{}{}{}", [*pieces, ("", text[last:], "")])


_SPOT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _spots(text: str, sought: Sought) -> Iterator[tuple[int, int]]:
    for spot in _SPOT.finditer(words.fold(text)):
        if any(_stems_in(spot[0], sought)):
            yield spot.span()


def _stems_in(text: str, sought: Sought) -> set[str]:
    """Those of the stems sought that a text has."""
    has = set(words.stems(text))
    if not sought.prefix:
        return has & set(sought.stems)
    return {stem for stem in sought.stems if any(other.startswith(stem) for other in has)}


def _has_all(text: str, sought: Sought) -> bool:
    return _stems_in(text, sought) == set(sought.stems)
