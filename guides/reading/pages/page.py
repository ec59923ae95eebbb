"""The page of a guide: its edition, with what other live guides and official statistics contribute at that moment."""

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils import timezone

from guides.models.edition import Edition
from guides.models.statistics import AreaKind
from guides.models.wages import Wage
from guides.reading.compare.similar import Outline, find_neighbors, outline_of
from guides.reading.index.live_data import live_data
from guides.reading.places import PlaceChoice, PlaceForm
from guides.rendering import guide_page
from guides.rendering.guide_page import Neighbors, Page, Place, Published
from guides.rendering.official import local_pay
from guides.schema import Guide, Source
from guides.statistics.headline import source_of
from guides.statistics.official import OccupationFigures, RoleStatistics
from guides.statistics.outlook import Outlook
from guides.statistics.releases import current_wages
from guides.templatetags.served import is_export

logger = logging.getLogger(__name__)

MAX_PAGES = 200
"""Pages in the cache of a process, of about 75 KB each."""

# In development, templates change while a process runs.
_cache = (DummyCache if settings.DEBUG else LocMemCache)(
    "pages", {"TIMEOUT": None, "OPTIONS": {"MAX_ENTRIES": MAX_PAGES}}
)


type Releases = tuple[tuple[str, str, tuple[tuple[int, datetime, Source], ...]], ...]
"""The occupations of a role: code, title, and the releases of wages and projection, with time of import and source."""


class _Rendered(NamedTuple):
    """A page of an edition, valid as long as the neighbors and the releases of its statistics are these."""

    outline: Outline
    neighbors: Neighbors
    releases: Releases
    page: Page


NO_PLACE = PlaceChoice()


def statistics_of(guide: Guide, *, at: datetime) -> RoleStatistics:
    """Return the current national statistics of a guide."""
    return live_data(at=at).national.of_guide(guide)


def page_of(edition: Edition, *, at: datetime, choice: PlaceChoice = NO_PLACE) -> Page:
    """Return the page of an edition as visitors see it at a moment. The page of a chosen place is not cached."""
    # A restored database may use a primary key again, but not with the same time of publication.
    key = f"{edition.pk}|{edition.published_at.timestamp()}|{get_script_prefix()}|{is_export()}"
    rendered: _Rendered | None = _cache.get(key)
    outline = rendered.outline if rendered else outline_of(edition.guide)
    known = live_data(at=at)
    neighbors, statistics = find_neighbors(outline, known), known.national.of_guide(edition.guide)
    releases = _releases(statistics)
    is_general = choice == NO_PLACE
    if rendered and is_general and (rendered.neighbors, rendered.releases) == (neighbors, releases):
        return rendered.page
    published = Published(edition.number, edition.live_from, edition.note)
    place = _place(edition.guide, choice)
    page = guide_page.render(edition.guide, edition.html, neighbors, statistics, place=place, published=published)
    if is_general:
        _cache.set(key, _Rendered(outline, neighbors, releases, page))
    return page


def _releases(statistics: RoleStatistics) -> Releases:
    """Return what the statistics of a page come from. Rows are equal by primary key, but an import may change them."""
    return tuple(
        (each.code, each.title, tuple(_release(row) for row in _rows(each))) for each in statistics.occupations
    )


def _release(row: Wage | Outlook) -> tuple[int, datetime, Source]:
    return row.release.pk, row.release.imported_at, source_of(row.release)


def _rows(figures: OccupationFigures) -> tuple[Wage | Outlook, ...]:
    return tuple(row for row in (figures.wage, figures.outlook) if row)


def place_form(slug: str, choice: PlaceChoice) -> PlaceForm:
    """Return the form for a place on the page of a guide."""
    return PlaceForm(reverse("guides:guide", args=(slug,)), choice, fragment="#pay-where")


def _place(guide: Guide, choice: PlaceChoice) -> Place:
    form = place_form(guide.slug, choice)
    if choice.area is None or choice.area.kind == AreaKind.NATION:
        return Place(form)
    codes = [occupation.code for occupation in guide.occupations]
    return Place(form, choice.slug, local_pay(guide, choice.area, current_wages(codes).filter(area=choice.area)))


def page_of_draft(guide: Guide, html: Mapping[str, str], *, at: datetime) -> Page:
    """Return the page of a guide whose prose has been rendered to this sanitized HTML, by place."""
    known = live_data(at=at)
    return guide_page.render(guide, html, find_neighbors(outline_of(guide), known), known.national.of_guide(guide))


def warm_up() -> None:
    """Render a guide, so that no visitor waits for the first import of views, templates, locale data and the index."""
    now = timezone.now()
    try:
        if edition := Edition.objects.live(at=now).first():
            render_to_string("guides/pages/guide.html", {"page": page_of(edition, at=now)})
    except Exception:  # the server starts anyway: it can serve other pages, and the database may come back
        logger.exception("No guide could be rendered before the start.")
