"""What the preflight says of skills and of the toolkit: whether a check would tell its reader something."""

from typing import Any

from tests.preflight.test_preflight import found, told


def skill(name: str, **changes: Any) -> dict[str, Any]:
    return {"slug": name.lower(), "name": name, "kind": "technical"} | changes


def test_skills_that_all_count_alike_are_warned_of() -> None:
    alike = ("warning", "skills-weigh-the-same", "skills")
    assert found(skills=[skill("Oil"), skill("Wick")]) == [alike]
    assert found(skills=[skill("Oil", importance="useful"), skill("Wick")]) == []
    assert found(skills=[skill("Oil")]) == []


def test_a_check_without_skills_would_be_empty() -> None:
    assert found(skills=[]) == [("error", "missing-part", "skills")]
    assert "its skills check would be empty" in told(skills=[])[0]


def test_an_essential_skill_without_a_way_to_it_is_warned_of() -> None:
    without = [skill("Oil", importance="essential"), skill("Wick")]
    assert found(skills=without) == [("warning", "skill-without-way", "skills.0.gained")]
    for way in ({"gained": "By burning it."}, {"gained_by": ["learn to row"]}):
        assert found(skills=[skill("Oil", importance="essential", **way), skill("Wick")]) == []


def test_a_way_that_is_not_in_the_guide_is_an_error() -> None:
    skills = [skill("Oil", importance="useful", gained_by=["Apprenticeship", "Sail"]), skill("Wick")]
    assert found(skills=skills) == [("error", "unknown-way", "skills.0.gained_by")]
    assert told(skills=skills) == [
        "‘Oil’ is gained by ‘Sail’, but no entry step or education route has this title. Use one of their titles."
    ]


def test_a_toolkit_without_interview_questions_is_warned_of() -> None:
    assert found(interview=[]) == [("warning", "missing-part", "interview")]
