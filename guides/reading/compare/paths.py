"""A way from one role to another, over roles between them, with what is new at each step."""

from datetime import datetime
from heapq import heappop, heappush
from itertools import islice
from typing import NamedTuple

from guides import words
from guides.choices import EducationLevel
from guides.models.search_index import Listing
from guides.reading.search.browse import Card, card
from guides.schema import Guide

from .similar import Gap, between, gap, levels_up

MOST_STEPS, MOST_BETWEEN = 4, 8
MOST_MORE = 1.25
"""So many times what going straight asks for may a way ask for in all, in return for smaller steps."""

type Way = tuple[Listing, ...]
type _Begun = tuple[float, tuple[int, ...], int, Way, frozenset[str]]


class Path(NamedTuple):
    """From `start` by `steps`, the last of which leads to the goal; `straight` is the gap of going there at once.

    `stated` is the chapter of the first guide that names the goal as a step from it, or ''.
    """

    start: Card
    steps: tuple[Gap, ...]
    straight: Gap
    stated: str

    @property
    def new(self) -> int:
        return sum(len(step.missing) for step in self.steps)


def path(first: Listing, last: Listing, *, at: datetime) -> Path:
    """The easiest way from one live guide to another, over those that share most with both.

    Where the first guide itself names the goal as a step, that is the way. Else a detour is taken only where each of
    its steps asks for fewer new skills than going straight and all of them for hardly more, and where nobody earns less
    or studies longer on the way than at both of its ends. What was learned before is kept.
    """
    straight = gap(first.gist, last)
    if stated := _stated(first.edition.guide, last):
        return Path(card(first), (straight,), straight, stated)
    others = (role for role in between(first, last, at=at) if _is_between(role, first, last))
    way = _easiest(first, (*islice(others, MOST_BETWEEN), last))
    return Path(card(first), tuple(_to(there, way[:place]) for place, there in enumerate(way) if place), straight, "")


def _easiest(first: Listing, roles: Way) -> Way:
    """The way with the least effort from the first role to the last of these."""
    last, skills = roles[-1], {role.pk: frozenset(skill.slug for skill in role.gist.skills) for role in (first, *roles)}
    direct = max(1, len(skills[last.pk] - skills[first.pk]))
    # Effort, the places of the roles, which tell equals apart, how much is new in all, and what is known.
    start: _Begun = (0.0, (), 0, (first,), skills[first.pk])
    waiting = [start]
    while True:
        effort, places, total, way, known = heappop(waiting)
        if way[-1] is last:
            return way
        for place, there in enumerate(roles):
            new = len(skills[there.pk] - known)
            is_goal, is_start = there is last, len(way) == 1
            leads_on = len(way) < MOST_STEPS and not skills[last.pk] & skills[there.pk] <= known
            is_small = new < direct and total + new <= MOST_MORE * direct
            if there not in way and ((is_goal and is_start) or (is_small and (is_goal or leads_on))):
                # Squared, so that two small gaps are easier than a large one.
                step = (new / direct) ** 2 + 0.2 * levels_up(way[-1].gist, there.gist) + 0.02
                further: _Begun = (
                    effort + step,
                    (*places, place),
                    total + new,
                    (*way, there),
                    known | skills[there.pk],
                )
                heappush(waiting, further)


def _stated(guide: Guide, goal: Listing) -> str:
    if goal.sort_title and goal.sort_title in {words.key(level.title) for level in guide.levels}:
        return "path"
    named = {role.slug for role in guide.related if role.relation == "next"}
    return "path-next" if goal.edition.slug in named else ""


def _is_between(role: Listing, first: Listing, last: Listing) -> bool:
    """Whether a role pays no less, and asks for no more education, than both of the ends do."""
    ends = (first.gist, last.gist)
    pays = [gist.pay for gist in ends if gist.pay is not None]
    asks = [EducationLevel.values.index(gist.education) for gist in ends if gist.education]
    pays_enough = role.gist.pay is None or not pays or role.gist.pay >= min(pays)
    asks_no_more = not role.gist.education or not asks or EducationLevel.values.index(role.gist.education) <= max(asks)
    return pays_enough and asks_no_more


def _to(there: Listing, way: Way) -> Gap:
    """The gap from where a way has led, with every skill that its roles have asked for."""
    learned = {skill.slug: skill for role in way for skill in role.gist.skills}
    return gap(way[-1].gist._replace(skills=tuple(learned.values())), there)
