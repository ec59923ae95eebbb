"""Requirements and the plan of a skills check: what is missing, in order, and which way is enough."""

from typing import Any

import pytest

from guides.reading.answers import Answers
from guides.reading.skills_check.entry import Entry, entry
from guides.reading.skills_check.plan import Plan, Way, ways_to
from guides.reading.skills_check.result import check
from tests.helpers.factories import a_guide
from tests.reading.test_scoring import SYSTEMS, guide, skill

HEALTH = "work in health care"


def way(**changes: Any) -> dict[str, Any]:
    return {"source": "survey-2025"} | changes


DEGREE = way(education="bachelor")
EXPERIENCED = way(education="bachelor", years_from=2, years_to=4, experience="clinical work")
COURSE = way(education="postsecondary", note="A *short* one.")
INSTEAD = way(education="high-school", years_from=1, years_to=2, experience=HEALTH)
LICENSED = way(education="high-school", certificate="card")
CARD = skill("card", kind="certificate", name="Keeper’s card", certificate={"issuer": "Port", "source": "survey-2025"})


def state(*ways: dict[str, Any], **answers: Any) -> tuple[str, list[str]]:
    found = _entry(*ways, **answers)
    return found.headline, [line.task for line in found.lines]


def _entry(*ways: dict[str, Any], **answers: Any) -> Entry:
    return entry(guide(requirements=ways, skills=[skill("oil"), CARD]), Answers(**answers))


def cost(low: int | None, high: int | None) -> dict[str, Any]:
    return {"low": low, "high": high, "currency": "USD"}


def years(low: int, unit: str = "year") -> dict[str, Any]:
    return {"low": low, "high": low, "unit": unit}


ROUTES = [
    way(title="Bachelor’s degree", education="bachelor", cost=cost(40_000, 100_000), duration=years(4)),
    way(title="Associate degree", cost=cost(5_000, 20_000), duration=years(2)),
    way(title="Online course", cost=cost(None, 2_000), duration=years(3, "month")),
    way(title="Vocational school", education="postsecondary"),
]
DIPLOMA = [way(education="high-school")]


def plan(skills: list[dict[str, Any]], requirements: list[dict[str, Any]] | None = None, **answers: Any) -> Plan:
    of = guide(skills=skills, routes=ROUTES, requirements=DIPLOMA if requirements is None else requirements)
    return check(of, Answers(**{"education": "high-school"} | answers), {"epic": "ehr"}, {}).plan


def ways_of(gained_by: list[str], requirements: list[dict[str, Any]] | None = None) -> tuple[list[str], str]:
    gap = plan([skill("oil", "essential", gained_by=gained_by)], requirements).skills[0]
    return [way.title for way in gap.ways], gap.advice


# Requirements


@pytest.mark.parametrize(
    ("ways", "answers", "expected"),
    [
        ([], {}, ("", [])),
        ([DEGREE], {}, ("Tell us your education", ["Tell us your education. You need a bachelor’s degree."])),
        ([DEGREE], {"education": "high-school"}, ("You need a bachelor’s degree", ["You need a bachelor’s degree."])),
        ([DEGREE], {"education": "master"}, ("You meet the requirements", ["You have a bachelor’s degree."])),
        ([way(education="none")], {}, ("You meet the requirements", [])),
        (
            [EXPERIENCED],
            {"education": "bachelor"},
            (
                "Tell us your years of clinical work",
                [
                    "You have a bachelor’s degree.",
                    "Tell us your years of clinical work. You need 2–4 years of clinical work.",
                ],
            ),
        ),
        (
            [EXPERIENCED],
            {"education": "associate", "experience": (("clinical-work", 1),)},
            (
                "You need a bachelor’s degree and 2–4 years of clinical work",
                ["You need a bachelor’s degree.", "You need 2–4 years of clinical work. You have 1 year."],
            ),
        ),
        (
            [COURSE, INSTEAD],
            {"education": "high-school"},
            (
                "Tell us your years of work in health care",
                [
                    "You have a high school diploma or GED.",
                    "Tell us your years of work in health care. You need 1–2 years of work in health care.",
                ],
            ),
        ),
        (
            [LICENSED],
            {"education": "bachelor"},
            (
                "Tell us whether you have Keeper’s card",
                [
                    "You have a high school diploma or GED.",
                    "Tell us whether you have Keeper’s card. You need Keeper’s card.",
                ],
            ),
        ),
        (
            [LICENSED],
            {"education": "bachelor", "some": ("card",)},
            (
                "You need Keeper’s card",
                ["You have a high school diploma or GED.", "You need Keeper’s card."],
            ),
        ),
    ],
)
def test_requirements_are_stated_in_words(
    ways: list[dict[str, Any]], answers: dict[str, Any], expected: tuple[str, list[str]]
) -> None:
    assert state(*ways, **answers) == expected


def test_years_in_the_role_count_as_the_experience_that_it_requires() -> None:
    assert state(EXPERIENCED, education="bachelor", years=3)[0] == "You meet the requirements"
    more = _entry(EXPERIENCED, education="bachelor", years=1, experience=(("clinical-work", 2),))
    assert more.headline == "You meet the requirements"


def test_all_ways_are_listed_with_notes_and_sources() -> None:
    cited = "Bureau of Surveys, 2025"
    assert _entry(COURSE, INSTEAD, way(education="none")).ways == (
        ("A certificate or vocational training", "A *short* one.", cited),
        ("A high school diploma or GED and 1–2 years of work in health care", "", cited),
        ("No formal education", "", cited),
    )


# The plan


def test_ways_are_sorted_by_cost_and_time() -> None:
    of = a_guide(routes=ROUTES)
    titles = [route["title"] for route in ROUTES]
    assert [way.title for way in ways_to(of, [*titles, "learn to row", "Nowhere"])] == [
        "Learn to row", "Online course", "Associate degree", "Bachelor’s degree", "Vocational school",
    ]  # fmt: skip
    assert ways_to(of, ["online course"]) == (
        Way("education-route-3", "Online course", of.routes[2], "Bureau of Surveys, 2025"),
    )


def test_nobody_needs_an_expensive_program_to_learn_a_skill() -> None:
    enough = "A short course is enough. You don’t need a degree for it."
    assert ways_of(["Associate degree", "Online course"]) == (["Online course"], enough)
    assert ways_of(["Bachelor’s degree", "Learn to row"]) == (["Learn to row"], "You don’t need a degree for it.")
    assert ways_of(["Vocational school", "Learn to row"]) == (
        ["Learn to row"], "You don’t need a long program for it.",
    )  # fmt: skip
    assert ways_of(["Online course"]) == (["Online course"], "")


def test_the_cheapest_program_is_named_if_nothing_else_teaches_a_skill() -> None:
    assert ways_of(["Bachelor’s degree", "Associate degree"]) == (["Associate degree"], "")
    assert ways_of([]) == ([], "")


def test_a_program_is_named_if_a_missing_requirement_needs_its_level() -> None:
    assert ways_of(["Bachelor’s degree", "Online course"], [DEGREE]) == (["Online course", "Bachelor’s degree"], "")
    missing = plan([skill("oil")], [DEGREE]).requirements
    assert [(gap.line.text, [way.title for way in gap.ways]) for gap in missing] == [
        ("You need a bachelor’s degree.", ["Bachelor’s degree"])
    ]


def test_a_program_of_the_usual_way_is_named_unless_another_way_qualifies() -> None:
    skills = [skill("oil", "essential", gained_by=["Vocational school", "Associate degree", "Learn to row"])]

    def titles(**answers: Any) -> list[str]:
        return [way.title for way in plan(skills, [COURSE, INSTEAD], **answers).skills[0].ways]

    assert titles() == ["Learn to row", "Vocational school"]
    assert titles(education="") == ["Learn to row", "Vocational school"]
    assert titles(experience=(("work-in-health-care", 2),)) == ["Learn to row"]
    assert titles(education="bachelor") == ["Learn to row"]


def test_a_missing_education_names_the_routes_to_the_lowest_sufficient_level() -> None:
    missing = plan([skill("oil")], [way(education="associate")]).requirements
    assert [way.title for way in missing[0].ways] == ["Bachelor’s degree"]
    missing = plan([skill("oil")], [way(education="doctoral")]).requirements
    assert missing[0].ways == ()


def test_unanswered_essential_skills_are_in_the_plan() -> None:
    found = plan([skill("oil", "essential"), skill("wick", "essential"), skill("glass"), skill("rope")], have=("oil",))
    assert [(gap.name, gap.score.answer) for gap in found.skills] == [("Wick", "")]
    assert found.unanswered == 2


def test_gaps_are_sorted_by_importance_and_then_by_cost_and_time() -> None:
    skills = [
        skill("glass", gained_by=["Learn to row"]),
        skill("wick", "essential", gained_by=["Associate degree"]),
        skill("oil", "essential", gained_by=["Online course"]),
        skill("rope", "essential", gained_by=["Learn to row"]),
    ]
    found = plan(skills, not_yet=("glass", "wick", "oil", "rope"))
    assert [gap.name for gap in found.skills] == ["Rope", "Oil", "Wick", "Glass"]


def test_alternatives_are_one_gap_until_one_of_them_is_known() -> None:
    found = plan([skill("oil"), *SYSTEMS], not_yet=("epic",))
    assert [gap.name for gap in found.skills] == ["One EHR system: Epic, Cerner, or Meditech"]
    assert [gap.name for gap in plan(SYSTEMS, some=("cerner",), not_yet=("epic",)).skills] == ["Cerner"]
    assert plan(SYSTEMS, have=("cerner",), not_yet=("epic",)).skills == ()


def test_a_required_certificate_is_a_requirement_and_not_a_skill_to_learn() -> None:
    found = plan([skill("oil", "essential"), CARD], [LICENSED], have=("oil",), not_yet=("card",))
    assert found.skills == ()
    [gap] = found.requirements
    assert gap.certificate
    assert gap.source
    assert (gap.line.text, gap.certificate.issuer, gap.source.publisher) == (
        "You need Keeper’s card.", "Port", "Bureau of Surveys",
    )  # fmt: skip


def test_a_qualified_person_has_nothing_to_do() -> None:
    assert plan([skill("oil", "essential"), CARD], [LICENSED], have=("oil", "card")).is_empty
