"""The page of a guide: its edition, with what other live guides contribute at that moment."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone

from guides import words
from guides.models.edition import Edition
from guides.reading.compare.similar import find_neighbors
from guides.reading.index.live_data import live_data
from guides.rendering import guide_page
from guides.rendering.guide_page import Neighbors, Page, Published
from guides.schema import Guide
from guides.summary import GuideSummary, summarize

from .memo import Memo

logger = logging.getLogger(__name__)

MAX_PAGES = 0 if settings.DEBUG else 200
"""Pages whose HTML each process keeps, of about 75 KB each. In development, templates change while it runs."""


class _Outline(NamedTuple):
    """What the search for a guide's neighbors takes: its slug and summary, and the guides and levels that it names."""

    slug: str
    summary: GuideSummary
    guides: frozenset[str]
    levels: frozenset[str]


class _Key(NamedTuple):
    """Identifies an edition. A restored database may use a number again, but not with the same time of publication."""

    edition: int
    published_at: datetime


_outlines: Memo[_Key, _Outline] = Memo(10 * MAX_PAGES)
_pages: Memo[tuple[_Key, Neighbors, str], Page] = Memo(MAX_PAGES)


def page_of(edition: Edition, *, at: datetime) -> Page:
    """Return the page of an edition as visitors see it at a moment."""
    key = _Key(edition.pk, edition.published_at)
    neighbors = _neighbors(_outlines.get(key, lambda: _outline(edition.guide)), at=at)
    published = Published(edition.number, edition.live_from, edition.note)
    return _pages.get(
        (key, neighbors, get_script_prefix()),
        lambda: guide_page.render(edition.guide, edition.html, neighbors, published=published),
    )


def warm_up() -> None:
    """Render a guide, so that no visitor waits for the first import of views, templates, locale data and the index."""
    now = timezone.now()
    try:
        if edition := Edition.objects.live(at=now).first():
            render_to_string("guides/pages/guide.html", {"page": page_of(edition, at=now)})
    except Exception:  # the server starts anyway: it can serve other pages, and the database may come back
        logger.exception("No guide could be rendered before the start.")


def page_of_draft(guide: Guide, html: Mapping[str, str], *, at: datetime) -> Page:
    """Return the page of a guide whose prose has been rendered to this sanitized HTML, by place."""
    return guide_page.render(guide, html, _neighbors(_outline(guide), at=at))


def _outline(guide: Guide) -> _Outline:
    guides = frozenset(role.slug for role in guide.related if role.slug)
    levels = frozenset(words.key(level.title) for level in guide.levels)
    return _Outline(guide.slug, summarize(guide), guides, levels)


def _neighbors(outline: _Outline, *, at: datetime) -> Neighbors:
    slug, summary, guides, levels = outline
    return find_neighbors(slug, summary, guides=guides, levels=levels, known=live_data(at=at))
