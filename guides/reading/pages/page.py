"""A guide's page: its article, with what other live guides put into it at a moment."""

from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple, cast
from weakref import WeakKeyDictionary

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from guides.models.edition import Edition
from guides.models.search_index import SUMMARY_COLUMNS, Listing
from guides.reading.compare.similar import NeighborIds, find_neighbors, load_neighbors
from guides.reading.index.live import Memory, memory
from guides.reading.redirects import live_edition
from guides.rendering import guide_page, placeholders
from guides.rendering.guide_page import Markup, Published
from guides.schema import Guide
from guides.summary import GuideSummary, summarize

MOST_KEPT = 1_000


class Page(NamedTuple):
    title: str
    head: SafeString
    body: SafeString


def page_at(slug: str, *, at: datetime) -> Page:
    """The page that visitors find at an address. Raises what `live_edition` raises."""
    if get_script_prefix() != "/" or (ready := _ready_made(slug, at=at)) is None:
        edition = live_edition(slug, at=at)
        published = Published(edition.number, edition.live_from, edition.note)
        markup = guide_page.render(edition.guide, edition.html, published=published)
        return _page_of(edition.guide, markup, at=at, is_published=True)
    pk, markup, known = ready.edition, ready.markup, memory(at=at)
    editions = _kept(known, pk, lambda: _beside(slug, ready.summary, markup, known=known))
    key = pk, editions
    told = _kept(known.stock.history, key, lambda: _told(slug, ready.summary, editions, is_published=True))
    return _filled(markup, ready.title, told)


class _Ready(NamedTuple):
    """The page of an edition as this release made it at publication, with its listing's columns for a gist."""

    edition: int
    title: str
    markup: Markup
    columns: tuple[Any, ...]

    @property
    def summary(self) -> GuideSummary:
        return Listing(pk=self.edition, **dict(zip(SUMMARY_COLUMNS, self.columns, strict=True))).summary


def _ready_made(slug: str, *, at: datetime) -> _Ready | None:
    editions = Edition.objects.live(at=at).filter(slug=slug, article__release=guide_page.release())
    made = ("pk", "title", "article__head", "article__body")
    # Not as models, which take twice the time.
    row = editions.values_list(*made, *(f"listing__{column}" for column in SUMMARY_COLUMNS)).first()
    if row is None:
        return None
    pk, title, head, body, *columns = row
    return _Ready(pk, title, Markup(head, body), tuple(columns))


def framed(page: Page) -> str:
    """The whole page, as `guides/guide.html` has it, in the frame that all guides have now."""
    before, middle, after, end = _frame()
    return f"{before}{escape(page.title)}{middle}{page.head}{after}{page.body}{end}"


@cache
def _frame() -> tuple[str, ...]:
    mark = mark_safe("\0")  # which no text has
    return tuple(render_to_string("guides/pages/guide.html", {"page": Page(mark, mark, mark)}).split(mark))


def page_of_draft(guide: Guide, html: Mapping[str, str], *, at: datetime) -> Page:
    """The page of a guide whose prose has been rendered to this sanitised HTML, by place."""
    return _page_of(guide, guide_page.render(guide, html), at=at, is_published=False)


def _page_of(guide: Guide, markup: Markup, *, at: datetime, is_published: bool) -> Page:
    summary = summarize(guide)
    editions = _beside(guide.slug, summary, markup, known=memory(at=at))
    return _filled(markup, guide.title, _told(guide.slug, summary, editions, is_published=is_published))


class _Told(NamedTuple):
    """What goes into the slots of an article."""

    near: str
    guides: Mapping[str, str]
    levels: Mapping[str, str]


def _beside(slug: str, summary: GuideSummary, markup: Markup, *, known: Memory) -> NeighborIds:
    """What is beside a guide that has slots for these guides and levels."""
    guides, levels = (placeholders.named(markup.body, kind) for kind in ("guide", "level"))
    return find_neighbors(slug, summary, guides=guides, levels=levels, known=known)


def _told(slug: str, summary: GuideSummary, editions: NeighborIds, *, is_published: bool) -> _Told:
    found = load_neighbors(slug, summary, editions)
    context = {"near": found.near, "slug": slug, "is_published": is_published}
    near = render_to_string("guides/guide/_near.html", context) if found.near else ""
    return _Told(near, found.guides, found.levels)


_kept_for: WeakKeyDictionary[Hashable, dict[Hashable, Any]] = WeakKeyDictionary()


def _kept[T](holds: Hashable, key: Hashable, make: Callable[[], T]) -> T:
    """What does not change for as long as something holds: editions tell the same of each other in all generations."""
    kept = _kept_for.setdefault(holds, {})
    if (made := kept.get(key)) is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        made = kept[key] = make()
    return cast("T", made)


def _filled(markup: Markup, title: str, told: _Told) -> Page:
    body = placeholders.fill(markup.body, guides=told.guides, levels=told.levels, near=told.near)
    return Page(title, mark_safe(markup.head), mark_safe(body))  # noqa: S308 -- templates made both
