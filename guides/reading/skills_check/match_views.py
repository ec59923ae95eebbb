"""Views that rank roles by a visitor's qualifications, past roles, and skills."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.choices import Answer
from guides.reading import clock
from guides.reading.answers import MAX_ROLES, Answers, has_fields, read_answers, with_answers
from guides.reading.form_errors import errors_at
from guides.reading.http import ANY, page_number, pagination, query_params
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.places import PlaceForm, read_place
from guides.reading.resume.skill_lookup import find_skills
from guides.reading.search import skills
from guides.reading.search.engine import MAX_LETTERS

from . import ranking
from .background import EDUCATION_CHOICES, carried_by_form, read_background
from .past_roles import PastRole, past_roles, resolve_past_role, similar_past_roles, skills_of


class Chip(NamedTuple):
    """A chosen skill or past role, and the address of the page without it."""

    name: str
    answer: str
    address: str


@query_params(ANY)
def match(request: HttpRequest) -> HttpResponse:
    """Rank roles by the answers in the URL. `q` and `add` name a skill and a past role, as the visitor typed them."""
    now = clock.now()
    known = live_data(at=now)
    choice = read_place(request.GET, at=now)
    requested = read_answers(request, at=now).without_years()
    skill_name, role_name = (request.GET.get(key, "").replace("\0", "")[:MAX_LETTERS].strip() for key in ("q", "add"))
    past = past_roles(requested.role, at=now)
    found = find_skills(skill_name, at=now) if skill_name else ()
    role = resolve_past_role(role_name, at=now) if role_name else ""
    answers = _known(requested, past, known)
    if found and found[0].is_exact:
        answers, skill_name = answers.without((found[0].slug,)).with_skills((found[0].slug,)), ""
    if role and len(answers.role) < MAX_ROLES:
        answers, role_name = answers.with_role(role), ""
    background = read_background(request.GET, answers, known)
    address = partial(_address, place=choice.slug)
    is_canonical = answers == requested and choice.is_canonical and not has_fields(request.GET)
    if not background.errors and not is_canonical:
        return redirect(address(answers, q=skill_name, add=role_name))
    all_answers = answers.with_skills(skills_of(past))
    matches = None
    if all_answers.has_any:
        matches = ranking.match(all_answers, past=past, at=now, page=page_number(request), area=choice.area)
    if matches is None and "page" in request.GET:
        raise Http404
    names = similar_past_roles(role_name, at=now) if role_name else ()
    skill_error = _skill_error(skill_name) if skill_name and not found else ""
    role_error = _role_error(role_name, is_full=len(answers.role) >= MAX_ROLES, is_similar=bool(names))
    place_form = PlaceForm(reverse("guides:match"), choice, answers.parameters)
    context = {
        "answers": answers,
        "skill_name": skill_name,
        "role_name": role_name,
        "skill_error": skill_error,
        "role_error": role_error,
        "found": tuple(
            skill
            for skill in found
            if skill.slug not in answers.by_slug and skill.slug not in known.index.required_certificates
        ),
        "common_skills": tuple(skill for skill in skills.most_required(at=now) if skill[0] not in answers.by_slug),
        "role_choices": tuple((title, address(answers.with_role(slug))) for slug, title in names),
        "chips": _chips(answers, past, address, at=now),
        "background": background,
        "education_choices": EDUCATION_CHOICES,
        "form_answers": carried_by_form(answers, background),
        "place": choice.slug,
        "place_form": place_form,
        "form_errors": (
            *errors_at("add", role_error),
            *errors_at("skill", skill_error),
            *background.errors,
            *(place_form.errors if matches else ()),
        ),
        "matches": matches,
        "group_links": tuple(_group_links(matches, address, answers)) if matches else (),
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


def _skill_error(name: str) -> str:
    return _("No guide lists a skill called “%s.” Try another name, or choose from the list.") % name


def _role_error(name: str, *, is_full: bool, is_similar: bool) -> str:
    """Say why the name of a past job was not added, or ''."""
    if not name:
        return ""
    if is_full:
        return _("You can add up to %d past jobs. Remove one to add another.") % MAX_ROLES
    if is_similar:
        return _("We don’t know a job called just “%s.” Did you mean one of these?") % name
    return _("We don’t know a job called “%s.” Try another name, or pick the skills you used in that job.") % name


def _group_links(
    matches: ranking.Matches, address: Callable[..., str], answers: Answers
) -> Iterator[tuple[ranking.GroupTotal, str]]:
    """Yield each group of a result with the address where it begins."""
    for each in matches.groups:
        page = address(answers, page=str(each.page)) if each.page != matches.page else ""
        yield each, f"{page}#{each.group}"


def _known(answers: Answers, past: Iterable[PastRole], known: LiveData) -> Answers:
    """Remove skills, roles, and kinds of experience that this site has not, since a URL can contain any words."""
    roles = {role.slug for role in past}
    answers = answers.without(slug for slug in answers.by_slug if slug not in known.skills.labels)
    return replace(
        answers,
        role=tuple(slug for slug in answers.role if slug in roles),
        experience=tuple((slug, years) for slug, years in answers.experience if slug in known.index.experiences),
    )


def _chips(
    answers: Answers, past: Iterable[PastRole], address: Callable[[Answers], str], *, at: datetime
) -> tuple[Chip, ...]:
    """Return past roles and then skills by name, each with an address that removes it."""
    names = skills.names_of(answers.by_slug, at=at)
    roles = (Chip(role.title, "role", address(answers.without_role(role.slug))) for role in past)
    chosen_skills = sorted(
        Chip(names[slug], answer, address(answers.without((slug,))))
        for slug, answer in answers.by_slug.items()
        if answer != Answer.NOT_YET
    )
    return (*roles, *chosen_skills)
