"""A table that compares two to four roles, row by row."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from guides.choices import EducationLevel, FactKind
from guides.models.edition import Edition
from guides.models.statistics import Area, AreaKind
from guides.rendering import figures, requirement_words
from guides.rendering.charts import Chart, pay_chart
from guides.schema import Guide, Source
from guides.skill_groups import skill_groups
from guides.statistics.headline import PayHeadline, source_of
from guides.statistics.official import OfficialFigures, RoleStatistics, load_area_figures
from guides.summary import summarize

MIN_ROLES, MAX_ROLES = 2, 4


class Line(NamedTuple):
    """A figure and a phrase with the publisher and period of their source. The phrase may be sanitized HTML."""

    figure: str
    text: str
    source: str


class Cell(NamedTuple):
    lines: tuple[Line, ...]


class Row(NamedTuple):
    """A property of all roles. `differs` is False if all cells are equal."""

    name: str
    cells: tuple[Cell, ...]
    differs: bool


class SkillRow(NamedTuple):
    """A skill, or alternatives under a label, and which of the roles require one of them."""

    label: str
    skills: tuple[tuple[str, str], ...]
    required: tuple[bool, ...]

    @property
    def name(self) -> str:
        return self.label or self.skills[0][1]


class Comparison(NamedTuple):
    """`shared` are the skills that all roles require, `others` those that only some do."""

    editions: tuple[Edition, ...]
    rows: tuple[Row, ...]
    chart: Chart | None
    shared: tuple[SkillRow, ...]
    others: tuple[SkillRow, ...]


def compare(editions: Sequence[Edition], official: OfficialFigures, area: Area | None = None) -> Comparison:
    """Compare roles, with pay in an area next to national pay if there is one."""
    guides = tuple(edition.guide for edition in editions)
    statistics = tuple(official.of_guide(guide) for guide in guides)
    skills = tuple(_skill_rows(guides))
    bands = tuple(
        (f"{guide.title}: {headline.band.label}" if headline.band.label else guide.title, headline.band)
        for guide, each in zip(guides, statistics, strict=True)
        if (headline := each.headline)
    )
    local = _local(guides, official, area)
    return Comparison(
        editions=tuple(editions),
        rows=tuple(row for row in _rows(editions, statistics, local, area) if any(cell.lines for cell in row.cells)),
        chart=pay_chart(bands),
        shared=tuple(row for row in skills if all(row.required)),
        others=tuple(sorted((row for row in skills if not all(row.required)), key=lambda row: row.name.lower())),
    )


def in_order(editions: QuerySet[Edition], slugs: Sequence[str]) -> tuple[Edition, ...]:
    """Return the editions with these slugs, in the order of the slugs."""
    found = {edition.slug: edition for edition in editions.filter(slug__in=slugs)}
    return tuple(found[slug] for slug in slugs if slug in found)


def _skill_rows(guides: Sequence[Guide]) -> Iterator[SkillRow]:
    """Yield the skills that any guide requires. Alternatives with the same label are one row."""
    required: dict[tuple[str, str], set[int]] = {}
    names: dict[tuple[str, str], dict[str, str]] = {}
    for place, guide in enumerate(guides):
        for group in skill_groups(guide.skills):
            key = (group.label, "" if group.label else group.skills[0].slug)
            required.setdefault(key, set()).add(place)
            names.setdefault(key, {}).update({skill.slug: skill.name for skill in group.skills})
    for key, places in required.items():
        yield SkillRow(key[0], tuple(names[key].items()), tuple(place in places for place in range(len(guides))))


def _local(guides: Sequence[Guide], official: OfficialFigures, area: Area | None) -> tuple[PayHeadline | None, ...]:
    """Return the official pay headline of each guide in an area, if any."""
    if area is None or area.kind == AreaKind.NATION:
        return ()
    codes = {occupation.code for guide in guides for occupation in guide.occupations}
    local = load_area_figures(area, codes, official)
    return tuple(local.of_guide(guide).headline if guide.occupations else None for guide in guides)


def _rows(
    editions: Sequence[Edition],
    statistics: Sequence[RoleStatistics],
    local: Sequence[PayHeadline | None],
    area: Area | None,
) -> Iterator[Row]:
    if area and local:
        yield _row(_("Pay in %s") % area.name, map(_pay, local))
    yield _row(_("Pay in the United States") if local else _("Pay"), (_pay(each.headline) for each in statistics))
    for kind in FactKind:
        if kind == FactKind.EDUCATION:
            yield from _requirement_rows(editions)
            continue
        yield _row(
            str(kind.label),
            (
                _PROJECTED[kind](each) if kind in _PROJECTED and edition.guide.occupations else _facts(edition, kind)
                for edition, each in zip(editions, statistics, strict=True)
            ),
        )
    yield _row(_("Career path"), (_ladder(edition.guide) for edition in editions))
    yield _row(_("How to learn it"), (_routes(edition.guide) for edition in editions))
    for consideration, name in (("pro", _("Pros")), ("con", _("Cons"))):
        yield _row(
            name,
            (
                (_line(text=each.title) for each in edition.guide.considerations if each.kind == consideration)
                for edition in editions
            ),
        )


def _row(name: str, cells: Iterable[Iterable[Line]]) -> Row:
    filled = tuple(Cell(tuple(lines)) for lines in cells)
    return Row(name, filled, differs=len({cell.lines for cell in filled}) > 1)


def _line(*, figure: str = "", text: str = "", source: Source | None = None) -> Line:
    return Line(figure, text, figures.cited(source) if source else "")


def _pay(headline: PayHeadline | None) -> Iterator[Line]:
    if headline:
        text = ", ".join(filter(None, (figures.headline_gloss(headline), figures.headline_more(headline))))
        yield _line(figure=figures.headline_pay(headline), text=text, source=headline.source)


def _growth(statistics: RoleStatistics) -> Iterator[Line]:
    outlook = next((each.outlook for each in statistics.occupations if each.outlook), None)
    if statistics.growth and outlook:
        text = _("%(period)s, all occupations %(growth)s") % {
            "period": outlook.release.period,
            "growth": figures.growth(outlook.growth_of_all) if outlook.growth_of_all is not None else _("unknown"),
        }
        yield _line(figure=figures.growth_range(statistics.growth), text=text, source=source_of(outlook.release))


def _openings(statistics: RoleStatistics) -> Iterator[Line]:
    for each in statistics.occupations:
        if each.outlook and each.outlook.openings is not None:
            openings = _("%s a year") % figures.number(Decimal(each.outlook.openings))
            yield _line(figure=openings, text=each.title, source=source_of(each.outlook.release))


_PROJECTED = {FactKind.GROWTH: _growth, FactKind.OPENINGS: _openings}


def _requirement_rows(editions: Sequence[Edition]) -> Iterator[Row]:
    """Yield what the usual way into each role requires, and then the other ways."""
    yield _row(_("Minimum education"), map(_education, editions))
    guides = tuple(edition.guide for edition in editions)
    yield _row(_("Years of experience"), map(_experience, guides))
    yield _row(_("License or certificate"), map(_certificate, guides))
    if any(len(guide.requirements) > 1 for guide in guides):
        yield _row(_("Other ways in"), map(_other_ways, guides))


def _education(edition: Edition) -> Iterator[Line]:
    for way in edition.guide.requirements[:1]:
        if way.education:
            yield _line(figure=str(EducationLevel(way.education).label), source=_source(edition.guide, way.source))
    yield from _facts(edition, FactKind.EDUCATION)


def _experience(guide: Guide) -> Iterator[Line]:
    for way in guide.requirements[:1]:
        years = requirement_words.years(summarize(guide).requirements[0])
        yield _line(figure=years, text=way.experience, source=_source(guide, way.source)) if years else _none()


def _certificate(guide: Guide) -> Iterator[Line]:
    for way in guide.requirements[:1]:
        name = summarize(guide).requirements[0].certificate_name
        yield _line(figure=name, source=_source(guide, way.source)) if name else _none()


def _other_ways(guide: Guide) -> Iterator[Line]:
    ways = tuple(zip(guide.requirements, summarize(guide).requirements, strict=True))
    for way, summary in ways[1:]:
        yield _line(text=requirement_words.sentence(summary), source=_source(guide, way.source))
    if len(ways) == 1:
        yield _none()


def _none() -> Line:
    return _line(figure=_("None"))


def _source(guide: Guide, slug: str) -> Source:
    return next(source for source in guide.sources if source.slug == slug)


def _facts(edition: Edition, kind: FactKind) -> Iterator[Line]:
    sources = {source.slug: source for source in edition.guide.sources}
    for place, fact in enumerate(edition.guide.facts):
        if fact.kind == kind:
            figure = figures.measure(fact.value) if fact.value else ""
            text = mark_safe(edition.html.get(f"facts.{place}.text", ""))  # noqa: S308 -- sanitized at publication
            yield _line(figure=figure, text=text, source=sources[fact.source])


def _ladder(guide: Guide) -> Iterator[Line]:
    for level in guide.levels:
        yield _line(text=", ".join(filter(None, (level.title, figures.years(level)))))


def _routes(guide: Guide) -> Iterator[Line]:
    sources = {source.slug: source for source in guide.sources}
    for route in guide.routes:
        cost = figures.cost(route.cost) if route.cost else ""
        duration = figures.measure(route.duration) if route.duration else ""
        measures = ", ".join(filter(None, (cost, duration)))
        yield _line(figure=measures, text=route.title, source=sources[route.source] if measures else None)
