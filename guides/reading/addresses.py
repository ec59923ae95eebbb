"""What addresses ask for: one for each thing, and the pages of a list."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

type View = Callable[..., HttpResponse]


def in_lower_case(view: View) -> View:
    """Addresses are in lower case: one that is typed in capitals leads there for good."""

    @wraps(view)
    def lowered(request: HttpRequest, **slugs: str) -> HttpResponse:
        if request.path != request.path.lower():
            query = f"?{request.META['QUERY_STRING']}" if request.META["QUERY_STRING"] else ""
            return redirect(f"{request.path.lower()}{query}", permanent=True)
        return view(request, **slugs)

    return lowered


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
