"""Views of the skills check: the form with the result of the answers in the URL, and the plan as a file."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.choices import Answer
from guides.reading import clock
from guides.reading.answers import EXPERIENCE_PREFIX, Answers, has_fields, read_answers, with_answers
from guides.reading.form_errors import errors_at
from guides.reading.http import ANY, query_params
from guides.reading.index.live_data import live_data
from guides.reading.redirects import live_edition
from guides.reading.search.skills import names_of
from guides.reading.years import invalid_years, years_error
from guides.rendering.guide_page import as_read
from guides.schema import Guide

from . import plan_markdown
from .background import EDUCATION_CHOICES
from .past_roles import past_roles, skills_of
from .questions import asks_years, experience_questions, questions
from .ranking import better
from .result import check, has_answers


class YearsField(NamedTuple):
    """A field of the form for years. `hint` explains it, and `error` is a sentence about its text, or ''."""

    name: str
    label: str
    hint: str
    value: str
    error: str


@query_params(ANY)
def skills_check(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    edition = live_edition(slug, at=now)
    answers = _answers(request, at=now)
    invalid = invalid_years(request.GET)
    is_empty = has_fields(request.GET) and answers == Answers() and not invalid
    if request.META["QUERY_STRING"] != answers.query() and not invalid and not is_empty:
        # The same answers always have the same URL, which can be bookmarked and shared.
        return redirect(with_answers(reverse("guides:skills-check", args=(slug,)), answers))
    guide = as_read(edition.guide, edition.html)
    broader, names = live_data(at=now).skills.broader, names_of(answers.by_slug, at=now)
    result = check(guide, answers, broader, names)
    years_fields = tuple(_years_fields(guide, answers, invalid))
    years_errors = chain.from_iterable(errors_at(field.name, field.error) for field in years_fields)
    empty_error = _("Answer at least one question.") if is_empty else ""
    is_shown = has_answers(guide, answers, result.readiness)
    context = {
        "edition": edition,
        "guide": guide,
        "questions": questions(guide, answers, broader, names),
        "choices": Answer.choices,
        "education_choices": EDUCATION_CHOICES,
        "years_fields": years_fields,
        "answers": answers,
        "carried": _carried(guide, answers),
        "result": result if is_shown else None,
        "better": better(answers, share=result.readiness.share, edition=edition.pk, at=now)
        if result.has_skills
        else (),
        "plan_file": with_answers(reverse("guides:skills-check-file", args=(slug,)), answers),
        "empty_error": empty_error,
        "form_errors": (*years_errors, *errors_at("questions", empty_error)),
    }
    return render(request, "guides/skills_check/skills_check.html", context)


@query_params(ANY)
def plan_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Return the plan as a checklist in Markdown."""
    now = clock.now()
    edition, answers = live_edition(slug, at=now), _answers(request, at=now)
    names = names_of(answers.by_slug, at=now)
    result = check(edition.guide, answers, live_data(at=now).skills.broader, names)
    address = with_answers(reverse("guides:skills-check", args=(slug,)), answers)
    text = plan_markdown.render(edition.guide, result, address)
    response = HttpResponse(text, content_type="text/markdown; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-plan.md"'
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _answers(request: HttpRequest, *, at: datetime) -> Answers:
    """Return the answers of the request, with the skills of past roles in place of these."""
    answers = read_answers(request, at=at)
    if not answers.role:
        return answers
    return replace(answers.with_skills(skills_of(past_roles(answers.role, at=at))), role=())


def _years_fields(guide: Guide, answers: Answers, invalid: dict[str, str]) -> Iterator[YearsField]:
    for question in experience_questions(guide, answers):
        name = f"{EXPERIENCE_PREFIX}{question.slug}"
        label = _("Years of %s") % question.work
        yield YearsField(name, label, "", invalid.get(name, question.years), years_error(invalid.get(name, "")))
    if asks_years(guide):
        value = invalid.get("years", "" if answers.years is None else str(answers.years))
        label = _("Years in this or a similar job (optional)")
        hint, error = _("This shows which level fits you."), years_error(invalid.get("years", ""))
        yield YearsField("years", label, hint, value, error)


def _carried(guide: Guide, answers: Answers) -> Answers:
    """Return the answers that the form does not ask for, but that other guides do."""
    return answers.without_years().beyond_form(
        skills=(skill.slug for skill in guide.skills),
        experiences=(question.slug for question in experience_questions(guide, answers)),
        education=bool(guide.requirements),
    )
