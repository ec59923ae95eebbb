"""The plan after a skills check: missing requirements, then the skills to learn, with the cheapest ways first."""

from collections.abc import Iterable
from decimal import Decimal
from math import inf
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides import words
from guides.rendering.citations import cited_in
from guides.rendering.skill_words import group_name
from guides.requirements import EDUCATION_LEVELS, RequirementKind
from guides.schema import Certificate, EducationRoute, Guide, RoleSkill, Source
from guides.schema.types import HOME_CURRENCY, Cost, Duration
from guides.skill_groups import WEIGHTS

from .entry import Entry, RequirementLine
from .questions import certificates
from .scoring import GroupScore, Readiness

MAX_COURSE_COST, MAX_COURSE_DAYS = 2_500, 366
"""A route that costs more is a program, even if the guide does not state the level that it leads to."""

DAYS = {"hour": Decimal("0.125"), "day": Decimal(1), "week": Decimal(7), "month": Decimal("30.5"), "year": Decimal(365)}
MIN_PROGRAM_LEVEL = EDUCATION_LEVELS.index("postsecondary")
MIN_DEGREE_LEVEL = EDUCATION_LEVELS.index("associate")


class Way(NamedTuple):
    """An entry step or education route that teaches a skill or leads to an education, and its anchor in the guide.

    `cited` is the publisher and period of the route's figures.
    """

    anchor: str
    title: str
    route: EducationRoute | None = None
    cited: str = ""

    @property
    def cost(self) -> float:
        """The typical cost in the home currency: nothing for a step, infinite if a route does not state it."""
        return _amount(self.route.cost) if self.route else 0

    @property
    def days(self) -> float:
        """The typical duration: nothing for a step, infinite if a route does not state it."""
        return _days(self.route.duration) if self.route else 0

    @property
    def is_program(self) -> bool:
        """Whether this is a program of study rather than a step, a course, or work."""
        if self.route is None:
            return False
        return _level(self.route) >= MIN_PROGRAM_LEVEL or MAX_COURSE_COST < self.cost < inf

    @property
    def is_degree(self) -> bool:
        return self.is_program and self.route is not None and _level(self.route) >= MIN_DEGREE_LEVEL

    @property
    def is_course(self) -> bool:
        """Whether this is a short and cheap course."""
        return self.route is not None and self.cost <= MAX_COURSE_COST and self.days <= MAX_COURSE_DAYS


class RequirementGap(NamedTuple):
    """A requirement that the visitor lacks, or has not answered yet, with ways to meet it."""

    line: RequirementLine
    ways: tuple[Way, ...]
    certificate: Certificate | None
    source: Source | None


class SkillGap(NamedTuple):
    """A skill, or alternatives, that the visitor has only in part or not at all.

    `skill` is the one with the best prospects, by which the text and the ways describe the gap. `advice` says which
    kind of way is enough. `source` is that of the certificate's facts.
    """

    score: GroupScore
    name: str
    skill: RoleSkill
    ways: tuple[Way, ...]
    advice: str
    source: Source | None


class Plan(NamedTuple):
    """What to do, in order. `unanswered` is the number of other skills without an answer."""

    requirements: tuple[RequirementGap, ...]
    skills: tuple[SkillGap, ...]
    unanswered: int

    @property
    def is_empty(self) -> bool:
        return not self.requirements and not self.skills


def make_plan(guide: Guide, entry: Entry, readiness: Readiness) -> Plan:
    """Return the gaps by importance, then by cost and time. Unanswered essential skills are gaps, too."""
    open_scores = tuple(score for score in readiness.scores if not score.is_full and not _is_required(guide, score))
    gaps = (
        _skill_gap(guide, score, entry.useful_levels)
        for score in open_scores
        if score.is_answered or score.importance == "essential"
    )
    return Plan(
        requirements=tuple(_requirement_gap(guide, entry, line) for line in (*entry.missing, *entry.unknown)),
        skills=tuple(sorted(gaps, key=_order)),
        unanswered=sum(not score.is_answered and score.importance != "essential" for score in open_scores),
    )


def ways_to(guide: Guide, titles: Iterable[str]) -> tuple[Way, ...]:
    """Return the entry steps and education routes with these titles, the cheapest and shortest first."""
    keys = {words.key(title) for title in titles}
    steps = (
        Way(f"entry-step-{number}", step.title)
        for number, step in enumerate(guide.steps, start=1)
        if words.key(step.title) in keys
    )
    routes = (way for way in _routes(guide) if words.key(way.title) in keys)
    return tuple(sorted((*steps, *routes), key=_cheapest))


def _routes(guide: Guide) -> Iterable[Way]:
    return (
        Way(f"education-route-{number}", route.title, route, cited_in(guide, route.source))
        for number, route in enumerate(guide.routes, start=1)
    )


def _requirement_gap(guide: Guide, entry: Entry, line: RequirementLine) -> RequirementGap:
    certificate = None
    if line.kind == RequirementKind.CERTIFICATE and entry.way:
        slug = entry.way.certificate
        certificate = next((skill.certificate for skill in guide.skills if skill.slug == slug), None)
    needs_education = line.kind == RequirementKind.EDUCATION and line.is_met is False
    return RequirementGap(
        line=line,
        ways=_routes_to(guide, entry.missing_education) if needs_education else (),
        certificate=certificate,
        source=_source_of(guide, certificate),
    )


def _routes_to(guide: Guide, level: str) -> tuple[Way, ...]:
    """Return the routes that lead to a level of education, or to the lowest one above it."""
    needed = EDUCATION_LEVELS.index(level)
    enough = [(_level(way.route), way) for way in _routes(guide) if way.route and _level(way.route) >= needed]
    lowest = min((found for found, _way in enough), default=needed)
    return tuple(sorted((way for found, way in enough if found == lowest), key=_cheapest))


def _skill_gap(guide: Guide, score: GroupScore, useful_levels: frozenset[str]) -> SkillGap:
    skills = (score.best,) if score.points else score.group.skills
    ways = ways_to(guide, (title for skill in skills for title in skill.gained_by))
    named = tuple(way for way in ways if not way.is_program or (way.route and way.route.education in useful_levels))
    return SkillGap(
        score=score,
        name=score.name if score.points else group_name(score.group),
        skill=score.best,
        ways=named or ways[:1],
        advice=_advice(named, tuple(way for way in ways if way not in named)) if named else "",
        source=_source_of(guide, score.best.certificate),
    )


def _advice(named: tuple[Way, ...], dropped: tuple[Way, ...]) -> str:
    """Say which kind of way is enough, if the guide also names programs that take more money or time."""
    if not dropped:
        return ""
    parts = [_("A short course is enough.")] if any(way.is_course for way in named) else []
    needless = _("You don’t need a degree for it.") if any(map(_may_be_degree, dropped)) else ""
    return " ".join(filter(None, (*parts, needless or _("You don’t need a long program for it."))))


def _may_be_degree(way: Way) -> bool:
    return way.is_degree or bool(way.route and not way.route.education)


def _order(gap: SkillGap) -> tuple[int, bool, float, float]:
    """Sort by importance, and then what costs less and takes less time first."""
    way = gap.ways[0] if gap.ways else None
    fee = gap.skill.certificate.fee if gap.skill.certificate else None
    cost = max(_amount(fee) if fee else 0, way.cost if way else 0)
    return (-WEIGHTS[gap.score.importance], bool(way and way.is_program), cost, way.days if way else 0)


def _cheapest(way: Way) -> tuple[bool, float, float]:
    return (way.is_program, way.cost, way.days)


def _is_required(guide: Guide, score: GroupScore) -> bool:
    return any(skill.slug in certificates(guide) for skill in score.group.skills)


def _source_of(guide: Guide, certificate: Certificate | None) -> Source | None:
    return next((source for source in guide.sources if certificate and source.slug == certificate.source), None)


def _level(route: EducationRoute | None) -> int:
    return EDUCATION_LEVELS.index(route.education) if route and route.education else -1


def _amount(cost: Cost | None) -> float:
    if cost is None or cost.currency != HOME_CURRENCY:
        return inf
    return float(cost.high if cost.low is None else cost.low)  # type: ignore[arg-type] # a cost has an end


def _days(duration: Duration | None) -> float:
    if duration is None:
        return inf
    return float(DAYS[duration.unit] * (duration.high if duration.low is None else duration.low))  # type: ignore[operator]
