"""Other addresses of pages: with capitals (301), of guides that moved (301 or 302), and of withdrawn guides (410)."""

from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import get_script_prefix, resolve, reverse

from guides.models.search_index import TermKind
from guides.reading import clock
from guides.reading.compare.similar import find_neighbors, outline_of
from guides.reading.http import View, redirect_to, with_query
from guides.reading.index.live_data import live_data
from guides.reading.redirects import GuideGone, GuideMoved
from guides.reading.search import browse

from .missing import similar_guides


def lowercase_path(view: View) -> View:
    """Redirect a path with capitals to its lower-case form permanently."""

    @wraps(view)
    def with_lowercase_path(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if request.path != request.path.lower():
            return redirect(with_query(request, request.path.lower()), permanent=True)
        return view(request, **kwargs)

    return with_lowercase_path


def redirect_moved(view: View) -> View:
    """Redirect from the former addresses of guides, and show a page (410) in place of a withdrawn guide."""

    @wraps(view)
    def wrapper(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, **kwargs)
        except GuideMoved as moved:
            return _redirect(request, moved)
        except GuideGone as gone:
            return _show_withdrawal(request, gone)

    return lowercase_path(wrapper)


def _redirect(request: HttpRequest, moved: GuideMoved) -> HttpResponse:
    match = resolve(f"/{request.path.removeprefix(get_script_prefix())}")
    to = moved.destinations
    kwargs = {name: to[slug].slug if slug in to else slug for name, slug in match.kwargs.items()}
    permanent = all(destination.moved for destination in to.values())
    if "number" in kwargs and not permanent:
        kwargs["number"] = next(iter(to.values())).number  # editions of another guide have other numbers
    return redirect_to(request, with_query(request, reverse(match.view_name, kwargs=kwargs)), permanent=permanent)


def _show_withdrawal(request: HttpRequest, gone: GuideGone) -> HttpResponse:
    at, guide = clock.now(), gone.edition.guide
    context = {
        "edition": gone.edition,
        "note": gone.note,
        "field": browse.term(TermKind.FIELD, guide.field.slug, at=at) if guide.field else None,
        "near": find_neighbors(outline_of(guide), live_data(at=at)).near,
        "similar": similar_guides(guide.title, at=at),
    }
    return render(request, "guides/pages/gone.html", context, status=410)
