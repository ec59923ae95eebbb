"""Roles for a visitor's skills: all live guides, ranked by how much of what each asks for is there."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from guides.choices import Answer
from guides.models.search_index import Listing
from guides.reading.index.live import memory
from guides.reading.search.browse import Card, card, listed
from guides.summary import GuideSummary, SummarySkill, by_importance

from .answers import Answers

A_PAGE, MOST_PAGES, MOST_BETTER = 10, 50, 3
COLUMNS = ("growth", "skills")


class Match(NamedTuple):
    """A role, and how far a visitor's skills fit it: `share` is of one, `missing` stands by importance."""

    card: Card
    share: float
    has: tuple[SummarySkill, ...]
    some: tuple[SummarySkill, ...]
    missing: tuple[SummarySkill, ...]
    is_past: bool

    @property
    def skills(self) -> int:
        return len(self.has) + len(self.some) + len(self.missing)


class Matches(NamedTuple):
    """A page of them; `total` is how many roles ask for any of the skills, `others` how many live ones ask for none."""

    found: tuple[Match, ...]
    total: int
    others: int
    page: int
    pages: int


def match(answers: Answers, *, at: datetime, page: int = 1) -> Matches | None:
    """The roles that ask for what a visitor has, the best fit first; None where there are fewer pages."""
    asked = memory(at=at).asked
    total, pks = asked.ranked(_halves(answers), most=page * A_PAGE)
    pages = min(max(1, -(-total // A_PAGE)), MOST_PAGES)
    if page > pages:
        return None
    return Matches(fits(pks[(page - 1) * A_PAGE :], answers), total, asked.live - total, page, pages)


def better(answers: Answers, *, than: float, without: int, at: datetime) -> tuple[Match, ...]:
    """The roles, but for that of one edition, that the same skills fit better than so large a share."""
    _total, pks = memory(at=at).asked.ranked(_halves(answers), most=MOST_BETTER + 1)
    best = tuple(pk for pk in pks if pk != without)[:MOST_BETTER]
    return tuple(each for each in fits(best, answers) if each.share > than)


def fits(pks: Iterable[int], answers: Answers) -> tuple[Match, ...]:
    """How far the skills fit the roles of these editions, in their order."""
    order = tuple(pks)
    rows = {listing.pk: listing for listing in listed(Listing.objects.filter(pk__in=order), *COLUMNS)}
    return tuple(_match(rows[pk], answers) for pk in order if pk in rows)


type Past = tuple[tuple[Card, GuideSummary], ...]


def past(roles: Iterable[str], *, at: datetime) -> Past:
    """The live guides at the addresses of past roles, and what each asks for."""
    if not (slugs := tuple(roles)):
        return ()
    rows = listed(Listing.objects.live(at=at).filter(edition__slug__in=slugs), *COLUMNS).order_by("sort_title")
    return tuple((card(listing), listing.summary) for listing in rows)


def lent_by(roles: Past) -> tuple[str, ...]:
    """The skills that somebody who has done these jobs is taken to have: not their certificates, nor their tools.

    Which of those it were, a job does not say.
    """
    return tuple(
        skill.slug for _card, summary in roles for skill in summary.skills if skill.kind in {"technical", "soft"}
    )


def _halves(answers: Answers) -> dict[str, int]:
    return {slug: answer.halves for slug, answer in answers.by_slug.items() if answer.halves}


def _match(listing: Listing, answers: Answers) -> Match:
    of: dict[str, list[SummarySkill]] = {}
    for skill in by_importance(listing.summary.skills):
        of.setdefault(answers.by_slug.get(skill.slug, Answer.NOT_YET), []).append(skill)
    has, some, missing = (tuple(of.get(answer, ())) for answer in (Answer.HAVE, Answer.SOME, Answer.NOT_YET))
    shown = card(listing)
    return Match(
        shown,
        answers.share_of((skill.slug, skill.weight) for skill in listing.summary.skills),
        has,
        some,
        missing,
        shown.slug in answers.role,
    )
