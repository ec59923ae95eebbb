"""How ready somebody is for a role: the share, its reasons, the ways to what is missing, the level that fits."""

from decimal import Decimal
from typing import Any

import pytest

from guides.choices import Answer
from guides.reading.skills_check.answers import Answers
from guides.reading.skills_check.scoring import Standing, Tally, Way, by_kind, readiness
from guides.schema import Guide
from tests.helpers.factories import a_guide, pay


def skill(slug: str, importance: str = "important", **changes: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug.title(), "kind": "technical", "importance": importance} | changes


SKILLS = [skill("useful", "useful"), skill("oil", "essential"), skill("wick", "essential"), skill("glass")]


def guide(**changes: Any) -> Guide:
    return a_guide(**{"skills": SKILLS} | changes)


def standing(years: int | None = None, of: Guide | None = None, **answers: tuple[str, ...]) -> Standing:
    result = readiness(of or guide(), Answers(years=years, **answers))
    assert result
    assert result.standing
    return result.standing


def told(standing: Standing) -> tuple[str, str, bool, str]:
    now, following = (rung.level.title if rung else "" for rung in (standing.now, standing.next))
    return now, following, standing.is_held, " ".join(skill.slug for skill in standing.lacking)


def test_without_an_answer_there_is_nothing_to_say() -> None:
    assert readiness(guide(), Answers(have=("rowing",), years=3)) is None
    assert readiness(a_guide(skills=[]), Answers(have=("oil",))) is None


def test_the_share_is_the_points_of_the_tallies() -> None:
    result = readiness(guide(), Answers(have=("oil",), some=("wick", "glass"), not_yet=("useful",)))
    assert result
    assert result.tallies == (
        Tally("Essential", 2, 3, 1, 1),
        Tally("Important", 1, 2, 0, 1),
        Tally("Useful", 1, 1, 0, 0),
    )
    assert [(tally.points, tally.most) for tally in result.tallies] == [(4.5, 6), (1.0, 2), (0.0, 1)]
    assert tuple(result.total) == (4, 1, 2, 5.5, 9)
    assert result.share == pytest.approx(5.5 / 9)


def test_what_has_no_answer_counts_as_missing_and_is_named_apart() -> None:
    result = readiness(guide(), Answers(have=("oil",), not_yet=("glass",)))
    assert result
    assert [each.slug for each in result.strong] == ["oil"]
    assert [each.skill.slug for each in result.lacking] == ["glass"]
    assert [each.slug for each in result.unanswered] == ["wick", "useful"]
    assert result.share == pytest.approx(3 / 9)
    assert result.of_answered == pytest.approx(3 / 5)


def test_gaps_stand_by_importance_with_the_ways_to_them() -> None:
    skills = [
        skill("useful", "useful"),
        skill("oil", "essential", gained_by=["apprenticeship", "Learn to row", "Nowhere"]),
    ]
    result = readiness(guide(skills=skills), Answers(some=("useful",), not_yet=("oil",)))
    assert result
    assert [each.skill.slug for each in result.lacking] == ["oil", "useful"]
    assert result.lacking[0].ways == (
        Way("entry-step-1", "Learn to row"),
        Way("education-route-1", "Apprenticeship", a_guide().routes[0], "Bureau of Surveys, 2025"),
    )
    assert result.lacking[1].ways == ()


def test_questions_stand_by_kind_the_essential_first() -> None:
    skills = [skill("calm", kind="soft"), skill("saw", kind="tool"), *SKILLS]
    groups = by_kind(guide(skills=skills), Answers(some=("oil",)))
    assert [(kind.value, [(each.skill.slug, each.answer) for each in asked]) for kind, asked in groups] == [
        ("technical", [("oil", Answer.SOME), ("wick", ""), ("glass", ""), ("useful", "")]),
        ("soft", [("calm", "")]),
        ("tool", [("saw", "")]),
    ]


def test_one_is_on_the_ladder_from_half_of_what_is_essential() -> None:
    assert told(standing(have=("glass",))) == ("", "Keeper", False, "oil wick")
    assert told(standing(some=("oil", "wick"))) == ("Keeper", "Head Keeper", False, "oil wick")
    assert told(standing(have=("oil",))) == ("Keeper", "Head Keeper", False, "wick")


def test_one_rises_as_far_as_both_years_and_essential_skills_reach() -> None:
    everything = ("oil", "wick")
    assert told(standing(years=4, have=everything)) == ("Keeper", "Head Keeper", False, "")
    assert told(standing(years=5, have=everything)) == ("Head Keeper", "Inspector", False, "")
    assert told(standing(years=50, have=("oil",), some=("wick",))) == ("Head Keeper", "Inspector", False, "wick")
    assert told(standing(years=50, have=("oil",))) == ("Keeper", "Head Keeper", True, "wick")
    assert told(standing(years=50, have=("glass",))) == ("", "Keeper", False, "oil wick")


def test_one_gap_costs_one_step() -> None:
    levels = [{"title": f"Level {n}", "years_from": n, "source": "survey-2025"} for n in range(5)]
    skills = [skill(letter, "essential") for letter in "abcdefgh"]
    ladder = guide(levels=levels, skills=skills, pay=[pay(basis="headline", median=1)])
    reached = [told(standing(years=9, of=ladder, have=tuple("abcdefgh"[:count])))[0] for count in range(8, 2, -1)]
    assert reached == ["Level 4", "Level 3", "Level 2", "Level 1", "Level 0", ""]


def test_a_ladder_that_tells_no_years_says_only_where_it_begins() -> None:
    only = guide(levels=[{"title": "Keeper"}], pay=[pay(basis="headline", median=1)])
    found = standing(years=50, of=only, have=("oil", "wick"))
    assert (told(found), found.tells_years) == (("", "Keeper", False, ""), False)
    result = readiness(guide(levels=[], pay=[pay(basis="headline", median=1)]), Answers(have=("oil",)))
    assert result
    assert result.standing is None


def test_where_nothing_is_essential_all_skills_decide() -> None:
    plain = guide(skills=[skill("oil"), skill("wick"), skill("glass")])
    assert told(standing(of=plain, have=("oil",)))[0] == ""
    assert told(standing(of=plain, have=("oil", "wick")))[0] == "Keeper"


def test_rungs_tell_their_pay_and_who_says_so() -> None:
    now = standing(have=("oil",)).now
    assert now
    assert now.band
    assert (now.band.median, now.cited) == (Decimal(38_000), "Bureau of Surveys, 2025")
