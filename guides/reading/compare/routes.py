"""The search for the easiest route from a job to a role: over moves that guides name, or else over similar roles."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from heapq import heappop, heappush
from itertools import islice, pairwise
from typing import NamedTuple

from guides.models.search_index import Listing
from guides.reading.index.live_data import LiveData
from guides.reading.index.named_moves import LADDER, NamedMoves
from guides.requirements import education_rank, shared_requirements
from guides.skill_groups import skill_groups
from guides.statistics.headline import PayHeadline
from guides.statistics.official import OfficialFigures
from guides.summary import GuideSummary, SummaryRequirement

MAX_STEPS, MAX_INTERMEDIATE, MAX_BETWEEN, MAX_NAMED = 4, 8, 12, 8
MAX_EXTRA = 1.25
"""A path with smaller steps may add up to this many times the new skills of the direct step."""

EDUCATION_EFFORT, YEAR_EFFORT, STEP_EFFORT = 0.2, 0.1, 0.02
"""The effort of a level of education, a year of experience, and a step. That of learning all skills at once is 1."""

type Route = tuple[Listing, ...]
"""The roles of a path after its start."""

type Ways = tuple[SummaryRequirement, ...]
"""The ways to meet the requirements of a role."""

type Needs = tuple[frozenset[str], ...]
"""The groups of skills that a role requires, one skill of each."""


class Start(NamedTuple):
    """Where a path begins: a live guide, or a starting job, which has no listing.

    `skills` are the slugs of the skills that it brings.
    """

    slug: str
    title: str
    skills: frozenset[str]
    pay: PayHeadline | None = None
    listing: Listing | None = None

    @property
    def is_starting_job(self) -> bool:
        return self.listing is None

    @property
    def ways(self) -> Ways:
        return self.listing.summary.requirements if self.listing else ()


def named_routes(start: Start, goal: Listing, known: LiveData) -> tuple[tuple[str, ...], ...]:
    """Return the shortest routes over named moves, as slugs. No role between asks for more education than the goal."""
    is_stated = bool(shared_requirements(goal.summary.requirements).education)
    highest, education = _education(goal.summary.requirements), known.moves.education

    def can_pass(slug: str) -> bool:
        return not is_stated or education[slug] <= highest

    return known.moves.shortest_routes(
        start.slug,
        goal.edition.slug,
        is_starting_job=start.is_starting_job,
        can_pass=can_pass,
        max_steps=MAX_STEPS,
        most=MAX_NAMED,
    )


def by_effort(start: Start, routes: Iterable[tuple[str, ...]], known: LiveData) -> list[Route]:
    """Load routes: those with the most steps up the ladder of a guide first, and of these the one of least effort.

    A ladder names the levels in between, each of which prepares for the next.
    """
    slugs = tuple(routes)
    editions = {known.index.edition_by_slug[slug] for route in slugs for slug in route}
    rows = Listing.objects.filter(pk__in=editions).with_summary()
    listings = {listing.edition.slug: listing for listing in rows}
    loaded = [tuple(listings[slug] for slug in route) for route in slugs if set(route) <= listings.keys()]
    search = _Search(start, known.skills.broader)
    return sorted(loaded, key=lambda route: (-_ladder_steps(start, route, known.moves), search.effort(route)))


def detour(start: Start, goal: Listing, known: LiveData) -> Route:
    """Return the route of least effort over the roles that share most skills with both ends.

    A detour must pay off: each step needs fewer new skills than the direct one, all steps together hardly more. No role
    between pays less than both ends or asks for more education than the goal. Skills learned on the way count as known.
    """
    others = (role for role in _between(start, goal, known) if _is_suitable(role, start, goal, known.national))
    return _Search(start, known.skills.broader).easiest((*islice(others, MAX_INTERMEDIATE), goal))


def _ladder_steps(start: Start, route: Route, moves: NamedMoves) -> int:
    """Return the number of steps of a route up the ladder of a guide."""
    slugs = [start.slug, *(role.edition.slug for role in route)]
    namings = (
        moves.after(first, is_starting_job=not place and start.is_starting_job)[last]
        for place, (first, last) in enumerate(pairwise(slugs))
    )
    return sum(any(naming.anchor == LADDER for naming in of) for of in namings)


class _State(NamedTuple):
    """A partial route in the search. States sort by effort, then by places, which are unique."""

    effort: float
    places: tuple[int, ...]
    new: int
    route: Route
    known: frozenset[str]


@dataclass(frozen=True)
class _Search:
    """The search from a start. `broader` maps each narrower skill to its broader one, which it includes."""

    start: Start
    broader: Mapping[str, str]

    @cached_property
    def known(self) -> frozenset[str]:
        return self._with_broader(self.start.skills)

    def effort(self, route: Route) -> float:
        """Return the effort of a route: squares of new skills, levels of education, and years of experience."""
        direct = max(1, _new(_needs(route[-1].summary), self.known))
        effort, known, ways = 0.0, self.known, self.start.ways
        for role in route:
            new = _new(_needs(role.summary), known)
            effort += _step_effort(new / direct, ways, role.summary.requirements)
            known, ways = known | self._skills(role.summary), role.summary.requirements
        return effort

    def easiest(self, roles: Route) -> Route:
        """Return the route of least effort to the last of these roles (Dijkstra's algorithm)."""
        goal = roles[-1]
        skills = {role.pk: self._skills(role.summary) for role in roles}
        needs = {role.pk: _needs(role.summary) for role in roles}
        direct = max(1, _new(needs[goal.pk], self.known))
        queue = [_State(0.0, (), 0, (), self.known)]
        while not (state := heappop(queue)).route or state.route[-1] is not goal:
            here = state.route[-1].summary.requirements if state.route else self.start.ways
            for place, role in enumerate(roles):
                new = _new(needs[role.pk], state.known)
                is_direct = role is goal and not state.route
                is_small = new < direct and state.new + new <= MAX_EXTRA * direct
                is_helpful = len(state.route) < MAX_STEPS - 1 and not skills[goal.pk] & skills[role.pk] <= state.known
                if role in state.route or not (is_direct or (is_small and (role is goal or is_helpful))):
                    continue
                effort = state.effort + _step_effort(new / direct, here, role.summary.requirements)
                known = state.known | skills[role.pk]
                heappush(queue, _State(effort, (*state.places, place), state.new + new, (*state.route, role), known))
        return state.route

    def _skills(self, role: GuideSummary) -> frozenset[str]:
        return self._with_broader(frozenset(skill.slug for skill in role.skills))

    def _with_broader(self, skills: frozenset[str]) -> frozenset[str]:
        return skills | {self.broader[slug] for slug in skills if slug in self.broader}


def _needs(role: GuideSummary) -> Needs:
    return tuple(frozenset(skill.slug for skill in group.skills) for group in skill_groups(role.skills))


def _new(needs: Needs, known: frozenset[str]) -> int:
    """Return how many groups of skills are not known."""
    return sum(map(known.isdisjoint, needs))


def _step_effort(new: float, here: Ways, there: Ways) -> float:
    """Return the effort of a step. `new` is its new skills relative to the direct step."""
    levels = max(0, _education(there) - _education(here))
    years = sum(shared_requirements(there).years.values())
    # Squared, so that two small gaps cost less than a large one.
    return new**2 + EDUCATION_EFFORT * levels + YEAR_EFFORT * years + STEP_EFFORT


def _education(ways: Ways) -> int:
    """Return the rank of the least education in these ways."""
    return education_rank(shared_requirements(ways).education)


def _is_within(role: Ways, goal: Ways) -> bool:
    """Return whether a role requires no more education than the goal, as far as this is known."""
    return not shared_requirements(goal).education or _education(role) <= _education(goal)


def _between(start: Start, goal: Listing, known: LiveData) -> Iterable[Listing]:
    """Yield live guides that share skills with either end, most shared skills first."""
    skills = start.skills | {skill.slug for skill in goal.summary.skills}
    ends = {goal.pk, start.listing.pk if start.listing else 0}
    sharing = known.skills.sharing(skills, most=MAX_BETWEEN + 2)
    pks = tuple(pk for pk in sharing if pk not in ends)[:MAX_BETWEEN]
    listings = {listing.pk: listing for listing in Listing.objects.filter(pk__in=pks).with_summary()}
    yield from (listings[pk] for pk in pks if pk in listings)


def _is_suitable(role: Listing, start: Start, goal: Listing, official: OfficialFigures) -> bool:
    """Return whether a role between pays at least as much as one end, and asks for no more education than the goal."""
    ends = (start.pay, official.of(goal.summary.pay).headline)
    pays = [pay for headline in ends if (pay := _own_pay(headline)) is not None]
    pay = _own_pay(official.of(role.summary.pay).headline)
    pays_enough = pay is None or not pays or pay >= min(pays)
    return pays_enough and _is_within(role.summary.requirements, goal.summary.requirements)


def _own_pay(headline: PayHeadline | None) -> Decimal | None:
    """Return the yearly pay of a role, or None if there is only a range of other occupations."""
    return headline.sort_amount if headline and headline.is_own else None
