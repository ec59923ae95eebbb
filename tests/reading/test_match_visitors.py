"""Twelve visitors and the delivered roles that are open to them."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone

from guides.reading.answers import Answers
from guides.reading.skills_check.past_roles import past_roles, skills_of
from guides.reading.skills_check.placement import MatchGroup
from guides.reading.skills_check.ranking import Match, match

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_delivered")]

VISITORS = yaml.safe_load((Path(__file__).parents[1] / "files/visitors.yaml").read_text(encoding="utf-8"))
KINDS = {
    "health": "work-in-health-care",
    "clinical": "clinical-work-or-care-coordination",
    "staff": "work-in-charge-of-staff",
}
NOW, EDUCATION, ONE, MORE = MatchGroup.NOW, MatchGroup.EDUCATION, MatchGroup.ONE, MatchGroup.MORE
RECEPTIONIST, SPECIALIST, COORDINATOR = "medical-receptionist", "patient-care-specialist", "patient-care-coordinator"
FOR_DEGREES = ("clinical-coordinator", "patient-care-manager")

each_visitor = pytest.mark.parametrize("visitor", VISITORS, ids=lambda visitor: visitor["name"])


def answers_of(visitor: Mapping[str, Any]) -> Answers:
    given = visitor["answers"]
    return Answers(
        have=tuple(given["skills"]),
        role=tuple(given.get("role", ())),
        education=given["education"],
        experience=tuple(sorted((KINDS[kind], years) for kind, years in given["years"].items())),
    )


def ranked(answers: Answers) -> dict[str, Match]:
    """Return the roles by slug, in the order of the result."""
    now = timezone.now()
    past = past_roles(answers.role, at=now)
    found = match(answers.with_skills(skills_of(past)), past=past, at=now)
    assert found is not None
    return {each.card.slug: each for each in found.roles}


def in_group(roles: Mapping[str, Match], group: MatchGroup) -> list[str]:
    return [slug for slug, each in roles.items() if each.group == group]


@each_visitor
def test_roles_are_in_the_groups_of_a_hiring_manager(visitor: Mapping[str, Any]) -> None:
    groups = dict.fromkeys((*visitor["now"], *visitor.get("below", ())), NOW)
    groups |= dict.fromkeys(visitor["one"], ONE) | dict.fromkeys(visitor.get("more", ()), MORE)
    groups |= {slug: MatchGroup[each["group"].upper()] for slug, each in visitor.get("instead", {}).items()}
    roles = ranked(answers_of(visitor))
    assert {slug: each.group for slug, each in roles.items()} == groups


@each_visitor
def test_a_missing_requirement_is_named_with_its_number_and_never_as_a_share(visitor: Mapping[str, Any]) -> None:
    roles = ranked(answers_of(visitor))
    for slug, words in visitor["one"].items():
        if slug not in visitor.get("instead", {}):
            assert words in roles[slug].needs.missing
    assert not any("%" in each.needs.missing for each in roles.values())
    assert all(bool(each.needs.missing) == (each.group in {ONE, MORE}) for each in roles.values())


@each_visitor
def test_nobody_without_the_degree_or_the_years_is_sent_into_management(visitor: Mapping[str, Any]) -> None:
    answers = answers_of(visitor)
    roles = ranked(answers)
    order = list(roles)
    if answers.education not in {"bachelor", "master"}:
        assert not {*FOR_DEGREES} & {*in_group(roles, NOW)}
    if not visitor["answers"]["years"]["staff"]:
        assert order.index("patient-care-manager") > order.index(COORDINATOR)
    if answers.education != "none":
        assert RECEPTIONIST in in_group(roles, NOW)


@each_visitor
def test_without_an_education_roles_beyond_a_diploma_wait_for_it(visitor: Mapping[str, Any]) -> None:
    stated = answers_of(visitor)
    roles = ranked(replace(stated, education=""))
    assert sorted(in_group(roles, EDUCATION)) == [
        "clinical-coordinator", "medical-assistant", "patient-care-manager", "patient-services-coordinator",
    ]  # fmt: skip
    assert roles[RECEPTIONIST].group == NOW
    assert roles[COORDINATOR].group == (NOW if visitor["answers"]["years"]["health"] else ONE)


@each_visitor
def test_years_that_are_left_out_are_a_question_and_no_guess(visitor: Mapping[str, Any]) -> None:
    stated = answers_of(visitor)
    roles = ranked(replace(stated, experience=()))
    asked = {slug: [question.phrase for question in each.needs.questions] for slug, each in roles.items()}
    assert asked["clinical-coordinator"] == ["2–4 years of clinical work or care coordination"]
    assert asked["patient-care-manager"] == ["3–5 years of work in charge of staff"]
    if stated.education in {"none", "high-school", "postsecondary"}:
        assert asked[COORDINATOR] == ["at least 1 year of work in health care"]
    assert not {*FOR_DEGREES} & {*in_group(roles, NOW)}


@each_visitor
def test_a_license_that_no_guide_asks_for_changes_nothing(visitor: Mapping[str, Any]) -> None:
    answers = answers_of(visitor)
    licensed = replace(answers, have=(*answers.have, "cdl"))
    assert ranked(licensed) == ranked(answers)


def test_roles_that_use_a_degree_come_before_those_that_need_none() -> None:
    for name, first in (("registered nurse", ["clinical-coordinator"]), ("practice manager", [*FOR_DEGREES])):
        visitor = next(each for each in VISITORS if each["name"].startswith(name))
        assert sorted(in_group(ranked(answers_of(visitor)), NOW)[: len(first)]) == first


def test_the_cashier_sees_the_desk_first_and_management_last() -> None:
    order = list(ranked(answers_of(VISITORS[0])))
    assert (order[0], order[1], sorted(order[-2:])) == (RECEPTIONIST, SPECIALIST, [*FOR_DEGREES])


def test_requirements_of_nurse_managers_are_in_a_note() -> None:
    manager = next(each for each in VISITORS if each["name"].startswith("practice manager"))
    roles = ranked(answers_of(manager))
    assert all("RN license" in roles[slug].needs.note for slug in FOR_DEGREES)
