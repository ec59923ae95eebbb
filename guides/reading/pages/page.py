"""The page of a guide: its edition, with what other live guides contribute at that moment."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.template.loader import render_to_string
from django.urls import get_script_prefix
from django.utils import timezone

from guides.models.edition import Edition
from guides.reading.compare.similar import Outline, find_neighbors, outline_of
from guides.rendering import guide_page
from guides.rendering.guide_page import Neighbors, Page, Published
from guides.schema import Guide
from guides.templatetags.served import is_export

logger = logging.getLogger(__name__)

MAX_PAGES = 200
"""Pages in the cache of a process, of about 75 KB each."""

# In development, templates change while a process runs.
_cache = (DummyCache if settings.DEBUG else LocMemCache)(
    "pages", {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": MAX_PAGES}}
)


class _Rendered(NamedTuple):
    """A page of an edition, valid as long as the neighbors are these."""

    outline: Outline
    neighbors: Neighbors
    page: Page


def page_of(edition: Edition, *, at: datetime) -> Page:
    """Return the page of an edition as visitors see it at a moment."""
    # A restored database may use a primary key again, but not with the same time of publication.
    key = f"{edition.pk}|{edition.published_at.timestamp()}|{get_script_prefix()}|{is_export()}"
    rendered: _Rendered | None = _cache.get(key)
    outline = rendered.outline if rendered else outline_of(edition.guide)
    neighbors = find_neighbors(outline, at=at)
    if rendered and rendered.neighbors == neighbors:
        return rendered.page
    published = Published(edition.number, edition.live_from, edition.note)
    page = guide_page.render(edition.guide, edition.html, neighbors, published=published)
    _cache.set(key, _Rendered(outline, neighbors, page))
    return page


def page_of_draft(guide: Guide, html: Mapping[str, str], *, at: datetime) -> Page:
    """Return the page of a guide whose prose has been rendered to this sanitized HTML, by place."""
    return guide_page.render(guide, html, find_neighbors(outline_of(guide), at=at))


def warm_up() -> None:
    """Render a guide, so that no visitor waits for the first import of views, templates, locale data and the index."""
    now = timezone.now()
    try:
        if edition := Edition.objects.live(at=now).first():
            render_to_string("guides/pages/guide.html", {"page": page_of(edition, at=now)})
    except Exception:  # the server starts anyway: it can serve other pages, and the database may come back
        logger.exception("No guide could be rendered before the start.")
