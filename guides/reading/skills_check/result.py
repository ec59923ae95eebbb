"""The result of a skills check: requirements first, then skills, the ladder, and the plan."""

from collections.abc import Mapping
from typing import NamedTuple

from guides.reading.answers import Answers
from guides.schema import Guide

from .entry import Entry, entry
from .ladder import LadderPosition, ladder_position
from .plan import Plan, make_plan
from .questions import asks_years, experience_questions
from .scoring import Readiness, score


class CheckResult(NamedTuple):
    """The result for a guide. `position` is None without a ladder, and as long as no skill has an answer."""

    entry: Entry
    readiness: Readiness
    plan: Plan
    position: LadderPosition | None

    @property
    def has_skills(self) -> bool:
        """Whether any answer is about a skill of the role."""
        return self.readiness.answered > 0


def check(guide: Guide, answers: Answers, broader: Mapping[str, str], names: Mapping[str, str]) -> CheckResult:
    """Compare the answers with the requirements and skills of the guide's role."""
    readiness = score(guide, answers, broader, names)
    standing = entry(guide, answers)
    return CheckResult(
        entry=standing,
        readiness=readiness,
        plan=make_plan(guide, standing, readiness),
        position=ladder_position(guide, readiness.scores, answers.years) if readiness.answered else None,
    )


def has_answers(guide: Guide, answers: Answers, readiness: Readiness) -> bool:
    """Return whether any answer is about this guide, so that there is a result to show."""
    kinds = {question.slug for question in experience_questions(guide, answers)}
    return bool(
        readiness.answered
        or (answers.education and guide.requirements)
        or (answers.years is not None and asks_years(guide))
        or any(slug in kinds for slug, _years in answers.experience)
    )
