"""Requirements of roles in words."""

import pytest

from guides.rendering.requirement_words import either, joined, phrases
from guides.summary import SummaryRequirement


@pytest.mark.parametrize(
    ("way", "text"),
    [
        (SummaryRequirement("bachelor"), "a bachelor’s degree"),
        (
            SummaryRequirement("bachelor", 2, 4, "clinical work"),
            "a bachelor’s degree and 2–4 years of clinical work",
        ),
        (
            SummaryRequirement("high-school", 1, None, "work in health care", "rn", "RN license"),
            "a high school diploma or GED, at least 1 year of work in health care, and RN license",
        ),
        (SummaryRequirement(years_from=2, years_to=2, experience="nursing"), "2 years of nursing"),
        (SummaryRequirement("none", 0, 2, "nursing"), ""),
    ],
)
def test_a_way_is_a_list_of_objects(way: SummaryRequirement, text: str) -> None:
    assert joined(phrases(way).values()) == text


def test_alternatives_are_joined_with_or() -> None:
    assert (either(["Epic"]), either(["Epic", "Cerner"])) == ("Epic", "Epic or Cerner")
    assert either(["Epic", "Cerner", "Meditech"]) == "Epic, Cerner, or Meditech"
