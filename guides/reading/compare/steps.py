"""What a step to a role requires: education, years of experience, certificates, and the levels in between."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from guides import words
from guides.choices import EducationLevel
from guides.rendering import figures
from guides.rendering.requirement_words import phrases
from guides.requirements import Qualifications, RequirementKind, education_rank, standing
from guides.schema import CareerLevel, EducationRoute, Guide
from guides.schema.types import Cost, Duration
from guides.summary import SummaryRequirement

_HOURS = {"hour": 1, "day": 24, "week": 7 * 24, "month": 30 * 24, "year": 365 * 24}

_UNKNOWN = Decimal("Infinity")


class Course(NamedTuple):
    """An education route of a guide: what it takes, such as '4 years, $40,000', and the source of these figures."""

    title: str
    measures: str
    source: str


class Need(NamedTuple):
    """A requirement, such as 'a bachelor’s degree', with the shortest course that leads to it, if the guide has one."""

    kind: RequirementKind
    text: str
    course: Course | None = None


class NewRequirements(NamedTuple):
    """What a role requires that is not met before. `other_ways` are the requirements of each other way in.

    `is_stated` is False if the guide states no requirements at all.
    """

    is_stated: bool = True
    needs: tuple[Need, ...] = ()
    other_ways: tuple[tuple[Need, ...], ...] = ()


def new_requirements(guide: Guide, ways: tuple[SummaryRequirement, ...], known: Qualifications) -> NewRequirements:
    """Return the requirements of the nearest way into a role that are new or unknown, and those of the other ways."""
    nearest = standing(ways, known)
    if nearest.way is None or nearest.is_met:
        return NewRequirements(is_stated=nearest.way is not None)
    others = (standing((way,), known) for way in ways if way != nearest.way)
    return NewRequirements(
        needs=tuple(_needs(guide, nearest.way, {*nearest.missing, *nearest.unknown})),
        other_ways=tuple(
            tuple(_needs(guide, other.way, {*other.missing, *other.unknown})) for other in others if other.way
        ),
    )


def levels_between(guide: Guide, first: str, last: str) -> tuple[CareerLevel, ...]:
    """Return the levels of a guide after the one with the first title, up to the one with the last title."""
    titles = [words.key(level.title) for level in guide.levels]
    start, end = (titles.index(key) if (key := words.key(title)) in titles else None for title in (first, last))
    if end is None or (start is None and words.key(first) != words.key(guide.title)):
        return ()
    return guide.levels[0 if start is None else start + 1 : end + 1]


def _needs(guide: Guide, way: SummaryRequirement, kinds: set[RequirementKind]) -> Iterator[Need]:
    for kind, text in phrases(way).items():
        if kind in kinds:
            yield Need(kind, text, _course(guide, way.education) if kind == RequirementKind.EDUCATION else None)


def _course(guide: Guide, level: str) -> Course | None:
    """Return the shortest route of a guide that leads to a level of education, or to the next higher one.

    A diploma has no such course, since routes of a guide lead beyond it.
    """
    rank = education_rank(level)
    fitting = [
        route
        for route in guide.routes
        if route.education and education_rank(route.education) >= rank and _measures(route)
    ]
    lowest = min((education_rank(route.education) for route in fitting), default=rank)
    if lowest > rank and level == EducationLevel.HIGH_SCHOOL:
        return None
    route = min((route for route in fitting if education_rank(route.education) == lowest), key=_order, default=None)
    if route is None:
        return None
    source = next(source for source in guide.sources if source.slug == route.source)
    return Course(route.title, _measures(route), figures.cited(source))


def _order(route: EducationRoute) -> tuple[Decimal, Decimal]:
    """Return the time in hours and the cost of a route, the unknown last."""
    hours = _least(route.duration) * _HOURS[route.duration.unit] if route.duration else _UNKNOWN
    return hours, _least(route.cost) if route.cost else _UNKNOWN


def _least(quantity: Duration | Cost) -> Decimal:
    return next((amount for amount in (quantity.low, quantity.high) if amount is not None), _UNKNOWN)


def _measures(route: EducationRoute) -> str:
    time = figures.measure(route.duration) if route.duration else ""
    cost = figures.cost(route.cost) if route.cost else ""
    return ", ".join(filter(None, (time, cost)))
