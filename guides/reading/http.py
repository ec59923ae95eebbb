"""HTTP helpers for views: query parameters, redirects and pagination."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

type View = Callable[..., HttpResponse]

ANYTHING = "*"


def takes[**P](*names: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """The parameters of a view's address; without this it takes none, and what is sent is passed over.

    With ANYTHING the page cache keeps what is made of a query nowhere, here or on the way: it may be a visitor's own.
    """

    def told(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        view.takes = names  # type: ignore[attr-defined]
        return view

    return told


def read_only(view: View) -> View:
    """Takes nothing that is sent, and says so (405), without the token of a form: there is no session to abuse."""
    return csrf_exempt(require_safe(view))


def in_lower_case(view: View) -> View:
    """Addresses are in lower case: one that is typed in capitals leads there for good."""

    @wraps(view)
    def lowered(request: HttpRequest, **given: Any) -> HttpResponse:
        if request.path != request.path.lower():
            return redirect(with_query(request, request.path.lower()), permanent=True)
        return view(request, **given)

    return lowered


def lead(request: HttpRequest, address: str, *, for_good: bool) -> HttpResponse:
    """Lead to another address, for good or for as long as it is so. What was sent is sent there too.

    A browser is to ask again each time: it would keep what is for good for ever, and an address can be given to another
    guide, or get its own one back.
    """
    response = redirect(address, permanent=for_good, preserve_request=request.method not in {"GET", "HEAD"})
    response.headers["Cache-Control"] = "no-cache"
    return response


def with_query(request: HttpRequest, path: str) -> str:
    query = request.META["QUERY_STRING"]
    return f"{path}?{query}" if query else path


def page_asked(request: HttpRequest) -> int:
    """The number of the page that an address asks for; whatever is none asks for the first."""
    given = request.GET.get("page", "")
    return int(given) if given.isascii() and given.isdecimal() and 0 < len(given) <= 6 and int(given) else 1


def turns(request: HttpRequest, number: int, pages: int) -> dict[str, Any]:
    """For the template: which page this is, and the queries of its neighbours, '' where there is none."""

    def to(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return query.urlencode() if 1 <= page <= pages else ""

    return {"turns": {"number": number, "pages": pages, "before": to(number - 1), "after": to(number + 1)}}
