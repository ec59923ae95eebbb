"""The list of all sources, with their periods and the number of guides that cite each."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from guides.models.edition import Edition
from guides.models.search_index import Term, TermKind
from guides.reading import clock
from guides.reading.http import page_number, pagination, query_params
from guides.schema import Source

PAGE_SIZE = 50


class CitedSource(NamedTuple):
    """A source as the newest edition that cites it describes it, and the number of guides that cite it."""

    source: Source
    guides: int


@query_params("page")
def all_sources(request: HttpRequest) -> HttpResponse:
    terms = Term.objects.live(at=clock.now()).filter(kind=TermKind.SOURCE)
    named = terms.values("slug").annotate(
        label=Max("name"), guides=Count("edition", distinct=True), newest=Max("edition")
    )
    pages, number = Paginator(named.order_by("label", "slug"), PAGE_SIZE), page_number(request)
    if number not in pages.page_range:
        raise Http404
    rows: Any = pages.page(number).object_list
    return render(
        request,
        "guides/search/sources.html",
        {"cited": tuple(_cited(rows))} | pagination(request, number, pages.num_pages),
    )


def _cited(rows: Iterable[dict[str, Any]]) -> Iterator[CitedSource]:
    editions = Edition.objects.in_bulk({row["newest"] for row in rows})
    for row in rows:
        sources = {source.slug: source for source in editions[row["newest"]].guide.sources}
        yield CitedSource(sources[row["slug"]], row["guides"])
