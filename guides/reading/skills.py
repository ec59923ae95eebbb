"""Skills over all live guides: which are asked for, what each is, by which roles and what for."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Max, QuerySet
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from guides.choices import SkillKind
from guides.models.listing import Listing, Term, TermKind

from .catalogue import Card, card, counted

A_PAGE, MOST_BESIDE = 24, 8


class Asking(NamedTuple):
    """A role that asks for the skill, and what for, as sanitised HTML."""

    card: Card
    purpose: SafeString


class SkillView(NamedTuple):
    """`beside` are the skills that the same roles ask for most: slug, name, by how many of them."""

    slug: str
    name: str
    kind: str
    about: str
    aliases: tuple[str, ...]
    asking: tuple[Asking, ...]
    beside: tuple[tuple[str, str, int], ...]
    number: int
    pages: int


def known(*, at: datetime) -> QuerySet[Any, Any]:
    """The skills that live guides ask for, by kind and name: slug, label, group, guides (how many)."""
    terms = Term.objects.live(at=at).filter(kind=TermKind.SKILL).values("slug")
    named = terms.annotate(
        label=Max("name"), of_kind=Max("group"), guides=Count("edition", distinct=True), sort=Max("key")
    )
    return named.order_by("of_kind", "sort", "slug")


def called(name: str, *, at: datetime) -> str:
    """The slug of the skill that live guides know by another name, as it is spelled in addresses; '' for none.

    A skill that editors have merged with another one leaves its name there.
    """
    aliases = Term.objects.live(at=at).filter(kind=TermKind.ALIAS).order_by("slug").values_list("slug", "name")
    return next((slug for slug, alias in aliases.distinct() if slugify(alias) == name), "")


def one(term: Term, *, page: int, at: datetime) -> SkillView | None:
    """A skill by one of its terms; None where there are fewer pages."""
    with_it = Term.objects.filter(kind=TermKind.SKILL, slug=term.slug).values("edition")
    asking = Listing.objects.live(at=at).filter(edition__in=with_it)
    rows = asking.select_related("edition").defer("text", "edition__content").order_by("sort_title", "pk")
    pages = Paginator(rows, A_PAGE)
    if page not in pages.page_range:
        return None
    # What one role alone asks for stands in its guide.
    beside = counted(TermKind.SKILL, among=asking).exclude(slug=term.slug).filter(guides__gt=1)[:MOST_BESIDE]
    aliases = Term.objects.filter(kind=TermKind.ALIAS, slug=term.slug, edition=term.edition_id).order_by("pk")
    return SkillView(
        slug=term.slug,
        name=term.name,
        kind=str(SkillKind(term.group).label),
        about=term.about,
        aliases=tuple(aliases.values_list("name", flat=True)),
        asking=tuple(_asking(pages.page(page).object_list, term.slug)),
        beside=tuple(beside),
        number=page,
        pages=pages.num_pages,
    )


def _asking(listings: Iterable[Listing], slug: str) -> Iterator[Asking]:
    for listing in listings:
        place = next(place for place, (other, _name, _kind) in enumerate(listing.skills) if other == slug)
        html = listing.edition.html.get(f"skills.{place}.purpose", "")
        yield Asking(card(listing), mark_safe(html))  # noqa: S308 -- it was sanitised at publication
