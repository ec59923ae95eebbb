"""Roles similar to a role: shared skills, skills to learn, and differences in pay and education.

All of it is computed from the live guides.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from guides import words
from guides.choices import EducationLevel
from guides.models.search_index import Listing
from guides.reading.index.live_data import LiveData, live_data
from guides.rendering.guide_page import Neighbors
from guides.schema import Guide
from guides.statistics.headline import PayHeadline, pay_difference
from guides.statistics.official import OfficialFigures
from guides.summary import GuideSummary, SummarySkill, summarize

MAX_SIMILAR, MAX_NAMED_SKILLS, MAX_BETWEEN = 3, 3, 12


class RoleGap(NamedTuple):
    """What changes from one role to another, whose `slug` and `title` these are.

    `missing` are the skills to learn. `pay` is the headline of the other role. `difference` is how much more it pays a
    year, or None if a figure belongs to other occupations or the sources differ. `education` is the label of the level
    that the other role requires, '' if both require the same.
    """

    slug: str
    title: str
    shared: tuple[SummarySkill, ...]
    missing: tuple[SummarySkill, ...]
    pay: PayHeadline | None
    difference: Decimal | None
    education: str

    @property
    def skills(self) -> int:
        return len(self.shared) + len(self.missing)

    @property
    def more(self) -> int:
        """The number of missing skills beyond those that a list names."""
        return len(self.missing) - MAX_NAMED_SKILLS


class Outline(NamedTuple):
    """The parts of a guide by which its neighbors are found.

    `guides` and `starting_jobs` are slugs of related roles, and `levels` the titles of its levels, as `words.key`
    spells them.
    """

    slug: str
    summary: GuideSummary
    guides: frozenset[str]
    levels: frozenset[str]
    starting_jobs: frozenset[str]


def outline_of(guide: Guide) -> Outline:
    return Outline(
        slug=guide.slug,
        summary=summarize(guide),
        guides=frozenset(role.slug for role in guide.related if role.slug),
        levels=frozenset(words.key(level.title) for level in guide.levels),
        starting_jobs=frozenset(role.starting_job for role in guide.related if role.starting_job),
    )


def find_neighbors(outline: Outline, known: LiveData) -> Neighbors:
    """Return the live guides near a guide, and those that it names by slug or by the title of a level."""
    slug = outline.slug
    skills = {skill.slug for skill in outline.summary.skills}
    near = known.skills.nearest(skills, without=slug, most=MAX_SIMILAR)
    by_slug, by_title = known.index.edition_by_slug, known.index.editions_by_title
    related = {by_slug[other] for other in outline.guides if other in by_slug}
    levels = {edition for title in outline.levels for edition in by_title.get(title, ())}
    rows = {row.pk: row for row in Listing.objects.filter(pk__in={*near, *related, *levels}).with_summary()}
    others = [row for row in rows.values() if row.edition.slug != slug]
    return Neighbors(
        near=tuple(role_gap(outline.summary, rows[pk], known.national) for pk in near if pk in rows),
        guides=frozenset(row.edition.slug for row in others),
        levels=frozenset((row.sort_title, row.edition.slug) for row in others),
        starting_jobs=frozenset(known.starting_jobs.by_slug) & outline.starting_jobs,
    )


def role_gap(here: GuideSummary, there: Listing, official: OfficialFigures) -> RoleGap:
    has = {skill.slug for skill in here.skills}
    other = there.summary
    pay = official.of(other.pay).headline
    return RoleGap(
        slug=there.edition.slug,
        title=there.edition.title,
        shared=tuple(skill for skill in other.skills if skill.slug in has),
        missing=tuple(skill for skill in other.skills if skill.slug not in has),
        pay=pay,
        difference=pay_difference(official.of(here.pay).headline, pay),
        education=str(EducationLevel(other.education).label) if other.education not in ("", here.education) else "",
    )


def roles_between(first: Listing, last: Listing, *, at: datetime) -> Iterator[Listing]:
    """Yield live guides that share skills with either of two guides, most shared skills first."""
    skills = {skill.slug for listing in (first, last) for skill in listing.summary.skills}
    sharing = live_data(at=at).skills.sharing(skills, most=MAX_BETWEEN + 2)
    pks = tuple(pk for pk in sharing if pk not in {first.pk, last.pk})[:MAX_BETWEEN]
    listings = {listing.pk: listing for listing in Listing.objects.filter(pk__in=pks).with_summary()}
    yield from (listings[pk] for pk in pks if pk in listings)


def extra_education_levels(here: GuideSummary, there: GuideSummary) -> int:
    """Return how many levels of education another role requires beyond this one."""
    if not here.education or not there.education:
        return 0
    before, after = (EducationLevel.values.index(summary.education) for summary in (here, there))
    return max(0, after - before)
