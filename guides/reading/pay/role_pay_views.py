"""Views of the pay of one role: everywhere, in one place, and as a file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.reading import clock
from guides.reading.http import pagination, query_params
from guides.reading.index.live_data import live_data
from guides.reading.places import PARAMETER, PlaceChoice, PlaceForm, read_place
from guides.statistics.places import in_sentence

from . import offer as offers
from .role_pay import has_pay_in, live_role, paid_occupations
from .role_pay_areas import Choice, find_pay_everywhere, read_choice
from .role_pay_csv import rows_of_all_areas, write_csv
from .role_pay_head import head_of_place
from .role_pay_place import find_pay_here


@query_params("occupation", "sort", "page", PARAMETER)
def role_pay(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    edition, data, place = live_role(slug, at=now), live_data(at=now), read_place(request.GET, at=now)
    occupations = paid_occupations(edition, data)
    if place.area and has_pay_in(place.area, occupations, data):
        return redirect("guides:role-pay-place", slug, place.area.slug)
    choice = Choice() if PARAMETER in request.GET else read_choice(request, occupations)
    if PARAMETER not in request.GET and request.GET.urlencode() != choice.query():
        query = choice.query()
        return redirect(f"{request.path}?{query}" if query else request.path)
    page = find_pay_everywhere(edition, occupations, choice, data)
    refusal = _("There is no pay data for %(title)s in %(place)s.")
    values = {"title": edition.title, "place": in_sentence(place.area)} if place.area else {}
    form = PlaceForm(request.path, place, refusal=refusal % values if values else "")
    context = {
        "page": page,
        "rows": page.metropolitan_rows,
        "place": place,
        "place_form": form,
        "form_errors": form.errors,
    }
    return render(request, "guides/pay/role.html", context | pagination(request, choice.page, page.pages.num_pages))


@query_params(*offers.PARAMETERS)
def role_pay_place(request: HttpRequest, slug: str, area: str) -> HttpResponse:
    now = clock.now()
    edition, offer = live_role(slug, at=now), offers.read(request.GET)
    page = find_pay_here(edition, area, offer, live_data(at=now))
    form = PlaceForm(reverse("guides:role-pay", args=(slug,)), PlaceChoice())
    context = {
        "page": page,
        "offer": offer,
        "form_errors": offer.errors,
        "place_form": form,
        "head": head_of_place(page),
    }
    return render(request, "guides/pay/role_place.html", context)


def role_pay_csv(_request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    edition, data = live_role(slug, at=now), live_data(at=now)
    text = write_csv(rows_of_all_areas(paid_occupations(edition, data), data))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-pay.csv"'
    response.headers["X-Robots-Tag"] = "noindex"  # search engines should list the page instead
    return response
