"""The sitemap, with the dates on which pages changed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from guides.models.edition import Edition, EditionQuerySet
from guides.models.search_index import Term, TermKind
from guides.models.statistics import Area
from guides.reading import clock
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.index.live_index import Entry
from guides.reading.pay.pages import (
    EXPORTED_KINDS,
    GuideInArea,
    GuidesInAreas,
    areas_with_wages,
    guides_with_wages,
)
from guides.rendering.toolkit import DOCUMENTS

from .views import ABOUT


class _SiteSection(Sitemap):
    protocol = urlsplit(settings.ADDRESS).scheme

    def exported(self) -> Iterable[Any]:
        """Return the items that a static export may have."""
        return self.items()


class Guides(_SiteSection):
    def items(self) -> EditionQuerySet:
        return Edition.objects.live(at=clock.now()).order_by("slug").listed()

    def lastmod(self, item: Edition) -> datetime:
        return item.live_from

    def location(self, item: Edition) -> str:
        return reverse("guides:guide", args=(item.slug,))


class Checks(Guides):
    """The skills check of each guide, without answers."""

    def location(self, item: Edition) -> str:
        return reverse("guides:skills-check", args=(item.slug,))


class Toolkits(Guides):
    def location(self, item: Edition) -> str:
        return reverse("guides:toolkit", args=(item.slug,))


class ToolkitDocuments(Guides):
    """The documents of each toolkit, except for examples, which some guides lack. Their links are in the toolkit."""

    def items(self) -> list[tuple[Edition, str]]:  # type: ignore[override]
        return [(edition, kind) for edition in super().items() for kind in DOCUMENTS]

    def lastmod(self, item: tuple[Edition, str]) -> datetime:  # type: ignore[override]
        return item[0].live_from

    def location(self, item: tuple[Edition, str]) -> str:  # type: ignore[override]
        return reverse("guides:toolkit-document", args=(item[0].slug, item[1]))


class _Terms(_SiteSection):
    """The pages of all terms of one kind. A page changes when a guide with its term does."""

    kind: TermKind
    name: str

    def items(self) -> QuerySet[Any, Any]:
        live = Term.objects.live(at=clock.now()).filter(kind=self.kind)
        return live.values("slug").annotate(changed=Max("edition__live_from")).order_by("slug")

    def lastmod(self, item: dict[str, Any]) -> datetime:
        changed: datetime = item["changed"]
        return changed

    def location(self, item: dict[str, Any]) -> str:
        return reverse(f"guides:{self.name}", args=(item["slug"],))


class Fields(_Terms):
    kind, name = TermKind.FIELD, "field"


class Skills(_Terms):
    kind, name = TermKind.SKILL, "skill"


class PayPlaces(_SiteSection):
    """The pay of all guides in each area."""

    def items(self) -> Sequence[Area]:
        return areas_with_wages(_known())

    def exported(self) -> Sequence[Area]:
        return areas_with_wages(_known(), EXPORTED_KINDS)

    def location(self, item: Area) -> str:
        return reverse("guides:pay-place", args=(item.slug,))


class RolePay(_SiteSection):
    """The pay of each guide everywhere. It changes with the guide, or with the statistics."""

    def items(self) -> Sequence[Entry]:
        return guides_with_wages(_known())

    def location(self, item: Entry) -> str:
        return reverse("guides:role-pay", args=(item.slug,))


class RolePayPlaces(_SiteSection):
    """The pay of each guide in each area. There can be millions, so only the ones on a page are ever in memory."""

    limit = 10_000  # so that a page takes a second

    def items(self) -> GuidesInAreas:
        return GuidesInAreas(_known())

    def exported(self) -> GuidesInAreas:
        return GuidesInAreas(_known(), EXPORTED_KINDS)

    def location(self, item: GuideInArea) -> str:
        return reverse("guides:role-pay-place", args=item)


def _known() -> LiveData:
    return live_data(at=clock.now())


class Fixed(_SiteSection):
    """The pages that exist without any guide."""

    def items(self) -> list[str]:
        pages = ("home", "browse", "search", "skills", "pay", "compare", "match", "resume", "paths", "about", "sources")
        others = (reverse("guides:about", args=(page,)) for page in ABOUT if page != "about")
        return [*(reverse(f"guides:{page}") for page in pages), *others]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {
    "fixed": Fixed, "fields": Fields, "skills": Skills, "guides": Guides, "checks": Checks, "toolkits": Toolkits,
    "toolkit-documents": ToolkitDocuments, "pay-places": PayPlaces, "role-pay": RolePay,
    "role-pay-places": RolePayPlaces,
}  # fmt: skip


def sitemap(request: HttpRequest) -> HttpResponse:
    """Return all addresses, or an index of sitemaps if they exceed the limit of one sitemap."""
    if sum(section().paginator.count for section in SITEMAPS.values()) <= Sitemap.limit:
        return views.sitemap(request, {**SITEMAPS})
    return views.index(request, {**SITEMAPS}, sitemap_url_name="guides:sitemap-section")
