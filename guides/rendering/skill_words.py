"""Skills of roles in words."""

from guides.skill_groups import RequiredSkill, SkillGroup

from .requirement_words import either


def group_name[T: RequiredSkill](group: SkillGroup[T]) -> str:
    """Return the name of a skill, or alternatives such as 'One EHR system: Epic, Cerner, or Meditech'."""
    names = either(skill.name for skill in group.skills)
    return f"{group.label}: {names}" if group.label and len(group.skills) > 1 else names
