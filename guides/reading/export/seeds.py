"""Where the crawl starts: the sitemap, files without links to them, and URLs of former guides and skills."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse

from guides.models.edition import Edition
from guides.models.search_index import Term, TermKind
from guides.reading.index.live_data import live_data
from guides.reading.pages.sitemap import SITEMAPS
from guides.reading.pay.pages import EXPORTED_KINDS, areas_with_wages
from guides.rendering.toolkit import ALL_DOCUMENTS
from guides.rendering.urls import absolute

from .rewrite import Content
from .targets import Target, target_of

UNLINKED = ("/robots.txt", "/llms.txt")
MAX_SITEMAP_URLS = 50_000
"""Per file, by the sitemap protocol."""


class Entry(NamedTuple):
    """A page in the sitemap, and when it was last modified, if known."""

    target: Target
    modified: datetime | None


def areas(*, at: datetime) -> frozenset[str]:
    """Return the slugs of the areas that an export has pages of."""
    return frozenset(area.slug for area in areas_with_wages(live_data(at=at), EXPORTED_KINDS))


def entries() -> Iterator[Entry]:
    """Yield the exported pages in the order of the site's sitemap."""
    for section in SITEMAPS.values():
        pages: Any = section()
        for item in pages.exported():
            if target := target_of(pages.location(item)):
                yield Entry(target, pages.lastmod(item) if hasattr(pages, "lastmod") else None)


def sitemaps(pages: Sequence[Entry]) -> Iterator[tuple[str, Content]]:
    """Yield the path and content of the sitemap; if it is too long, of several and an index of them."""
    parts = [
        [{"location": absolute(entry.target.address), "lastmod": entry.modified} for entry in part]
        for part in batched(pages, MAX_SITEMAP_URLS)
    ]
    files = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)] if len(parts) > 1 else ["sitemap.xml"]
    for file, urls in zip(files, parts, strict=True):
        yield file, Content(render_to_string("sitemap.xml", {"urlset": urls}).encode())
    if len(parts) > 1:
        index = [{"location": absolute(f"/{file}")} for file in files]
        yield "sitemap.xml", Content(render_to_string("sitemap_index.xml", {"sitemaps": index}).encode())


def former(*, at: datetime) -> Iterator[str]:
    """Yield URLs of guides and skills that are no longer live. The site may redirect or explain what happened."""
    past = Edition.objects.order_by("slug").went_live(by=at)
    live = set(Edition.objects.live(at=at).values_list("slug", flat=True))
    for slug in past.values_list("slug", flat=True).distinct():
        if slug not in live:
            pages = ("guide", "guide-history", "toolkit")
            yield from (reverse(f"guides:{name}", args=(slug,)) for name in pages)
            yield from (reverse("guides:toolkit-document", args=(slug, kind)) for kind in ALL_DOCUMENTS)
    skills = Term.objects.filter(kind=TermKind.SKILL).order_by("slug")
    live = set(skills.live(at=at).values_list("slug", flat=True).distinct())
    for slug in skills.filter(edition__in=past.order_by()).values_list("slug", flat=True).distinct():
        if slug not in live:
            yield reverse("guides:skill", args=(slug,))
