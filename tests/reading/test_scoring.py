"""How ready somebody is for a role: the share, its reasons, the ways to what is missing, the level that fits."""

from decimal import Decimal
from typing import Any

import pytest

from guides.choices import Answer
from guides.reading.answers import Answers
from guides.reading.skills_check.scoring import LadderPosition, LearningPath, ScoreRow, questions_by_kind, score
from guides.schema import Guide
from tests.helpers.factories import a_guide, pay


def skill(slug: str, importance: str = "important", **changes: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug.title(), "kind": "technical", "importance": importance} | changes


SKILLS = [skill("useful", "useful"), skill("oil", "essential"), skill("wick", "essential"), skill("glass")]


def guide(**changes: Any) -> Guide:
    return a_guide(**{"skills": SKILLS} | changes)


def position(years: int | None = None, of: Guide | None = None, **answers: tuple[str, ...]) -> LadderPosition:
    result = score(of or guide(), Answers(years=years, **answers))
    assert result
    assert result.position
    return result.position


def summary(position: LadderPosition) -> tuple[str, str, bool, str]:
    now, following = (level.level.title if level else "" for level in (position.now, position.next))
    return now, following, position.is_held_back, " ".join(skill.slug for skill in position.missing)


def test_without_an_answer_there_is_nothing_to_say() -> None:
    assert score(guide(), Answers(have=("rowing",), years=3)) is None
    assert score(a_guide(skills=[]), Answers(have=("oil",))) is None


def test_the_share_is_the_points_of_the_tallies() -> None:
    result = score(guide(), Answers(have=("oil",), some=("wick", "glass"), not_yet=("useful",)))
    assert result
    assert result.rows == (
        ScoreRow("Essential", 2, 3, 1, 1),
        ScoreRow("Important", 1, 2, 0, 1),
        ScoreRow("Useful", 1, 1, 0, 0),
    )
    assert [(row.points, row.max_points) for row in result.rows] == [(4.5, 6), (1.0, 2), (0.0, 1)]
    assert tuple(result.total) == (4, 1, 2, 5.5, 9)
    assert result.share == pytest.approx(5.5 / 9)


def test_what_has_no_answer_counts_as_missing_and_is_named_apart() -> None:
    result = score(guide(), Answers(have=("oil",), not_yet=("glass",)))
    assert result
    assert [each.slug for each in result.strengths] == ["oil"]
    assert [each.skill.slug for each in result.missing] == ["glass"]
    assert [each.slug for each in result.unanswered] == ["wick", "useful"]
    assert result.share == pytest.approx(3 / 9)
    assert result.answered_share == pytest.approx(3 / 5)


def test_gaps_stand_by_importance_with_the_ways_to_them() -> None:
    skills = [
        skill("useful", "useful"),
        skill("oil", "essential", gained_by=["apprenticeship", "Learn to row", "Nowhere"]),
    ]
    result = score(guide(skills=skills), Answers(some=("useful",), not_yet=("oil",)))
    assert result
    assert [each.skill.slug for each in result.missing] == ["oil", "useful"]
    assert result.missing[0].paths == (
        LearningPath("entry-step-1", "Learn to row"),
        LearningPath("education-route-1", "Apprenticeship", a_guide().routes[0], "Bureau of Surveys, 2025"),
    )
    assert result.missing[1].paths == ()


def test_questions_stand_by_kind_the_essential_first() -> None:
    skills = [skill("calm", kind="soft"), skill("saw", kind="tool"), *SKILLS]
    groups = questions_by_kind(guide(skills=skills), Answers(some=("oil",)))
    assert [(kind.value, [(each.skill.slug, each.answer) for each in asked]) for kind, asked in groups] == [
        ("technical", [("oil", Answer.SOME), ("wick", ""), ("glass", ""), ("useful", "")]),
        ("soft", [("calm", "")]),
        ("tool", [("saw", "")]),
    ]


def test_one_is_on_the_ladder_from_half_of_what_is_essential() -> None:
    assert summary(position(have=("glass",))) == ("", "Keeper", False, "oil wick")
    assert summary(position(some=("oil", "wick"))) == ("Keeper", "Head Keeper", False, "oil wick")
    assert summary(position(have=("oil",))) == ("Keeper", "Head Keeper", False, "wick")


def test_one_rises_as_far_as_both_years_and_essential_skills_reach() -> None:
    everything = ("oil", "wick")
    assert summary(position(years=4, have=everything)) == ("Keeper", "Head Keeper", False, "")
    assert summary(position(years=5, have=everything)) == ("Head Keeper", "Inspector", False, "")
    assert summary(position(years=50, have=("oil",), some=("wick",))) == ("Head Keeper", "Inspector", False, "wick")
    assert summary(position(years=50, have=("oil",))) == ("Keeper", "Head Keeper", True, "wick")
    assert summary(position(years=50, have=("glass",))) == ("", "Keeper", False, "oil wick")


def test_one_gap_costs_one_step() -> None:
    levels = [{"title": f"Level {n}", "years_from": n, "source": "survey-2025"} for n in range(5)]
    skills = [skill(letter, "essential") for letter in "abcdefgh"]
    ladder = guide(levels=levels, skills=skills, pay=[pay(basis="headline", median=1)])
    reached = [summary(position(years=9, of=ladder, have=tuple("abcdefgh"[:count])))[0] for count in range(8, 2, -1)]
    assert reached == ["Level 4", "Level 3", "Level 2", "Level 1", "Level 0", ""]


def test_a_ladder_that_tells_no_years_says_only_where_it_begins() -> None:
    only = guide(levels=[{"title": "Keeper"}], pay=[pay(basis="headline", median=1)])
    found = position(years=50, of=only, have=("oil", "wick"))
    assert (summary(found), found.has_years) == (("", "Keeper", False, ""), False)
    result = score(guide(levels=[], pay=[pay(basis="headline", median=1)]), Answers(have=("oil",)))
    assert result
    assert result.position is None


def test_where_nothing_is_essential_all_skills_decide() -> None:
    plain = guide(skills=[skill("oil"), skill("wick"), skill("glass")])
    assert summary(position(of=plain, have=("oil",)))[0] == ""
    assert summary(position(of=plain, have=("oil", "wick")))[0] == "Keeper"


def test_rungs_tell_their_pay_and_who_says_so() -> None:
    now = position(have=("oil",)).now
    assert now
    assert now.band
    assert (now.band.median, now.cited) == (Decimal(38_000), "Bureau of Surveys, 2025")
