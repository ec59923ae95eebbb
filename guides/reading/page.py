"""A guide as its page shows it: chapters in order, prose as HTML, parts by kind, sources numbered as they are met."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from guides import images
from guides.choices import Chapter, FactKind, ToolkitKind
from guides.document import CareerLevel, Guide, KeyFact, SalaryBand, Section, Source
from guides.formats import figures, jsonld, prose
from guides.formats.addresses import absolute
from guides.formats.citations import numbered
from guides.formats.toolkit import PAPERS
from guides.models.edition import Edition
from guides.values import Value

from .charts import Chart, pay_chart, years_chart
from .neighbours import Gap, neighbours_of

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
    """What the page tells of its edition, to people and, as JSON-LD, to programs; a preview has none."""

    number: int
    at: datetime
    note: str
    jsonld: str


class PayTable(NamedTuple):
    """Bands under the names that a reader knows them by, and which columns they fill; `chart` draws the same."""

    rows: tuple[tuple[str, SalaryBand], ...]
    has_median: bool
    has_mean: bool
    has_range: bool
    period: str  # that all are paid by, or ''
    chart: Chart | None


class Rung(NamedTuple):
    """A level of the ladder, its pay where that is told, and the address of the guide to it, where there is one."""

    level: CareerLevel
    band: SalaryBand | None
    slug: str


@dataclass(frozen=True)
class Page:
    """Everything that `guides/guide.html` shows. Groups are the guide's parts by their kind, basis or relation."""

    guide: Guide
    picture: images.Shown | None
    chapters: tuple[ChapterView, ...]
    pay: Groups
    skills: Groups
    considerations: Groups
    related: Groups
    ladder: tuple[Rung, ...]
    facts: tuple[tuple[str, KeyFact], ...]
    headline_chart: Chart | None
    years_chart: Chart | None
    pay_by_level: PayTable
    other_pay: PayTable
    pay_by_country: PayTable
    routes_cost: bool
    routes_last: bool
    linked: frozenset[str]
    near: tuple[Gap, ...]
    numbers: Mapping[str, int]
    cited: Mapping[str, str]
    sources: tuple[tuple[int, Source], ...]
    papers: tuple[ToolkitKind, ...]
    published: Published | None


def page_of_edition(edition: Edition, *, at: datetime) -> Page:
    field = edition.guide.field
    above = [(_("Guides"), reverse("guides:browse"))]
    above += [(field.name, reverse("guides:field", args=(field.slug,)))] if field else []
    data = jsonld.render(
        edition.guide,
        edition.html,
        address=absolute(reverse("guides:guide", args=(edition.slug,))),
        crumbs=tuple((name, absolute(path)) for name, path in above),
        published=edition.live_from,
    )
    published = Published(edition.number, edition.live_from, edition.note, mark_safe(data))  # noqa: S308 -- made safe to stand in a script
    return page_of(edition.guide, edition.html, at=at, published=published)


def page_of(guide: Guide, html: Mapping[str, str], *, at: datetime, published: Published | None = None) -> Page:
    """The page, at a moment, of a guide whose prose has been rendered to this sanitised HTML, by place."""
    beside = neighbours_of(guide, at=at)
    guide = as_read(guide, html)
    pay, related = _grouped(guide.pay, "basis"), _grouped(guide.related, "relation")
    skills, considerations = _grouped(guide.skills, "kind"), _grouped(guide.considerations, "kind")
    parts: Mapping[str, object] = {
        Chapter.ROLE: related.get("different"),
        Chapter.DUTIES: guide.responsibilities,
        Chapter.TOOLS: skills.get("tool"),
        Chapter.SKILLS: skills.keys() & {"technical", "soft", "certificate"},
        Chapter.ENTRY: guide.steps or related.get("from"),
        Chapter.EDUCATION: guide.routes,
        Chapter.PAY: pay.keys() & {"level", "headline", "experience"},
        Chapter.PATH: guide.levels or related.get("next"),
        Chapter.ABROAD: pay.get("country"),
        Chapter.BALANCE: guide.considerations,
        Chapter.QUESTIONS: guide.faqs,
        Chapter.TOOLKIT: guide.toolkit or guide.interview,
        Chapter.RELATED: related.get("similar") or beside.near,
    }
    numbers = numbered(guide)
    by_level = {band.level: band for band in reversed(guide.pay) if band.level}  # the first of each
    return Page(
        guide=guide,
        picture=images.shown(guide.picture.name) if guide.picture else None,
        chapters=tuple(_chapters(guide, parts)),
        pay=pay,
        skills=skills,
        considerations=considerations,
        related=related,
        ladder=tuple(
            Rung(level, by_level.get(level.title), beside.rungs.get(level.title, "")) for level in guide.levels
        ),
        facts=tuple((str(FactKind(fact.kind).label), fact) for fact in guide.facts),
        headline_chart=pay_chart([(figures.band_name(band), band) for band in guide.pay if band.basis == "headline"]),
        years_chart=years_chart(guide.levels),
        pay_by_level=_pay_table(band for band in guide.pay if band.basis == "level"),
        other_pay=_pay_table(band for band in guide.pay if band.basis in {"headline", "experience"}),
        pay_by_country=_pay_table(band for band in guide.pay if band.basis == "country"),
        routes_cost=any(route.cost for route in guide.routes),
        routes_last=any(route.duration for route in guide.routes),
        linked=beside.linked,
        near=beside.near,
        numbers=numbers,
        cited={source.slug: figures.cited(source) for source in guide.sources},
        sources=tuple(sorted((numbers[source.slug], source) for source in guide.sources)),
        papers=tuple(PAPERS),
        published=published,
    )


def as_read(guide: Guide, html: Mapping[str, str]) -> Guide:
    """The guide with its prose as this sanitised HTML."""
    return prose.replace(guide, {place: mark_safe(text) for place, text in html.items()})  # noqa: S308


def _pay_table(bands: Iterable[SalaryBand]) -> PayTable:
    rows = tuple((figures.band_name(band), band) for band in bands)
    periods = {band.period for _, band in rows}
    return PayTable(
        rows=rows,
        has_median=any(band.median is not None for _, band in rows),
        has_mean=any(band.mean is not None for _, band in rows),
        has_range=any(figures.pay_range(band) for _, band in rows),
        period=periods.pop() if len(periods) == 1 else "",
        chart=pay_chart(rows),
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
            headed = [section for section in sections if section.heading]
            yield ChapterView(
                key=chapter.value,
                title=str(chapter.label),
                lead=tuple(section.body for section in sections if not section.heading),
                passages=tuple(
                    Passage(anchor, section.heading, section.body)
                    for anchor, section in zip(_anchors(chapter, headed), headed, strict=True)
                ),
                template=f"guides/chapters/_{chapter}.html" if parts.get(chapter) else "",
            )


def _anchors(chapter: Chapter, sections: Iterable[Section]) -> Iterator[str]:
    """A fragment for each heading, unlike all others of the page: those of the templates have a single hyphen."""
    seen: dict[str, int] = {}
    for section in sections:
        anchor = f"{chapter}--{slugify(section.heading)}"
        seen[anchor] = seen.get(anchor, 0) + 1
        yield anchor if seen[anchor] == 1 else f"{anchor}--{seen[anchor]}"
