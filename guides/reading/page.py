"""A guide as its page shows it: chapters in order, prose as HTML, parts by kind, sources numbered as they are met."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.safestring import mark_safe
from django.utils.text import slugify

from guides import document
from guides.document import CareerLevel, Guide, KeyFact, SalaryBand, Source
from guides.formats import figures
from guides.models.choices import Chapter, FactKind
from guides.models.edition import Edition
from guides.values import Value

from .charts import PayChart, pay_chart

type Groups = Mapping[str, tuple[Value, ...]]


class Passage(NamedTuple):
    """A section with a heading, and the fragment of the page's address that leads to it."""

    anchor: str
    heading: str
    body: str


class ChapterView(NamedTuple):
    """A chapter that has something to say; `template` shows its parts, where it has any."""

    key: str
    title: str
    lead: tuple[str, ...]
    passages: tuple[Passage, ...]
    template: str


class Published(NamedTuple):
    """What the page tells of its edition; a preview has none."""

    number: int
    at: datetime


class Charts(NamedTuple):
    """None where there is nothing to draw on one scale."""

    levels: PayChart | None
    others: PayChart | None


@dataclass(frozen=True)
class Page:
    """Everything that `guides/guide.html` shows. Groups are the guide's parts by their kind, basis or relation."""

    guide: Guide
    chapters: tuple[ChapterView, ...]
    pay: Groups
    skills: Groups
    considerations: Groups
    related: Groups
    ladder: tuple[tuple[CareerLevel, SalaryBand | None], ...]
    facts: tuple[tuple[str, KeyFact], ...]
    other_pay: tuple[SalaryBand, ...]
    charts: Charts
    numbers: Mapping[str, int]
    sources: tuple[tuple[int, Source], ...]
    published: Published | None


def page_of_edition(edition: Edition) -> Page:
    return page_of(edition.guide, edition.html, Published(edition.number, edition.live_from))


def page_of(guide: Guide, html: Mapping[str, str], published: Published | None = None) -> Page:
    """The page of a guide whose prose has been rendered to this sanitised HTML, by place."""
    guide = document.replace_prose(guide, {place: mark_safe(text) for place, text in html.items()})  # noqa: S308
    pay, related = _grouped(guide.pay, "basis"), _grouped(guide.related, "relation")
    skills, considerations = _grouped(guide.skills, "kind"), _grouped(guide.considerations, "kind")
    other_pay = tuple(band for band in guide.pay if band.basis in {"headline", "experience"})
    parts: Mapping[str, object] = {
        Chapter.ROLE: related.get("different"),
        Chapter.DUTIES: guide.responsibilities,
        Chapter.TOOLS: skills.get("tool"),
        Chapter.SKILLS: skills.get("technical") or skills.get("soft"),
        Chapter.ENTRY: guide.steps or related.get("from"),
        Chapter.EDUCATION: guide.routes,
        Chapter.PAY: pay.get("level") or other_pay,
        Chapter.PATH: guide.levels or related.get("next"),
        Chapter.ABROAD: pay.get("country"),
        Chapter.BALANCE: guide.considerations,
        Chapter.QUESTIONS: guide.faqs,
        Chapter.TOOLKIT: guide.toolkit,
        Chapter.RELATED: related.get("similar"),
    }
    numbers = _numbered(guide)
    by_level = {band.level: band for band in guide.pay if band.level}
    return Page(
        guide=guide,
        chapters=tuple(_chapters(guide, parts)),
        pay=pay,
        skills=skills,
        considerations=considerations,
        related=related,
        ladder=tuple((level, by_level.get(level.title)) for level in guide.levels),
        facts=tuple((str(FactKind(fact.kind).label), fact) for fact in guide.facts),
        other_pay=other_pay,
        charts=Charts(
            levels=pay_chart([(band.level or "", band) for band in guide.pay if band.basis == "level"]),
            others=pay_chart([(band.label or figures.country(band.country), band) for band in other_pay]),
        ),
        numbers=numbers,
        sources=tuple(sorted((numbers[source.slug], source) for source in guide.sources)),
        published=published,
    )


def _grouped(rows: Iterable[Value], by: str) -> Groups:
    groups: dict[str, tuple[Value, ...]] = {}
    for row in rows:
        groups[getattr(row, by)] = (*groups.get(getattr(row, by), ()), row)
    return groups


def _chapters(guide: Guide, parts: Mapping[str, object]) -> Iterator[ChapterView]:
    for chapter in Chapter:
        sections = [section for section in guide.sections if section.chapter == chapter]
        if sections or parts.get(chapter):
            yield ChapterView(
                key=chapter.value,
                title=str(chapter.label),
                lead=tuple(section.body for section in sections if not section.heading),
                passages=tuple(
                    Passage(f"{chapter}-{slugify(section.heading) or index}", section.heading, section.body)
                    for index, section in enumerate(sections)
                    if section.heading
                ),
                template=f"guides/chapters/_{chapter}.html" if parts.get(chapter) else "",
            )


def _numbered(guide: Guide) -> dict[str, int]:
    """Numbers for the sources in the order in which the page cites them: the headline pay comes first on it."""
    headline = [band for band in guide.pay if band.basis == "headline"]
    figures_in_order: tuple[Any, ...] = (*headline, *guide.facts, *guide.routes, *guide.pay, *guide.levels)
    cited = (row.source for row in figures_in_order if row.source)
    return {slug: number for number, slug in enumerate(dict.fromkeys(cited), start=1)}
