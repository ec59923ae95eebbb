"""How ready a visitor is for a role, by what they say of its skills: worked out, with its reasons, and never kept."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from guides import words
from guides.choices import Answer, Importance, SkillKind
from guides.pay import of_levels
from guides.rendering import figures
from guides.schema import CareerLevel, EducationRoute, Guide, RoleSkill, SalaryBand
from guides.summary import WEIGHTS, by_importance

from .answers import Answers


class Question(NamedTuple):
    """Whether one has a skill of the role, and what the visitor says: '' where that is nothing."""

    skill: RoleSkill
    answer: str


class Way(NamedTuple):
    """A step or a route by which a skill is gained, and where it stands in the page; `cited` says whose figures."""

    anchor: str
    title: str
    route: EducationRoute | None = None
    cited: str = ""


class Rung(NamedTuple):
    """A level of the ladder, what it pays, and who says so."""

    level: CareerLevel
    band: SalaryBand | None
    cited: str


class Lacking(NamedTuple):
    """A skill that is missing in part or wholly, and how the guide says that it is gained."""

    skill: RoleSkill
    answer: str
    ways: tuple[Way, ...]


class Tally(NamedTuple):
    """The skills of one importance: how many, what each counts, how many one has, has in part; points in halves."""

    importance: str
    skills: int
    weight: int
    have: int
    some: int

    @property
    def points(self) -> float:
        """Whole points, or half ones."""
        return self.weight * (self.have + self.some / 2)

    @property
    def most(self) -> int:
        return self.weight * self.skills


class Total(NamedTuple):
    """The sum of the tallies."""

    skills: int
    have: int
    some: int
    points: float
    most: int


class Standing(NamedTuple):
    """The rung that fits now, None before the first and where that cannot be told; the next one, None at the last.

    `share` is what is there of the essential skills, or of all where nothing `is_essential`; `lacking` are those that
    one does not wholly have. `by_years` is the rung that the years would reach, None where none were told;
    `tells_years` says whether levels of the guide do.
    """

    now: Rung | None
    next: Rung | None
    share: float
    lacking: tuple[RoleSkill, ...]
    is_essential: bool
    by_years: Rung | None
    tells_years: bool

    @property
    def is_held(self) -> bool:
        """Whether skills keep one from the rung that the years would reach."""
        return bool(self.by_years and self.now and self.now != self.by_years)


class Readiness(NamedTuple):
    """`share` is of one, and `of_answered` that of the skills with an answer.

    Skills without one count as lacking, and are named apart: nobody said that they are.
    """

    share: float
    of_answered: float
    tallies: tuple[Tally, ...]
    strong: tuple[RoleSkill, ...]
    lacking: tuple[Lacking, ...]
    unanswered: tuple[RoleSkill, ...]
    standing: Standing | None

    @property
    def total(self) -> Total:
        tallies = self.tallies
        return Total(
            skills=sum(tally.skills for tally in tallies),
            have=sum(tally.have for tally in tallies),
            some=sum(tally.some for tally in tallies),
            points=sum(tally.points for tally in tallies),
            most=sum(tally.most for tally in tallies),
        )


def readiness(guide: Guide, answers: Answers) -> Readiness | None:
    """How ready one is for the guide's role; None where nothing is said of its skills."""
    asked = _asked(guide, answers)
    if not any(each.answer for each in asked):
        return None
    return Readiness(
        share=_share(answers, asked),
        of_answered=_share(answers, (each for each in asked if each.answer)),
        tallies=tuple(_tallies(asked)),
        strong=tuple(each.skill for each in asked if each.answer == Answer.HAVE),
        lacking=tuple(
            Lacking(each.skill, each.answer, _ways(guide, each.skill))
            for each in asked
            if each.answer and each.answer != Answer.HAVE
        ),
        unanswered=tuple(each.skill for each in asked if not each.answer),
        standing=_standing(guide, asked, answers.years),
    )


def _asked(guide: Guide, answers: Answers) -> tuple[Question, ...]:
    return tuple(Question(skill, answers.by_slug.get(skill.slug, "")) for skill in by_importance(guide.skills))


def _share(answers: Answers, asked: Iterable[Question]) -> float:
    return answers.share_of((each.skill.slug, WEIGHTS[each.skill.importance]) for each in asked)


def by_kind(guide: Guide, answers: Answers) -> tuple[tuple[SkillKind, tuple[Question, ...]], ...]:
    """The questions of the check, under the kinds of skills that the guide has."""
    asked = _asked(guide, answers)
    groups = ((kind, tuple(each for each in asked if each.skill.kind == kind)) for kind in SkillKind)
    return tuple((kind, of_kind) for kind, of_kind in groups if of_kind)


def _tallies(asked: Iterable[Question]) -> Iterator[Tally]:
    rows = tuple(asked)
    for importance in Importance:
        of = [each.answer for each in rows if each.skill.importance == importance]
        if of:
            yield Tally(
                importance=str(importance.label),
                skills=len(of),
                weight=WEIGHTS[importance],
                have=of.count(Answer.HAVE),
                some=of.count(Answer.SOME),
            )


def _ways(guide: Guide, skill: RoleSkill) -> tuple[Way, ...]:
    named = {words.key(title) for title in skill.gained_by}
    return (
        *(
            Way(f"entry-step-{number}", step.title)
            for number, step in enumerate(guide.steps, start=1)
            if words.key(step.title) in named
        ),
        *(
            Way(f"education-route-{number}", route.title, route, _cited(guide, route.source))
            for number, route in enumerate(guide.routes, start=1)
            if words.key(route.title) in named
        ),
    )


FIRST_RUNG = Fraction(1, 2)
"""What of the essential skills the first level asks for; the highest asks for all, and the others for between."""


def _standing(guide: Guide, asked: tuple[Question, ...], years: int | None) -> Standing | None:
    """Where on the ladder one stands: as far as both years and essential skills reach."""
    if not guide.levels:
        return None
    essential = tuple(each for each in asked if each.skill.importance == "essential")
    needed = essential or asked
    halves = sum(Answer(each.answer).halves for each in needed if each.answer)
    share = Fraction(halves, Answer.HAVE.halves * len(needed))
    tells_years = any(level.years_from is not None for level in guide.levels)
    by_years = _reached(guide.levels, years) if tells_years and years is not None else None
    place = min(_reached_by(share, len(guide.levels)), by_years or 0) if tells_years else -1
    return Standing(
        now=_rung(guide, place),
        next=_rung(guide, place + 1),
        share=float(share),
        lacking=tuple(each.skill for each in needed if each.answer != Answer.HAVE),
        is_essential=bool(essential),
        by_years=None if by_years is None else _rung(guide, by_years),
        tells_years=tells_years,
    )


def _reached_by(share: Fraction, levels: int) -> int:
    """The place of the last level that so much of the essential skills is enough for; -1 for none."""
    step = (1 - FIRST_RUNG) / max(1, levels - 1)
    return max((place for place in range(levels) if share >= FIRST_RUNG + place * step), default=-1)


def _reached(levels: tuple[CareerLevel, ...], years: int) -> int:
    """The place of the last level that so many years are enough for."""
    enough = [place for place, level in enumerate(levels) if level.years_from is not None and level.years_from <= years]
    return max(enough, default=0)


def _rung(guide: Guide, place: int) -> Rung | None:
    if not 0 <= place < len(guide.levels):
        return None
    level = guide.levels[place]
    band = of_levels(guide).get(level.title)
    return Rung(level, band, _cited(guide, band.source) if band else "")


def _cited(guide: Guide, slug: str) -> str:
    return next(figures.cited(source) for source in guide.sources if source.slug == slug)
