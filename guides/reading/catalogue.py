"""The catalogue: the live guides, filtered, counted, sorted and cut into pages."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides import values, words
from guides.choices import EducationLevel
from guides.document import SalaryBand
from guides.formats import figures
from guides.models.listing import Listing, Term, TermKind

MOST_CHOSEN, MOST_CHOICES, MOST_LATELY, A_PAGE = 10, 12, 6, 24
MOST_PAY = 10_000_000

GROUPS = {
    "field": (TermKind.FIELD, gettext_lazy("Field of work")),
    "education": (TermKind.EDUCATION, gettext_lazy("Education needed")),
    "setting": (TermKind.SETTING, gettext_lazy("Setting")),
    "growth": (TermKind.GROWTH, gettext_lazy("Growth")),
    "skill": (TermKind.SKILL, gettext_lazy("Skill")),
    "source": (TermKind.SOURCE, gettext_lazy("Source")),
}
QUIET = {"source"}
"""Groups that are shown only once something of them was chosen elsewhere."""

SORTS = {
    "title": (gettext_lazy("A–Z"), (F("sort_title"),)),
    "field": (gettext_lazy("Field"), (F("field_name"), F("sort_title"))),
    "pay": (gettext_lazy("Pay"), (F("pay").desc(nulls_last=True), F("sort_title"))),
    "growth": (gettext_lazy("Growth"), (F("growth").desc(nulls_last=True), F("sort_title"))),
    "latest": (gettext_lazy("Latest"), (F("edition__live_from").desc(), F("sort_title"))),
}


@dataclass(frozen=True)
class Filters:
    """What a reader asks the catalogue for. Of one group any choice will do; of skills, all are meant."""

    field: tuple[str, ...] = ()
    education: tuple[str, ...] = ()
    setting: tuple[str, ...] = ()
    growth: tuple[str, ...] = ()
    skill: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    pay_from: int | None = None
    pay_to: int | None = None
    sort: str = "title"
    page: int = 1

    @classmethod
    def read(cls, given: QueryDict) -> "Filters":
        """What an address says; whatever it says besides is passed over."""
        page = given.get("page", "")
        lowest, highest = (to_pay(given.get(name, "")) for name in ("pay_from", "pay_to"))
        if lowest is not None and highest is not None:
            lowest, highest = sorted((lowest, highest))
        return cls(
            **{name: _slugs(given.getlist(name)) for name in GROUPS},
            pay_from=lowest,
            pay_to=highest,
            sort=given.get("sort", "") if given.get("sort") in SORTS else "title",
            page=int(page) if re.fullmatch(r"[1-9][0-9]{0,5}", page, re.ASCII) else 1,
        )

    def query(self) -> str:
        """The one spelling of these filters in an address."""
        default = asdict(Filters())
        return urlencode({name: of for name, of in asdict(self).items() if of != default[name]}, doseq=True)

    @property
    def are_set(self) -> bool:
        return replace(self, sort="title", page=1) != Filters()

    def without(self, group: str, slug: str) -> "Filters":
        rest = tuple(each for each in getattr(self, group) if each != slug)
        return replace(self, page=1, **{group: rest})  # type: ignore[arg-type]


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
    found = _found(filters, at=at)
    total = found.count()
    pages = max(1, -(-total // A_PAGE))
    if filters.page > pages:
        return None
    first = (filters.page - 1) * A_PAGE
    order = SORTS[filters.sort][1]
    cards = cards_of(found.order_by(*order, "pk")[first : first + A_PAGE])
    sections = groupby(cards, _heading(filters.sort))
    sorts = ((key, str(name), replace(filters, sort=key, page=1).query()) for key, (name, _order) in SORTS.items())
    groups = tuple(_groups(filters, at=at))
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
    terms = Term.objects.live(at=at).filter(kind=kind, slug=slug)
    return terms.order_by("-edition__live_from", "-edition").first()


def fields(*, at: datetime) -> QuerySet[Any, Any]:
    """The fields of work that live guides belong to, by name: slug, name, how many guides."""
    return counted(TermKind.FIELD, among=Listing.objects.live(at=at)).order_by("label")


def lately(*, at: datetime) -> tuple[Card, ...]:
    return cards_of(Listing.objects.live(at=at).order_by("-edition__live_from", "-pk")[:MOST_LATELY])


def listed(listings: QuerySet[Listing], *, text: bool = False) -> QuerySet[Listing]:
    """With what a card shows, and without what is long, unless the text is asked for."""
    long = ("edition__content", "edition__html", *(() if text else ("text",)))
    return listings.select_related("edition").defer(*long)


def cards_of(listings: QuerySet[Listing]) -> tuple[Card, ...]:
    """The cards of these listings, in their order, which is found before the wide rows are read."""
    pks = tuple(listings.values_list("pk", flat=True))
    found = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=pks))}
    return tuple(card(found[pk]) for pk in pks)


def card(listing: Listing) -> Card:
    edition = listing.edition
    return Card(
        slug=edition.slug,
        title=edition.title,
        summary=edition.summary,
        field=listing.field_name,
        education=str(EducationLevel(listing.education).label) if listing.education else "",
        band=listing.gist.band,
        cited=listing.cited,
        live_from=edition.live_from,
    )


def counted(kind: TermKind, *, among: QuerySet[Listing]) -> QuerySet[Any, Any]:
    """The terms of a kind that these listings have: slug, name, how many of them have it. The most usual first."""
    terms = Term.objects.filter(kind=kind, edition__in=among.values("pk")).values("slug")
    named = terms.annotate(label=Max("name"), guides=Count("edition", distinct=True))
    return named.order_by("-guides", "label").values_list("slug", "label", "guides")


def _found(filters: Filters, *, at: datetime) -> QuerySet[Listing]:
    found = Listing.objects.live(at=at)
    for name, (kind, _title) in GROUPS.items():
        chosen = getattr(filters, name)
        # Any of a group, but all of the skills.
        for some in ([slug] for slug in chosen) if name == "skill" else [chosen] if chosen else ():
            found = found.filter(edition__in=Term.objects.filter(kind=kind, slug__in=some).values("edition"))
    if filters.pay_from is not None:
        found = found.filter(pay__gte=filters.pay_from)
    return found if filters.pay_to is None else found.filter(pay__lte=filters.pay_to)


def _groups(filters: Filters, *, at: datetime) -> Iterator[Group]:
    for name, (kind, title) in GROUPS.items():
        chosen = getattr(filters, name)
        if name in QUIET and not chosen:
            continue
        # What is chosen of a group does not keep one from choosing another of it; of skills, each narrows further.
        others = filters if name == "skill" else replace(filters, **{name: ()})  # type: ignore[arg-type]
        rows = [
            Choice(slug, label, guides, chosen=slug in chosen)
            for slug, label, guides in counted(kind, among=_found(others, at=at))
        ]
        if name == "education":
            rows.sort(key=lambda choice: EducationLevel.values.index(choice.slug))
        shown = [row for place, row in enumerate(rows) if place < MOST_CHOICES or row.chosen]
        missing = _without_guides(kind, [slug for slug in chosen if slug not in {row.slug for row in rows}])
        if shown or missing:
            yield Group(name, str(title), (*shown, *missing))


def _without_guides(kind: TermKind, slugs: Iterable[str]) -> tuple[Choice, ...]:
    """What was chosen and leaves no guide, by its name where it has one."""
    names = dict(Term.objects.filter(kind=kind, slug__in=slugs).values_list("slug", "name"))
    return tuple(Choice(slug, names.get(slug, slug), 0, chosen=True) for slug in slugs)


def _chips(filters: Filters, groups: Iterable[Group]) -> Iterator[Chip]:
    for group in groups:
        for choice in group.choices:
            if choice.chosen:
                yield Chip(choice.name, filters.without(group.name, choice.slug).query())
    if filters.pay_from is not None:
        text = _("pays %s or more") % figures.money(Decimal(filters.pay_from), values.HOME_CURRENCY)
        yield Chip(text, replace(filters, pay_from=None, page=1).query())
    if filters.pay_to is not None:
        text = _("pays up to %s") % figures.money(Decimal(filters.pay_to), values.HOME_CURRENCY)
        yield Chip(text, replace(filters, pay_to=None, page=1).query())


def _slugs(given: Iterable[str]) -> tuple[str, ...]:
    known = (slug for slug in given if len(slug) <= values.MOST_IN_SLUG and re.fullmatch(values.SLUG, slug))
    return tuple(sorted(dict.fromkeys(known)))[:MOST_CHOSEN]


def to_pay(given: str) -> int | None:
    """'$40,000', '40k' and '40000' alike."""
    plain = re.fullmatch(r"([0-9]{1,12})(k?)", re.sub(r"[\s$,]", "", given).lower(), re.ASCII)
    return min(int(plain[1]) * (1_000 if plain[2] else 1), MOST_PAY) if plain else None


def _heading(sort: str) -> Callable[[Card], str]:
    """What a card stands under, where cards are sorted so."""
    if sort == "title":
        return lambda shown: words.key(shown.title)[:1].upper()
    return lambda shown: (shown.field or _("Other fields")) if sort == "field" else ""
