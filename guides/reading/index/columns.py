"""The live guides in memory, in columns: what they are filtered, counted, sorted and matched by.

An edition never changes, so what was read of one is kept for the next generation, unless listings were made anew or
the database was set back. How a term is called is read of the guide that went live last.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import batched
from typing import Any, NamedTuple

import numpy as np
from django.db.models import Count, F, QuerySet, StringAgg, Sum, TextField, Value
from django.db.models.functions import Cast
from numpy.typing import NDArray

from guides import words
from guides.models.edition import Edition
from guides.models.search_index import Listing, Term, TermKind

from .postings import NO_TERMS, NUMBERS, SMALL, Chosen, Having, Numbers, Small, Terms

type Amounts = NDArray[np.float64]
type Titles = NDArray[Any]  # of strings as numpy has them, which it sorts by their letters on every database

KINDS = (TermKind.SKILL, TermKind.FIELD, TermKind.EDUCATION, TermKind.SETTING, TermKind.GROWTH, TermKind.SOURCE)
SHARES = 1 << 20  # more than any share, so that an edition and a share are one number
FEW, MOST_ENDED = 500, 1_000


class Called(NamedTuple):
    """How an edition calls a term: its name, the kind of a skill, and a skill's other names."""

    edition: int
    name: str
    kind: str
    aliases: tuple[str, ...]


class Seal(NamedTuple):
    """What tells whether all that was read still holds: of listings up to a key, how many and which versions."""

    last: int
    published: datetime | None
    listings: int
    versions: int


class History:
    """Since when what was read holds: stocks of one history tell the same of an edition, whichever are live."""


@dataclass(frozen=True, eq=False)
class Columns:
    """Editions, in the order in which they were read; that is their place.

    `slugs` are hashes of addresses, `titles` those of titles, `sort_titles` titles as they are compared; `pay` is a
    year's and `growth` a fraction of one, each perhaps not a number; `since` are microseconds since 1970.
    """

    editions: Numbers
    slugs: Numbers
    titles: Numbers
    sort_titles: Titles
    pay: Amounts
    growth: Amounts
    since: Numbers

    @cached_property
    def _place(self) -> Small:
        by_key = np.full(int(self.editions.max(initial=0)) + 1, -1, dtype=np.int32)
        by_key[self.editions] = np.arange(len(self.editions))
        return by_key

    @cached_property
    def _slug_order(self) -> Small:
        return np.argsort(self.slugs).astype(np.int32)

    @cached_property
    def _title_order(self) -> Small:
        return np.argsort(self.titles).astype(np.int32)

    def addressed(self, slugs: Iterable[str]) -> Small:
        return _of(self.slugs, self._slug_order, slugs)

    def titled(self, keys: Iterable[str]) -> Small:
        return _of(self.titles, self._title_order, keys)

    def at(self, editions: Numbers) -> Small:
        """The place of each of these editions; -1 for those that are not here."""
        return np.where(editions < len(self._place), self._place[np.minimum(editions, len(self._place) - 1)], -1)

    def places(self, editions: Numbers) -> Small:
        """The places of those of these editions that are here."""
        found = self.at(editions)
        return found[found >= 0]


@dataclass(frozen=True, eq=False)
class Stock:
    """What was read of editions, and which of them are live: `by_title` are the places of those, in that order."""

    columns: Columns
    terms: Mapping[TermKind, Terms]
    by_title: Small
    called: Mapping[TermKind, Mapping[str, Called]]
    seal: Seal
    history: History

    @cached_property
    def is_live(self) -> Chosen:
        live = np.zeros(len(self.columns.editions), dtype=bool)
        live[self.by_title] = True
        return live

    @cached_property
    def title_ranks(self) -> Small:
        """The places of live editions in the order of titles, by their own places."""
        ranks = np.full(len(self.columns.editions), len(self.by_title), dtype=np.int32)
        ranks[self.by_title] = np.arange(len(self.by_title))
        return ranks

    @cached_property
    def by_age(self) -> Small:
        """The places of the live editions, those first that went live first."""
        return _by_age(self.columns, self.by_title)

    @cached_property
    def guides(self) -> Mapping[TermKind, Numbers]:
        """How many live guides have each term."""
        return {kind: self.terms[kind].among(self.is_live) for kind in KINDS}

    @cached_property
    def by_field(self) -> Small:
        """The live editions by the names of their fields, those without one first, and then by title."""
        ranks = np.zeros(len(self.columns.editions), dtype=np.int32)
        called = self.called[TermKind.FIELD]
        for rank, slug in enumerate(sorted(called, key=lambda slug: words.key(called[slug].name)), start=1):
            ranks[self.terms[TermKind.FIELD].having(slug).places] = rank
        return self._sorted(ranks)

    @cached_property
    def by_pay(self) -> Small:
        return self._sorted(-self.columns.pay)

    @cached_property
    def by_growth(self) -> Small:
        return self._sorted(-self.columns.growth)

    @cached_property
    def by_latest(self) -> Small:
        return self._sorted(-self.columns.since)

    def _sorted(self, by: NDArray[Any]) -> Small:
        """The places of the live editions, the least first, those that are not a number last, and then by title."""
        return self.by_title[np.argsort(by[self.by_title], kind="stable")]

    def having(self, kind: TermKind, slug: str) -> Chosen:
        """Which editions, live or not, have a term."""
        has = np.zeros(len(self.columns.editions), dtype=bool)
        has[self.terms[kind].having(slug).places] = True
        return has

    def live(self, editions: Numbers) -> Small:
        """The places of the live ones of these, by title."""
        places = self.columns.places(editions)
        places = places[self.is_live[places]]
        return places[np.argsort(self.title_ranks[places])]

    def live_at(self, *, slugs: Iterable[str] = (), titles: Iterable[str] = ()) -> tuple[int, ...]:
        """The live editions at these addresses or with these titles; once in a great many, another one."""
        places = np.concatenate((self.columns.addressed(slugs), self.columns.titled(titles)))
        return self.keys(places[self.is_live[places]])

    def keys(self, places: NDArray[Any]) -> tuple[int, ...]:
        return tuple(self.columns.editions[places].tolist())


_AMOUNTS: Amounts = np.array([], dtype=np.float64)
_TITLES: Titles = np.array([], dtype=np.dtypes.StringDType())
NO_STOCK = Stock(
    Columns(NUMBERS, NUMBERS, NUMBERS, _TITLES, _AMOUNTS, _AMOUNTS, NUMBERS),
    dict.fromkeys(KINDS, NO_TERMS),
    SMALL,
    {kind: {} for kind in KINDS},
    Seal(0, None, 0, 0),
    History(),
)


def stock_of(before: Stock, *, at: datetime) -> Stock:
    """What is live at a moment, with what was read before."""
    rows = Listing.objects.live(at=at).order_by("pk").values_list("pk", flat=True)
    live = np.fromiter(rows.iterator(chunk_size=10_000), dtype=np.int64)
    has_mostly_ended = len(before.columns.editions) > 2 * len(live) + MOST_ENDED
    if has_mostly_ended or _seal(before.seal.last) != before.seal:
        before = NO_STOCK
    # Sealed before it is read: what is made anew meanwhile is read again at the next look.
    seal = _seal(max(before.seal.last, int(live.max(initial=0))))
    fresh = np.setdiff1d(live, before.columns.editions, assume_unique=True)
    columns = _with(before.columns, fresh) if len(fresh) else before.columns
    terms = {
        kind: before.terms[kind].also(_having(kind, fresh, columns)) if len(fresh) else before.terms[kind]
        for kind in KINDS
    }
    places = columns.places(live)
    by_title = places[np.argsort(columns.sort_titles[places], kind="stable")]
    return Stock(
        columns=columns,
        terms=terms,
        by_title=by_title,
        called={kind: _called(kind, terms[kind], columns, by_title, before.called[kind]) for kind in KINDS},
        seal=seal,
        history=History() if before is NO_STOCK else before.history,
    )


def _of(hashes: Numbers, order: Small, names: Iterable[str]) -> Small:
    sought = np.fromiter(map(hash, names), dtype=np.int64)
    first, last = (np.searchsorted(hashes, sought, side, sorter=order) for side in ("left", "right"))
    return np.concatenate((SMALL, *(order[begin:end] for begin, end in zip(first, last, strict=True))))


def _seal(last: int) -> Seal:
    told = Listing.objects.filter(pk__lte=last).aggregate(listings=Count("pk"), versions=Sum("version", default=0))
    return Seal(last, Edition.objects.filter(pk=last).values_list("published_at", flat=True).first(), **told)


def _only[M: Any](rows: QuerySet[M], editions: Numbers, key: str) -> QuerySet[M]:
    """The rows of these editions; where they are many all rows, which an index has without what is long."""
    return rows.filter(**{f"{key}__in": editions.tolist()}) if len(editions) <= FEW else rows


def _with(before: Columns, fresh: Numbers) -> Columns:
    """With editions whose keys are new, in their order."""
    at = {pk: place for place, pk in enumerate(fresh.tolist())}
    slugs, titles, since = (np.zeros(len(fresh), dtype=np.int64) for _ in range(3))
    sort_titles = np.full(len(fresh), "", dtype=_TITLES.dtype)
    pay, growth = (np.full(len(fresh), np.nan) for _ in range(2))
    listings = _only(Listing.objects.all(), fresh, "pk").values_list("pk", "sort_title", "pay", "growth")
    for pk, title, year, grows in listings.iterator(chunk_size=10_000):
        if (place := at.get(pk)) is not None:
            titles[place], sort_titles[place] = hash(title), title
            pay[place], growth[place] = (np.nan if amount is None else float(amount) for amount in (year, grows))
    editions = _only(Edition.objects.order_by(), fresh, "pk").values_list("pk", "slug", "live_from")
    for pk, slug, moment in editions.iterator(chunk_size=10_000):
        if (place := at.get(pk)) is not None:
            slugs[place], since[place] = hash(slug), round(moment.timestamp() * 1_000_000)
    own = (before.editions, before.slugs, before.titles, before.sort_titles, before.pay, before.growth, before.since)
    more = (fresh, slugs, titles, sort_titles, pay, growth, since)
    return Columns(*map(np.concatenate, zip(own, more, strict=True)))


def _having(kind: TermKind, fresh: Numbers, columns: Columns) -> dict[str, Having]:
    """Which of these editions have the terms of a kind: one row a term, as there are millions of them."""
    number = Cast(F("edition") * SHARES + F("share"), TextField())
    rows = _only(Term.objects.filter(kind=kind), fresh, "edition").values("slug")
    first, found = len(columns.editions) - len(fresh), {}
    for slug, told in rows.annotate(told=StringAgg(number, Value(","))).values_list("slug", "told").iterator(FEW):
        numbers = np.fromstring(told, dtype=np.int64, sep=",")
        places = columns.at(numbers // SHARES)
        is_fresh = places >= first
        if is_fresh.any():
            found[slug] = Having(places[is_fresh], (numbers[is_fresh] % SHARES).astype(np.int32))
    return found


def _by_age(columns: Columns, live: Small) -> Small:
    return live[np.lexsort((columns.editions[live], columns.since[live]))]


def _called(
    kind: TermKind, terms: Terms, columns: Columns, live: Small, before: Mapping[str, Called]
) -> dict[str, Called]:
    """How the live guide that went live last calls each term that any has."""
    by_age, ages = _by_age(columns, live), np.full(len(columns.editions), -1, dtype=np.int32)
    ages[by_age] = np.arange(len(by_age))
    latest = {
        slug: int(columns.editions[by_age[age]])
        for slug, age in zip(terms.slugs, terms.greatest(ages).tolist(), strict=True)
        if age >= 0
    }
    known = {slug: before[slug] for slug, pk in latest.items() if slug in before and before[slug].edition == pk}
    return known | dict(_told(kind, {slug: pk for slug, pk in latest.items() if slug not in known}))


def _told(kind: TermKind, latest: Mapping[str, int]) -> Iterator[tuple[str, Called]]:
    """How each term is called by an edition."""
    kinds = (kind, TermKind.ALIAS) if kind == TermKind.SKILL else (kind,)
    for some in batched(sorted(set(latest.values())), FEW):
        rows = Term.objects.filter(kind__in=kinds, edition__in=some).order_by("pk")
        named: dict[tuple[str, int], tuple[str, str]] = {}
        aliases: dict[tuple[str, int], tuple[str, ...]] = {}
        for of, slug, pk, name, group in rows.values_list("kind", "slug", "edition", "name", "group"):
            if latest.get(slug) != pk:
                continue
            if of == TermKind.ALIAS:
                aliases[slug, pk] = (*aliases.get((slug, pk), ()), name)
            else:
                named[slug, pk] = name, group
        for (slug, pk), (name, group) in named.items():
            yield slug, Called(pk, name, group, aliases.get((slug, pk), ()))
