"""The view of the skills check: its questions, and the score of the answers in the URL."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from guides.choices import Answer, EducationLevel
from guides.reading import clock
from guides.reading.answers import Answers, read_answers, with_answers
from guides.reading.http import ANY, query_params
from guides.reading.redirects import live_edition
from guides.rendering.guide_page import as_read

from .ranking import better, past_roles, skills_of
from .scoring import questions_by_kind, score


@query_params(ANY)
def skills_check(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    edition = live_edition(slug, at=now)
    answers = read_answers(request, at=now)
    if answers.role:
        answers = replace(answers.with_skills(skills_of(past_roles(answers.role, at=now))), role=())
    invalid_years = request.GET.get("years", "").strip() if answers.years is None else ""
    is_empty = bool(request.GET) and answers == Answers()
    if request.META["QUERY_STRING"] != answers.query() and not invalid_years and not is_empty:
        # The same answers always have the same URL, which can be bookmarked and shared.
        return redirect(with_answers(reverse("guides:skills-check", args=(slug,)), answers))
    guide = as_read(edition.guide, edition.html)
    result = score(guide, answers)
    context = {
        "edition": edition,
        "guide": guide,
        "groups": questions_by_kind(guide, answers),
        "choices": Answer.choices,
        "answers": answers,
        "carried": answers.without(skill.slug for skill in guide.skills),
        "result": result,
        "better": better(answers, share=result.share, edition=edition.pk, at=now) if result else (),
        "invalid_years": invalid_years,
        "is_empty": is_empty and not invalid_years,
        "asks_years": any(level.years_from is not None for level in guide.levels),
        "education": next((EducationLevel(way.education).label for way in guide.requirements if way.education), ""),
    }
    return render(request, "guides/skills_check/skills_check.html", context)
