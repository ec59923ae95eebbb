"""The rows of a comparison: short values of each role, and the prose that explains them."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from html import unescape
from textwrap import shorten
from typing import NamedTuple

from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guides.choices import EducationLevel, FactKind
from guides.models.edition import Edition
from guides.models.statistics import Area
from guides.rendering import figures, requirement_words
from guides.schema import Guide, KeyFact, Source
from guides.statistics.headline import PayHeadline, source_of
from guides.statistics.official import RoleStatistics
from guides.summary import summarize

MAX_VALUE = 48
"""Letters of a fact without a short value that are its value in the table. The rest follows in the notes."""


class Line(NamedTuple):
    """A figure and a phrase, with the number of their source. The phrase may be sanitized HTML."""

    figure: str
    text: str = ""
    source: str = ""
    number: int = 0


class Cell(NamedTuple):
    """The short values of a role, and the notes behind them."""

    values: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = ()

    @property
    def short(self) -> tuple[tuple[str, str], ...]:
        return tuple((line.figure, line.text) for line in self.values)


class Row(NamedTuple):
    """A property of all roles."""

    name: str
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether the short values differ."""
        return len({cell.short for cell in self.cells}) > 1

    @property
    def is_identical(self) -> bool:
        """Whether the notes and the sources are equal, too."""
        return len(set(self.cells)) == 1


class Role(NamedTuple):
    """What the rows of a role are made of. `local` is its pay headline in the chosen area."""

    edition: Edition
    guide: Guide
    statistics: RoleStatistics
    local: PayHeadline | None = None


def build_rows(roles: Sequence[Role], area: Area | None) -> tuple[Row, ...]:
    """Return the rows in which any role has a value. `area` is that of the local pay, if there is any."""
    columns = _columns(area, has_local=area is not None and any(role.local for role in roles))
    rows = (Row(name, tuple(cell(role) for role in roles)) for name, cell in columns)
    return tuple(row for row in rows if any(cell.values for cell in row.cells))


def _columns(area: Area | None, *, has_local: bool) -> Iterator[tuple[str, Callable[[Role], Cell]]]:
    if area and has_local:
        yield _("Pay in %s") % area.name, lambda role: _pay(role.local)
    name = _("Pay in the United States") if has_local else _("Pay")
    yield name, lambda role: _pay(role.statistics.headline)
    yield str(FactKind.GROWTH.label), _growth
    yield str(FactKind.OPENINGS.label), _openings
    yield _("Education"), _education
    yield _("Experience"), _experience
    yield _("License or certificate"), _certificate
    for kind in (FactKind.ENTRY_TIME, FactKind.SETTING, FactKind.SCHEDULE, FactKind.INDUSTRIES):
        yield str(kind.label), _cell_of_facts(kind)
    yield _("Career path"), _ladder
    yield _("How to learn it"), _routes
    yield _("Pros"), _cell_of_considerations("pro")
    yield _("Cons"), _cell_of_considerations("con")


def _line(figure: str = "", text: str = "", source: Source | None = None) -> Line:
    return Line(figure, text, figures.cited(source) if source else "")


def _pay(headline: PayHeadline | None) -> Cell:
    """Return yearly and hourly pay. The notes name the occupations that a range belongs to, and other percentiles."""
    if headline is None:
        return Cell()
    parts, gloss = figures.headline_parts(headline), figures.headline_gloss(headline)
    short = figures.headline_short_gloss(headline)
    glosses = (*("" for _part in parts[1:]), short)
    sources = (headline.source, *(None for _part in parts[1:]))
    notes = (gloss if gloss != short else "", figures.headline_more(headline))
    return Cell(tuple(map(_line, parts, glosses, sources)), tuple(_line(text=note) for note in notes if note))


def _growth(role: Role) -> Cell:
    statistics = role.statistics
    outlook = next((each.outlook for each in statistics.occupations if each.outlook), None)
    if not role.guide.occupations:
        return _facts(role, FactKind.GROWTH)
    if not (statistics.growth and outlook):
        return Cell()
    value = _line(figures.growth_range(statistics.growth), outlook.release.period, source_of(outlook.release))
    of_all = outlook.growth_of_all
    notes = (_line(text=_("All occupations: %s") % figures.growth(of_all)),) if of_all is not None else ()
    return Cell((value,), notes)


def _openings(role: Role) -> Cell:
    if not role.guide.occupations:
        return _facts(role, FactKind.OPENINGS)
    lines = [
        _line(
            _("%s a year") % figures.number(Decimal(each.outlook.openings)), each.title, source_of(each.outlook.release)
        )
        for each in role.statistics.occupations
        if each.outlook and each.outlook.openings is not None
    ]
    notes = tuple(_line(text=f"{line.text}: {line.figure}") for line in lines)
    return Cell(tuple(line._replace(text="") for line in lines[:1]), notes)


def _education(role: Role) -> Cell:
    """Return the education that the usual way in requires. The other ways are notes."""
    guide = role.guide
    ways = tuple(zip(guide.requirements, summarize(guide).requirements, strict=True))
    values = tuple(
        _line(str(EducationLevel(way.education).label), source=_source(guide, way.source))
        for way in guide.requirements[:1]
        if way.education
    )
    others = tuple(
        _line(text=_("Another way in: %s") % requirement_words.sentence(summary), source=_source(guide, way.source))
        for way, summary in ways[1:]
    )
    facts = _facts(role, FactKind.EDUCATION)
    notes = (*facts.notes, *others)
    return Cell(values, notes) if values else Cell(facts.values, notes)


def _experience(role: Role) -> Cell:
    for way in role.guide.requirements[:1]:
        years = requirement_words.years(summarize(role.guide).requirements[0])
        source = _source(role.guide, way.source)
        return Cell((_line(years, way.experience, source) if years else _line(_("None")),))
    return Cell()


def _certificate(role: Role) -> Cell:
    for way in role.guide.requirements[:1]:
        name = summarize(role.guide).requirements[0].certificate_name
        return Cell((_line(name, source=_source(role.guide, way.source)) if name else _line(_("None")),))
    return Cell()


def _source(guide: Guide, slug: str) -> Source:
    return next(source for source in guide.sources if source.slug == slug)


def _cell_of_facts(kind: FactKind) -> Callable[[Role], Cell]:
    return lambda role: _facts(role, kind)


def _facts(role: Role, kind: FactKind) -> Cell:
    """Return the first fact of a kind as the value, and the texts of all of them as notes."""
    found = [(place, fact) for place, fact in enumerate(role.guide.facts) if fact.kind == kind]
    texts = [mark_safe(role.edition.html.get(f"facts.{place}.text", "")) for place, _fact in found]  # noqa: S308 -- sanitized at publication
    if not found:
        return Cell()
    values = (_line(_short(found[0][1], texts[0]), source=_source(role.guide, found[0][1].source)),)
    notes = tuple(
        _line(_short(fact, "") if place else "", text, _source(role.guide, fact.source) if place else None)
        for place, ((_index, fact), text) in enumerate(zip(found, texts, strict=True))
        if text and unescape(strip_tags(text)) != values[0].figure
    )
    return Cell(values, notes)


def _short(fact: KeyFact, html: str) -> str:
    """Return the figure of a fact, or its short value, or else the beginning of its text."""
    if fact.value:
        return figures.measure(fact.value)
    return fact.short or shorten(unescape(strip_tags(html)), MAX_VALUE, placeholder=" …")


def _ladder(role: Role) -> Cell:
    levels = role.guide.levels
    notes = tuple(_line(text=", ".join(filter(None, (level.title, figures.years(level))))) for level in levels)
    return _counted(notes, ngettext("%d level", "%d levels", len(levels)))


def _routes(role: Role) -> Cell:
    notes = []
    for route in role.guide.routes:
        cost = figures.cost(route.cost) if route.cost else ""
        duration = figures.measure(route.duration) if route.duration else ""
        measures = ", ".join(filter(None, (cost, duration)))
        source = _source(role.guide, route.source) if measures else None
        notes.append(_line(text=": ".join(filter(None, (route.title, measures))), source=source))
    return _counted(tuple(notes), ngettext("%d way", "%d ways", len(notes)))


def _counted(notes: tuple[Line, ...], count: str) -> Cell:
    return Cell((_line(count % len(notes)),), notes) if notes else Cell()


def _cell_of_considerations(kind: str) -> Callable[[Role], Cell]:
    return lambda role: _considerations(role, kind)


def _considerations(role: Role, kind: str) -> Cell:
    """Return the first title and the number of further ones as the value, and all of them as notes."""
    found = [(place, each) for place, each in enumerate(role.guide.considerations) if each.kind == kind]
    if not found:
        return Cell()
    more = len(found) - 1
    value = _line(found[0][1].title, ngettext("and %d more", "and %d more", more) % more if more else "")
    html = role.edition.html
    notes = ((each.title, html.get(f"considerations.{place}.detail", "")) for place, each in found)
    return Cell((value,), tuple(_line(title, mark_safe(text)) for title, text in notes))  # noqa: S308 -- sanitized at publication
