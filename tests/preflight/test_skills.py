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


EPIC = skill("Epic", one_of="One EHR system", broader={"slug": "ehr", "name": "EHR"})
CERNER = skill("Cerner", one_of="One EHR system", broader={"slug": "ehr", "name": "EHR"})
OIL = skill("Oil", importance="useful")


def test_an_alternative_without_another_is_warned_of() -> None:
    assert found(skills=[EPIC, CERNER, OIL]) == []
    assert found(skills=[EPIC, OIL]) == [("warning", "lone-alternative", "skills.0.one_of")]
    assert told(skills=[EPIC, OIL]) == [
        "‘Epic’ is the only skill of ‘One EHR system’. Enter the same name for its alternatives, or clear ‘one of’."
    ]


def test_alternatives_of_different_importance_are_warned_of() -> None:
    skills = [EPIC, OIL, CERNER | {"importance": "useful"}]
    assert found(skills=skills) == [("warning", "unequal-alternatives", "skills.2.importance")]
    assert told(skills=skills) == [
        "‘Epic’ and ‘Cerner’ are alternatives (‘One EHR system’), but one is more important. Give all of them the same "
        "importance, because one is enough."
    ]


def test_a_skill_that_counts_in_addition_to_narrower_ones_is_noted() -> None:
    narrower = [EPIC | {"one_of": ""}, CERNER | {"one_of": ""}]
    skills = [skill("EHR"), *narrower, OIL]
    assert found(skills=skills) == [("note", "skill-and-broader", "skills.0")]
    assert told(skills=skills) == [
        "‘EHR’ counts in addition to ‘Epic’, ‘Cerner’, which include it. Remove it, remove those, or make them "
        "alternatives under ‘one of’."
    ]
    assert found(skills=[skill("EHR", one_of="One EHR system"), EPIC, OIL]) == []


def test_more_than_24_skills_are_too_many_and_alternatives_count_once() -> None:
    skills = [OIL, *(skill(f"Knot-{number}") for number in range(22))]
    assert found(skills=[*skills, EPIC, CERNER]) == []
    assert found(skills=[*skills, skill("Bell"), EPIC, CERNER]) == [("warning", "too-many-skills", "skills")]
    assert told(skills=[*skills, skill("Bell"), EPIC, CERNER])[0].startswith("The role requires 25 skills")


def test_a_certificate_without_facts_is_noted() -> None:
    certificate = skill("License", kind="certificate")
    assert found(skills=[certificate, OIL]) == [("note", "certificate-without-facts", "skills.0.certificate")]
    facts = {"issuer": "Light Agency", "source": "survey-2025"}
    assert found(skills=[certificate | {"certificate": facts}, OIL]) == []


def test_a_toolkit_without_an_example_is_warned_of() -> None:
    assert found(examples=[]) == [("warning", "missing-part", "examples")]


def test_a_toolkit_without_interview_questions_is_warned_of() -> None:
    assert found(interview=[]) == [("warning", "missing-part", "interview")]
