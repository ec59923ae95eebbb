"""The sitemap, with true dates."""

from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone

from guides.models.edition import Edition, EditionQuerySet


class Guides(Sitemap):
    protocol = urlsplit(settings.ADDRESS).scheme

    def items(self) -> EditionQuerySet:
        return Edition.objects.live(at=timezone.now()).order_by("slug").defer("content", "html")

    def lastmod(self, item: Edition) -> datetime:
        return item.live_from

    def location(self, item: Edition) -> str:
        return reverse("guides:guide", args=(item.slug,))


class Home(Sitemap):
    protocol = Guides.protocol

    def items(self) -> list[str]:
        return ["guides:home"]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {"home": Home, "guides": Guides}
