"""The moves from job to job that live guides name, as a graph."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import NamedTuple

from guides import words
from guides.models.search_index import Term, TermKind
from guides.requirements import education_rank, shared_requirements

from .live_index import LiveIndex

NEXT, FROM, LADDER = "path-next", "entry-from", "path"
"""The places of a guide's page that name moves."""

MAX_EXAMPLE_STEPS = 3

type Route = tuple[str, ...]
"""The slugs of the guides on a route after its start."""


class Naming(NamedTuple):
    """Where a guide names a move: the slug of the guide, and the anchor on its page."""

    guide: str
    anchor: str


type Moves = Mapping[str, Mapping[str, tuple[Naming, ...]]]
"""For the slug of a start, the slugs of the guides that come next, with where the move is named."""


@dataclass(frozen=True)
class NamedMoves:
    """The graph. `education` has the rank of the least education that each guide requires."""

    from_guides: Moves
    from_jobs: Moves
    education: Mapping[str, int]

    def after(self, slug: str, *, is_starting_job: bool) -> Mapping[str, tuple[Naming, ...]]:
        return (self.from_jobs if is_starting_job else self.from_guides).get(slug, {})

    def shortest_routes(
        self,
        first: str,
        last: str,
        *,
        is_starting_job: bool,
        can_pass: Callable[[str], bool],
        max_steps: int,
        most: int,
    ) -> tuple[Route, ...]:
        """Return up to `most` of the routes with the fewest steps. Routes have `max_steps` at most.

        All guides between the ends pass `can_pass`.
        """
        seen = set[str]() if is_starting_job else {first}
        before: dict[str, list[str]] = {}
        layer = {slug: [""] for slug in self.after(first, is_starting_job=is_starting_job)}
        for _step in range(max_steps):
            before |= layer
            if last in layer:
                return tuple(islice(_routes(last, before), most))
            seen |= layer.keys()
            following: dict[str, list[str]] = {}
            for slug in filter(can_pass, layer):
                for goal in self.after(slug, is_starting_job=False):
                    if goal not in seen:
                        following.setdefault(goal, []).append(slug)
            layer = following
        return ()

    def examples(self, jobs: Iterable[str], *, most: int) -> tuple[tuple[str, str], ...]:
        """Return the ends of some paths: one move from the first of these starting jobs, and longer paths from others.

        Without enough named moves from starting jobs, paths begin at guides.
        """
        starts = [(job, True) for job in jobs if job in self.from_jobs][: most - 1]
        starts += [(guide, False) for guide in islice(self.from_guides, most - len(starts))]
        return tuple(
            (start, self._far(start, is_starting_job=is_job, steps=MAX_EXAMPLE_STEPS if place else 1))
            for place, (start, is_job) in enumerate(starts)
        )

    def _far(self, start: str, *, is_starting_job: bool, steps: int) -> str:
        """Return the guide at the end of up to this many moves, the first at each step."""
        passed = [*islice(self.after(start, is_starting_job=is_starting_job), 1)]
        while len(passed) < steps:
            further = (goal for goal in self.after(passed[-1], is_starting_job=False) if goal not in (start, *passed))
            if (goal := next(further, None)) is None:
                break
            passed.append(goal)
        return passed[-1]


def load_named_moves(index: LiveIndex, *, at: datetime) -> NamedMoves:
    """Return the moves between live guides, and from starting jobs to live guides, in one query."""
    guides: defaultdict[str, dict[str, tuple[Naming, ...]]] = defaultdict(dict)
    jobs: defaultdict[str, dict[str, tuple[Naming, ...]]] = defaultdict(dict)
    for guide in index.guides:
        for move in guide.moves:
            naming = Naming(guide.slug, NEXT if move.relation == "next" else FROM)
            start, goal = (guide.slug, move.slug) if move.relation == "next" else (move.slug, guide.slug)
            is_known = move.is_starting_job or start in index.edition_by_slug
            if start != goal and is_known and goal in index.edition_by_slug:
                _add(jobs if move.is_starting_job else guides, start, goal, naming)
    for start, goal, of in _ladder_moves(index, at=at):
        _add(guides, start, goal, Naming(of, LADDER))
    ranks = {guide.slug: education_rank(shared_requirements(guide.requirements).education) for guide in index.guides}
    return NamedMoves(guides, jobs, ranks)


def _routes(slug: str, before: Mapping[str, list[str]]) -> Iterator[Route]:
    """Yield the routes that end at a guide. `before` has the guides that lead to each, '' for the start."""
    for previous in before[slug]:
        yield from ((*route, slug) for route in _routes(previous, before)) if previous else ((slug,),)


def _add(moves: dict[str, dict[str, tuple[Naming, ...]]], start: str, goal: str, naming: Naming) -> None:
    moves[start][goal] = tuple(dict.fromkeys((*moves[start].get(goal, ()), naming)))


def _ladder_moves(index: LiveIndex, *, at: datetime) -> Iterator[tuple[str, str, str]]:
    """Yield the moves up a guide's ladder of levels to and from levels that have guides, with the slug of the guide.

    A guide whose own title is no level counts as below its ladder.
    """
    slugs = {words.compact_key(guide.title): guide.slug for guide in reversed(index.guides)}
    own = {guide.edition: guide.slug for guide in index.guides}
    above: dict[int, bool] = {}
    found: defaultdict[int, list[tuple[str, bool]]] = defaultdict(list)
    levels = Term.objects.live(at=at).filter(kind=TermKind.LEVEL).order_by("pk")
    for edition, key in levels.values_list("edition", "key"):
        slug = slugs.get(key)
        if slug is None or edition not in own:
            continue
        if slug == own[edition]:
            above[edition] = True
        else:
            found[edition].append((slug, edition in above))
    for edition, others in found.items():
        for slug, is_above in others:
            guide = own[edition]
            yield (guide, slug, guide) if is_above or edition not in above else (slug, guide, guide)
