"""Skills over all live guides: which are asked for, what each is, by which roles and what for."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from django.core.paginator import Paginator
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from guides.choices import SkillKind
from guides.models.search_index import Listing, Term, TermKind
from guides.reading.index.live_data import live_data
from guides.reading.index.live_index import positions

from .browse import Card, card, most_usual

A_PAGE, MOST_BESIDE, MOST_OFFERED = 24, 8, 36


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


class Known(NamedTuple):
    """A skill that live guides ask for, and how many do."""

    slug: str
    name: str
    kind: str
    guides: int


def known(*, at: datetime) -> tuple[Known, ...]:
    """The skills that live guides ask for, by kind and name."""
    asked = live_data(at=at).skills
    named = ((slug, asked.labels[slug]) for slug in asked.by_kind)
    return tuple(Known(slug, called.name, called.kind, asked.guides[slug]) for slug, called in named)


def called(name: str, *, at: datetime) -> str:
    """The slug of the skill that live guides know by another name, as it is spelled in addresses; '' for none.

    A skill that editors have merged with another one leaves its name there.
    """
    return renamed((name,), at=at).get(name, "")


def renamed(slugs: Iterable[str], *, at: datetime) -> dict[str, str]:
    """The slugs of skills by what they were called before, for those of these slugs that no live guide asks for."""
    slugs = tuple(slugs)
    asked = live_data(at=at).skills.labels if slugs else {}
    lost = [slug for slug in slugs if slug not in asked]
    if not lost:
        return {}
    others = {slugify(alias): slug for slug in sorted(asked, reverse=True) for alias in asked[slug].aliases}
    return {slug: others[slug] for slug in lost if slug in others}


def names_of(slugs: Iterable[str], *, at: datetime) -> dict[str, str]:
    """How live guides call these skills, by slug; those that none asks for are left out."""
    called = live_data(at=at).skills.labels
    return {slug: called[slug].name for slug in slugs if slug in called}


def most_asked(*, at: datetime) -> tuple[tuple[str, str], ...]:
    """The skills that the most live guides ask for: slug and name."""
    asked = live_data(at=at).skills
    return tuple((slug, asked.labels[slug].name) for slug in islice(asked.guides, MOST_OFFERED))


def one(term: Term, *, page: int, at: datetime) -> SkillView | None:
    """A skill by one of its terms; None where there are fewer pages."""
    stock = live_data(at=at).index
    asking = stock.mask(TermKind.SKILL, term.slug)
    pages = Paginator(stock.editions(positions(asking, stock.by_title)), A_PAGE)
    if page not in pages.page_range:
        return None
    # What one role alone asks for stands in its guide; what is beside a skill, on its first page.
    counts = most_usual(TermKind.SKILL, stock.counts(TermKind.SKILL, asking), stock, most=MOST_BESIDE + 1)
    beside = [row for row in counts if row[0] != term.slug and row[2] > 1][:MOST_BESIDE] if page == 1 else ()
    aliases = Term.objects.filter(kind=TermKind.ALIAS, slug=term.slug, edition=term.edition_id).order_by("pk")
    return SkillView(
        slug=term.slug,
        name=term.name,
        kind=str(SkillKind(term.group).label),
        about=term.about,
        aliases=tuple(aliases.values_list("name", flat=True)),
        asking=tuple(_asking(_whole(pages.page(page).object_list), term.slug)),
        beside=tuple(beside),
        number=page,
        pages=pages.num_pages,
    )


def _whole(pks: Iterable[int]) -> Iterator[Listing]:
    """These listings in their order, which is found before the wide rows are read."""
    pks = tuple(pks)
    found = Listing.objects.select_related("edition").defer("text", "edition__content").in_bulk(pks)
    yield from (found[pk] for pk in pks if pk in found)


def _asking(listings: Iterable[Listing], slug: str) -> Iterator[Asking]:
    for listing in listings:
        place = next(place for place, skill in enumerate(listing.summary.skills) if skill.slug == slug)
        html = listing.edition.html.get(f"skills.{place}.purpose", "")
        yield Asking(card(listing), mark_safe(html))  # noqa: S308 -- it was sanitised at publication
