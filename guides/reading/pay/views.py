"""Views of pay by place. `urls` restricts them to GET and HEAD."""

from django.http import HttpRequest, JsonResponse

from guides.reading import clock
from guides.reading.http import query_params
from guides.reading.index.live_data import live_data


@query_params("q")
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return suggestions for a place in the format of OpenSearch: the query, then names that a form accepts."""
    text = request.GET.get("q", "")
    places = live_data(at=clock.now()).places
    return JsonResponse([text, [places.label(area) for area in places.suggest(text)]], safe=False)
