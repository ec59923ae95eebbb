"""Atom feeds of all guides, and of the editions of one guide."""

from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.models.edition import Edition, EditionQuerySet
from guides.reading import clock
from guides.reading.redirects import live_edition

MAX_ENTRIES = 50


class _Editions(Feed):
    feed_type = Atom1Feed
    author_name = "Careerguide"

    def item_title(self, item: Edition) -> str:
        return _("%(title)s, edition %(number)d") % {"title": item.title, "number": item.number}

    def item_description(self, item: Edition) -> str:
        return escape(item.note or item.summary)  # feed readers parse a summary as HTML

    def item_link(self, item: Edition) -> str:
        return reverse("guides:guide", args=(item.slug,))

    def item_guid(self, item: Edition) -> str:
        return f"{settings.ADDRESS}/editions/{item.pk}"  # an ID, not a URL: it outlives every slug

    def item_pubdate(self, item: Edition) -> datetime:
        return item.live_from

    item_updateddate = item_pubdate


class AllGuides(_Editions):
    title = gettext_lazy("Careerguide: recently published")
    link = reverse_lazy("guides:home")

    def items(self) -> EditionQuerySet:
        return Edition.objects.live(at=clock.now()).order_by("-live_from", "-pk").listed()[:MAX_ENTRIES]


class OneGuide(_Editions):
    def get_object(self, _request: HttpRequest, slug: str) -> Edition:
        return live_edition(slug, at=clock.now())

    def title(self, obj: Edition) -> str:
        return _("%s: editions") % obj.title

    def link(self, obj: Edition) -> str:
        return reverse("guides:guide", args=(obj.slug,))

    def items(self, obj: Edition) -> list[Edition]:
        went_live = Edition.objects.went_live(by=clock.now()).filter(role=obj.role_id)
        editions = list(went_live.order_by("-live_from", "-pk").listed()[:MAX_ENTRIES])
        for edition in editions:
            edition.slug = obj.slug  # the current address of the guide, which may have moved since
        return editions

    def item_link(self, item: Edition) -> str:
        return f"{reverse('guides:guide-history', args=(item.slug,))}#edition-{item.number}"
