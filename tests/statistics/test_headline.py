"""The pay headline of a role, by how its occupations relate to it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from guides.models import Occupation, Release, Source, Wage
from guides.models.wages import HOURLY, YEARLY
from guides.schema import RoleOccupation
from guides.statistics.figures import are_collapsed
from guides.statistics.headline import PayHeadline, pay_headline, plain_sort_amount
from guides.summary import ListedOccupation
from tests.helpers.statistics import a_release, a_wage, an_area, an_occupation

pytestmark = pytest.mark.django_db


def wages(**titles: Mapping[str, Any]) -> dict[str, Wage]:
    """Rows of the nation, by code, for occupations with these values."""
    release, nation = a_release(), an_area("nation", "99", "United States", "united-states", "")
    rows = {}
    for number, (title, values) in enumerate(titles.items(), start=1):
        code = f"43-600{number}"
        rows[code] = a_wage(release, an_occupation(code, title.replace("_", " ")), nation, **values)
    return rows


def headline(rows: dict[str, Wage], *relations: str, is_representative: bool = True) -> PayHeadline | None:
    occupations = [
        RoleOccupation.model_validate({"code": code, "relation": relation, "covers": "Others."})
        for code, relation in zip(rows, relations, strict=True)
    ]
    return pay_headline(occupations, rows, is_representative=is_representative)


def shown(found: PayHeadline | None) -> Any:
    bands = (found.band, found.hourly) if found else ()
    return [band and (band.label, band.low, band.median, band.high, band.range_label, band.period) for band in bands]


def test_the_same_occupation_has_its_median_and_its_percentiles() -> None:
    found = headline(wages(Keepers={}), "same")
    assert shown(found) == [
        ("", 31_200, 39_520, 49_920, "10th to 90th percentile", "year"),
        ("", 15, 19, 24, "10th to 90th percentile", "hour"),
    ]
    assert found
    assert (found.is_own, found.sort_amount) == (True, Decimal(39_520))


def test_an_occupation_that_includes_the_role_has_a_range_up_to_its_median() -> None:
    found = headline(wages(Keepers={}, Sailors={"yearly_p50": 99_000, "yearly_p75": 99_000, "yearly_p90": 99_000}),
                     "broader", "nearest")  # fmt: skip
    assert shown(found) == [
        ("Keepers", 31_200, None, 39_520, "10th percentile to median", "year"),
        ("Keepers", 15, None, 19, "10th percentile to median", "hour"),
    ]
    assert found
    assert (found.is_own, found.sort_amount) == (False, Decimal(31_200))


def test_the_nearest_occupations_have_a_range_of_medians() -> None:
    rows = wages(Keepers={}, Sailors={"yearly_p50": 36_000, "hourly_p50": 1_731})
    assert shown(headline(rows, "nearest", "nearest")) == [
        ("Keepers; Sailors", 36_000, None, 39_520, "lowest to highest median", "year"),
        ("Keepers; Sailors", Decimal("17.31"), None, 19, "lowest to highest median", "hour"),
    ]


def test_a_single_nearest_occupation_has_its_middle_half() -> None:
    assert shown(headline(wages(Keepers={}), "nearest"))[0] == (
        "Keepers", 35_360, None, 43_680, "25th to 75th percentile", "year",
    )  # fmt: skip


def test_a_wage_at_or_above_the_highest_published_one_is_open_ended() -> None:
    top = {"yearly_p75": None, "yearly_p90": None, "hourly_p75": None, "hourly_p90": None, "flags": "........##...##"}
    assert shown(headline(wages(Surgeons=top), "same")) == [
        ("", 31_200, 39_520, None, "10th to 90th percentile", "year"),
        ("", 15, 19, None, "10th to 90th percentile", "hour"),
    ]


def test_there_is_no_headline_without_figures_for_all_named_occupations() -> None:
    rows = wages(Keepers={})
    occupations = [
        RoleOccupation(code="43-6001", relation="nearest", covers="A."),
        RoleOccupation(code="43-6002", relation="nearest", covers="B."),
    ]
    assert pay_headline(occupations, rows, is_representative=True) is None


def test_an_editor_can_leave_out_a_range_that_would_mislead() -> None:
    assert headline(wages(Keepers={}), "broader", is_representative=False) is None


_amounts = st.lists(st.integers(1, 40).map(lambda amount: amount * 5_000), min_size=5, max_size=5).map(sorted)


@given(
    yearly=st.lists(_amounts, min_size=1, max_size=2),
    relation=st.sampled_from(("same", "broader", "nearest")),
    gaps=st.sets(st.integers(0, 4), max_size=1),
)
def test_the_quick_sort_amount_agrees_with_the_headline(yearly: list[list[int]], relation: str, gaps: set[int]) -> None:
    """For all percentiles, some of them collapsed or missing. The quick amount may be unknown, but never wrong."""
    release = Release(source=Source(slug="survey", publisher="Bureau", title="Survey"), top_hourly=11_500)
    rows, wages = [], {}
    for number, amounts in enumerate(yearly if relation == "nearest" else yearly[:1]):
        row = [None if place in gaps else amount for place, amount in enumerate(amounts)] + [
            amount // 20 for amount in amounts
        ]
        flags = "".join("*" if amount is None else "." for amount in row)
        rows.append(row)
        wages[f"43-600{number}"] = Wage(
            release=release, occupation=Occupation(title="Keepers"), flags=f".....{flags[5:]}{flags[:5]}",
            **dict(zip((*YEARLY, *HOURLY), row, strict=True)),
        )  # fmt: skip
    occupations = [ListedOccupation(code, relation) for code in wages]
    found = pay_headline(occupations, wages, is_representative=True)
    quick = plain_sort_amount(relation, rows)
    event(f"known: {quick is not None}")
    assert quick is None or (found is not None and found.sort_amount == quick)
    if not gaps and not any(any(are_collapsed(amounts)) for amounts in yearly):
        assert quick is not None
