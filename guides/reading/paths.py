"""A way from one role to another, over roles between them, with what is new at each step."""

from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from guides import words
from guides.choices import EducationLevel
from guides.document import Guide
from guides.models.listing import Listing

from .catalogue import Card, card
from .neighbours import Gap, between, gap

MOST_STEPS = 4
MOST_MORE = 1.25
"""So many times what going straight asks for may a way ask for in all, in return for smaller steps."""

type Way = tuple[Listing, ...]


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
    roles = (*(role for role in between(first, last, at=at) if _is_between(role, first, last)), last)
    waiting: list[tuple[float, tuple[int, ...], Way]] = [(0.0, (), (first,))]
    while True:
        effort, order, way = heappop(waiting)
        if way[-1] is last:
            return Path(card(first), _steps(way), straight, "")
        for place, there in enumerate(roles):
            if there not in way and _is_worth(way, there, last, straight):
                step = _to(there, way)
                heappush(waiting, (effort + _effort(step, straight), (*order, place), (*way, there)))


def _stated(guide: Guide, goal: Listing) -> str:
    if goal.sort_title in {words.key(level.title) for level in guide.levels}:
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


def _is_worth(way: Way, there: Listing, last: Listing, straight: Gap) -> bool:
    if there is last and len(way) == 1:
        return True
    new = [len(step.missing) for step in _steps((*way, there))]
    if max(new) >= len(straight.missing) or sum(new) > MOST_MORE * len(straight.missing):
        return False
    leads_on = len(_to(last, (*way, there)).missing) < len(_to(last, way).missing)
    return there is last or (leads_on and len(way) < MOST_STEPS)


def _steps(way: Way) -> tuple[Gap, ...]:
    return tuple(_to(there, way[:place]) for place, there in enumerate(way) if place)


def _to(there: Listing, way: Way) -> Gap:
    """The gap from where a way has led, with every skill that its roles have asked for."""
    learned = {skill.slug: skill for role in way for skill in role.gist.skills}
    return gap(way[-1].gist._replace(skills=tuple(learned.values())), there)


def _effort(step: Gap, straight: Gap) -> float:
    """How hard a step is. Squared, so that two small gaps are easier than a large one."""
    return (len(step.missing) / max(1, len(straight.missing))) ** 2 + 0.2 * step.levels_up + 0.02
