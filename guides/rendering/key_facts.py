"""The key facts of a guide: at most six labels with short values, and the notes that explain them in the chapters."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides.choices import Chapter, EducationLevel, FactKind
from guides.schema import Guide, KeyFact, Source
from guides.statistics.headline import PayHeadline

from . import figures
from .official import Official, first_facts

CHAPTERS = {
    FactKind.EDUCATION: Chapter.EDUCATION,
    FactKind.ENTRY_TIME: Chapter.ENTRY,
    FactKind.SETTING: Chapter.SETTING,
    FactKind.SCHEDULE: Chapter.SETTING,
    FactKind.INDUSTRIES: Chapter.SETTING,
    FactKind.GROWTH: Chapter.OUTLOOK,
    FactKind.OPENINGS: Chapter.OUTLOOK,
}
"""The chapter that explains a fact."""


class FirstFact(NamedTuple):
    """A value for the first screen. `gloss` compares it, or names the one occupation that it belongs to."""

    label: str
    value: str
    gloss: str
    source: Source


class Note(NamedTuple):
    """What a fact says, for the opening of its chapter."""

    label: str
    fact: KeyFact


def first_screen(guide: Guide, official: Official) -> tuple[FirstFact, ...]:
    """Return the facts for the first screen. Each has a source."""
    sources = {source.slug: source for source in guide.sources}
    own = {FactKind(fact.kind): fact for fact in reversed(first_facts(guide))}
    return (
        *_pay(official),
        *_outlook(official),
        *_own([own[kind] for kind in (FactKind.GROWTH, FactKind.OPENINGS) if kind in own], sources),
        *_education(guide, sources),
        *_own([own[kind] for kind in (FactKind.ENTRY_TIME,) if kind in own], sources),
        *_where_and_when(own, sources),
    )


def notes(guide: Guide) -> dict[str, tuple[Note, ...]]:
    """Return the notes of each chapter. Figures that could not be matched to an occupation are quoted elsewhere."""
    found: dict[str, tuple[Note, ...]] = {}
    for fact in first_facts(guide):
        if fact.text:
            chapter = CHAPTERS[FactKind(fact.kind)]
            found[chapter] = (*found.get(chapter, ()), Note(str(FactKind(fact.kind).label), fact))
    return found


def _pay(official: Official) -> Iterator[FirstFact]:
    local = official.local and official.local.headline
    for headline, place in ((local, official.local.area.name if official.local else ""), (official.headline, "")):
        if headline:
            label = _("Pay in %s") % place if place else _("Pay in the United States") if local else _("Pay")
            amount, *hourly = figures.headline_parts(headline)
            kind = () if _is_of_others(headline) else (figures.headline_gloss(headline),)
            yield FirstFact(label, amount, ", ".join((*hourly, *kind)), headline.source)


def whose_pay(official: Official) -> str:
    """Return a sentence that names the occupations of the pay, if they are not the role itself, or ''."""
    headline = official.headline
    if not headline or not _is_of_others(headline):
        return ""
    if not headline.band.range_label:
        return _("Pay is for %(occupations)s.") % {"occupations": headline.band.label}
    values = {"occupations": headline.band.label, "range": headline.band.range_label}
    return _("Pay is for %(occupations)s (%(range)s).") % values


def _is_of_others(headline: PayHeadline) -> bool:
    return bool(headline.codes and headline.band.label)


def _outlook(official: Official) -> Iterator[FirstFact]:
    if official.outlook is None:
        return
    if official.growth:
        label = _("Growth %s") % official.outlook.period
        of_all = _("all jobs: %s") % official.growth_of_all if official.growth_of_all else ""
        yield FirstFact(label, official.growth, of_all, official.outlook.source)
    if official.openings:
        openings, title = official.openings[0]
        gloss = title if len(official.openings) > 1 else ""
        yield FirstFact(_("Openings"), openings, gloss, official.outlook.source)


def _education(guide: Guide, sources: dict[str, Source]) -> Iterator[FirstFact]:
    way = next((way for way in guide.requirements if way.education), None)
    if way:
        yield FirstFact(_("Education"), str(EducationLevel(way.education).label), "", sources[way.source])


def _where_and_when(own: dict[FactKind, KeyFact], sources: dict[str, Source]) -> Iterator[FirstFact]:
    facts = [own[kind] for kind in (FactKind.SETTING, FactKind.SCHEDULE) if kind in own and own[kind].short]
    if facts:
        label = _("Where and when") if len(facts) > 1 else str(FactKind(facts[0].kind).label)
        yield FirstFact(label, ", ".join(fact.short for fact in facts), "", sources[facts[0].source])


def _own(facts: list[KeyFact], sources: dict[str, Source]) -> Iterator[FirstFact]:
    for fact in facts:
        if value := figures.measure(fact.value) if fact.value else fact.short:
            yield FirstFact(str(FactKind(fact.kind).label), value, "", sources[fact.source])
