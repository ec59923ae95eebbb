"""The score for a role: shares, points, learning paths to missing skills, and the level that fits."""

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


def position(years: int | None = None, of: Guide | None = None, **answers: Any) -> LadderPosition:
    result = score(of or guide(), Answers(years=years, **answers))
    assert result
    assert result.position
    return result.position


def summary(position: LadderPosition) -> tuple[str, str, bool, str]:
    now, following = (level.level.title if level else "" for level in (position.now, position.next))
    return now, following, position.is_held_back, " ".join(skill.slug for skill in position.missing)


def test_there_is_no_score_without_an_answer() -> None:
    assert score(guide(), Answers(have=("rowing",), years=3)) is None
    assert score(a_guide(skills=[]), Answers(have=("oil",))) is None


def test_the_share_is_the_sum_of_points() -> None:
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


def test_unanswered_skills_count_as_missing_and_are_listed_apart() -> None:
    result = score(guide(), Answers(have=("oil",), not_yet=("glass",)))
    assert result
    assert [each.slug for each in result.strengths] == ["oil"]
    assert [each.skill.slug for each in result.missing] == ["glass"]
    assert [each.slug for each in result.unanswered] == ["wick", "useful"]
    assert result.share == pytest.approx(3 / 9)
    assert result.answered_share == pytest.approx(3 / 5)


def test_missing_skills_are_sorted_by_importance_with_learning_paths() -> None:
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


def test_questions_are_grouped_by_kind_with_essential_ones_first() -> None:
    skills = [skill("calm", kind="soft"), skill("saw", kind="tool"), *SKILLS]
    groups = questions_by_kind(guide(skills=skills), Answers(some=("oil",)))
    assert [(kind.value, [(each.skill.slug, each.answer) for each in questions]) for kind, questions in groups] == [
        ("technical", [("oil", Answer.SOME), ("wick", ""), ("glass", ""), ("useful", "")]),
        ("soft", [("calm", "")]),
        ("tool", [("saw", "")]),
    ]


def test_the_first_level_needs_half_of_the_essential_skills() -> None:
    assert summary(position(have=("glass",))) == ("", "Keeper", False, "oil wick")
    assert summary(position(some=("oil", "wick"))) == ("Keeper", "Head Keeper", False, "oil wick")
    assert summary(position(have=("oil",))) == ("Keeper", "Head Keeper", False, "wick")


def test_a_level_needs_both_years_and_essential_skills() -> None:
    everything = ("oil", "wick")
    assert summary(position(years=4, have=everything)) == ("Keeper", "Head Keeper", False, "")
    assert summary(position(years=5, have=everything)) == ("Head Keeper", "Inspector", False, "")
    assert summary(position(years=50, have=("oil",), some=("wick",))) == ("Head Keeper", "Inspector", False, "wick")
    assert summary(position(years=50, have=("oil",))) == ("Keeper", "Head Keeper", True, "wick")
    assert summary(position(years=50, have=("glass",))) == ("", "Keeper", False, "oil wick")


def test_each_missing_skill_costs_one_level() -> None:
    levels = [{"title": f"Level {n}", "years_from": n, "source": "survey-2025"} for n in range(5)]
    skills = [skill(letter, "essential") for letter in "abcdefgh"]
    ladder = guide(levels=levels, skills=skills, pay=[pay(basis="headline", median=1)])
    reached = [summary(position(years=9, of=ladder, have=tuple("abcdefgh"[:count])))[0] for count in range(8, 2, -1)]
    assert reached == ["Level 4", "Level 3", "Level 2", "Level 1", "Level 0", ""]


def test_a_ladder_without_years_shows_only_its_first_level() -> None:
    only = guide(levels=[{"title": "Keeper"}], pay=[pay(basis="headline", median=1)])
    found = position(years=50, of=only, have=("oil", "wick"))
    assert (summary(found), found.has_years) == (("", "Keeper", False, ""), False)
    result = score(guide(levels=[], pay=[pay(basis="headline", median=1)]), Answers(have=("oil",)))
    assert result
    assert result.position is None


def test_all_skills_count_if_none_is_essential() -> None:
    plain = guide(skills=[skill("oil"), skill("wick"), skill("glass")])
    assert summary(position(of=plain, have=("oil",)))[0] == ""
    assert summary(position(of=plain, have=("oil", "wick")))[0] == "Keeper"


def test_a_level_has_its_pay_and_source() -> None:
    now = position(have=("oil",)).now
    assert now
    assert now.band
    assert (now.band.median, now.cited) == (Decimal(38_000), "Bureau of Surveys, 2025")
