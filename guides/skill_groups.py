"""How the skills of a visitor cover those of a role, with alternatives and with broader and narrower skills."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

WEIGHTS = {"essential": 3, "important": 2, "useful": 1}
"""The weight of a skill in a readiness score, by its importance."""

FULL_POINTS = 4
"""The points of a skill that the visitor has. Some of a skill has half of them."""


class RequiredSkill(Protocol):
    """A skill that a role requires."""

    @property
    def slug(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def importance(self) -> str: ...
    @property
    def one_of(self) -> str: ...


class SkillGroup[T: RequiredSkill](NamedTuple):
    """Skills of which a role requires one. A group without a `label` has a single skill."""

    label: str
    skills: tuple[T, ...]

    @property
    def name(self) -> str:
        return self.label or self.skills[0].name

    @property
    def weight(self) -> int:
        """The weight of the group, which is counted once: that of its most important skill."""
        return max(WEIGHTS[skill.importance] for skill in self.skills)

    def points(self, points: Mapping[str, int]) -> int:
        """Return the points of the visitor's best skill of the group."""
        return max(points.get(skill.slug, 0) for skill in self.skills)


def skill_groups[T: RequiredSkill](skills: Iterable[T]) -> tuple[SkillGroup[T], ...]:
    """Group alternatives. Groups are in the order of their first skills."""
    groups: dict[tuple[str, str], list[T]] = {}
    for skill in skills:
        key = (skill.one_of, "") if skill.one_of else ("", skill.slug)
        groups.setdefault(key, []).append(skill)
    return tuple(SkillGroup(label, tuple(group)) for (label, _slug), group in groups.items())


def by_importance[T: RequiredSkill](skills: Iterable[T]) -> tuple[T, ...]:
    """Sort skills from essential to useful, in the guide's order within each importance."""
    return tuple(sorted(skills, key=lambda skill: -WEIGHTS[skill.importance]))


def all_points(stated: Mapping[str, int], broader: Mapping[str, str]) -> dict[str, int]:
    """Return the points of stated skills and of those that follow from them.

    A skill counts fully for its broader skill, and half for each narrower one. `broader` maps each narrower skill to
    its broader one.
    """
    points = dict(stated)
    for narrower, slug in broader.items():
        if narrower in stated:
            points[slug] = max(points.get(slug, 0), stated[narrower])
    for narrower, slug in broader.items():
        if slug in stated:
            points[narrower] = max(points.get(narrower, 0), stated[slug] // 2)
    return points


def covered_share(groups: Iterable[SkillGroup], points: Mapping[str, int]) -> float:
    """Return the weighted share of these groups that the points cover, from 0 to 1."""
    groups = tuple(groups)
    total = FULL_POINTS * sum(group.weight for group in groups)
    return sum(group.weight * group.points(points) for group in groups) / total if total else 0.0
