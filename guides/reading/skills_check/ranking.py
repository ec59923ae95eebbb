"""Ranking of live guides by a visitor's qualifications, past roles, and skills."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides.choices import Answer
from guides.models.search_index import SUMMARY_COLUMNS, Listing
from guides.models.statistics import Area, AreaKind
from guides.reading.answers import Answers
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.index.skill_index import MAX_FIT
from guides.reading.search.browse import Card, card, listed
from guides.rendering.requirement_words import either
from guides.rendering.skill_words import group_name
from guides.skill_groups import FULL_POINTS, SkillGroup, all_points, by_importance, covered_share, skill_groups
from guides.statistics.headline import PayHeadline
from guides.statistics.official import load_area_figures
from guides.summary import SummarySkill

from .needs import Needs, load_needs
from .past_roles import PastRole
from .placement import MOVE_ORDER, MatchGroup, Placement, Ways, place

PAGE_SIZE, MAX_PAGES, MAX_BETTER, MAX_MISSING = 10, 1_000, 3, 6


class LocalHeadline(NamedTuple):
    area: Area
    headline: PayHeadline


class SkillFit(NamedTuple):
    """How a visitor's skills cover those of a role. `share` is from 0 to 1, and `total` counts alternatives once.

    `has` to `missing` name skills or alternatives, the most important first. `more_missing` counts those beyond the
    first.
    """

    share: float
    total: int
    has: tuple[str, ...]
    some: tuple[str, ...]
    missing: tuple[str, ...]
    more_missing: int

    @property
    def verdict(self) -> str:
        """The share in words."""
        if not self.share:
            return _("No shared skills yet")
        limits = ((0.75, _("Strong fit")), (0.5, _("Good fit")), (0.25, _("Partial fit")))
        return next((text for limit, text in limits if self.share >= limit), _("Small fit"))


class Match(NamedTuple):
    """A role, and how a visitor's answers fit it.

    `moves_from` is the title of a past role from which a guide names a move to this one, or ''. `local` is the official
    pay in the visitor's place, if there is one.
    """

    card: Card
    group: MatchGroup
    needs: Needs
    fit: SkillFit
    is_past: bool
    moves_from: str = ""
    local: LocalHeadline | None = None


class GroupTotal(NamedTuple):
    """The number of roles in a group, and the page on which it begins."""

    group: MatchGroup
    total: int
    page: int


class Matches(NamedTuple):
    """A page of matches. `total` counts the live roles, which are in one of the groups each."""

    roles: tuple[Match, ...]
    groups: tuple[GroupTotal, ...]
    total: int
    page: int
    pages: int

    @property
    def sections(self) -> Iterator[tuple[GroupTotal, tuple[Match, ...]]]:
        """The groups on this page, with their matches."""
        totals = {each.group: each for each in self.groups}
        for group, roles in groupby(self.roles, key=lambda match: match.group):
            yield totals[group], tuple(roles)


def match(
    answers: Answers, *, past: Iterable[PastRole] = (), at: datetime, page: int = 1, area: Area | None = None
) -> Matches | None:
    """Return a page of the live roles, by group and then best fit first; None if there are fewer pages."""
    known = live_data(at=at)
    placements = _placements(answers, known)
    groups = _group_totals(placements, known)
    total = len(known.index.guides)
    pages = min(max(1, -(-total // PAGE_SIZE)), MAX_PAGES)
    if page > pages:
        return None
    moves = _moves(past, known)
    scores = _scores(answers, placements, moves, known)
    shown = known.skills.highest(scores, most=page * PAGE_SIZE)[(page - 1) * PAGE_SIZE :]
    return Matches(_matches(shown, answers, placements, moves, known, area), groups, total, page, pages)


def better(answers: Answers, *, share: float, edition: int, at: datetime) -> tuple[Match, ...]:
    """Return the roles, other than that of an edition, that the same skills fit better than this share.

    Roles with a requirement that the visitor lacks are left out.
    """
    known = live_data(at=at)
    placements = _placements(answers, known)
    possible = {
        position
        for ways, positions in known.index.by_requirements.items()
        if placements[ways].is_possible
        for position in positions
    }
    fits = known.skills.fits(all_points(answers.points, known.skills.broader))
    best = known.skills.highest({p: fit for p, fit in fits.items() if p in possible}, most=MAX_BETTER + 1)
    others = tuple(position for position in best if known.index.guides[position].edition != edition)[:MAX_BETTER]
    return tuple(each for each in _matches(others, answers, placements, {}, known) if each.fit.share > share)


type Placements = Mapping[Ways, Placement]


def _placements(answers: Answers, known: LiveData) -> Placements:
    """Place each of the different requirements of live guides once."""
    qualifications = answers.qualifications
    return {ways: place(ways, qualifications) for ways in known.index.by_requirements}


def _group_totals(placements: Placements, known: LiveData) -> tuple[GroupTotal, ...]:
    counts = Counter[MatchGroup]()
    for ways, positions in known.index.by_requirements.items():
        counts[placements[ways].group] += len(positions)
    totals, before = [], 0
    for group in MatchGroup:
        if counts[group]:
            totals.append(GroupTotal(group, counts[group], before // PAGE_SIZE + 1))
            before += counts[group]
    return tuple(totals)


def _moves(past: Iterable[PastRole], known: LiveData) -> dict[str, str]:
    """Return the slugs of the guides that guides name as moves from past roles, with the title of the past role."""
    return {
        slug: role.title for role in past for slug in known.moves.after(role.slug, is_starting_job=role.is_starting_job)
    }


def _scores(answers: Answers, placements: Placements, moves: Iterable[str], known: LiveData) -> dict[int, int]:
    """Return a score per position: by group, then named moves, then effort, then the fit of skills."""
    index, scores = known.index, dict[int, int]()
    for ways, positions in index.by_requirements.items():
        scores |= dict.fromkeys(positions, placements[ways].order * MAX_FIT)
    for slug in moves:
        scores[index.position[index.edition_by_slug[slug]]] += MOVE_ORDER * MAX_FIT
    for position, fit in known.skills.fits(all_points(answers.points, known.skills.broader)).items():
        scores[position] += fit
    return scores


def _matches(
    positions: Iterable[int],
    answers: Answers,
    placements: Placements,
    moves: Mapping[str, str],
    known: LiveData,
    area: Area | None = None,
) -> tuple[Match, ...]:
    """Return the matches at these positions, in their order."""
    guides = tuple(known.index.guides[position] for position in positions)
    rows = {
        row.pk: row
        for row in listed(Listing.objects.filter(pk__in=[guide.edition for guide in guides]), *SUMMARY_COLUMNS)
    }
    guides = tuple(guide for guide in guides if guide.edition in rows)
    placed = {guide.edition: (guide.requirements, placements[guide.requirements]) for guide in guides}
    needs = load_needs(placed, answers.qualifications)
    points = all_points(answers.points, known.skills.broader)
    matches = tuple(
        Match(
            card=card(rows[guide.edition], known.national),
            group=placements[guide.requirements].group,
            needs=needs[guide.edition],
            fit=_fit(rows[guide.edition].summary.skills, points),
            is_past=guide.slug in answers.role,
            moves_from=moves.get(guide.slug, ""),
        )
        for guide in guides
    )
    if area is None or area.kind == AreaKind.NATION:
        return matches
    pays = tuple(rows[guide.edition].pay_facts for guide in guides)
    local = load_area_figures(area, {each.code for facts in pays for each in facts.occupations}, known.national)
    headlines = (local.of(facts).headline if facts.occupations else None for facts in pays)
    return tuple(
        match._replace(local=LocalHeadline(area, headline)) if headline else match
        for match, headline in zip(matches, headlines, strict=True)
    )


def _fit(skills: Iterable[SummarySkill], points: Mapping[str, int]) -> SkillFit:
    groups = skill_groups(by_importance(skills))
    by_answer: dict[Answer, list[SkillGroup[SummarySkill]]] = {answer: [] for answer in Answer}
    for group in groups:
        by_answer[Answer.of_points(group.points(points))].append(group)
    missing = by_answer[Answer.NOT_YET]
    return SkillFit(
        share=covered_share(groups, points),
        total=len(groups),
        has=tuple(_named(group, points, FULL_POINTS) for group in by_answer[Answer.HAVE]),
        some=tuple(_named(group, points, 1) for group in by_answer[Answer.SOME]),
        missing=tuple(group_name(group) for group in missing[:MAX_MISSING]),
        more_missing=len(missing[MAX_MISSING:]),
    )


def _named(group: SkillGroup[SummarySkill], points: Mapping[str, int], least: int) -> str:
    """Name the skills of a group for which the visitor has at least so many points."""
    return either(skill.name for skill in group.skills if points.get(skill.slug, 0) >= least)
