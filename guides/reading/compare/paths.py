"""The path from a job to a role, step by step, with what each step requires, teaches, and pays."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from guides.models.edition import Edition
from guides.models.search_index import Listing
from guides.reading.answers import Answers
from guides.reading.index.live_data import LiveData
from guides.reading.index.named_moves import Naming
from guides.requirements import Qualifications, experience_slug
from guides.schema import CareerLevel, Guide
from guides.skill_groups import FULL_POINTS, all_points
from guides.statistics.headline import PayHeadline
from guides.summary import GuideSummary

from .routes import Route, Start, by_effort, detour, named_routes
from .similar import RoleGap, role_gap
from .steps import NewRequirements, levels_between, new_requirements

MAX_OTHERS = 2
NO_ANSWERS = Answers()


class Step(NamedTuple):
    """A step to a role: its gap and new requirements, and the levels of a guide's ladder that lead there.

    `named` are the titles of the guides that name the move, with the addresses of the places.
    """

    gap: RoleGap
    requirements: NewRequirements
    levels: tuple[CareerLevel, ...] = ()
    ladder: str = ""
    named: tuple[tuple[str, Naming], ...] = ()


class RolePath(NamedTuple):
    """A path from `start` by `steps`, the last of which is the goal. `direct` goes there in one step.

    `others` are the titles of other named routes with as many steps. `experiences` and `certificates` have the slugs
    and names of what the roles may require.
    """

    start: Start
    steps: tuple[Step, ...]
    direct: Step
    is_named: bool
    others: tuple[tuple[str, ...], ...]
    experiences: tuple[tuple[str, str], ...]
    certificates: tuple[tuple[str, str], ...]

    @property
    def new(self) -> int:
        return sum(len(step.gap.missing) for step in self.steps)


class _Background(NamedTuple):
    """What someone brings to a step: points of skills, pay, education of the role before, and qualifications."""

    points: Mapping[str, int]
    pay: PayHeadline | None
    education: str
    qualifications: Qualifications

    def after(self, role: GuideSummary, pay: PayHeadline | None) -> "_Background":
        learned = {skill.slug: FULL_POINTS for skill in role.skills}
        return _Background(
            {**self.points, **learned}, pay, role.education, self.qualifications.after(role.requirements)
        )


def start_at(slug: str, listing: Listing | None, known: LiveData) -> Start | None:
    """Return the start at a live guide, or else at a starting job. None if neither has this slug."""
    if listing:
        skills = frozenset(skill.slug for skill in listing.summary.skills)
        pay = known.national.of(listing.summary.pay).headline
        return Start(slug, listing.edition.title, skills, pay, listing)
    job = known.starting_jobs.by_slug.get(slug)
    return Start(slug, job.title, frozenset(job.skills)) if job else None


def easiest_path(start: Start, goal: Listing, known: LiveData, answers: Answers = NO_ANSWERS) -> RolePath:
    """Return the path of fewest steps over moves that guides name, or else the easiest one over similar roles."""
    named = by_effort(start, named_routes(start, goal, known), known)
    route = named[0] if named else detour(start, goal, known)
    guides = _guides_of(start, route)
    steps = tuple(_steps(start, route, answers, guides, known))
    direct = steps[0] if len(steps) == 1 else next(_steps(start, (goal,), answers, guides, known))
    others = tuple(tuple(role.edition.title for role in other) for other in named[1 : MAX_OTHERS + 1])
    ways = tuple(way for role in route for way in role.summary.requirements)
    experiences = {experience_slug(way.experience): way.experience for way in ways if way.years_from}
    certificates = {way.certificate: way.certificate_name for way in ways if way.certificate}
    return RolePath(start, steps, direct, bool(named), others, tuple(experiences.items()), tuple(certificates.items()))


def _guides_of(start: Start, route: Route) -> dict[str, Guide]:
    roles = (start.listing, *route) if start.listing else route
    editions = Edition.objects.in_bulk([role.pk for role in roles])
    return {edition.slug: edition.guide for edition in editions.values()}


def _steps(
    start: Start, route: Route, answers: Answers, guides: Mapping[str, Guide], known: LiveData
) -> Iterator[Step]:
    background = _background(start, answers)
    before, title = start.slug, start.title
    for role in route:
        slug = role.edition.slug
        points = all_points(background.points, known.skills.broader)
        gap = role_gap(points, background.pay, background.education, role, known)
        requirements = new_requirements(guides[slug], role.summary.requirements, background.qualifications)
        is_starting_job = start.is_starting_job and before == start.slug
        namings = known.moves.after(before, is_starting_job=is_starting_job).get(slug, ())
        levels, ladder = _ladder(guides, before, title, role)
        named = {naming.guide: (guides[naming.guide].title, naming) for naming in namings}
        yield Step(gap, requirements, levels, ladder, tuple(named.values()))
        background = background.after(role.summary, gap.pay)
        before, title = slug, role.edition.title


def _background(start: Start, answers: Answers) -> _Background:
    """Return what the start and the visitor's answers bring. An answer counts more than what the start requires."""
    stated = {slug: answer.points for slug, answer in answers.by_slug.items()}
    return _Background(
        points={**dict.fromkeys(start.skills, FULL_POINTS), **stated},
        pay=start.pay,
        education=start.listing.summary.education if start.listing else "",
        qualifications=Qualifications().after(start.ways).updated(answers.qualifications),
    )


def _ladder(guides: Mapping[str, Guide], before: str, title: str, role: Listing) -> tuple[tuple[CareerLevel, ...], str]:
    """Return the levels from one job up to a role by the ladder of either guide, and the title of that guide."""
    for guide in (guides[slug] for slug in (before, role.edition.slug) if slug in guides):
        if levels := levels_between(guide, title, role.edition.title):
            return levels, guide.title
    return (), ""
