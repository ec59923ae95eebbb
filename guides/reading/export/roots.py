"""Where a walk begins: the sitemap, files that no page leads to, and addresses at which there was a page once."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse

from guides.models.edition import Edition
from guides.models.search_index import Term, TermKind
from guides.reading.pages.sitemap import SITEMAPS
from guides.rendering.toolkit import PAPERS
from guides.rendering.urls import absolute

from .cutting import Content
from .targets import Target, target_of

LED_TO_BY_NOTHING = ("/robots.txt", "/llms.txt")
MOST_IN_A_SITEMAP = 50_000
"""By the protocol."""


class Entry(NamedTuple):
    """A page of the sitemap that an export has, and when it changed, where that is known."""

    target: Target
    changed: datetime | None


def entries() -> Iterator[Entry]:
    """In the order of the sitemap."""
    for section in SITEMAPS.values():
        pages: Any = section()
        for item in pages.items():
            if target := target_of(pages.location(item)):
                yield Entry(target, pages.lastmod(item) if hasattr(pages, "lastmod") else None)


def sitemaps(of: Sequence[Entry]) -> Iterator[tuple[str, Content]]:
    """The sitemap's files and what they hold: one, or where it is too long, several and an index of these."""
    parts = [
        [{"location": absolute(entry.target.address), "lastmod": entry.changed} for entry in part]
        for part in batched(of, MOST_IN_A_SITEMAP)
    ]
    files = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)] if len(parts) > 1 else ["sitemap.xml"]
    for file, urls in zip(files, parts, strict=True):
        yield file, Content(render_to_string("sitemap.xml", {"urlset": urls}).encode())
    if len(parts) > 1:
        index = [{"location": absolute(f"/{file}")} for file in files]
        yield "sitemap.xml", Content(render_to_string("sitemap_index.xml", {"sitemaps": index}).encode())


def former(*, at: datetime) -> Iterator[str]:
    """Where guides and skills were found once and are not now: the site may lead on from there, or say what became."""
    seen = Edition.objects.order_by("slug").went_live(by=at)
    live = set(Edition.objects.live(at=at).values_list("slug", flat=True))
    for slug in seen.values_list("slug", flat=True).distinct():
        if slug not in live:
            pages = ("guide", "guide-history", "toolkit")
            yield from (reverse(f"guides:{name}", args=(slug,)) for name in pages)
            yield from (reverse("guides:paper", args=(slug, kind)) for kind in PAPERS)
    asked_for = Term.objects.filter(kind=TermKind.SKILL).order_by("slug")
    live = set(asked_for.live(at=at).values_list("slug", flat=True).distinct())
    for slug in asked_for.filter(edition__in=seen.order_by()).values_list("slug", flat=True).distinct():
        if slug not in live:
            yield reverse("guides:skill", args=(slug,))
