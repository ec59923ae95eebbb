"""The HTML of a guide's page, except for the frame that all pages share."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from operator import itemgetter
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from django.utils.translation import gettext as _

from guides import words
from guides.choices import Chapter, FactKind
from guides.media import names
from guides.pay import of_levels
from guides.schema import CareerLevel, Guide, RelatedRole, Requirement, SalaryBand, Section, Source
from guides.schema.types import FrozenModel
from guides.skill_groups import skill_groups
from guides.statistics.official import RoleStatistics
from guides.summary import summary_requirements

from . import figures, jsonld, key_facts, prose, requirement_words, social_card
from .charts import Chart, pay_chart, years_chart
from .citations import Numbers, number_sources, numbered
from .official import (
    LocalPay,
    Official,
    official_figures,
    quoted_facts,
    unmatched_pay,
    unmatched_sentence,
)
from .toolkit import documents, label
from .urls import absolute

_INDENT = re.compile(r"(<pre>.*?</pre>)|\n\s+", re.DOTALL)

FOLDED = frozenset({Chapter.INCLUSION, Chapter.ABROAD, Chapter.QUESTIONS})
"""Long chapters that fewer readers need. They are folded on a phone."""

MERGED = {Chapter.MARKET: Chapter.OUTLOOK}
"""Chapters whose sections readers find at the end of another one."""

MARGINS = frozenset({Chapter.SKILLS, Chapter.ENTRY, Chapter.PAY, Chapter.OUTLOOK, Chapter.PATH, Chapter.RELATED})

type Groups = Mapping[str, tuple[FrozenModel, ...]]


class Passage(NamedTuple):
    """A section with a heading, and its fragment of the page's address."""

    anchor: str
    heading: str
    body: str


class ChapterView(NamedTuple):
    """A chapter with content. `template` shows its parts, if it has any.

    `opening` is the template of the facts that come first, and `notes` are further ones. `margin` is the template of
    links for the margin. A folded chapter is open where there is room. `anchors` are those of chapters that this one
    replaces.
    """

    key: str
    title: str
    opening: str
    notes: tuple[key_facts.Note, ...]
    lead: tuple[str, ...]
    passages: tuple[Passage, ...]
    template: str
    margin: str = ""
    is_folded: bool = False
    anchors: tuple[str, ...] = ()


class Published(NamedTuple):
    """The edition's details that its page shows. A preview has none."""

    number: int
    at: datetime
    note: str


class Neighbors(NamedTuple):
    """What other live guides contribute to a page.

    `near` are the roles with the most similar skills, `guides` slugs of live guides, and `levels` titles of live
    guides, as `words.key` spells them, with their slugs. `starting_jobs` are slugs of starting jobs that exist.
    """

    near: tuple[Any, ...]
    guides: frozenset[str]
    levels: frozenset[tuple[str, str]]
    starting_jobs: frozenset[str] = frozenset()


NO_NEIGHBORS = Neighbors((), frozenset(), frozenset())
NO_STATISTICS = RoleStatistics()


class Place(NamedTuple):
    """The place that a visitor chose. `form` is the context of the form for a place, and `slug` is '' without one.

    `local` is None without a place, and also if no occupation of the role has wages there.
    """

    form: Any
    slug: str = ""
    local: LocalPay | None = None

    @property
    def query(self) -> str:
        """The query that keeps the place in a link, or ''."""
        return f"?place={self.slug}" if self.slug else ""


class Page(NamedTuple):
    """A title, and HTML for the head and the main part of the document."""

    title: str
    head: SafeString
    body: SafeString


class PayTable(NamedTuple):
    """Bands with their names, which columns have values, and a chart of the same figures."""

    rows: tuple[tuple[str, SalaryBand], ...]
    has_median: bool
    has_mean: bool
    has_range: bool
    period: str  # if it is the same for all bands, else ''
    chart: Chart | None
    sources: tuple[str, ...]


class Way(NamedTuple):
    """A way to meet the requirements, as a sentence, and the row that it comes from."""

    text: str
    row: Requirement


class LadderLevel(NamedTuple):
    """A level of the ladder, its pay if there is a figure, and the slug of the live guide with its title, or ''."""

    level: CareerLevel
    band: SalaryBand | None
    slug: str


def render(
    guide: Guide,
    html: Mapping[str, str],
    neighbors: Neighbors,
    statistics: RoleStatistics = NO_STATISTICS,
    *,
    place: Place | None = None,
    published: Published | None = None,
) -> Page:
    """Return the page of a guide whose prose has been rendered to this sanitized HTML, by place."""
    context = {"page": article_context(guide, html, neighbors, statistics, place=place, published=published)}
    head, body = (render_to_string(f"guides/guide/{name}.html", context) for name in ("_article_head", "_article"))
    return Page(guide.title, _without_indents(head), _without_indents(body))


def _without_indents(html: str) -> SafeString:
    """Return HTML without the indents and blank lines of templates, which are a fortieth of a compressed page."""
    return mark_safe(_INDENT.sub(lambda found: found[1] or "\n", html))  # noqa: S308 -- only whitespace changes


def article_context(
    guide: Guide,
    html: Mapping[str, str],
    neighbors: Neighbors,
    statistics: RoleStatistics = NO_STATISTICS,
    *,
    place: Place | None = None,
    published: Published | None = None,
) -> dict[str, Any]:
    """Return the context of `guides/guide/_article.html`. It groups parts by kind, basis or relation."""
    data = _jsonld(guide, html, statistics, published) if published else ""
    guide = as_read(guide, html)
    official = official_figures(guide, statistics, place.local if place else None)
    related = _grouped((_with_live_slugs(role, neighbors) for role in guide.related), "relation")
    named = {role.slug for role in guide.related}
    near = tuple(gap for gap in neighbors.near if gap.slug not in named)
    pay = _grouped(guide.pay, "basis")
    skills, considerations = _grouped(guide.skills, "kind"), _grouped(guide.considerations, "kind")
    numbers = number_sources(guide, official.sources)
    parts = _chapter_parts(guide, pay, skills, related, near)
    return {
        "guide": guide,
        "picture": names.responsive(guide.picture.name) if guide.picture else None,
        "chapters": tuple(_chapters(guide, parts, _openings(guide, official))),
        "official": official,
        "place": place,
        "place_query": place.query if place else "",
        "pay": pay,
        "skills": {kind: skill_groups(group) for kind, group in skills.items()},
        "ways": tuple(map(Way, map(requirement_words.sentence, summary_requirements(guide)), guide.requirements)),
        "considerations": considerations,
        "related": related,
        "near": near,
        "ladder": _ladder(guide, neighbors),
        "facts": (facts := key_facts.first_screen(guide, official)),
        "whose_pay": key_facts.whose_pay(official),
        "fact_sources": tuple(sorted({(numbers[fact.source], fact.source) for fact in facts}, key=itemgetter(0))),
        "quoted_facts": tuple((str(FactKind(fact.kind).label), fact) for fact in quoted_facts(guide)),
        "unmatched": unmatched_sentence(unmatched) if (unmatched := unmatched_pay(guide)) else "",
        "years_chart": years_chart(guide.levels),
        "pay_by_level": _pay_table(band for band in guide.pay if band.basis == "level"),
        "other_pay": _pay_table(band for band in guide.pay if band.basis in {"headline", "experience"}),
        "pay_by_country": _pay_table(band for band in guide.pay if band.basis == "country"),
        "routes_cost": any(route.cost for route in guide.routes),
        "routes_last": any(route.duration for route in guide.routes),
        "numbers": numbers,
        "cited": _cited(numbers),
        "sources": numbered(numbers),
        "documents": tuple((kind, label(kind, guide)) for kind in documents(guide)),
        "document_kinds": tuple(documents(guide)),
        "published": published,
        "card": social_card.address(guide.slug, published.number, statistics.headline) if published else "",
        "jsonld": data,
    }


def _ladder(guide: Guide, neighbors: Neighbors) -> tuple[LadderLevel, ...]:
    by_level, slugs = of_levels(guide), dict(neighbors.levels)
    return tuple(
        LadderLevel(level, by_level.get(level.title), slugs.get(words.key(level.title), "")) for level in guide.levels
    )


def _cited(numbers: Numbers) -> dict[str | Source, str]:
    """Return the publisher and period of each source, by the keys of the numbers."""
    by_number = {number: figures.cited(source) for number, source in numbered(numbers)}
    return {key: by_number[number] for key, number in numbers.items()}


def _jsonld(guide: Guide, html: Mapping[str, str], statistics: RoleStatistics, published: Published) -> str:
    above = [(_("Guides"), reverse("guides:browse"))]
    above += [(guide.field.name, reverse("guides:field", args=(guide.field.slug,)))] if guide.field else []
    data = jsonld.render(
        guide,
        html,
        statistics,
        address=absolute(reverse("guides:guide", args=(guide.slug,))),
        crumbs=tuple((name, absolute(path)) for name, path in above),
        published=published.at,
    )
    return mark_safe(data)  # noqa: S308 -- escaped for a script element


def as_read(guide: Guide, html: Mapping[str, str]) -> Guide:
    """Return the guide with this sanitized HTML in place of its prose."""
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
        sources=tuple(dict.fromkeys(band.source for _, band in rows)),
    )


def _with_live_slugs(role: RelatedRole, neighbors: Neighbors) -> RelatedRole:
    """Remove the slug of a guide that is not live or of a starting job that does not exist, as slugs become links."""
    slug = role.slug if role.slug in neighbors.guides else ""
    job = role.starting_job if role.starting_job in neighbors.starting_jobs else ""
    return role.model_copy(update={"slug": slug, "starting_job": job})


def _grouped(rows: Iterable[FrozenModel], by: str) -> Groups:
    groups: dict[str, tuple[FrozenModel, ...]] = {}
    for row in rows:
        groups[getattr(row, by)] = (*groups.get(getattr(row, by), ()), row)
    return groups


def _chapter_parts(
    guide: Guide, pay: Groups, skills: Groups, related: Groups, near: tuple[Any, ...]
) -> Mapping[str, object]:
    """Return what each chapter shows apart from sections. A chapter with neither is left out."""
    return {
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
        Chapter.TOOLKIT: guide.toolkit or guide.interview or guide.examples,
        Chapter.RELATED: related.get("similar") or near,
    }


def _openings(guide: Guide, official: Official) -> Mapping[str, str]:
    """Return the templates of the facts with which chapters open.

    These are requirements and official figures, or the guide's own figures where official ones replace them.
    """
    facts = {
        Chapter.ENTRY: guide.requirements,
        Chapter.PAY: official.occupations,
        Chapter.OUTLOOK: official.outlook or quoted_facts(guide),
    }
    templates = {Chapter.ENTRY: "_requirements", Chapter.PAY: "_official_pay", Chapter.OUTLOOK: "_official_outlook"}
    return {chapter: f"guides/guide/chapters/{templates[chapter]}.html" for chapter in facts if facts[chapter]}


def _chapters(guide: Guide, parts: Mapping[str, object], openings: Mapping[str, str]) -> Iterator[ChapterView]:
    notes = key_facts.notes(guide)
    for chapter in (chapter for chapter in Chapter if chapter not in MERGED):
        merged = [other for other, into in MERGED.items() if into == chapter]
        sections = [section for other in (chapter, *merged) for section in guide.sections if section.chapter == other]
        if sections or parts.get(chapter) or chapter in openings or chapter in notes:
            headed = [section for section in sections if section.heading]
            yield ChapterView(
                key=chapter.value,
                title=str(chapter.label),
                opening=openings.get(chapter, ""),
                notes=notes.get(chapter, ()),
                lead=tuple(section.body for section in sections if not section.heading),
                passages=tuple(
                    Passage(anchor, section.heading, section.body)
                    for anchor, section in zip(_anchors(headed), headed, strict=True)
                ),
                template=f"guides/guide/chapters/_{chapter}.html" if parts.get(chapter) else "",
                margin=f"guides/guide/margins/_{chapter}.html" if chapter in MARGINS else "",
                is_folded=chapter in FOLDED,
                anchors=tuple(other.value for other in merged),
            )


def _anchors(sections: Iterable[Section]) -> Iterator[str]:
    """Yield a unique fragment for each heading. Fragments in templates have a single hyphen, these have two."""
    seen: dict[str, int] = {}
    for section in sections:
        anchor = f"{section.chapter}--{slugify(section.heading)}"
        seen[anchor] = seen.get(anchor, 0) + 1
        yield anchor if seen[anchor] == 1 else f"{anchor}--{seen[anchor]}"
