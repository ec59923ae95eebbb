"""How a visitor meets the requirements of a role, in words."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides.reading.answers import Answers
from guides.rendering import figures, requirement_words
from guides.rendering.citations import cited_in
from guides.requirements import (
    EDUCATION_LEVELS,
    Qualifications,
    RequirementKind,
    Standing,
    experience_slug,
    standing,
)
from guides.schema import Guide
from guides.summary import SummaryRequirement, summarize


class RequirementLine(NamedTuple):
    """A requirement of the way that fits best. `is_met` is None if it depends on an answer.

    `phrase` names it as the object of a verb, such as 'a bachelor’s degree', and `text` is a sentence. `question` asks
    for the answer, if it is missing: 'Tell us your education'.
    """

    kind: RequirementKind
    is_met: bool | None
    phrase: str
    text: str
    question: str

    @property
    def task(self) -> str:
        """What to do about the requirement, with a question first."""
        return f"{self.question}. {self.text}" if self.question else self.text


class WayIn(NamedTuple):
    """A way to qualify, with an editor's note, and the publisher and period of its source."""

    text: str
    note: str
    cited: str


class Entry(NamedTuple):
    """How a visitor meets the requirements: the lines of the way that fits best, and all ways of the guide.

    `missing_education` is the level of that way that the visitor lacks, or ''. `useful_levels` are the levels of
    education that help to qualify: that one, and the level of the usual way unless the visitor is known to have it.
    """

    lines: tuple[RequirementLine, ...]
    ways: tuple[WayIn, ...]
    way: SummaryRequirement | None
    missing_education: str
    useful_levels: frozenset[str]
    headline: str

    @property
    def missing(self) -> tuple[RequirementLine, ...]:
        return tuple(line for line in self.lines if line.is_met is False)

    @property
    def unknown(self) -> tuple[RequirementLine, ...]:
        return tuple(line for line in self.lines if line.is_met is None)

    @property
    def is_met(self) -> bool:
        return not self.missing and not self.unknown


def entry(guide: Guide, answers: Answers) -> Entry:
    """Compare the answers with all ways into the guide's role."""
    ways = summarize(guide).requirements
    qualifications = qualifications_for(ways, answers)
    best = standing(ways, qualifications)
    states = dict.fromkeys(best.missing, False) | dict.fromkeys(best.unknown)
    lines = tuple(_lines(best.way, states, qualifications.years)) if best.way else ()
    missing_education = best.way.education if best.way and RequirementKind.EDUCATION in best.missing else ""
    return Entry(
        lines=lines,
        ways=tuple(
            WayIn(_sentence(requirement_words.phrases(way)), each.note, cited_in(guide, each.source))
            for way, each in zip(ways, guide.requirements, strict=True)
        ),
        way=best.way,
        missing_education=missing_education,
        useful_levels=frozenset(filter(None, (missing_education, _usual_level(ways, best, answers.education)))),
        headline=_headline(lines, best.way),
    )


def qualifications_for(ways: tuple[SummaryRequirement, ...], answers: Answers) -> Qualifications:
    """Return what the visitor brings. Years in the role itself also count as the experience that it requires."""
    years = dict(answers.experience)
    if answers.years is not None:
        for slug in {experience_slug(way.experience) for way in ways if way.experience}:
            years[slug] = max(years.get(slug, 0), answers.years)
    return replace(answers.qualifications, years=years)


def _usual_level(ways: tuple[SummaryRequirement, ...], best: Standing, education: str) -> str:
    """Return the level that the usual way requires, '' if the visitor has it, or meets the requirements anyway."""
    if not ways or best.is_met:
        return ""
    level = ways[0].education
    is_held = bool(education and level) and EDUCATION_LEVELS.index(education) >= EDUCATION_LEVELS.index(level)
    return "" if is_held else level


def _lines(
    way: SummaryRequirement, states: Mapping[RequirementKind, bool | None], years: Mapping[str, int]
) -> Iterator[RequirementLine]:
    for kind, phrase in requirement_words.phrases(way).items():
        is_met = states.get(kind, True)
        own = years.get(experience_slug(way.experience), 0) if kind == RequirementKind.EXPERIENCE else 0
        question = _("Tell us %s") % _unknown(kind, way) if is_met is None else ""
        yield RequirementLine(kind, is_met, phrase, _text(phrase, own, is_met=bool(is_met)), question)


def _text(phrase: str, own_years: int, *, is_met: bool) -> str:
    if is_met:
        return _("You have %s.") % phrase
    if own_years:
        years = figures.in_years(Decimal(own_years))
        return _("You need %(phrase)s. You have %(years)s.") % {"phrase": phrase, "years": years}
    return _("You need %s.") % phrase


def _unknown(kind: RequirementKind, way: SummaryRequirement) -> str:
    match kind:
        case RequirementKind.EDUCATION:
            return _("your education")
        case RequirementKind.EXPERIENCE:
            return _("your years of %s") % way.experience
        case RequirementKind.CERTIFICATE:
            return _("whether you have %s") % (way.certificate_name or way.certificate)


def _sentence(phrases: Mapping[RequirementKind, str]) -> str:
    text = requirement_words.joined(phrases.values()) or _("no formal education")
    return text[:1].upper() + text[1:]


def _headline(lines: tuple[RequirementLine, ...], way: SummaryRequirement | None) -> str:
    """Return the state of all requirements in a sentence without a period, '' if the guide states none."""
    if way is None:
        return ""
    if missing := tuple(line.phrase for line in lines if line.is_met is False):
        return _("You need %s") % requirement_words.joined(missing)
    if unknown := tuple(_unknown(line.kind, way) for line in lines if line.is_met is None):
        return _("Tell us %s") % requirement_words.joined(unknown)
    return _("You meet the requirements")
