"""Skills of roles in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guides.choices import Importance, Proficiency
from guides.schema import RoleSkill
from guides.skill_groups import WEIGHTS, RequiredSkill, SkillGroup

from .requirement_words import either

LEVELS = {
    Proficiency.BASIC: gettext_lazy("At work, some help is fine."),
    Proficiency.WORKING: gettext_lazy("At work, you do it on your own."),
    Proficiency.ADVANCED: gettext_lazy("At work, you handle hard cases and teach others."),
}

_ASCENDING = tuple(Proficiency)


def needed_level(skill: RoleSkill) -> str:
    """Return the required level of a skill as a sentence, '' if it has none. Certificates are held or not."""
    has_level = skill.proficiency and skill.kind != "certificate"
    return str(LEVELS[Proficiency(skill.proficiency)]) if has_level else ""


def weight[T: RequiredSkill](group: SkillGroup[T]) -> str:
    """Return the importance of the most important skill of a group, such as 'Essential'."""
    skill = max(group.skills, key=lambda skill: WEIGHTS[skill.importance])
    return str(Importance(skill.importance).label)


def scale(group: SkillGroup[RoleSkill]) -> str:
    """Return the highest required level of a group's skills as three dots, such as '●●○', '' without a level."""
    levels = [_ASCENDING.index(skill.proficiency) for skill in group.skills if needed_level(skill)]
    return "●" * (max(levels) + 1) + "○" * (len(_ASCENDING) - 1 - max(levels)) if levels else ""


def group_name[T: RequiredSkill](group: SkillGroup[T]) -> str:
    """Return the name of a skill, or alternatives such as 'One EHR system: Epic, Cerner, or Meditech'."""
    names = either(skill.name for skill in group.skills)
    return f"{group.label}: {names}" if group.label and len(group.skills) > 1 else names


def usual_skill(group: SkillGroup[RoleSkill]) -> RoleSkill:
    """Return the skill that stands for its alternatives: the first one that is a kind of another, or the first."""
    slugs = {skill.slug for skill in group.skills}
    return next((skill for skill in group.skills if skill.broader and skill.broader.slug in slugs), group.skills[0])


def group_example(group: SkillGroup[RoleSkill]) -> str:
    """Return the name of a skill, or of alternatives with one example, such as 'One EHR system such as Epic'."""
    name = usual_skill(group).name
    if len(group.skills) == 1 or not group.label:
        return name
    if name.casefold() in group.label.casefold():
        return group.label
    return _("%(group)s such as %(skill)s") % {"group": group.label, "skill": name}
