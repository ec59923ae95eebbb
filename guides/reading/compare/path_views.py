"""Views of the path from a job to a role, and of the form for its two ends."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from guides.choices import EducationLevel
from guides.models.search_index import Listing
from guides.reading import clock
from guides.reading.answers import EXPERIENCE_PREFIX, Answers, read_answers, with_answers
from guides.reading.form_errors import FormError, errors_at
from guides.reading.http import ANY, query_params
from guides.reading.index.live_data import live_data
from guides.reading.redirects import raise_redirect
from guides.reading.search.browse import first_by_title
from guides.reading.years import invalid_years, years_error

from .path_names import FROM, TO, End, read_ends
from .paths import RolePath, easiest_path, start_at

MAX_LISTED, MAX_OFFERED, MAX_EXAMPLES = 200, 24, 3
"""More roles than `MAX_OFFERED` are not a choice that a visitor can look through."""


class Example(NamedTuple):
    """A path to try."""

    start: str
    goal: str
    address: str


class Offer(NamedTuple):
    """The choices for an end of a path: titles with the address of the form that has them."""

    field: str
    label: str
    links: tuple[tuple[str, str], ...]


class Years(NamedTuple):
    """The field for the years of a kind of experience. `error` is a sentence about its text, or ''."""

    name: str
    experience: str
    value: str
    error: str


@query_params(ANY)
def find_path(request: HttpRequest) -> HttpResponse:
    """Show the form for a path, or redirect to the path once both ends are clear."""
    now = clock.now()
    answers = read_answers(request, at=now).without_years()
    ends = read_ends(request.GET, at=now)
    if all(end.slug for end in ends.values()):
        return redirect(with_answers(_address(*(end.slug for end in ends.values())), answers))
    names = {field: end.name for field, end in ends.items()}
    guides = first_by_title(MAX_LISTED, at=now)
    titles = tuple(title for _slug, title in guides)
    context = {
        "start": ends[FROM],
        "goal": ends[TO],
        "problems": tuple(
            (
                field,
                end.problem,
                tuple((title, _form_address(names | {field: title}, answers)) for title in end.choices),
            )
            for field, end in ends.items()
            if end.problem
        ),
        "form_errors": tuple(FormError(end.problem, field) for field, end in ends.items() if end.problem),
        "answers": answers,
        "guides": titles,
        "starting_jobs": tuple(job.title for job in live_data(at=now).starting_jobs.by_slug.values()),
        "are_all_listed": len(guides) < MAX_LISTED,
        "offers": tuple(_offers(names, ends, titles, answers, at=now)),
        "examples": tuple(_examples(answers, at=now)),
    }
    return render(request, "guides/compare/find_path.html", context)


@query_params(ANY)
def role_path(request: HttpRequest, first: str, last: str) -> HttpResponse:
    """Show the path from a guide or starting job to a guide, for what the visitor already brings."""
    now = clock.now()
    known = live_data(at=now)
    if first == last and first in known.index.edition_by_slug:
        return redirect("guides:guide", first)
    rows = Listing.objects.live(at=now).filter(edition__slug__in=(first, last)).with_summary()
    live = {listing.edition.slug: listing for listing in rows}
    start, job = start_at(first, live.get(first), known), known.starting_jobs.by_slug.get(last)
    answers = read_answers(request, at=now).without_years()
    if start and job and last not in live:
        return redirect(_form_address({FROM: start.title, TO: job.title}, answers))
    if start is None or last not in live:
        is_missing = {first: start is None, last: last not in live}
        raise_redirect(tuple(slug for slug in is_missing if is_missing[slug]), at=now)
    invalid = invalid_years(request.GET)
    if request.META["QUERY_STRING"] != answers.query() and not invalid:
        return redirect(with_answers(request.path, answers))
    path = easiest_path(start, live[last], known, answers)
    years = tuple(_years(path, answers, invalid))
    context = {
        "path": path,
        "answers": answers,
        "education_levels": EducationLevel.choices,
        "years": years,
        "certificates": tuple((slug, name, slug in answers.have) for slug, name in path.certificates),
        "carried": _carried(path, answers),
        "form_errors": tuple(error for field in years for error in errors_at(field.name, field.error)),
    }
    return render(request, "guides/compare/path.html", context)


def _years(path: RolePath, answers: Answers, invalid: dict[str, str]) -> Iterator[Years]:
    stated = dict(answers.experience)
    for slug, experience in path.experiences:
        name = f"{EXPERIENCE_PREFIX}{slug}"
        text = invalid.get(name, "")
        yield Years(name, experience, text or str(stated.get(slug, "")), years_error(text))


def _carried(path: RolePath, answers: Answers) -> Answers:
    """Return the answers that the form on the page of a path does not show."""
    return answers.beyond_form(
        skills=(slug for slug, _name in path.certificates),
        experiences=(slug for slug, _name in path.experiences),
        education=True,
    )


def _examples(answers: Answers, *, at: datetime) -> Iterator[Example]:
    """Yield paths along named moves: from the first starting jobs and guides to where they lead."""
    known = live_data(at=at)
    jobs = {slug: job.title for slug, job in known.starting_jobs.by_slug.items()}
    pairs = known.moves.examples(tuple(jobs), most=MAX_EXAMPLES)
    editions = {
        known.index.edition_by_slug[slug] for pair in pairs for slug in pair if slug in known.index.edition_by_slug
    }
    rows = Listing.objects.filter(pk__in=editions).with_summary()
    titles = jobs | {row.edition.slug: row.edition.title for row in rows}
    for start, goal in pairs:
        if {start, goal} <= titles.keys():
            yield Example(titles[start], titles[goal], with_answers(_address(start, goal), answers))


def _offers(
    names: dict[str, str], ends: dict[str, End], titles: tuple[str, ...], answers: Answers, *, at: datetime
) -> Iterator[Offer]:
    """Yield the choices for each end that is still empty, if they are few enough to look through."""
    jobs = tuple(job.title for job in live_data(at=at).starting_jobs.by_slug.values())
    for field, label, choices in ((FROM, _("I work as"), (*titles, *jobs)), (TO, _("I want to be"), titles)):
        if not ends[field].name and 0 < len(titles) <= MAX_OFFERED:
            known = {other: name for other, name in names.items() if name and other != field}
            links = ((title, _form_address({**known, field: title}, answers)) for title in choices[: 2 * MAX_OFFERED])
            yield Offer(field, label, tuple(links))


def _address(first: str, last: str) -> str:
    return reverse("guides:path", args=(first, last))


def _form_address(names: dict[str, str], answers: Answers) -> str:
    query = "&".join(filter(None, (urlencode(names), answers.query())))
    return f"{reverse('guides:paths')}?{query}"
