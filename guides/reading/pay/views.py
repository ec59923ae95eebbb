"""Views of pay by place. `urls` restricts them to GET and HEAD."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from guides.reading import clock
from guides.reading.http import page_number, pagination, query_params, redirect_to, with_query
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.places import PARAMETER, PlaceChoice, PlaceForm, read_place
from guides.statistics.places import in_sentence

from .choose_place import place_choices, place_links
from .place_pay import DEFAULT_SORT, SORTS, place_pay


@query_params(PARAMETER)
def choose_place(request: HttpRequest) -> HttpResponse:
    """Show the form for a place, or redirect to the place once it is clear which one is meant."""
    now = clock.now()
    choice = read_place(request.GET, at=now)
    if choice.area:
        return redirect("guides:pay-place", choice.slug)
    context = _choose_place(choice, live_data(at=now))
    return render(request, "guides/pay/choose_place.html", context)


def _choose_place(choice: PlaceChoice, known: LiveData) -> dict[str, Any]:
    form = PlaceForm(reverse("guides:pay"), choice)
    return {"place_form": form, "form_errors": form.errors, "choices": place_choices(known)}


@query_params("sort", "page")
def place(request: HttpRequest, area: str) -> HttpResponse:
    """Show all guides in a place. Other names of a place lead to its address, and unclear ones to suggestions."""
    now = clock.now()
    known = live_data(at=now)
    found = known.places.find(area)
    if found.area is None:
        choice = read_place(QueryDict(urlencode({PARAMETER: area})), at=now)
        return render(request, "guides/pay/choose_place.html", _choose_place(choice, known), status=404)
    if found.area.slug != area:
        address = reverse("guides:pay-place", args=(found.area.slug,))
        return redirect_to(request, with_query(request, address), permanent=False)
    sort, number = request.GET.get("sort", ""), page_number(request)
    sort = sort if sort in SORTS else DEFAULT_SORT
    pay = place_pay(found.area, known, sort=sort, page=number)
    if pay is None:
        raise Http404
    context = {
        "area": found.area,
        "area_in_sentence": in_sentence(found.area),
        "pay": pay,
        "sort": sort,
        "sorts": SORTS,
        "places": place_links(found.area, known),
        "place_form": PlaceForm(reverse("guides:pay"), PlaceChoice()),
        "namesakes": [(other, known.places.label(other)) for other in found.suggestions],
    }
    return render(request, "guides/pay/place.html", context | pagination(request, number, pay.pages))


@query_params("q")
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return suggestions for a place in the format of OpenSearch: the query, then names that a form accepts."""
    text = request.GET.get("q", "")
    places = live_data(at=clock.now()).places
    return JsonResponse([text, [places.label(area) for area in places.suggest(text)]], safe=False)
