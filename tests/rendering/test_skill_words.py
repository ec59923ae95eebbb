"""Skills of roles in words."""

from guides.rendering.skill_words import group_name
from guides.skill_groups import skill_groups
from guides.summary import SummarySkill


def test_alternatives_are_one_requirement() -> None:
    charts = [
        SummarySkill(name.lower(), name, "tool", one_of="One EHR system") for name in ("Epic", "Cerner", "Athena")
    ]
    skills = (
        *charts,
        SummarySkill("typing", "Typing", "technical"),
        SummarySkill("sage", "Sage", "tool", one_of="Tool"),
    )
    names = [group_name(group) for group in skill_groups(skills)]
    assert names == ["One EHR system: Epic, Cerner, or Athena", "Typing", "Sage"]
