"""Views of the application toolkit: documents as pages and files, with a visitor's strengths if known."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guides.choices import Answer
from guides.models.edition import Edition
from guides.reading import clock
from guides.reading.answers import Answers, read_answers, with_answers
from guides.reading.http import ANY, query_params
from guides.reading.index.live_data import live_data
from guides.reading.redirects import live_edition
from guides.rendering import figures
from guides.rendering.toolkit import Block, Document, Material, Strengths, documents, label, markdown, word
from guides.schema import Guide
from guides.skill_groups import by_importance

from .questions import experience_questions

FILES = ("md", "docx")
OUTLINES = {"resume-example": "resume", "cover-letter-example": "cover-letter"}
"""The outline that goes with each example."""


@query_params(ANY)
def toolkit(request: HttpRequest, slug: str) -> HttpResponse:
    now = clock.now()
    edition, answers = live_edition(slug, at=now), read_answers(request, at=now)
    material = _material(edition, answers, at=now)
    context = {
        "edition": edition,
        "documents": tuple(
            (label(kind, edition.guide), write(material), _addresses(slug, kind, answers))
            for kind, write in documents(edition.guide).items()
        ),
        "strengths": material.strengths,
        "answers": answers,
        "check": with_answers(reverse("guides:skills-check", args=(slug,)), answers),
    }
    return render(request, "guides/skills_check/toolkit.html", context)


@query_params(ANY)
def document(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    now = clock.now()
    edition, answers = live_edition(slug, at=now), read_answers(request, at=now)
    material = _material(edition, answers, at=now)
    toolkit_document = _written(kind, material)
    example = f"{kind}-example"
    context = {
        "edition": edition,
        "document": toolkit_document,
        "blocks": _with_types(toolkit_document.blocks),
        "advice": _with_types(toolkit_document.advice),
        "files": _addresses(slug, kind, answers),
        "example": _addresses(slug, example, answers)["page"] if example in documents(edition.guide) else "",
        "outline": _addresses(slug, OUTLINES[kind], answers)["page"] if kind in OUTLINES else "",
        "strengths": material.strengths,
        "answers": answers,
        "is_own": kind in OUTLINES.values(),
        "toolkit": with_answers(reverse("guides:toolkit", args=(slug,)), answers),
        "check": with_answers(reverse("guides:skills-check", args=(slug,)), answers),
    }
    return render(request, "guides/skills_check/toolkit_document.html", context)


@query_params(ANY)
def document_file(request: HttpRequest, slug: str, kind: str, suffix: str) -> HttpResponse:
    now = clock.now()
    edition = live_edition(slug, at=now)
    toolkit_document = _written(kind, _material(edition, read_answers(request, at=now), at=now))
    if suffix == "md":
        response = HttpResponse(markdown.render(toolkit_document), content_type="text/markdown; charset=utf-8")
    else:
        response = HttpResponse(word.render(toolkit_document, at=edition.live_from), content_type=word.TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{slug}-{kind}.{suffix}"'
    response.headers["X-Robots-Tag"] = "noindex"  # search engines should list the page instead
    return response


def _with_types(blocks: Iterable[Block]) -> tuple[tuple[str, Block], ...]:
    """Return the blocks with the names of their types, which templates cannot find out."""
    return tuple((type(block).__name__, block) for block in blocks)


def _written(kind: str, material: Material) -> Document:
    if write := documents(material.guide).get(kind):
        return write(material)
    raise Http404


def _material(edition: Edition, answers: Answers, *, at: datetime) -> Material:
    headline = live_data(at=at).national.of_guide(edition.guide).headline
    return Material(edition.guide, edition.html, _strengths(edition.guide, answers), headline)


def _strengths(guide: Guide, answers: Answers) -> Strengths:
    """Return what the visitor has confirmed. Skills that only follow from others are left to the visitor."""
    return Strengths(
        have=tuple(skill for skill in by_importance(guide.skills) if answers.by_slug.get(skill.slug) == Answer.HAVE),
        years=answers.years,
        experience=_experience(guide, answers),
        education=answers.education,
    )


def _experience(guide: Guide, answers: Answers) -> str:
    """Return the years of the first kind of experience that the guide requires and the visitor has, in words."""
    known = experience_questions(guide, answers)
    found = next((each for each in known if each.years not in {"", "0"}), None)
    if found is None:
        return ""
    return _("%(years)s of %(work)s") % {"years": figures.in_years(Decimal(found.years)), "work": found.work}


def _addresses(slug: str, kind: str, answers: Answers) -> dict[str, str]:
    """Return the URLs of a document's page and files."""
    page = with_answers(reverse("guides:toolkit-document", args=(slug, kind)), answers)
    files = {s: with_answers(reverse("guides:toolkit-file", args=(slug, kind, s)), answers) for s in FILES}
    return {"page": page, **files}
