"""The easiest path from one role to another over intermediate roles, with the new skills of each step."""

from datetime import datetime
from decimal import Decimal
from heapq import heappop, heappush
from itertools import islice
from typing import NamedTuple

from guides import words
from guides.choices import EducationLevel
from guides.models.search_index import Listing
from guides.reading.index.live_data import live_data
from guides.reading.search.browse import Card, card
from guides.schema import Guide
from guides.statistics.official import OfficialFigures
from guides.summary import GuideSummary

from .similar import RoleGap, extra_education_levels, role_gap, roles_between

MAX_STEPS, MAX_INTERMEDIATE = 4, 8
MAX_EXTRA = 1.25
"""A path with smaller steps may add up to this many times the new skills of the direct step."""

type Route = tuple[Listing, ...]


class RolePath(NamedTuple):
    """A path from `start` by `steps`, the last of which is the goal. `direct` is the gap of going there in one step.

    `declared` is the chapter of the first guide that names the goal as a next step, or ''.
    """

    start: Card
    steps: tuple[RoleGap, ...]
    direct: RoleGap
    declared: str

    @property
    def new(self) -> int:
        return sum(len(step.missing) for step in self.steps)


def easiest_path(first: Listing, last: Listing, *, at: datetime) -> RolePath:
    """Return the path with the least effort from one live guide to another, over the roles that share most with both.

    If the first guide names the goal as a next step, that is the path. Otherwise a detour must pay off: each step needs
    fewer new skills than the direct one, all steps together hardly more, and no intermediate role pays less or needs
    more education than both ends. Skills learned on the way count as known.
    """
    official = live_data(at=at).national
    direct = role_gap(first.summary, last, official)
    if declared := _declared_in(first.edition.guide, last):
        return RolePath(card(first, official), (direct,), direct, declared)
    others = (role for role in roles_between(first, last, at=at) if _is_suitable(role, first, last, official))
    route = _easiest_route(first, (*islice(others, MAX_INTERMEDIATE), last))
    steps = tuple(_step(route[:place], role, official) for place, role in enumerate(route) if place)
    return RolePath(card(first, official), steps, direct, "")


class _State(NamedTuple):
    """A partial route in the search. States sort by effort, then by places, which are unique."""

    effort: float
    places: tuple[int, ...]
    new: int
    route: Route
    known: frozenset[str]


def _easiest_route(first: Listing, roles: Route) -> Route:
    """Return the route of least effort from the first role to the last of these roles (Dijkstra's algorithm)."""
    goal = roles[-1]
    skills = {role.pk: frozenset(skill.slug for skill in role.summary.skills) for role in (first, *roles)}
    direct = max(1, len(skills[goal.pk] - skills[first.pk]))
    queue = [_State(0.0, (), 0, (first,), skills[first.pk])]
    while (state := heappop(queue)).route[-1] is not goal:
        for place, role in enumerate(roles):
            new = len(skills[role.pk] - state.known)
            is_direct = role is goal and len(state.route) == 1
            is_small = new < direct and state.new + new <= MAX_EXTRA * direct
            is_helpful = len(state.route) < MAX_STEPS and not skills[goal.pk] & skills[role.pk] <= state.known
            if role in state.route or not (is_direct or (is_small and (role is goal or is_helpful))):
                continue
            education = extra_education_levels(state.route[-1].summary, role.summary)
            # Squared, so that two small gaps cost less than a large one.
            effort = state.effort + ((new / direct) ** 2 + 0.2 * education + 0.02)
            known = state.known | skills[role.pk]
            heappush(queue, _State(effort, (*state.places, place), state.new + new, (*state.route, role), known))
    return state.route


def _declared_in(guide: Guide, goal: Listing) -> str:
    """Return the chapter of a guide that names the goal: as a level of its ladder or as a next role; '' for none."""
    if goal.sort_title and goal.sort_title in {words.key(level.title) for level in guide.levels}:
        return "path"
    next_roles = {role.slug for role in guide.related if role.relation == "next"}
    return "path-next" if goal.edition.slug in next_roles else ""


def _is_suitable(role: Listing, first: Listing, last: Listing, official: OfficialFigures) -> bool:
    """Return whether an intermediate role pays at least as much as one end, and needs no more education than one."""
    ends = (first.summary, last.summary)
    pays = [pay for summary in ends if (pay := _own_pay(summary, official)) is not None]
    levels = [EducationLevel.values.index(summary.education) for summary in ends if summary.education]
    pay = _own_pay(role.summary, official)
    pays_enough = pay is None or not pays or pay >= min(pays)
    needs_no_more = (
        not role.summary.education or not levels or EducationLevel.values.index(role.summary.education) <= max(levels)
    )
    return pays_enough and needs_no_more


def _own_pay(summary: GuideSummary, official: OfficialFigures) -> Decimal | None:
    """Return the yearly pay of a role, or None if there is only a range of other occupations."""
    headline = official.of(summary.pay).headline
    return headline.sort_amount if headline and headline.is_own else None


def _step(route: Route, role: Listing, official: OfficialFigures) -> RoleGap:
    """Return the gap from the end of a route to a role. Skills of all roles on the route count as known."""
    learned = {skill.slug: skill for passed in route for skill in passed.summary.skills}
    return role_gap(route[-1].summary._replace(skills=tuple(learned.values())), role, official)
