"""The score of a visitor's answers for a role: readiness, strengths, missing skills, and the level that fits."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

from guides import words
from guides.choices import Answer, Importance, SkillKind
from guides.pay import of_levels
from guides.reading.answers import Answers
from guides.rendering import figures
from guides.schema import CareerLevel, EducationRoute, Guide, RoleSkill, SalaryBand
from guides.skill_groups import WEIGHTS, by_importance, covered_share, skill_groups

FIRST_LEVEL_SHARE = Fraction(1, 2)
"""The share of essential skills for the first level. The highest needs all, and the others are evenly in between."""


class Question(NamedTuple):
    """A skill of the role and the visitor's answer, '' for none."""

    skill: RoleSkill
    answer: str


class LearningPath(NamedTuple):
    """An entry step or education route that teaches a skill, and its anchor on the guide's page.

    `cited` is the publisher and period of the route's figures.
    """

    anchor: str
    title: str
    route: EducationRoute | None = None
    cited: str = ""


class MissingSkill(NamedTuple):
    """A skill that the visitor has only in part or not at all, and how to learn it."""

    skill: RoleSkill
    answer: str
    paths: tuple[LearningPath, ...]


class ScoreRow(NamedTuple):
    """The skills of one importance: their number, the weight of each, and how many the visitor has, or has in part."""

    importance: str
    skills: int
    weight: int
    have: int
    some: int

    @property
    def points(self) -> float:
        """The points of the answers: the weight for a skill, half of it for some of a skill."""
        return self.weight * (self.have + self.some / 2)

    @property
    def max_points(self) -> int:
        return self.weight * self.skills


class ScoreTotal(NamedTuple):
    """The sum of the score rows."""

    skills: int
    have: int
    some: int
    points: float
    max_points: int


class LevelMatch(NamedTuple):
    """A level of the ladder with its pay, and the publisher and period of the pay."""

    level: CareerLevel
    band: SalaryBand | None
    cited: str


class LadderPosition(NamedTuple):
    """The level that fits `now`, None below the first or without years, and the `next` one, None above the last.

    `share` is the share of essential skills, or of all skills unless `is_essential`, and `missing` are those of them
    that the visitor lacks at least in part. `by_years` is the level that the years alone reach, None without years.
    `has_years` says whether the guide states years for its levels.
    """

    now: LevelMatch | None
    next: LevelMatch | None
    share: float
    missing: tuple[RoleSkill, ...]
    is_essential: bool
    by_years: LevelMatch | None
    has_years: bool

    @property
    def is_held_back(self) -> bool:
        """Whether missing skills keep the visitor from the level that the years would reach."""
        return bool(self.by_years and self.now and self.now != self.by_years)


class Readiness(NamedTuple):
    """The score of all skills, from 0 to 1, and that of the answered ones alone.

    Unanswered skills count as missing but are listed apart.
    """

    share: float
    answered_share: float
    rows: tuple[ScoreRow, ...]
    strengths: tuple[RoleSkill, ...]
    missing: tuple[MissingSkill, ...]
    unanswered: tuple[RoleSkill, ...]
    position: LadderPosition | None

    @property
    def total(self) -> ScoreTotal:
        rows = self.rows
        return ScoreTotal(
            skills=sum(row.skills for row in rows),
            have=sum(row.have for row in rows),
            some=sum(row.some for row in rows),
            points=sum(row.points for row in rows),
            max_points=sum(row.max_points for row in rows),
        )


def score(guide: Guide, answers: Answers) -> Readiness | None:
    """Score a visitor's answers for the guide's role. Return None if there is no answer about its skills."""
    questions = _questions(guide, answers)
    if not any(question.answer for question in questions):
        return None
    return Readiness(
        share=_share(answers, questions),
        answered_share=_share(answers, (question for question in questions if question.answer)),
        rows=tuple(_score_rows(questions)),
        strengths=tuple(question.skill for question in questions if question.answer == Answer.HAVE),
        missing=tuple(
            MissingSkill(skill, answer, _learning_paths(guide, skill))
            for skill, answer in questions
            if answer and answer != Answer.HAVE
        ),
        unanswered=tuple(question.skill for question in questions if not question.answer),
        position=_ladder_position(guide, questions, answers.years),
    )


def questions_by_kind(guide: Guide, answers: Answers) -> tuple[tuple[SkillKind, tuple[Question, ...]], ...]:
    """Group the questions of the check by the kinds of skills that the guide has."""
    questions = _questions(guide, answers)
    groups = ((kind, tuple(question for question in questions if question.skill.kind == kind)) for kind in SkillKind)
    return tuple((kind, group) for kind, group in groups if group)


def _questions(guide: Guide, answers: Answers) -> tuple[Question, ...]:
    return tuple(Question(skill, answers.by_slug.get(skill.slug, "")) for skill in by_importance(guide.skills))


def _share(answers: Answers, questions: Iterable[Question]) -> float:
    return covered_share(skill_groups(question.skill for question in questions), answers.points)


def _score_rows(questions: tuple[Question, ...]) -> Iterator[ScoreRow]:
    for importance in Importance:
        answers = [answer for skill, answer in questions if skill.importance == importance]
        if answers:
            yield ScoreRow(
                importance=str(importance.label),
                skills=len(answers),
                weight=WEIGHTS[importance],
                have=answers.count(Answer.HAVE),
                some=answers.count(Answer.SOME),
            )


def _learning_paths(guide: Guide, skill: RoleSkill) -> tuple[LearningPath, ...]:
    """Return the entry steps and education routes of the guide by which the skill is gained."""
    gained_by = {words.key(title) for title in skill.gained_by}
    steps = (
        LearningPath(f"entry-step-{number}", step.title)
        for number, step in enumerate(guide.steps, start=1)
        if words.key(step.title) in gained_by
    )
    routes = (
        LearningPath(f"education-route-{number}", route.title, route, _cited(guide, route.source))
        for number, route in enumerate(guide.routes, start=1)
        if words.key(route.title) in gained_by
    )
    return (*steps, *routes)


def _ladder_position(guide: Guide, questions: tuple[Question, ...], years: int | None) -> LadderPosition | None:
    """Return the highest level that both the years and the essential skills reach."""
    if not guide.levels:
        return None
    essential = tuple(question for question in questions if question.skill.importance == "essential")
    needed = essential or questions
    points = sum(Answer(answer).points for _skill, answer in needed if answer)
    share = Fraction(points, Answer.HAVE.points * len(needed))
    has_years = any(level.years_from is not None for level in guide.levels)
    by_years = _level_by_years(guide.levels, years) if has_years and years is not None else None
    place = min(_level_by_skills(share, len(guide.levels)), by_years or 0) if has_years else -1
    return LadderPosition(
        now=_level_match(guide, place),
        next=_level_match(guide, place + 1),
        share=float(share),
        missing=tuple(skill for skill, answer in needed if answer != Answer.HAVE),
        is_essential=bool(essential),
        by_years=None if by_years is None else _level_match(guide, by_years),
        has_years=has_years,
    )


def _level_by_skills(share: Fraction, levels: int) -> int:
    """Return the index of the highest level that a share of the essential skills reaches, or -1."""
    step = (1 - FIRST_LEVEL_SHARE) / max(1, levels - 1)
    return max((place for place in range(levels) if share >= FIRST_LEVEL_SHARE + place * step), default=-1)


def _level_by_years(levels: tuple[CareerLevel, ...], years: int) -> int:
    """Return the index of the highest level that the years reach, at least the first."""
    reached = (
        place for place, level in enumerate(levels) if level.years_from is not None and level.years_from <= years
    )
    return max(reached, default=0)


def _level_match(guide: Guide, place: int) -> LevelMatch | None:
    """Return the level at an index, or None beyond either end of the ladder."""
    if not 0 <= place < len(guide.levels):
        return None
    level = guide.levels[place]
    band = of_levels(guide).get(level.title)
    return LevelMatch(level, band, _cited(guide, band.source) if band else "")


def _cited(guide: Guide, slug: str) -> str:
    return next(figures.cited(source) for source in guide.sources if source.slug == slug)
