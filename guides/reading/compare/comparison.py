"""A comparison of two to four roles: a table of rows, a chart of pay, and the skills that they share or not."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db.models import QuerySet

from guides.models.edition import Edition
from guides.models.statistics import Area, AreaKind
from guides.rendering.charts import Chart, pay_chart
from guides.schema import Guide
from guides.skill_groups import skill_groups
from guides.statistics.headline import PayHeadline
from guides.statistics.official import OfficialFigures, load_area_figures

from .rows import Cell, Role, Row, build_rows

MIN_ROLES, MAX_ROLES = 2, 4


class SkillRow(NamedTuple):
    """A skill, or alternatives under a label."""

    label: str
    skills: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        return self.label or self.skills[0][1]


class SkillGroupRow(NamedTuple):
    """Skills that exactly these roles require."""

    titles: tuple[str, ...]
    skills: tuple[SkillRow, ...]


class Comparison(NamedTuple):
    """`rows` are those in which something differs, `identical` the others.

    `sources` are numbered from 1. `shared` are the skills that all roles require, and `others` those that only some do.
    """

    editions: tuple[Edition, ...]
    rows: tuple[Row, ...]
    identical: tuple[Row, ...]
    sources: tuple[str, ...]
    chart: Chart | None
    shared: tuple[SkillRow, ...]
    others: tuple[SkillGroupRow, ...]


def compare(editions: Sequence[Edition], official: OfficialFigures, area: Area | None = None) -> Comparison:
    """Compare roles, with pay in an area next to national pay if there is one."""
    guides = tuple(edition.guide for edition in editions)
    statistics = tuple(official.of_guide(guide) for guide in guides)
    bands = tuple(
        (f"{guide.title}: {headline.band.label}" if headline.band.label else guide.title, headline.band)
        for guide, each in zip(guides, statistics, strict=True)
        if (headline := each.headline)
    )
    local = _local(guides, official, area)
    roles = tuple(map(Role, editions, guides, statistics, local))
    rows, sources = _numbered(build_rows(roles, area))
    groups = _skills_by_roles(guides)
    everyone = tuple(guide.title for guide in guides)
    return Comparison(
        editions=tuple(editions),
        rows=tuple(row for row in rows if not row.is_identical),
        identical=tuple(row for row in rows if row.is_identical),
        sources=sources,
        chart=pay_chart(bands, cut_outliers=True),
        shared=next((group.skills for group in groups if group.titles == everyone), ()),
        others=tuple(group for group in groups if group.titles != everyone),
    )


def in_order(editions: QuerySet[Edition], slugs: Sequence[str]) -> tuple[Edition, ...]:
    """Return the editions with these slugs, in the order of the slugs."""
    found = {edition.slug: edition for edition in editions.filter(slug__in=slugs)}
    return tuple(found[slug] for slug in slugs if slug in found)


def _numbered(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[str, ...]]:
    """Number the sources in the order in which the rows cite them."""
    cells = [cell for row in rows for cell in row.cells]
    lines = (line for cell in cells for line in (*cell.values, *cell.notes))
    sources = tuple(dict.fromkeys(line.source for line in lines if line.source))
    numbers = {source: number for number, source in enumerate(sources, 1)}

    def numbered(cell: Cell) -> Cell:
        return Cell(
            *(
                tuple(line._replace(number=numbers.get(line.source, 0)) for line in part)
                for part in (cell.values, cell.notes)
            )
        )

    return tuple(Row(row.name, tuple(map(numbered, row.cells))) for row in rows), sources


def _skills_by_roles(guides: Sequence[Guide]) -> tuple[SkillGroupRow, ...]:
    """Group skills by the roles that require them. Alternatives with the same label are one skill."""
    required: dict[tuple[str, str], set[int]] = {}
    names: dict[tuple[str, str], dict[str, str]] = {}
    for place, guide in enumerate(guides):
        for group in skill_groups(guide.skills):
            key = (group.label, "" if group.label else group.skills[0].slug)
            required.setdefault(key, set()).add(place)
            names.setdefault(key, {}).update({skill.slug: skill.name for skill in group.skills})
    by_roles: dict[tuple[int, ...], list[SkillRow]] = {}
    for key, places in required.items():
        by_roles.setdefault(tuple(sorted(places)), []).append(SkillRow(key[0], tuple(names[key].items())))
    return tuple(
        SkillGroupRow(
            tuple(guides[place].title for place in places), tuple(sorted(skills, key=lambda row: row.name.lower()))
        )
        for places, skills in sorted(by_roles.items(), key=lambda item: (len(item[0]), item[0]))
    )


def _local(guides: Sequence[Guide], official: OfficialFigures, area: Area | None) -> Iterator[PayHeadline | None]:
    """Yield the official pay headline of each guide in an area, if any."""
    if area is None or area.kind == AreaKind.NATION:
        yield from (None for _guide in guides)
        return
    codes = {occupation.code for guide in guides for occupation in guide.occupations}
    local = load_area_figures(area, codes, official)
    yield from (local.of_guide(guide).headline if guide.occupations else None for guide in guides)
