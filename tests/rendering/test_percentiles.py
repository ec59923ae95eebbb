"""Percentiles of pay as a chart and as a table."""

from decimal import Decimal
from typing import Any

import pytest

from guides.rendering.percentiles import PercentileChart, PercentileView, percentile_view
from tests.helpers.statistics import a_release, a_wage, an_area, an_occupation

pytestmark = pytest.mark.django_db


def view(*rows: dict[str, Any], **options: Any) -> PercentileView:
    """The view of an occupation in areas A, B, … with these values."""
    release, occupation = a_release(), an_occupation()
    wages = [
        (name, a_wage(release, occupation, an_area("state", f"{place:02}", name, name.lower(), name * 2), **values))
        for place, (name, values) in enumerate(zip("ABCDEF", rows, strict=False), start=1)
    ]
    return percentile_view(wages, **options)


def chart(*rows: dict[str, Any], **options: Any) -> PercentileChart:
    found = view(*rows, **options).chart
    assert found
    return found


def test_marks_have_numbers_by_the_year_and_the_hour_at_their_place_on_the_scale() -> None:
    bar = chart({}).bars[0]
    assert [(mark.name, mark.x, mark.label_x, mark.yearly, mark.hourly) for mark in bar.marks] == [
        ("10th", "3%", "3%", "$31,200", "$15.00"),
        ("median", "44.8%", "50%", "$39,520", "$19.00"),
        ("90th", "97%", "97%", "$49,920", "$24.00"),
        ("25th", "23.9%", "25%", "$35,360", "$17.00"),
        ("75th", "65.7%", "75%", "$43,680", "$21.00"),
    ]
    assert (bar.start, bar.width, bar.half_start, bar.half_width) == ("3%", "94%", "23.9%", "41.8%")
    assert (bar.open_start, bar.open_width) == ("", "")


def test_the_table_has_the_same_figures_in_plain_words() -> None:
    found = view({})
    assert [(row.label, *(tuple(cell) for cell in row.cells)) for row in found.rows] == [
        ("A tenth earn less than", ("$31,200", "$15.00")),
        ("A quarter earn less than", ("$35,360", "$17.00")),
        ("Typical pay (median)", ("$39,520", "$19.00")),
        ("A quarter earn more than", ("$43,680", "$21.00")),
        ("A tenth earn more than", ("$49,920", "$24.00")),
    ]
    assert (found.areas, found.units, found.notes) == (("A",), "a year, an hour", ())


def test_areas_share_one_scale() -> None:
    low, high = {"yearly_p10": 20_000, "hourly_p10": 962}, {"yearly_p90": 60_000, "hourly_p90": 2_885}
    bars = chart(low, high).bars
    assert [[(mark.name, mark.x) for mark in bar.marks if mark.name in {"10th", "90th"}] for bar in bars] == [
        [("10th", "3%"), ("90th", "73.3%")],
        [("10th", "29.3%"), ("90th", "97%")],
    ]


def test_a_gap_has_no_mark_and_is_named_in_the_table() -> None:
    gap = {"yearly_p25": None, "hourly_p25": None, "flags": "......*....*..."}
    found = view(gap)
    assert found.chart
    bar = found.chart.bars[0]
    assert [mark.name if mark else None for mark in (*bar.above, *bar.below)] == [
        "10th", "median", "90th", None, "75th"
    ]  # fmt: skip
    assert (bar.half_start, bar.half_width) == ("", "")
    assert found.rows[1].cells == (("not available", ""),)
    assert found.notes == ("Words in place of a number mean that the publisher has no figure. They do not mean zero.",)


def test_a_wage_at_or_above_the_highest_published_one_opens_the_bar() -> None:
    top = {"yearly_p75": None, "yearly_p90": None, "hourly_p75": None, "hourly_p90": None, "flags": "........##...##"}
    found = view(top)
    assert found.chart
    bar = found.chart.bars[0]
    assert [(mark.name, mark.x, mark.yearly) for mark in bar.marks if mark.name in {"75th", "90th"}] == [
        ("90th", "97%", "$239,200 or more"),
        ("75th", "97%", "$239,200 or more"),
    ]
    assert (bar.start, bar.width, bar.open_start, bar.half_width) == ("3%", "3.8%", "6.8%", "")
    assert found.rows[3].cells == (("$239,200 or more", "$115.00 or more"),)
    assert found.notes == ("“Or more” means that the publisher gives no exact wages that high.",)


def test_a_collapsed_percentile_is_not_shown() -> None:
    wide = {"yearly_p75": 99_000, "yearly_p90": 99_000, "hourly_p75": 4_760, "hourly_p90": 4_760}
    found = view(wide)
    assert found.chart
    assert [mark.name for mark in found.chart.bars[0].marks] == ["10th", "median", "25th"]
    assert [row.cells[0].yearly for row in found.rows] == ["$31,200", "$35,360", "$39,520", "not shown", "not shown"]
    assert len(found.notes) == 1


@pytest.mark.parametrize(
    ("values", "units", "median"),
    [
        ({f"hourly_{name}": None for name in ("mean", "p10", "p25", "p50", "p75", "p90")}
         | {"paid_by": "year", "flags": "...*.*****....."}, "a year", ("$39,520", "")),
        ({f"yearly_{name}": None for name in ("mean", "p10", "p25", "p50", "p75", "p90")}
         | {"paid_by": "hour", "flags": "....*.....*****"}, "an hour", ("", "$19.00")),
    ],
)  # fmt: skip
def test_pay_by_the_year_or_by_the_hour_only_has_no_other_figure(
    values: dict[str, Any], units: str, median: tuple[str, str]
) -> None:
    found = view(values)
    assert (found.units, found.rows[2].cells, found.notes) == (units, (median,), ())
    assert found.chart
    assert [(mark.yearly, mark.hourly) for mark in found.chart.bars[0].marks if mark.name == "median"] == [median]


def test_an_offer_has_a_mark_on_the_scale() -> None:
    found = chart({}, offer=Decimal(19), per="hour")
    assert (found.offer_x, found.offer) == ("44.8%", "$19.00 an hour")


def test_an_offer_far_from_all_pay_leaves_the_percentiles_apart() -> None:
    found = chart({}, offer=Decimal(2_000_000), per="year")
    assert (found.offer_x, found.offer) == ("97%", "$2,000,000 a year")
    assert [mark.x for mark in found.bars[0].marks] == ["3%", "30.9%", "65.7%", "16.9%", "44.8%"]


def test_pay_without_any_figure_is_not_drawn() -> None:
    gone: dict[str, Any] = {f"{per}_{name}": None for per in ("hourly", "yearly") for name in (
        "mean", "p10", "p25", "p50", "p75", "p90")}  # fmt: skip
    found = view(gone | {"flags": "...************"})
    assert found.chart is None
    assert {cell for row in found.rows for cell in row.cells} == {("not available", "")}


def test_pay_that_is_the_same_for_all_is_one_mark() -> None:
    same = {f"yearly_p{percent}": 40_000 for percent in (10, 25, 50, 75, 90)}
    bar = chart(same).bars[0]
    assert ({mark.x for mark in bar.marks}, bar.width, bar.half_width) == ({"50%"}, "", "")


def test_one_area_without_figures_does_not_hide_the_other() -> None:
    gone: dict[str, Any] = {f"{per}_{name}": None for per in ("hourly", "yearly") for name in (
        "mean", "p10", "p25", "p50", "p75", "p90")}  # fmt: skip
    assert [bar.name for bar in chart(gone | {"flags": "...************"}, {}).bars] == ["B"]
