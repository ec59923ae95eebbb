"""Ranking of live guides by a visitor's skills."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from guides.choices import Answer
from guides.models.search_index import SUMMARY_COLUMNS, Listing
from guides.models.statistics import Area, AreaKind
from guides.reading.answers import Answers
from guides.reading.index.live_data import LiveData, live_data
from guides.reading.search.browse import Card, card, listed
from guides.skill_groups import all_points, by_importance, covered_share, skill_groups
from guides.statistics.headline import PayHeadline
from guides.statistics.official import OfficialFigures, load_area_figures
from guides.summary import GuideSummary, SummarySkill

PAGE_SIZE, MAX_PAGES, MAX_BETTER = 10, 50, 3


class LocalHeadline(NamedTuple):
    area: Area
    headline: PayHeadline


class Match(NamedTuple):
    """A role and how well a visitor's skills fit it. `share` is from 0 to 1, and `missing` sorts by importance.

    `local` is the official pay in the visitor's place, if there is one.
    """

    card: Card
    share: float
    has: tuple[SummarySkill, ...]
    some: tuple[SummarySkill, ...]
    missing: tuple[SummarySkill, ...]
    is_past: bool
    local: LocalHeadline | None = None

    @property
    def skills(self) -> int:
        return len(self.has) + len(self.some) + len(self.missing)


class Matches(NamedTuple):
    """A page of matches. `total` counts the roles that require any of the skills, `others` the other live ones."""

    roles: tuple[Match, ...]
    total: int
    others: int
    page: int
    pages: int


def match(answers: Answers, *, at: datetime, page: int = 1, area: Area | None = None) -> Matches | None:
    """Return a page of the roles that require the visitor's skills, best fit first; None if there are fewer pages."""
    known = live_data(at=at)
    skills = known.skills
    total, pks = skills.ranked(all_points(answers.points, known.skills.broader), most=page * PAGE_SIZE)
    pages = min(max(1, -(-total // PAGE_SIZE)), MAX_PAGES)
    if page > pages:
        return None
    roles = _matches(pks[(page - 1) * PAGE_SIZE :], answers, known, area)
    return Matches(roles, total, skills.total - total, page, pages)


def better(answers: Answers, *, share: float, edition: int, at: datetime) -> tuple[Match, ...]:
    """Return the roles, other than that of an edition, that the same skills fit better than this share."""
    known = live_data(at=at)
    _total, pks = known.skills.ranked(all_points(answers.points, known.skills.broader), most=MAX_BETTER + 1)
    best = tuple(pk for pk in pks if pk != edition)[:MAX_BETTER]
    return tuple(match for match in _matches(best, answers, known) if match.share > share)


type PastRoles = tuple[tuple[Card, GuideSummary], ...]


def past_roles(slugs: tuple[str, ...], *, at: datetime) -> PastRoles:
    """Return the cards and summaries of the live guides to past roles."""
    if not slugs:
        return ()
    rows = listed(Listing.objects.live(at=at).filter(edition__slug__in=slugs), *SUMMARY_COLUMNS).order_by("sort_title")
    official = live_data(at=at).national
    return tuple((card(listing, official), listing.summary) for listing in rows)


def skills_of(roles: PastRoles) -> tuple[str, ...]:
    """Return the skills that someone who has done these jobs probably has.

    Tools and certificates are left out, since a job does not imply particular ones.
    """
    return tuple(
        skill.slug for _card, summary in roles for skill in summary.skills if skill.kind in {"technical", "soft"}
    )


def _matches(pks: Iterable[int], answers: Answers, known: LiveData, area: Area | None = None) -> tuple[Match, ...]:
    """Return the matches of listings, in their order."""
    order, official = tuple(pks), known.national
    points = all_points(answers.points, known.skills.broader)
    rows = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=order), *SUMMARY_COLUMNS)}
    matches = tuple(_match(rows[pk], answers, points, official) for pk in order if pk in rows)
    if area is None or area.kind == AreaKind.NATION:
        return matches
    pays = tuple(rows[pk].pay_facts for pk in order if pk in rows)
    local = load_area_figures(area, {each.code for facts in pays for each in facts.occupations}, official)
    headlines = (local.of(facts).headline if facts.occupations else None for facts in pays)
    return tuple(
        match._replace(local=LocalHeadline(area, headline)) if headline else match
        for match, headline in zip(matches, headlines, strict=True)
    )


def _match(listing: Listing, answers: Answers, points: Mapping[str, int], official: OfficialFigures) -> Match:
    by_answer: dict[str, list[SummarySkill]] = {answer: [] for answer in Answer}
    for skill in by_importance(listing.summary.skills):
        by_answer[Answer.of_points(points.get(skill.slug, 0))].append(skill)
    role = card(listing, official)
    return Match(
        card=role,
        share=covered_share(skill_groups(listing.summary.skills), points),
        has=tuple(by_answer[Answer.HAVE]),
        some=tuple(by_answer[Answer.SOME]),
        missing=tuple(by_answer[Answer.NOT_YET]),
        is_past=role.slug in answers.role,
    )
