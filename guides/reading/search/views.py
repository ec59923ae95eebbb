"""Views of lists, fields of work, search, and skills."""

from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.choices import SkillKind
from guides.models.search_index import TermKind
from guides.reading import clock
from guides.reading.form_errors import FormError, errors_at
from guides.reading.http import page_number, pagination, query_params, redirect_to, with_query

from . import browse as catalogue
from . import skills
from .answer import answer
from .engine import MAX_LETTERS
from .filters import GROUPS, Filters, to_pay
from .suggestions import suggest

SKILLS_PER_PAGE = 200
PAY_FIELDS = {"pay_from": gettext_lazy("Minimum"), "pay_to": gettext_lazy("Maximum")}
MAX_AMOUNT_LETTERS = 12


@query_params(*GROUPS, "without", "pay_from", "pay_to", "sort", "page")
def browse(request: HttpRequest) -> HttpResponse:
    filters = Filters.read(request.GET)
    amounts = {name: request.GET.get(name, "").replace("\0", "").strip()[:MAX_AMOUNT_LETTERS] for name in PAY_FIELDS}
    pay_errors = {name: _pay_error(text) for name, text in amounts.items()}
    has_errors = any(pay_errors.values())
    query = filters.query()
    if request.GET.urlencode() != query and not has_errors:
        # One canonical address per choice, because forms also send empty fields.
        return redirect(f"{request.path}?{query}" if query else request.path)
    results = catalogue.browse(filters, at=clock.now())
    if results is None:
        raise Http404
    context = {
        "filters": filters,
        "results": results,
        "pay_fields": [(name, label, amounts[name], pay_errors[name]) for name, label in PAY_FIELDS.items()],
        "form_errors": tuple(FormError(error, name) for name, error in pay_errors.items() if error),
    }
    return render(request, "guides/search/browse.html", context | pagination(request, filters.page, results.pages))


def _pay_error(text: str) -> str:
    is_invalid = text and to_pay(text) is None
    return _("“%s” isn’t a dollar amount. Enter one, such as 40000.") % text if is_invalid else ""


@query_params("page")
def field(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    term, number = catalogue.term(TermKind.FIELD, slug, at=now), page_number(request)
    results = catalogue.browse(Filters(field=(slug,), page=number), at=now) if term else None
    if results is None:
        raise Http404
    context = {"field": term, "results": results} | pagination(request, number, results.pages)
    return render(request, "guides/search/field.html", context)


@query_params("q", "page", "exact")
def search(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    query = request.GET.get("q", "").replace("\0", "")[:MAX_LETTERS].strip()
    answered = answer(query, at=now, page=page_number(request), literally="exact" in request.GET)
    if answered is None:
        raise Http404
    found = answered.found
    error = _("Enter a job, a skill, or a place.") if "q" in request.GET and not query else ""
    context = {
        "query": query,
        "answer": answered,
        "found": found,
        "fields": catalogue.fields(at=now, most=catalogue.MAX_FIELDS) if answered.is_empty else (),
        "query_error": error,
        "form_errors": errors_at("q", error),
    }
    return render(request, "guides/search/search.html", context | pagination(request, found.page, found.pages))


@query_params("q")
def suggestions(request: HttpRequest) -> JsonResponse:
    """Return suggestions in the format of OpenSearch: the query, then its completions."""
    query = request.GET.get("q", "")[:MAX_LETTERS]
    return JsonResponse([query, suggest(query, at=clock.now())], safe=False)


def open_search(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "guides/search/opensearch.xml",
        {"address": settings.ADDRESS},
        content_type="application/opensearchdescription+xml",
    )


@query_params("page")
def all_skills(request: HttpRequest) -> HttpResponse:
    pages = Paginator(skills.all_skills(at=clock.now()), SKILLS_PER_PAGE)
    number = page_number(request)
    if number not in pages.page_range:
        raise Http404
    by_kind = groupby(pages.page(number).object_list, attrgetter("kind"))
    kinds = tuple((SkillKind(kind), tuple(rows)) for kind, rows in by_kind)
    return render(request, "guides/search/skills.html", {"kinds": kinds} | pagination(request, number, pages.num_pages))


@query_params("page")
def skill(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    term = catalogue.term(TermKind.SKILL, slug, at=now)
    if term is None and (other := skills.renamed((slug,), at=now).get(slug)):
        return redirect_to(request, with_query(request, reverse("guides:skill", args=(other,))), permanent=True)
    view = skills.skill_view(term, page=page_number(request), at=now) if term else None
    if view is None:
        raise Http404
    return render(request, "guides/search/skill.html", {"skill": view} | pagination(request, view.number, view.pages))
