"""A way from one role to another, over roles between them, with what is to be learned at each step."""

from datetime import datetime
from heapq import heappop, heappush
from typing import NamedTuple

from guides.models.listing import Listing

from .catalogue import Card, card
from .neighbours import Gap, between, gap

MOST_STEPS = 4

type Way = tuple[Listing, ...]


class Path(NamedTuple):
    """From `start` by `steps`, the last of which leads to the goal; `straight` is the gap of going there at once."""

    start: Card
    steps: tuple[Gap, ...]
    straight: Gap


def path(first: Listing, last: Listing, *, at: datetime) -> Path:
    """The easiest way from one live guide to another, over those that share most with both. Two queries.

    What is learned on the way is kept. A role counts as a step only where it asks for fewer new skills than the goal
    itself does, and leaves fewer for what follows.
    """
    straight = gap(first.gist, last)
    roles = (*between(first, last, at=at), last)
    waiting: list[tuple[float, tuple[int, ...], Way]] = [(0.0, (), (first,))]
    while True:
        effort, order, way = heappop(waiting)
        if way[-1] is last:
            return Path(card(first), _steps(way), straight)
        left = len(_to(last, way).missing)
        for place, there in enumerate(roles):
            step = _to(there, way)
            is_easier = len(step.missing) < len(straight.missing)
            leads_on = len(way) < MOST_STEPS and len(_to(last, (*way, there)).missing) < left
            if (is_easier and (there is last or leads_on)) or (there is last and way == (first,)):
                heappush(waiting, (effort + _effort(step, way[-1], straight), (*order, place), (*way, there)))


def _steps(way: Way) -> tuple[Gap, ...]:
    return tuple(_to(there, way[:place]) for place, there in enumerate(way) if place)


def _to(there: Listing, way: Way) -> Gap:
    """The gap from where a way has led, with every skill that its roles have asked for."""
    learned = {skill.slug: skill for role in way for skill in role.gist.skills}
    return gap(way[-1].gist._replace(skills=tuple(learned.values())), there)


def _effort(step: Gap, here: Listing, straight: Gap) -> float:
    """How hard a step is. Squared, so that two small gaps are easier than a large one; nobody likes to earn less."""
    new = len(step.missing) / max(1, len(straight.missing))
    earned = here.gist.pay
    loss = float(-step.pay / earned) if earned and step.pay is not None and step.pay < 0 else 0.0
    return new**2 + 0.2 * step.levels_up + loss + 0.02
