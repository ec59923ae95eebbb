"""The points of skills: broader and narrower ones, and alternatives."""

from guides.skill_groups import all_points, covered_share, skill_groups
from guides.summary import SummarySkill

BROADER = {"epic": "ehr", "cerner": "ehr", "word": "office"}


def skill(slug: str, importance: str = "important", *, one_of: str = "") -> SummarySkill:
    return SummarySkill(slug, slug.title(), "tool", importance, BROADER.get(slug, ""), one_of)


def test_a_narrower_skill_counts_as_the_broader_one() -> None:
    assert all_points({"epic": 4}, BROADER) == {"epic": 4, "ehr": 4}
    assert all_points({"epic": 2}, BROADER) == {"epic": 2, "ehr": 2}


def test_a_broader_skill_counts_half_toward_narrower_ones() -> None:
    assert all_points({"ehr": 4}, BROADER) == {"ehr": 4, "epic": 2, "cerner": 2}
    assert all_points({"ehr": 2}, BROADER) == {"ehr": 2, "epic": 1, "cerner": 1}


def test_the_best_reason_counts() -> None:
    assert all_points({"ehr": 4, "epic": 2, "word": 4}, BROADER) == {
        "ehr": 4, "epic": 2, "cerner": 2, "word": 4, "office": 4,
    }  # fmt: skip


def test_alternatives_count_once_with_the_best_of_them() -> None:
    skills = (
        skill("epic", "useful", one_of="One EHR"),
        skill("phones", "essential"),
        skill("cerner", one_of="One EHR"),
    )
    groups = skill_groups(skills)
    assert [(group.label, [each.slug for each in group.skills], group.weight) for group in groups] == [
        ("One EHR", ["epic", "cerner"], 2), ("", ["phones"], 3),
    ]  # fmt: skip
    assert covered_share(groups, {"epic": 4}) == 2 / 5
    assert covered_share(groups, {"epic": 2, "cerner": 4, "phones": 4}) == 1
    assert covered_share((), {"epic": 4}) == 0
