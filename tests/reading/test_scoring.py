"""The score for a role: shares, points, alternatives, broader and narrower skills, and the level that fits."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from guides.choices import Answer
from guides.reading.answers import Answers
from guides.reading.skills_check.ladder import LadderPosition, ladder_position
from guides.reading.skills_check.questions import questions
from guides.reading.skills_check.scoring import Readiness, ScoreRow, score
from guides.schema import Guide
from tests.helpers.factories import a_guide, pay
from tests.helpers.hypothesis_profile import examples
from tests.helpers.strategies import guides

BROADER = {"epic": "ehr", "cerner": "ehr", "word": "office"}
NAMES = {"epic": "Epic", "ehr": "EHR systems"}


def skill(slug: str, importance: str = "important", **changes: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug.title(), "kind": "technical", "importance": importance} | changes


SKILLS = [skill("useful", "useful"), skill("oil", "essential"), skill("wick", "essential"), skill("glass")]
SYSTEMS = [skill(slug, "useful", one_of="One EHR system") for slug in ("epic", "cerner", "meditech")]


def guide(**changes: Any) -> Guide:
    return a_guide(**{"skills": SKILLS} | changes)


def scored(of: Guide | None = None, **answers: Any) -> Readiness:
    return score(of or guide(), Answers(**answers), BROADER, NAMES)


def position(years: int | None = None, of: Guide | None = None, **answers: Any) -> LadderPosition:
    of = of or guide()
    found = ladder_position(of, scored(of, **answers).scores, years)
    assert found
    return found


def summary(position: LadderPosition) -> tuple[str, str, bool, str]:
    now, following = (level.level.title if level else "" for level in (position.now, position.next))
    return now, following, position.is_held_back, " ".join(score.best.slug for score in position.missing)


def test_the_share_is_the_sum_of_points() -> None:
    result = scored(have=("oil",), some=("wick", "glass"), not_yet=("useful",))
    assert result.rows == (
        ScoreRow("Essential", 2, 3, 1, 1, 4.5),
        ScoreRow("Important", 1, 2, 0, 1, 1.0),
        ScoreRow("Useful", 1, 1, 0, 0, 0.0),
    )
    assert [row.max_points for row in result.rows] == [6, 2, 1]
    assert tuple(result.total) == (4, 1, 2, 5.5, 9)
    assert result.share == pytest.approx(5.5 / 9)


def test_unanswered_skills_count_as_missing() -> None:
    result = scored(have=("oil",), not_yet=("glass",))
    assert [each.name for each in result.strengths] == ["Oil"]
    assert [(each.name, each.answer) for each in result.scores] == [
        ("Oil", Answer.HAVE), ("Wick", ""), ("Glass", Answer.NOT_YET), ("Useful", "")
    ]  # fmt: skip
    assert result.share == pytest.approx(3 / 9)
    assert result.answered_share == pytest.approx(3 / 5)


def test_one_of_several_alternatives_is_enough() -> None:
    result = scored(guide(skills=[skill("oil"), *SYSTEMS]), have=("oil", "cerner"), not_yet=("epic",))
    assert result.share == 1
    assert [each.name for each in result.strengths] == ["Oil", "Cerner"]
    assert result.rows[1] == ScoreRow("Useful", 1, 1, 1, 0, 1.0)
    assert scored(guide(skills=SYSTEMS)).scores[0].name == "One EHR system: Epic, Cerner, or Meditech"


def test_the_alternative_with_an_own_answer_counts_before_one_that_follows_from_it() -> None:
    systems = [skill("ehr", one_of="One EHR system"), *SYSTEMS]
    [of_group] = scored(guide(skills=systems), have=("epic",)).scores
    assert (of_group.name, of_group.through, of_group.points) == ("Epic", "", 4)


def test_a_narrower_skill_counts_fully_and_a_broader_one_half() -> None:
    of = guide(skills=[skill("ehr", "essential"), *SYSTEMS, skill("word")])
    result = scored(of, have=("epic",), some=("office",))
    assert [(each.name, each.answer, each.through, each.points) for each in result.scores] == [
        ("Ehr", Answer.HAVE, "Epic", 4),
        ("Word", Answer.SOME, "office", 1),
        ("Epic", Answer.HAVE, "", 4),
    ]
    half = scored(of, have=("ehr",)).scores[2]
    assert (half.name, half.answer, half.through, half.points) == ("Epic", Answer.SOME, "EHR systems", 2)


@examples(60)
@given(guide=guides())
def test_somebody_with_all_skills_scores_100_percent(guide: Guide) -> None:
    result = score(guide, Answers(have=tuple(skill.slug for skill in guide.skills)), {}, {})
    assert (result.share, len(result.strengths)) == ((1.0 if guide.skills else 0.0), len(result.scores))


def test_questions_put_required_certificates_and_essential_skills_first() -> None:
    of = guide(
        skills=[skill("calm", kind="soft"), *SKILLS, *SYSTEMS, skill("card", kind="certificate")],
        requirements=[{"certificate": "card", "source": "survey-2025"}],
    )
    found = questions(of, Answers(some=("oil",), have=("epic",)), BROADER, NAMES)
    assert [
        [(group.label, [(each.skill.slug, each.answer) for each in group.questions]) for group in groups]
        for groups in found
    ] == [
        [("", [("card", "")])],
        [("", [("oil", Answer.SOME)]), ("", [("wick", "")])],
        [("", [("calm", "")]), ("", [("glass", "")]), ("", [("useful", "")]),
         ("One EHR system", [("epic", Answer.HAVE), ("cerner", ""), ("meditech", "")])],
    ]  # fmt: skip
    assert (found.answered, found.total, found.shows_others) == (2, 7, True)


def test_other_skills_are_folded_until_one_has_an_answer() -> None:
    assert not questions(guide(), Answers(have=("oil",)), {}, {}).shows_others
    assert questions(guide(), Answers(not_yet=("glass",)), {}, {}).shows_others
    assert questions(guide(skills=[skill("glass")]), Answers(), {}, {}).shows_others


def test_a_question_is_answered_by_a_narrower_skill() -> None:
    of = guide(skills=[skill("ehr", "essential"), skill("oil")])
    found = questions(of, Answers(have=("epic",)), BROADER, NAMES)
    assert (found.essential[0].through, found.answered, found.total) == ("Epic", 1, 2)


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
    without = guide(levels=[], pay=[pay(basis="headline", median=1)])
    assert ladder_position(without, scored(without, have=("oil",)).scores, 3) is None


def test_all_skills_count_if_none_is_essential() -> None:
    plain = guide(skills=[skill("oil"), skill("wick"), skill("glass")])
    assert summary(position(of=plain, have=("oil",)))[0] == ""
    assert summary(position(of=plain, have=("oil", "wick")))[0] == "Keeper"


def test_a_level_has_its_pay_and_source() -> None:
    now = position(have=("oil",)).now
    assert now
    assert now.band
    assert (now.band.median, now.cited) == (Decimal(38_000), "Bureau of Surveys, 2025")
