"""The preflight of requirements: missing ones, education that contradicts other statements, and experience."""

from dataclasses import replace
from typing import Any

import pytest

from tests.preflight.test_official import official, outlook
from tests.preflight.test_preflight import NO_GUIDE, findings, found, told

AT_SEA = {"years_from": 1, "experience": "work at sea", "source": "survey-2025"}


def way(**values: Any) -> dict[str, Any]:
    return {"source": "survey-2025"} | values


def route(education: str) -> dict[str, Any]:
    return {"title": education or "Practice", "education": education, "source": "survey-2025"}


def conflicts(requirement: str, *routes: str) -> list[str]:
    stated = findings(requirements=[way(education=requirement)], routes=[route(each) for each in routes])
    return [finding.message for finding in stated if finding.rule == "education-conflict"]


def test_a_guide_without_requirements_or_without_an_education_is_warned_of() -> None:
    assert found(requirements=[]) == [("warning", "missing-part", "requirements")]
    assert told(requirements=[]) == [
        "The guide has no requirements, so a match cannot say who can start now. Add the usual way in: education, "
        "years of experience, or a certificate."
    ]
    assert told(requirements=[AT_SEA]) == [
        "No requirement has the minimum education. Add one, because readers filter guides by it."
    ]
    assert found(requirements=[AT_SEA, way(education="none")]) == []


def test_a_usual_education_that_no_route_reaches_is_warned_of() -> None:
    assert conflicts("bachelor", "postsecondary", "associate") == [
        "The usual requirement is ‘Bachelor’s degree’, but the education routes lead to ‘Associate degree’ at most. "
        "Add the route to it, or correct one of them."
    ]
    assert conflicts("bachelor", "associate", "bachelor") == []
    assert conflicts("bachelor", "") == conflicts("bachelor") == []


def test_routes_that_all_lead_far_above_the_usual_education_are_warned_of() -> None:
    assert conflicts("high-school", "bachelor", "associate") == [
        "The usual requirement is ‘High school diploma’, but all education routes lead to ‘Associate degree’ or more. "
        "Add the route that is enough, or correct one of them."
    ]
    assert conflicts("high-school", "bachelor", "postsecondary") == []
    assert conflicts("high-school", "bachelor", "") == []


@pytest.mark.parametrize(
    ("education", "typical", "is_warned"),
    [
        ("bachelor", "High school diploma or equivalent", True),
        ("high-school", "High school diploma or equivalent", False),
        ("postsecondary", "Some college, no degree", False),
        ("associate", "Some college, no degree", True),
        ("associate", "Associate’s degree", False),
        ("none", "No formal educational credential", False),
        ("bachelor", "", False),
    ],
)
def test_the_usual_education_is_compared_with_the_official_one(
    education: str, typical: str, *, is_warned: bool
) -> None:
    figures = official(replace(outlook(growth=None, openings=None), education=typical))
    same = [{"code": "53-5011", "relation": "same"}]
    changes = {"requirements": [way(education=education)], "occupations": same}
    assert [f.place for f in findings(figures, **changes) if f.rule == "education-conflict"] == (
        ["requirements.0.education"] if is_warned else []
    )
    broader = [same[0] | {"relation": "broader", "covers": "Others."}]
    assert not [f for f in findings(figures, **changes | {"occupations": broader}) if f.rule == "education-conflict"]


def test_both_levels_of_education_are_named() -> None:
    figures = official(replace(outlook(growth=None, openings=None), education="Bachelor's degree"))
    occupations = [{"code": "53-5011", "relation": "same"}]
    messages = [f.message for f in findings(figures, occupations=occupations) if f.rule == "education-conflict"]
    assert messages == [
        "The usual requirement is ‘High school diploma’, but the official projections name ‘Bachelor's degree’ as "
        "typical for 53-5011. Correct the requirement, or explain the difference in its note."
    ]


@pytest.mark.parametrize(
    ("typed", "other", "is_warned"),
    [
        ("work in healthcare", "work in health care", True),
        ("Work in health care", "work in health care", True),
        ("works in health care", "work in health care", True),
        ("work in health care", "work in health care", False),
        ("clinical work or care coordination", "work in health care", False),
        ("work in charge of staff", "work in health care", False),
    ],
)
def test_similar_spellings_of_experience_are_warned_of(typed: str, other: str, *, is_warned: bool) -> None:
    requirements = [way(education="none"), AT_SEA | {"experience": typed}]
    elsewhere = replace(NO_GUIDE, experiences=frozenset({other}))
    expected = [("warning", "similar-experience", "requirements.1.experience")] if is_warned else []
    assert found(elsewhere, requirements=requirements) == expected
    twice = [way(education="none", years_from=1, experience=other), *requirements[1:]]
    assert found(requirements=twice) == expected


def test_the_other_spelling_is_named() -> None:
    elsewhere = replace(NO_GUIDE, experiences=frozenset({"work at  sea!"}))
    (finding,) = findings(elsewhere, requirements=[way(education="none"), AT_SEA])
    assert finding.message == (
        "‘work at sea’ is nearly the same as ‘work at  sea!’. Use the same words in all guides, because readers enter "
        "their years once for each kind of experience."
    )


def test_a_starting_job_that_does_not_exist_is_warned_of() -> None:
    related = [{"relation": "from", "title": "Sailor", "starting_job": "sailor"}]
    assert found(replace(NO_GUIDE, starting_jobs=frozenset({"sailor"})), related=related) == []
    assert found(related=related) == [("warning", "unknown-starting-job", "related.0.starting_job")]
    assert told(related=related) == [
        "‘Sailor’ names the starting job ‘sailor’, which does not exist. Choose another one, or clear the field."
    ]
