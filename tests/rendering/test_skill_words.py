"""Skills of roles in words."""

from guides.rendering.skill_words import group_name, scale, weight
from guides.skill_groups import skill_groups
from guides.summary import SummarySkill
from tests.helpers.factories import a_guide


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


def test_a_group_has_the_importance_and_level_of_its_highest_skill() -> None:
    skills = [
        {"slug": "epic", "name": "Epic", "kind": "tool", "one_of": "EHR", "importance": "useful",
         "proficiency": "basic"},
        {"slug": "cerner", "name": "Cerner", "kind": "tool", "one_of": "EHR", "importance": "essential",
         "proficiency": "working"},
        {"slug": "typing", "name": "Typing", "kind": "technical"},
        {"slug": "cma", "name": "CMA", "kind": "certificate", "proficiency": "advanced"},
    ]  # fmt: skip
    groups = skill_groups(a_guide(skills=skills).skills)
    assert [(weight(group), scale(group)) for group in groups] == [
        ("Essential", "●●○"), ("Important", ""), ("Important", ""),
    ]  # fmt: skip
