"""The score of a visitor's skills for a role, by groups of alternatives, with broader and narrower skills."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from guides.choices import Answer, Importance
from guides.reading.answers import Answers
from guides.rendering.skill_words import group_name
from guides.schema import Guide, RoleSkill
from guides.skill_groups import (
    FULL_POINTS,
    WEIGHTS,
    SkillGroup,
    all_points,
    by_importance,
    covered_share,
    skill_groups,
)


class GroupScore(NamedTuple):
    """How a visitor's skills cover a skill of the role, or alternatives.

    `best` is the skill that counts. `through` is the name of the answered skill from which its points follow, such as
    'Epic' for EHR systems, and '' if its own answer counts.
    """

    group: SkillGroup[RoleSkill]
    best: RoleSkill
    points: int
    is_answered: bool
    through: str

    @property
    def name(self) -> str:
        """The name of the skill that the visitor has at least in part, or of all alternatives."""
        return self.best.name if self.points else group_name(self.group)

    @property
    def importance(self) -> str:
        return max(self.group.skills, key=lambda skill: WEIGHTS[skill.importance]).importance

    @property
    def answer(self) -> str:
        """The answer that fits the points, '' without an answer."""
        return Answer.of_points(self.points) if self.is_answered else ""

    @property
    def is_full(self) -> bool:
        return self.points == FULL_POINTS


class ScoreRow(NamedTuple):
    """The groups of one importance: their number, the weight of each, and how many the visitor has, or has in part."""

    importance: str
    skills: int
    weight: int
    have: int
    some: int
    points: float

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


class Readiness(NamedTuple):
    """The score of all skills, from 0 to 1, and that of the answered ones alone.

    Unanswered skills count as missing.
    """

    share: float
    answered_share: float
    rows: tuple[ScoreRow, ...]
    scores: tuple[GroupScore, ...]

    @property
    def strengths(self) -> tuple[GroupScore, ...]:
        return tuple(score for score in self.scores if score.is_full)

    @property
    def answered(self) -> int:
        return sum(score.is_answered for score in self.scores)

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


def score(guide: Guide, answers: Answers, broader: Mapping[str, str], names: Mapping[str, str]) -> Readiness:
    """Score a visitor's skills for the guide's role.

    `broader` maps narrower skills to broader ones, and `names` has the names of skills outside of the guide.
    """
    scores = score_groups(skill_groups(by_importance(guide.skills)), answers, broader, names)
    points = all_points(answers.points, broader)
    return Readiness(
        share=covered_share((score.group for score in scores), points),
        answered_share=covered_share((score.group for score in scores if score.is_answered), points),
        rows=tuple(_score_rows(scores)),
        scores=scores,
    )


def score_groups(
    groups: Iterable[SkillGroup[RoleSkill]], answers: Answers, broader: Mapping[str, str], names: Mapping[str, str]
) -> tuple[GroupScore, ...]:
    """Score each group by the best of its skills."""
    points = all_points(answers.points, broader)
    return tuple(_group_score(group, points, answers, broader, names) for group in groups)


def _group_score(
    group: SkillGroup[RoleSkill],
    points: Mapping[str, int],
    answers: Answers,
    broader: Mapping[str, str],
    names: Mapping[str, str],
) -> GroupScore:
    stated = answers.points
    best = max(group.skills, key=lambda skill: (points.get(skill.slug, 0), stated.get(skill.slug, 0)))
    gained = points.get(best.slug, 0)
    return GroupScore(
        group=group,
        best=best,
        points=gained,
        is_answered=bool(gained) or any(skill.slug in answers.by_slug for skill in group.skills),
        through=_through(best.slug, gained, stated, broader, names),
    )


def _through(
    slug: str, points: int, stated: Mapping[str, int], broader: Mapping[str, str], names: Mapping[str, str]
) -> str:
    """Return the name of the stated skill from which a skill's points follow, '' if they are its own."""
    if stated.get(slug, 0) >= points:
        return ""
    narrower = (each for each, own in stated.items() if broader.get(each) == slug and own == points)
    found = next(narrower, broader.get(slug, ""))
    return names.get(found, found)


def _score_rows(scores: tuple[GroupScore, ...]) -> Iterator[ScoreRow]:
    for importance in Importance:
        of_importance = [score for score in scores if score.importance == importance]
        if of_importance:
            yield ScoreRow(
                importance=str(importance.label),
                skills=len(of_importance),
                weight=WEIGHTS[importance],
                have=sum(score.is_full for score in of_importance),
                some=sum(0 < score.points < FULL_POINTS for score in of_importance),
                points=WEIGHTS[importance] * sum(score.points for score in of_importance) / FULL_POINTS,
            )
