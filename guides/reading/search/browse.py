"""Lists of live guides: filters, facet counts, sort orders, and pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import reduce
from itertools import groupby, islice
from operator import and_, itemgetter, or_
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guides import words
from guides.choices import EducationLevel
from guides.models.edition import Edition
from guides.models.search_index import PAY_COLUMNS, Listing, Term, TermKind
from guides.reading.index.live_data import live_data
from guides.reading.index.live_index import LiveIndex, positions
from guides.rendering import figures
from guides.schema import types
from guides.statistics.headline import PayHeadline
from guides.statistics.official import OfficialFigures

from .filters import GROUPS, HIDDEN_FACETS, SORTS, WITHOUT, Filters

MAX_CHOICES, MAX_RECENT, MAX_FIELDS, PAGE_SIZE = 12, 6, 12, 24
_CARD = (
    *("field_name", "education", *PAY_COLUMNS),
    *(f"edition__{name}" for name in ("slug", "title", "summary", "live_from")),
)


class Choice(NamedTuple):
    """A choice of a group, with the number of guides that it would show."""

    slug: str
    name: str
    guides: int
    chosen: bool


class Group(NamedTuple):
    name: str
    title: str
    choices: tuple[Choice, ...]


class ActiveFilter(NamedTuple):
    """A filter that is set, with the query string without it."""

    text: str
    query: str


class Card(NamedTuple):
    """A guide in a list."""

    slug: str
    title: str
    summary: str
    field: str
    education: str
    pay: PayHeadline | None
    live_from: datetime


class BrowsePage(NamedTuple):
    """A page of a list. `sections` groups its cards by letter or field, or under '' in other sort orders."""

    total: int
    sections: tuple[tuple[str, tuple[Card, ...]], ...]
    groups: tuple[Group, ...]
    active_filters: tuple[ActiveFilter, ...]
    sorts: tuple[tuple[str, str, str], ...]
    pages: int


def browse(filters: Filters, *, at: datetime) -> BrowsePage | None:
    """Return a page of the list, or None if there are fewer pages."""
    known = live_data(at=at)
    index = known.index
    masks = _filter_masks(filters, index)
    found = _matching(index, masks.values())
    total = found.bit_count()
    pages = max(1, -(-total // PAGE_SIZE))
    if filters.page > pages:
        return None
    in_order = positions(found, SORTS[filters.sort][1](index))
    on_page = islice(in_order, (filters.page - 1) * PAGE_SIZE, filters.page * PAGE_SIZE)
    page = cards(index.editions(on_page), known.national)
    sections = groupby(page, _heading(filters.sort))
    sorts = ((key, str(name), replace(filters, sort=key, page=1).query()) for key, (name, _order) in SORTS.items())
    groups = (*_groups(filters, index, masks), *_without(filters, index, masks))
    return BrowsePage(
        total=total,
        sections=tuple((heading, tuple(under)) for heading, under in sections),
        groups=groups,
        active_filters=tuple(_active_filters(filters, groups)),
        sorts=tuple(sorts),
        pages=pages,
    )


def term(kind: TermKind, slug: str, *, at: datetime) -> Term | None:
    """Return a skill or field as the live guide that went live last describes it."""
    label = live_data(at=at).index.labels[kind].get(slug)
    return Term.objects.filter(kind=kind, slug=slug, edition=label.edition).first() if label else None


def fields(*, at: datetime, most: int | None = None) -> tuple[tuple[str, str, int], ...]:
    """Return the fields of live guides, or those with the most guides, by name: slug, name, number of guides."""
    index = live_data(at=at).index
    found = top_terms(TermKind.FIELD, index.totals[TermKind.FIELD], index, most=most)
    return tuple(sorted(found, key=lambda field: words.key(field[1])))


def recent(*, at: datetime) -> tuple[Card, ...]:
    known = live_data(at=at)
    return cards(known.index.editions(known.index.by_age[::-1][:MAX_RECENT]), known.national)


def first_by_title(most: int, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the slugs and titles of the first guides by title."""
    first = live_data(at=at).index.guides[:most]
    titles = dict(Edition.objects.filter(pk__in=[guide.edition for guide in first]).values_list("pk", "title"))
    return tuple((guide.slug, titles[guide.edition]) for guide in first if guide.edition in titles)


def listed(listings: QuerySet[Listing], *more: str) -> QuerySet[Listing]:
    """Load the columns of a card, and these more."""
    return listings.select_related("edition").only(*_CARD, *more)


def cards(editions: Iterable[int], official: OfficialFigures) -> tuple[Card, ...]:
    """Return the cards of these editions in this order, without editions that a restored database lacks."""
    pks = tuple(editions)
    found = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks))} if pks else {}
    return tuple(card(found[pk], official) for pk in pks if pk in found)


def card(listing: Listing, official: OfficialFigures) -> Card:
    edition = listing.edition
    return Card(
        slug=edition.slug,
        title=edition.title,
        summary=edition.summary,
        field=listing.field_name,
        education=str(EducationLevel(listing.education).label) if listing.education else "",
        pay=official.of(listing.pay_facts).headline,
        live_from=edition.live_from,
    )


def top_terms(
    kind: TermKind, guides: Mapping[str, int], index: LiveIndex, *, most: int | None = None
) -> tuple[tuple[str, str, int], ...]:
    """Return the terms of a kind by their number of guides, ties by name: slug, name, number."""
    top = sorted(guides.items(), key=itemgetter(1), reverse=True)[:most]  # the index has terms by name
    return tuple((slug, index.labels[kind][slug].name, count) for slug, count in top)


def _filter_masks(filters: Filters, index: LiveIndex) -> dict[str, int]:
    """Return the mask of each filter that is set: any choice of a group matches, but all skills must."""
    masks: dict[str, int] = {}
    for name, (kind, _title) in GROUPS.items():
        if chosen := [index.mask(kind, slug) for slug in getattr(filters, name)]:
            masks[name] = reduce(and_ if name == "skill" else or_, chosen)
    if filters.without:
        masks["without"] = reduce(and_, (index.without[name] for name in filters.without))
    if (filters.pay_from, filters.pay_to) != (None, None):
        masks["pay"] = index.paid(filters.pay_from, filters.pay_to)
    return masks


def matching_guides(filters: Filters, index: LiveIndex) -> int:
    """Return the mask of the guides that match the filters."""
    return _matching(index, _filter_masks(filters, index).values())


def _matching(index: LiveIndex, masks: Iterable[int]) -> int:
    """Return the mask of the guides that match all filters."""
    return reduce(and_, masks, index.everything)


def _groups(filters: Filters, index: LiveIndex, masks: dict[str, int]) -> Iterator[Group]:
    for name, (kind, title) in GROUPS.items():
        chosen = getattr(filters, name)
        if name in HIDDEN_FACETS and not chosen:
            continue
        # The choices of a group are alternatives, so its counts ignore them. Each skill narrows the list further.
        others = [mask for group, mask in masks.items() if name == "skill" or group != name]
        guides = index.counts(kind, _matching(index, others)) if others else index.totals[kind]
        rows = [
            Choice(slug, label, count, chosen=slug in chosen)
            for slug, label, count in top_terms(kind, guides, index, most=MAX_CHOICES)
        ]
        if name == "education":
            rows.sort(key=lambda choice: EducationLevel.values.index(choice.slug))
        listed_slugs = {row.slug for row in rows}
        rest = _names(kind, [slug for slug in chosen if slug not in listed_slugs], index)
        others_chosen = (Choice(slug, label, guides.get(slug, 0), chosen=True) for slug, label in rest)
        if choices := (*rows, *sorted(others_chosen, key=lambda choice: -choice.guides)):
            yield Group(name, str(title), choices)


def _without(filters: Filters, index: LiveIndex, masks: Mapping[str, int]) -> Iterator[Group]:
    """Yield the group of what a role does not require, unless no guide states requirements."""
    found = _matching(index, masks.values())
    rows = (
        Choice(name, str(label), (found & index.without[name]).bit_count(), chosen=name in filters.without)
        for name, label in WITHOUT.items()
    )
    if choices := tuple(row for row in rows if row.guides or row.chosen):
        yield Group("without", _("You don’t need"), choices)


def _names(kind: TermKind, slugs: Iterable[str], index: LiveIndex) -> tuple[tuple[str, str], ...]:
    """Return the slugs and names of terms, also of past ones. An unknown term keeps its slug as its name."""
    known = {slug: index.labels[kind][slug].name for slug in slugs if slug in index.labels[kind]}
    if missing := [slug for slug in slugs if slug not in known]:
        known |= dict(Term.objects.filter(kind=kind, slug__in=missing).values_list("slug", "name"))
    return tuple((slug, known.get(slug, slug)) for slug in slugs)


def _active_filters(filters: Filters, groups: Iterable[Group]) -> Iterator[ActiveFilter]:
    for group in groups:
        for choice in group.choices:
            if choice.chosen:
                name = _("without %s") % choice.name.lower() if group.name == "without" else choice.name
                yield ActiveFilter(name, filters.removing(group.name, choice.slug).query())
    if filters.pay_from is not None:
        text = _("pays %s or more") % figures.money(Decimal(filters.pay_from), types.HOME_CURRENCY)
        yield ActiveFilter(text, replace(filters, pay_from=None, page=1).query())
    if filters.pay_to is not None:
        text = _("pays up to %s") % figures.money(Decimal(filters.pay_to), types.HOME_CURRENCY)
        yield ActiveFilter(text, replace(filters, pay_to=None, page=1).query())


def _heading(sort: str) -> Callable[[Card], str]:
    """Return the function that gives a card its heading in a sort order."""
    if sort == "title":
        return lambda card: words.key(card.title)[:1].upper()
    return lambda card: (card.field or _("Other fields")) if sort == "field" else ""
