"""A guide's page: its article, with what other live guides put into it at a moment."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from guides.document import Guide
from guides.formats import article, slots
from guides.formats.article import Markup, Published
from guides.gist import Gist, gist_of
from guides.models.edition import Edition

from .memory import memory
from .neighbours import Beside, beside, neighbours
from .stock import History

MOST_KEPT = 1_000


class Page(NamedTuple):
    title: str
    head: SafeString
    body: SafeString


def page_of_edition(edition: Edition, *, at: datetime) -> Page:
    """The page of an edition: as it was made at publication, where this release made it and addresses are as then."""
    stored = getattr(edition, "article", None)
    if stored and stored.release == article.release() and get_script_prefix() == "/":
        markup, gist = Markup(stored.head, stored.body), edition.listing.gist
    else:
        published = Published(edition.number, edition.live_from, edition.note)
        markup = article.render(edition.guide, edition.html, published=published)
        gist = gist_of(edition.guide)
    named, known = _named(markup), memory(at=at)
    editions = beside(edition.slug, gist, guides=named.guides, levels=named.levels, known=known)
    key = (edition.pk, get_script_prefix(), editions)
    told = _kept(known.stock.history, key, partial(_told, edition.slug, gist, editions, is_published=True))
    return _filled(markup, edition.title, told)


def framed(page: Page) -> str:
    """The whole page, as `guides/guide.html` has it, in the frame that all guides have now."""
    before, middle, after, end = _frame()
    return f"{before}{escape(page.title)}{middle}{page.head}{after}{page.body}{end}"


@cache
def _frame() -> tuple[str, ...]:
    mark = mark_safe("\0")  # which no text has
    return tuple(render_to_string("guides/guide.html", {"page": Page(mark, mark, mark)}).split(mark))


def page_of_draft(guide: Guide, html: Mapping[str, str], *, at: datetime) -> Page:
    """The page of a guide whose prose has been rendered to this sanitised HTML, by place."""
    markup, gist = article.render(guide, html), gist_of(guide)
    named = _named(markup)
    editions = beside(guide.slug, gist, guides=named.guides, levels=named.levels, known=memory(at=at))
    return _filled(markup, guide.title, _told(guide.slug, gist, editions, is_published=False))


class _Named(NamedTuple):
    """The guides and the levels that an article has slots for."""

    guides: frozenset[str]
    levels: frozenset[str]


class _Told(NamedTuple):
    """What goes into the slots of an article."""

    near: str
    guides: Mapping[str, str]
    levels: Mapping[str, str]


def _named(markup: Markup) -> _Named:
    return _Named(slots.named(markup.body, "guide"), slots.named(markup.body, "level"))


def _told(slug: str, gist: Gist, editions: Beside, *, is_published: bool) -> _Told:
    found = neighbours(slug, gist, editions)
    context = {"near": found.near, "slug": slug, "is_published": is_published}
    near = render_to_string("guides/_near.html", context) if found.near else ""
    return _Told(near, found.guides, found.levels)


type _Key = tuple[int, str, Beside]
_told_before: WeakKeyDictionary[History, dict[_Key, _Told]] = WeakKeyDictionary()


def _kept(history: History, key: _Key, make: Callable[[], _Told]) -> _Told:
    """What editions tell of each other, which never changes: most pages need it again after each publication."""
    kept = _told_before.setdefault(history, {})
    if (told := kept.get(key)) is None:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        told = kept[key] = make()
    return told


def _filled(markup: Markup, title: str, told: _Told) -> Page:
    body = slots.fill(markup.body, guides=told.guides, levels=told.levels, near=told.near)
    return Page(title, mark_safe(markup.head), mark_safe(body))  # noqa: S308 -- templates made both
