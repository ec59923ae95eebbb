"""The sitemap, with true dates."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from guides.models.edition import Edition, EditionQuerySet

from .views import ABOUT


class Guides(Sitemap):
    protocol = urlsplit(settings.ADDRESS).scheme

    def items(self) -> EditionQuerySet:
        return Edition.objects.live(at=timezone.now()).order_by("slug").listed()

    def lastmod(self, item: Edition) -> datetime:
        return item.live_from

    def location(self, item: Edition) -> str:
        return reverse("guides:guide", args=(item.slug,))


class Fixed(Sitemap):
    """The pages that there always are."""

    protocol = Guides.protocol

    def items(self) -> list[str]:
        others = (reverse("guides:about", args=(page,)) for page in ABOUT if page != "about")
        return [reverse("guides:home"), reverse("guides:about"), *others]

    def location(self, item: str) -> str:
        return item


SITEMAPS = {"fixed": Fixed, "guides": Guides}
