"""The addresses of guides that moved (301 or 302) or were withdrawn (410)."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import get_script_prefix, resolve, reverse

from guides.models.search_index import TermKind
from guides.reading import clock
from guides.reading.compare.similar import find_neighbors
from guides.reading.http import View, lowercase_path, redirect_to, with_query
from guides.reading.index.live_data import live_data
from guides.reading.redirects import GuideGone, GuideMoved
from guides.reading.search import browse
from guides.summary import summarize


def of_guides(view: View) -> View:
    """Addresses of guides lead to where those are by now; where one is gone, a page says so."""

    @wraps(view)
    def followed(request: HttpRequest, **given: Any) -> HttpResponse:
        try:
            return view(request, **given)
        except GuideMoved as moved:
            return _follow(request, moved)
        except GuideGone as gone:
            return _say(request, gone)

    return lowercase_path(followed)


def _follow(request: HttpRequest, moved: GuideMoved) -> HttpResponse:
    asked = resolve(f"/{request.path.removeprefix(get_script_prefix())}")
    given = {
        name: moved.destinations[slug].slug if slug in moved.destinations else slug
        for name, slug in asked.kwargs.items()
    }
    permanent = all(destination.moved for destination in moved.destinations.values())
    if "number" in given and not permanent:
        given["number"] = next(
            iter(moved.destinations.values())
        ).number  # the picture of another guide has a number of its own
    return redirect_to(request, with_query(request, reverse(asked.view_name, kwargs=given)), permanent=permanent)


def _say(request: HttpRequest, gone: GuideGone) -> HttpResponse:
    at, guide = clock.now(), gone.edition.guide
    context = {
        "edition": gone.edition,
        "note": gone.note,
        "field": browse.term(TermKind.FIELD, guide.field.slug, at=at) if guide.field else None,
        "near": find_neighbors(guide.slug, summarize(guide), known=live_data(at=at)).near,
    }
    return render(request, "guides/pages/gone.html", context, status=410)
