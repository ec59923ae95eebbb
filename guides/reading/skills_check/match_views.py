"""Views that rank roles by a visitor's skills and past roles."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple
from urllib.parse import parse_qsl

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from guides.choices import Answer
from guides.reading import clock
from guides.reading.answers import FIELD_PREFIX, MAX_ROLES, Answers, read_answers, with_answers
from guides.reading.http import ANY, page_number, pagination, query_params
from guides.reading.places import PlaceForm, read_place
from guides.reading.resume.skill_lookup import find_skills
from guides.reading.search import skills
from guides.reading.search.engine import MAX_LETTERS, find_by_name, resolve_title

from . import ranking


class Chip(NamedTuple):
    """A chosen skill or past role, and the address of the page without it."""

    name: str
    answer: str
    address: str


@query_params(ANY)
def match(request: HttpRequest) -> HttpResponse:
    """Rank roles by the answers in the URL. `q` and `add` name a skill and a past role, as the visitor typed them."""
    now = clock.now()
    choice = read_place(request.GET, at=now)
    requested = read_answers(request, at=now).without_years()
    skill_name, role_name = (request.GET.get(key, "").replace("\0", "")[:MAX_LETTERS].strip() for key in ("q", "add"))
    past_roles = ranking.past_roles(requested.role, at=now)
    found = find_skills(skill_name, at=now) if skill_name else ()
    role = resolve_title(role_name, at=now) if role_name else None
    answers = _known(requested, past_roles, at=now)
    if found and found[0].is_exact:
        answers, skill_name = answers.without((found[0].slug,)).with_skills((found[0].slug,)), ""
    if role and len(answers.role) < MAX_ROLES:
        answers, role_name = answers.with_role(role.slug), ""
    address = partial(_address, place=choice.slug)
    has_fields = any(key.startswith(FIELD_PREFIX) for key in request.GET)
    if answers != requested or has_fields or not choice.is_canonical:
        return redirect(address(answers, q=skill_name, add=role_name))
    all_answers = answers.with_skills(ranking.skills_of(past_roles))
    has_any = all_answers.have or all_answers.some
    matches = None
    if has_any:
        matches = ranking.match(all_answers, at=now, page=page_number(request), area=choice.area)
    if matches is None and "page" in request.GET:
        raise Http404
    cards = find_by_name(role_name, at=now) if role_name else ()
    context = {
        "answers": answers,
        "skill_name": skill_name,
        "role_name": role_name,
        "found": tuple(skill for skill in found if skill.slug not in answers.by_slug),
        "common_skills": tuple(skill for skill in skills.most_required(at=now) if skill[0] not in answers.by_slug),
        "role_choices": tuple((card.title, address(answers.with_role(card.slug))) for card in cards),
        "is_full": len(answers.role) >= MAX_ROLES,
        "chips": _chips(answers, past_roles, address, at=now),
        "place": choice.slug,
        "place_form": PlaceForm(reverse("guides:match"), choice, tuple(parse_qsl(answers.query()))),
        "matches": matches,
        "carried": all_answers.query(),
    }
    pages = pagination(request, matches.page, matches.pages) if matches else {}
    return render(request, "guides/skills_check/match.html", context | pages)


@query_params("q")
def suggestions(request: HttpRequest) -> JsonResponse:
    """Suggest names of skills for typed text, in the format of OpenSearch suggestions."""
    query = request.GET.get("q", "").replace("\0", "")[:MAX_LETTERS]
    return JsonResponse([query, [skill.name for skill in find_skills(query, at=clock.now())]], safe=False)


def _address(answers: Answers, **names: str) -> str:
    address = with_answers(reverse("guides:match"), answers)
    query = urlencode({key: name for key, name in names.items() if name})
    return f"{address}{'&' if '?' in address else '?'}{query}" if query else address


def _known(answers: Answers, past_roles: ranking.PastRoles, *, at: datetime) -> Answers:
    """Remove skills and roles that no live guide has, since a URL can contain any words."""
    known = skills.names_of(answers.by_slug, at=at)
    roles = {card.slug for card, _summary in past_roles}
    answers = answers.without(slug for slug in answers.by_slug if slug not in known)
    return replace(answers, role=tuple(slug for slug in answers.role if slug in roles))


def _chips(
    answers: Answers, past_roles: ranking.PastRoles, address: Callable[[Answers], str], *, at: datetime
) -> tuple[Chip, ...]:
    """Return past roles and then skills by name, each with an address that removes it."""
    names = skills.names_of(answers.by_slug, at=at)
    roles = (Chip(card.title, "role", address(answers.without_role(card.slug))) for card, _summary in past_roles)
    chosen_skills = sorted(
        Chip(names[slug], answer, address(answers.without((slug,))))
        for slug, answer in answers.by_slug.items()
        if answer != Answer.NOT_YET
    )
    return (*roles, *chosen_skills)
