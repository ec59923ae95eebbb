"""Roles similar to a role: shared skills, skills to learn, and differences in pay and education.

All of it is computed from the live guides.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from guides import words
from guides.choices import EducationLevel
from guides.models.search_index import Listing
from guides.reading.index.live_data import LiveData
from guides.rendering.guide_page import Neighbors
from guides.schema import Guide
from guides.skill_groups import FULL_POINTS, SkillGroup, all_points, skill_groups
from guides.statistics.headline import PayHeadline, pay_difference
from guides.summary import GuideSummary, SummarySkill, summarize

MAX_SIMILAR, MAX_NAMED_SKILLS = 3, 3

type Groups = tuple[SkillGroup[SummarySkill], ...]


class RoleGap(NamedTuple):
    """What changes from one role to another, whose `slug` and `title` these are.

    `missing` are the skills to learn. Alternatives count once, and a narrower skill counts as its broader one. `pay` is
    the headline of the other role. `difference` is how much more it pays a year, or None if a figure belongs to other
    occupations or the sources differ. `education` is the label of the level that the other role requires, '' if both
    require the same.
    """

    slug: str
    title: str
    shared: Groups
    missing: Groups
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
    points = all_points(dict.fromkeys(skills, FULL_POINTS), known.skills.broader)
    pay, education = known.national.of(outline.summary.pay).headline, outline.summary.education
    return Neighbors(
        near=tuple(role_gap(points, pay, education, rows[pk], known) for pk in near if pk in rows),
        guides=frozenset(row.edition.slug for row in others),
        levels=frozenset((row.sort_title, row.edition.slug) for row in others),
        starting_jobs=frozenset(known.starting_jobs.by_slug) & outline.starting_jobs,
    )


def role_gap(
    points: Mapping[str, int], pay: PayHeadline | None, education: str, there: Listing, known: LiveData
) -> RoleGap:
    """Return the gap to a role from the points of skills, the pay, and the education of another."""
    headline, required = known.national.of(there.summary.pay).headline, there.summary.education
    groups = skill_groups(there.summary.skills)
    return RoleGap(
        slug=there.edition.slug,
        title=there.edition.title,
        shared=tuple(group for group in groups if group.points(points) == FULL_POINTS),
        missing=tuple(group for group in groups if group.points(points) < FULL_POINTS),
        pay=headline,
        difference=pay_difference(pay, headline),
        education=str(EducationLevel(required).label) if required not in ("", education) else "",
    )
