"""HTTP helpers for views: query parameters, redirects and pagination."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

type View = Callable[..., HttpResponse]

ANY = "*"


def query_params[**P](*names: str) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """Declare the query parameters of a view. The page cache ignores all others.

    With ANY no cache stores the response, since it may belong to one visitor.
    """

    def declare(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        view.query_params = names  # type: ignore[attr-defined]
        return view

    return declare


def read_only(view: View) -> View:
    """Reject all methods but GET, HEAD and OPTIONS with 405, without a CSRF check: there is no session to abuse."""
    return csrf_exempt(require_safe(view))


def redirect_to(request: HttpRequest, address: str, *, permanent: bool) -> HttpResponse:
    """Redirect to another address. Methods other than GET and HEAD keep their method and body (307, 308).

    Browsers must revalidate even a permanent redirect: an address can pass to another guide, or back to its former one.
    """
    response = redirect(address, permanent=permanent, preserve_request=request.method not in {"GET", "HEAD"})
    response.headers["Cache-Control"] = "no-cache"
    return response


def with_query(request: HttpRequest, path: str) -> str:
    """Return the path with the query of the request."""
    query = request.META["QUERY_STRING"]
    return f"{path}?{query}" if query else path


def page_number(request: HttpRequest) -> int:
    """Return the requested page number, or 1 if it is missing or invalid."""
    text = request.GET.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) <= 6 and int(text) else 1


def pagination(request: HttpRequest, number: int, pages: int) -> dict[str, Any]:
    """Build the template context of a page: its number, and the queries of its neighbors, '' at either end."""

    def query_of(page: int) -> str:
        query = request.GET.copy()
        query["page"] = str(page)
        return query.urlencode() if 1 <= page <= pages else ""

    links = {"previous": query_of(number - 1), "next": query_of(number + 1)}
    return {"pagination": {"number": number, "pages": pages, **links}}
