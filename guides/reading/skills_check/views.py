"""The views of the skills check: the questions, and what the answers in the address come to."""

from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from guides.choices import Answer, EducationLevel
from guides.reading import clock
from guides.reading.http import ANY, query_params
from guides.reading.redirects import Destination, find_destination, live_edition
from guides.reading.search.skills import renamed
from guides.rendering.guide_page import as_read

from .answers import Answers
from .ranking import better, lent_by, past
from .scoring import by_kind, readiness


@query_params(ANY)
def skills_check(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    edition = live_edition(slug, at=now)
    answers = arrived(request, at=now)
    if answers.role:
        answers = replace(answers.also(lent_by(past(answers.role, at=now))), role=())
    unread = request.GET.get("years", "").strip() if answers.years is None else ""
    is_empty = bool(request.GET) and answers == Answers()
    if request.META["QUERY_STRING"] != answers.query() and not unread and not is_empty:
        # One address for one set of answers, which can be kept and shared.
        return redirect(with_answers(reverse("guides:skills-check", args=(slug,)), answers))
    guide = as_read(edition.guide, edition.html)
    own = tuple(skill.slug for skill in guide.skills)
    result = readiness(guide, answers)
    context = {
        "edition": edition,
        "guide": guide,
        "groups": by_kind(guide, answers),
        "choices": Answer.choices,
        "answers": answers,
        "carried": answers.without(own),
        "result": result,
        "better": better(answers, than=result.share, without=edition.pk, at=now) if result else (),
        "unread_years": unread,
        "is_empty": is_empty and not unread,
        "tells_years": any(level.years_from is not None for level in guide.levels),
        "education": next((EducationLevel(fact.education).label for fact in guide.facts if fact.education), ""),
    }
    return render(request, "guides/skills_check/skills_check.html", context)


def arrived(request: HttpRequest, *, at: datetime) -> Answers:
    """What an address says, of skills and roles as they are called by now."""
    answers = Answers.read(request.GET)
    live = {card.slug for card, _summary in past(answers.role, at=at)}
    became = {slug: find_destination(slug, at=at) for slug in answers.role if slug not in live}
    moved = {slug: guide.slug for slug, guide in became.items() if isinstance(guide, Destination) and guide.moved}
    skills = renamed(answers.by_slug, at=at)
    return answers.renamed(skills, moved) if skills or moved else answers


def with_answers(path: str, answers: Answers) -> str:
    """The address with the answers in it."""
    query = answers.query()
    return f"{path}?{query}" if query else path
