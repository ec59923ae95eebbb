"""The views that set roles beside each other: a comparison, a path from one to another."""

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.models.edition import Edition
from guides.models.search_index import Listing
from guides.reading import clock
from guides.reading.http import query_params, redirect_to
from guides.reading.redirects import Destination, find_destination, raise_redirect
from guides.reading.search.browse import first_by_title
from guides.reading.search.engine import MOST_LETTERS, named
from guides.schema import types

from .comparison import FEWEST, MOST, compare, in_order
from .paths import path

MOST_OFFERED = 24


@query_params("guide", "add")
def comparison(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    given = request.GET.getlist("guide")[: 2 * MOST]
    slugs = tuple(dict.fromkeys(slug.lower() for slug in given if re.fullmatch(types.SLUG, slug.lower())))
    name = request.GET.get("add", "")[:MOST_LETTERS].strip()
    editions = in_order(Edition.objects.live(at=now), slugs)
    known = tuple(edition.slug for edition in editions)
    if moved := _moved((slug for slug in slugs if slug not in known), at=now):
        return _follow(request, slugs, moved)
    meant = named(name, at=now) if name else ()
    if len(meant) == 1 and len({*known, meant[0].slug}) <= MOST:
        return redirect(_address(tuple(dict.fromkeys((*known, meant[0].slug)))))
    is_unnamed = "add" in request.GET and not name
    if not name and not is_unnamed and request.GET.urlencode() != _guides(slugs):
        return redirect(_address(slugs))
    offered = (meant or first_by_title(MOST_OFFERED + len(known), at=now)) if len(known) < MOST else ()
    others = (card for card in offered if card.slug not in known)
    context: dict[str, Any] = {
        "editions": editions[:MOST],
        "comparison": compare(editions[:MOST]) if len(editions) >= FEWEST else None,
        "room": len(editions) < MOST,
        "name": name,
        "is_unnamed": is_unnamed,
        "meant": meant,
        "offered": tuple((card.title, _address((*known, card.slug))) for card in islice(others, MOST_OFFERED)),
        "unknown": tuple(slug for slug in slugs if slug not in known),
        "left_out": editions[MOST:],
        "without": tuple(
            (edition, _address(tuple(slug for slug in known if slug != edition.slug))) for edition in editions[:MOST]
        ),
    }
    return render(request, "guides/compare/compare.html", context)


@query_params("from", "to")
def find_path(request: HttpRequest) -> HttpResponse:
    """The form that asks from where to where; the path has an address of its own."""
    now = clock.now()
    names = {end: request.GET.get(end, "")[:MOST_LETTERS].strip() for end in ("from", "to")}
    meant = {end: named(name, at=now) if name else () for end, name in names.items()}
    fault, offered = "", []
    if all(len(cards) == 1 for cards in meant.values()):
        first, last = (cards[0].slug for cards in meant.values())
        if first != last:
            return redirect("guides:path", first, last)
        fault = _("Both names lead to the same guide. Give two roles.")
    for end, cards in meant.items():
        if names[end] and not cards and not fault:
            fault = _("No guide is called “%s”. Try another name of the job.") % names[end]
        if len(cards) > 1 and not fault:
            fault = _("“%s” may mean several roles. Choose one:") % names[end]
            paths = reverse("guides:paths")
            offered = [(card.title, f"{paths}?{urlencode({**names, end: card.title})}") for card in cards]
    if not fault and names.keys() <= request.GET.keys() and not all(names.values()):
        fault = _("Name both roles.")
    context = {"first": names["from"], "last": names["to"], "fault": fault, "offered": offered}
    return render(request, "guides/compare/find_path.html", context)


def one_path(request: HttpRequest, first: str, last: str) -> HttpResponse:
    now = clock.now()
    if first == last:
        return redirect("guides:guide", first)
    ends = Listing.objects.live(at=now).filter(edition__slug__in=(first, last)).select_related("edition")
    found = {listing.edition.slug: listing for listing in ends}
    if len(found) < 2:
        raise_redirect(tuple(slug for slug in (first, last) if slug not in found), at=now)
    return render(request, "guides/compare/path.html", {"path": path(found[first], found[last], at=now)})


def _moved(slugs: Iterable[str], *, at: datetime) -> dict[str, Destination]:
    """Where the guides at these addresses are by now, of those that are anywhere."""
    became = ((slug, find_destination(slug, at=at)) for slug in slugs)
    return {slug: guide for slug, guide in became if isinstance(guide, Destination)}


def _follow(request: HttpRequest, slugs: tuple[str, ...], moved: dict[str, Destination]) -> HttpResponse:
    query = request.GET.copy()
    query.setlist("guide", list(dict.fromkeys(moved[slug].slug if slug in moved else slug for slug in slugs)))
    permanent = all(to.moved for to in moved.values())
    return redirect_to(request, f"{reverse('guides:compare')}?{query.urlencode()}", permanent=permanent)


def _guides(slugs: tuple[str, ...]) -> str:
    return urlencode({"guide": slugs}, doseq=True)


def _address(slugs: tuple[str, ...]) -> str:
    return f"{reverse('guides:compare')}?{_guides(slugs)}" if slugs else reverse("guides:compare")
