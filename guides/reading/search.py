"""Search: by titles, other titles, skills and text, with words that are misspelled mended."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from rapidfuzz import process
from rapidfuzz.distance import OSA

from guides import words
from guides.models.edition import Edition
from guides.models.fulltext import Distance, FullText, Matches, Sought
from guides.models.listing import Listing, Term, TermKind, Word

from .catalogue import Card, card, listed

MOST_LETTERS, MOST_WORDS, A_PAGE, MOST_SUGGESTED = 200, 12, 10, 8
EXCERPT, MOST_NAMES = 180, 3
MERELY_TEXT = 7
"""The rank of a guide that has the words neither in its names nor in its skills."""


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
    """A page of results. `mended` is what was sought instead of the query; `some` that not all words were found."""

    results: tuple[Result, ...] = ()
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
    live = FullText.objects.filter(edition__in=Edition.objects.live(at=at))
    key = words.key(query)
    for sought, mended in _ways(asked, live, mend=mend):
        matching = live.filter(Matches(F("pk"), sought))
        if total := matching.count():
            pages = -(-total // A_PAGE)
            if page > pages:
                return None
            ranked = _ranked(matching, sought, words.key(mended) or key)
            pks = tuple(ranked.values_list("pk", flat=True)[(page - 1) * A_PAGE : page * A_PAGE])
            return Found(tuple(_results(pks, sought)), total, mended, not sought.every, page, pages)
    return Found() if page == 1 else None


def suggest(query: str, *, at: datetime) -> tuple[str, ...]:
    """Titles and other titles, of live guides, whose words begin like those of a query that is being typed."""
    begun = words.words(query[:MOST_LETTERS])[:MOST_WORDS]
    if not begun:
        return ()
    stems = (*map(words.stem, begun[:-1]), begun[-1])
    sought = Sought(stems, prefix=True, columns=("title", "names"))
    live = FullText.objects.filter(Matches(F("pk"), sought), edition__in=Edition.objects.live(at=at))
    pks = tuple(_ranked(live, sought, words.key(query)).values_list("pk", flat=True)[:MOST_SUGGESTED])
    terms = Term.objects.filter(edition__in=pks, kind__in=(TermKind.TITLE, TermKind.ALTERNATIVE))
    names = {(term.kind != TermKind.TITLE, pks.index(term.edition_id), term.name) for term in terms}
    fitting = (name for _place, _pk, name in sorted(names) if _has_all(name, sought))
    return tuple(dict.fromkeys(fitting))[:MOST_SUGGESTED]


def _ways(asked: tuple[str, ...], live: QuerySet[FullText], *, mend: bool) -> Iterator[tuple[Sought, str]]:
    """What to look for, one way after the other, with the query as it was mended for it."""
    stems = tuple(map(words.stem, asked))
    yield Sought(stems), ""
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
        return live.filter(Matches(F("pk"), Sought((words.stem(word),)))).exists()

    def nearest(word: str) -> str:
        most = 0 if len(word) < 4 else 1 if len(word) < 6 else 2 if len(word) < 10 else 3
        if not most or is_found(word):
            return word
        near = process.extract(word, known, scorer=OSA.distance, score_cutoff=most, limit=5)
        return next((other for other, _distance, _place in near if is_found(other)), word)

    return tuple(map(nearest, asked))


def _ranked(matching: QuerySet[FullText], sought: Sought, key: str) -> QuerySet[FullText]:
    """An exact title first, then an exact other title, then by where all the words are found."""

    def named(kind: TermKind, rank: int) -> When:
        return When(pk__in=Term.objects.filter(kind=kind, key=key).values("edition"), then=Value(rank))

    def within(rank: int, *columns: str) -> When:
        narrow = Sought(sought.stems, every=True, prefix=sought.prefix, columns=columns)
        return When(pk__in=FullText.objects.filter(Matches(F("pk"), narrow)).values("pk"), then=Value(rank))

    rank = Case(
        named(TermKind.TITLE, 0),
        named(TermKind.ALTERNATIVE, 1),
        within(2, "title"),
        within(3, "names"),
        within(4, "title", "names"),
        within(5, "skills"),
        within(6, "title", "names", "skills"),
        default=Value(MERELY_TEXT),
        output_field=IntegerField(),
    )
    # The databases measure otherwise, so their distance orders only what nothing better tells apart.
    distance = Case(When(rank=MERELY_TEXT, then=Distance(F("pk"), sought)), default=Value(0.0))
    return matching.annotate(rank=rank).order_by("rank", distance, "edition__listing__sort_title", "pk")


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
    for where, names in ((_("Also called"), also), (_("Asks for"), _skills(terms))):
        fitting = [name for name in names if left & _stems_in(name, sought)][:MOST_NAMES]
        if fitting:
            left -= _stems_in(" ".join(fitting), sought)
            yield Reason(where, marked(", ".join(fitting), sought))
    if left:
        unexplained = replace(sought, stems=tuple(sorted(left)))
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
    begin = "|".join(re.escape(stem[: max(3, len(stem) - 1)]) for stem in sought.stems)
    begins = re.compile(rf"(?<![^\W_])(?:{begin})")
    passages = [line for line in text.split("\n") if begins.search(words.fold(line))]
    best = max(passages, key=lambda line: len(_stems_in(line, sought)), default="")
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
