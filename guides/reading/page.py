"""A guide's page: its article, with what other live guides put into it at a moment."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from guides.document import Guide
from guides.formats import article, slots
from guides.formats.article import Markup, Published
from guides.gist import Gist, gist_of
from guides.models.edition import Edition

from .neighbours import neighbours


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
    return _filled(markup, edition.slug, edition.title, gist, at=at, is_published=True)


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
    return _filled(article.render(guide, html), guide.slug, guide.title, gist_of(guide), at=at, is_published=False)


def _filled(markup: Markup, slug: str, title: str, gist: Gist, *, at: datetime, is_published: bool) -> Page:
    guides, levels = (slots.named(markup.body, kind) for kind in ("guide", "level"))
    beside = neighbours(slug, gist, guides=guides, levels=levels, at=at)
    told = {"near": beside.near, "slug": slug, "is_published": is_published}
    near = render_to_string("guides/_near.html", told) if beside.near else ""
    body = slots.fill(markup.body, guides=beside.guides, levels=beside.levels, near=near)
    return Page(title, mark_safe(markup.head), mark_safe(body))  # noqa: S308 -- templates made both
