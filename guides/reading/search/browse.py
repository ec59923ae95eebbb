"""The catalogue: the live guides, filtered, counted, sorted and cut into pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from heapq import nsmallest
from itertools import groupby, islice
from operator import and_, or_
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guides import words
from guides.choices import EducationLevel
from guides.models.search_index import Listing, Term, TermKind
from guides.reading.index.live_data import live_data
from guides.reading.index.live_index import LiveIndex, positions
from guides.rendering import figures
from guides.schema import SalaryBand, types

from .filters import GROUPS, QUIET, SORTS, Filters

MOST_CHOICES, MOST_LATELY, A_PAGE = 12, 6, 24
_CARD = (
    *("field_name", "education", "band", "cited"),
    *(f"edition__{name}" for name in ("slug", "title", "summary", "live_from")),
)


class Choice(NamedTuple):
    """A choice of a group, and how many guides there would be with it."""

    slug: str
    name: str
    guides: int
    chosen: bool


class Group(NamedTuple):
    name: str
    title: str
    choices: tuple[Choice, ...]


class Chip(NamedTuple):
    """A filter that is set, and the address without it."""

    text: str
    query: str


class Card(NamedTuple):
    """A guide in a list."""

    slug: str
    title: str
    summary: str
    field: str
    education: str
    band: SalaryBand | None
    cited: str
    live_from: datetime


class Shelf(NamedTuple):
    """One page of the catalogue; `sections` are its cards under a letter or a field, or under ''."""

    total: int
    sections: tuple[tuple[str, tuple[Card, ...]], ...]
    groups: tuple[Group, ...]
    chips: tuple[Chip, ...]
    sorts: tuple[tuple[str, str, str], ...]
    pages: int


def browse(filters: Filters, *, at: datetime) -> Shelf | None:
    """A page of the catalogue; None where there are fewer pages."""
    stock = live_data(at=at).index
    kept = _kept(filters, stock)
    found = _all(stock, kept.values())
    total = found.bit_count()
    pages = max(1, -(-total // A_PAGE))
    if filters.page > pages:
        return None
    in_order = positions(found, SORTS[filters.sort][1](stock))
    cards = cards_of(stock.editions(islice(in_order, (filters.page - 1) * A_PAGE, filters.page * A_PAGE)))
    sections = groupby(cards, _heading(filters.sort))
    sorts = ((key, str(name), replace(filters, sort=key, page=1).query()) for key, (name, _order) in SORTS.items())
    groups = tuple(_groups(filters, stock, kept))
    return Shelf(
        total=total,
        sections=tuple((heading, tuple(under)) for heading, under in sections),
        groups=groups,
        chips=tuple(_chips(filters, groups)),
        sorts=tuple(sorts),
        pages=pages,
    )


def term(kind: TermKind, slug: str, *, at: datetime) -> Term | None:
    """What a live guide, the latest of them, says of a skill or a field."""
    called = live_data(at=at).index.labels[kind].get(slug)
    return Term.objects.filter(kind=kind, slug=slug, edition=called.edition).first() if called else None


def fields(*, at: datetime) -> tuple[tuple[str, str, int], ...]:
    """The fields of work that live guides belong to, by name: slug, name, how many guides."""
    stock = live_data(at=at).index
    found = most_usual(TermKind.FIELD, stock.totals[TermKind.FIELD], stock)
    return tuple(sorted(found, key=lambda field: words.key(field[1])))


def lately(*, at: datetime) -> tuple[Card, ...]:
    stock = live_data(at=at).index
    return cards_of(stock.editions(stock.by_age[::-1][:MOST_LATELY]))


def first_by_title(most: int, *, at: datetime) -> tuple[Card, ...]:
    stock = live_data(at=at).index
    return cards_of(stock.editions(stock.by_title[:most]))


def listed(listings: QuerySet[Listing], *more: str) -> QuerySet[Listing]:
    """With what a card shows, and with more columns."""
    return listings.select_related("edition").only(*_CARD, *more)


def cards_of(editions: Iterable[int]) -> tuple[Card, ...]:
    """The cards of these editions, in their order; of those that a database which was set back has no more, none."""
    pks = tuple(editions)
    found = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks))} if pks else {}
    return tuple(card(found[pk]) for pk in pks if pk in found)


def card(listing: Listing) -> Card:
    edition = listing.edition
    return Card(
        slug=edition.slug,
        title=edition.title,
        summary=edition.summary,
        field=listing.field_name,
        education=str(EducationLevel(listing.education).label) if listing.education else "",
        band=listing.headline,
        cited=listing.cited,
        live_from=edition.live_from,
    )


def most_usual(
    kind: TermKind, guides: Mapping[str, int], stock: LiveIndex, *, most: int | None = None
) -> tuple[tuple[str, str, int], ...]:
    """Return the terms of a kind by their number of guides: slug, name, number."""
    labels = stock.labels[kind]
    rows = ((slug, labels[slug].name, count) for slug, count in guides.items() if slug in labels)
    return tuple(nsmallest(len(guides) if most is None else most, rows, key=lambda row: (-row[2], row[1])))


def _kept(filters: Filters, stock: LiveIndex) -> dict[str, int]:
    """Return the mask of each filter that is set: any choice of a group matches, but all skills must."""
    kept: dict[str, int] = {}
    for name, (kind, _title) in GROUPS.items():
        if masks := [stock.mask(kind, slug) for slug in getattr(filters, name)]:
            kept[name] = reduce(and_ if name == "skill" else or_, masks)
    if (filters.pay_from, filters.pay_to) != (None, None):
        kept["pay"] = stock.paid(filters.pay_from, filters.pay_to)
    return kept


def _all(stock: LiveIndex, kept: Iterable[int]) -> int:
    """Return the mask of the guides that match all filters."""
    return reduce(and_, kept, stock.everything)


def _groups(filters: Filters, stock: LiveIndex, kept: dict[str, int]) -> Iterator[Group]:
    for name, (kind, title) in GROUPS.items():
        chosen = getattr(filters, name)
        if name in QUIET and not chosen:
            continue
        # What is chosen of a group does not keep one from choosing another of it; of skills, each narrows further.
        others = [of for each, of in kept.items() if name == "skill" or each != name]
        guides = stock.counts(kind, _all(stock, others)) if others else stock.totals[kind]
        rows = [
            Choice(slug, label, count, chosen=slug in chosen)
            for slug, label, count in most_usual(kind, guides, stock, most=MOST_CHOICES)
        ]
        if name == "education":
            rows.sort(key=lambda choice: EducationLevel.values.index(choice.slug))
        shown = {row.slug for row in rows}
        rest = _named(kind, [slug for slug in chosen if slug not in shown], stock)
        less = (Choice(slug, label, guides.get(slug, 0), chosen=True) for slug, label in rest)
        if choices := (*rows, *sorted(less, key=lambda choice: -choice.guides)):
            yield Group(name, str(title), choices)


def _named(kind: TermKind, slugs: Iterable[str], stock: LiveIndex) -> tuple[tuple[str, str], ...]:
    """The names of terms that were chosen, live or not, by slug; of one that never was, its slug."""
    known = {slug: stock.labels[kind][slug].name for slug in slugs if slug in stock.labels[kind]}
    if lost := [slug for slug in slugs if slug not in known]:
        known |= dict(Term.objects.filter(kind=kind, slug__in=lost).values_list("slug", "name"))
    return tuple((slug, known.get(slug, slug)) for slug in slugs)


def _chips(filters: Filters, groups: Iterable[Group]) -> Iterator[Chip]:
    for group in groups:
        for choice in group.choices:
            if choice.chosen:
                yield Chip(choice.name, filters.without(group.name, choice.slug).query())
    if filters.pay_from is not None:
        text = _("pays %s or more") % figures.money(Decimal(filters.pay_from), types.HOME_CURRENCY)
        yield Chip(text, replace(filters, pay_from=None, page=1).query())
    if filters.pay_to is not None:
        text = _("pays up to %s") % figures.money(Decimal(filters.pay_to), types.HOME_CURRENCY)
        yield Chip(text, replace(filters, pay_to=None, page=1).query())


def _heading(sort: str) -> Callable[[Card], str]:
    """What a card stands under, where cards are sorted so."""
    if sort == "title":
        return lambda shown: words.key(shown.title)[:1].upper()
    return lambda shown: (shown.field or _("Other fields")) if sort == "field" else ""
