"""The views that set roles beside each other: a comparison, a path from one to another."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from guides.models.edition import Edition

from .catalogue import listed, live_listings
from .comparison import FEWEST, MOST, compare, in_order
from .paths import path
from .search import MOST_LETTERS, find


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    now = timezone.now()
    given = request.GET.getlist("guide")[: 2 * MOST]
    slugs = tuple(dict.fromkeys(slug.lower() for slug in given if slug))
    name = request.GET.get("add", "")[:MOST_LETTERS].strip()
    if name and (added := _named(name, at=now)) and len({*slugs, added}) <= MOST:
        slugs = tuple(dict.fromkeys((*slugs, added)))
        name = ""
    if not name and request.GET.urlencode() != (query := urlencode({"guide": slugs}, doseq=True)):
        return redirect(f"{reverse('guides:compare')}?{query}" if query else reverse("guides:compare"))
    editions = in_order(Edition.objects.live(at=now), slugs)
    known = tuple(edition.slug for edition in editions)
    context: dict[str, Any] = {
        "editions": editions[:MOST],
        "comparison": compare(editions[:MOST]) if len(editions) >= FEWEST else None,
        "room": len(editions) < MOST,
        "name": name,
        "unknown": tuple(slug for slug in slugs if slug not in known),
        "left_out": editions[MOST:],
        "without": tuple(
            (edition, urlencode({"guide": [slug for slug in known if slug != edition.slug]}, doseq=True))
            for edition in editions[:MOST]
        ),
    }
    return render(request, "guides/compare.html", context)


@require_safe
def find_path(request: HttpRequest) -> HttpResponse:
    """The form that asks from where to where; the path has an address of its own."""
    now = timezone.now()
    names = {name: request.GET.get(name, "")[:MOST_LETTERS].strip() for name in ("from", "to")}
    found = {name: _named(text, at=now) if text else "" for name, text in names.items()}
    if found["from"] and found["to"]:
        if found["from"] != found["to"]:
            return redirect("guides:path", found["from"], found["to"])
        fault = _("Both names lead to the same guide. Give two roles.")
    else:
        unknown = [text for name, text in names.items() if text and not found[name]]
        fault = _("No guide is called “%s”. Try another name of the job.") % unknown[0] if unknown else ""
    context = {"first": names["from"], "last": names["to"], "fault": fault}
    return render(request, "guides/find_path.html", context)


@require_safe
def one_path(request: HttpRequest, first: str, last: str) -> HttpResponse:
    now = timezone.now()
    if first == last:
        return redirect("guides:guide", first)
    found = {row.edition.slug: row for row in listed(live_listings(at=now).filter(edition__slug__in=(first, last)))}
    if len(found) < 2:
        raise Http404
    return render(request, "guides/path.html", {"path": path(found[first], found[last], at=now)})


def _named(name: str, *, at: datetime) -> str:
    """The address of the live guide that a name means best, or ''."""
    found = find(name, at=at)
    return found.results[0].card.slug if found and found.results and not found.some else ""
