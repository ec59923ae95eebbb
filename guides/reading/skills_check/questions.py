"""The questions of the skills check, in the order of the form."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from guides.reading.answers import Answers
from guides.requirements import experience_slug
from guides.schema import Guide, RoleSkill
from guides.skill_groups import SkillGroup, by_importance, skill_groups

from .scoring import GroupScore, score_groups


class Question(NamedTuple):
    """A skill of the role and the visitor's answer, '' for none."""

    skill: RoleSkill
    answer: str


class QuestionGroup(NamedTuple):
    """The question about a skill, or the questions about alternatives, of which one is enough.

    `through` is the name of the answered skill by which the group counts, '' if it counts by its own answers.
    """

    label: str
    questions: tuple[Question, ...]
    is_answered: bool
    through: str

    @property
    def importance(self) -> str:
        return self.questions[0].skill.importance


class Questions(NamedTuple):
    """Groups of skills: required certificates first, then essential skills, then the others."""

    required: tuple[QuestionGroup, ...]
    essential: tuple[QuestionGroup, ...]
    others: tuple[QuestionGroup, ...]

    @property
    def answered(self) -> int:
        return sum(group.is_answered for group in self._all())

    @property
    def total(self) -> int:
        return len(tuple(self._all()))

    @property
    def shows_others(self) -> bool:
        """Whether the form opens with the other skills unfolded."""
        return any(question.answer for group in self.others for question in group.questions) or not self.essential

    def _all(self) -> Iterator[QuestionGroup]:
        return chain(self.required, self.essential, self.others)


class ExperienceQuestion(NamedTuple):
    """A kind of experience that the role requires, and the years that the visitor typed, '' for none."""

    slug: str
    work: str
    years: str


def questions(guide: Guide, answers: Answers, broader: Mapping[str, str], names: Mapping[str, str]) -> Questions:
    """Return the questions about the guide's skills, with answers."""
    required_certificates = certificates(guide)
    scores = score_groups(skill_groups(by_importance(guide.skills)), answers, broader, names)
    required: list[QuestionGroup] = []
    essential: list[QuestionGroup] = []
    others: list[QuestionGroup] = []
    for score in scores:
        if any(skill.slug in required_certificates for skill in score.group.skills):
            into = required
        else:
            into = essential if score.importance == "essential" else others
        into.append(_question_group(score, answers))
    return Questions(tuple(required), tuple(essential), tuple(others))


def certificates(guide: Guide) -> frozenset[str]:
    """Return the slugs of the certificates that some way into the role requires."""
    return frozenset(way.certificate for way in guide.requirements if way.certificate)


def experience_questions(guide: Guide, answers: Answers) -> tuple[ExperienceQuestion, ...]:
    """Return the kinds of experience that the guide requires, each once."""
    known = dict(answers.experience)
    kinds = {experience_slug(work): work for work in _required_work(guide)}
    return tuple(
        ExperienceQuestion(slug, work, str(known[slug]) if slug in known else "") for slug, work in kinds.items()
    )


def asks_years(guide: Guide) -> bool:
    """Return whether the ladder states years, which the form then asks for."""
    return any(level.years_from is not None for level in guide.levels)


def _required_work(guide: Guide) -> Iterable[str]:
    return (way.experience for way in guide.requirements if way.years_from)


def _question_group(score: GroupScore, answers: Answers) -> QuestionGroup:
    group: SkillGroup[RoleSkill] = score.group
    return QuestionGroup(
        label=group.label if len(group.skills) > 1 else "",
        questions=tuple(Question(skill, answers.by_slug.get(skill.slug, "")) for skill in group.skills),
        is_answered=score.is_answered,
        through=score.through,
    )
