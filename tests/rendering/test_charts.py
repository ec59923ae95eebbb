"""Where the marks of a chart stand."""

from typing import Any

from guides.rendering.charts import Chart, Label, pay_chart, years_chart
from guides.schema import CareerLevel, SalaryBand
from tests.helpers.factories import pay


def chart(**bands: dict[str, Any]) -> Chart | None:
    return pay_chart([(name, SalaryBand.model_validate(pay(basis="headline") | band)) for name, band in bands.items()])


def test_marks_stand_in_proportion_to_the_amounts() -> None:
    drawn = chart(a={"median": 39_000, "mean": 42_000}, b={"low": 30_000, "high": 60_000}, c={"low": 70_000})
    assert drawn is not None
    assert [(bar.name, bar.low, bar.width, bar.median, bar.mean, bar.is_open) for bar in drawn.bars] == [
        ("a", "", "", "48.75%", "52.5%", False),
        ("b", "37.5%", "37.5%", "", "", False),
        ("c", "87.5%", "12.5%", "", "", True),
    ]
    assert [(tick.x, tick.label) for tick in drawn.ticks] == [
        ("0%", "$0"), ("25%", "$20K"), ("50%", "$40K"), ("75%", "$60K"), ("100%", "$80K")
    ]  # fmt: skip
    assert (drawn.has_range, drawn.has_mean) == (True, True)


def test_every_mark_stands_within_the_chart() -> None:
    for amount in (1, 7, 99, 100, 101, 4_999, 5_001, 78_000, 80_000, 81_000, 9_999_999_999):
        drawn = chart(a={"low": 0, "median": amount})
        assert drawn is not None
        assert 50 <= float(drawn.bars[0].median.rstrip("%")) <= 100
        assert len(drawn.ticks) <= 5


def test_what_cannot_stand_on_one_scale_is_not_drawn() -> None:
    assert chart() is None
    assert chart(a={"median": 1}, b={"median": 1, "currency": "EUR"}) is None
    assert chart(a={"median": 1}, b={"median": 1, "period": "hour"}) is None


def test_ticks_say_what_they_stand_at() -> None:
    drawn = chart(a={"median": 1_900})
    assert drawn is not None
    assert [tick.label for tick in drawn.ticks] == ["$0", "$500", "$1K", "$1.5K", "$2K"]


def test_a_range_of_one_amount_is_a_point() -> None:
    drawn = chart(a={"low": 50, "high": 50}, b={"low": 20, "high": 100})
    assert drawn is not None
    assert [(bar.width, bar.exact, bar.median) for bar in drawn.bars] == [("", "50%", ""), ("80%", "", "")]
    assert not drawn.has_median


def test_what_goes_beyond_the_highest_amount_has_room() -> None:
    drawn = chart(a={"median": 40_000}, b={"low": 80_000})
    assert drawn is not None
    assert (drawn.bars[1].low, drawn.bars[1].width, drawn.bars[1].is_open) == ("80%", "20%", True)


def test_pay_of_nothing_is_drawn() -> None:
    assert chart(a={"median": 0}) is not None


def level(title: str, first: int | None, last: int | None = None) -> CareerLevel:
    source = "" if first is None else "survey"
    return CareerLevel(title=title, years_from=first, years_to=last, source=source)


def test_a_ladder_is_drawn_by_its_years() -> None:
    drawn = years_chart([level("Junior", 0, 2), level("Senior", 2, 6), level("Lead", None), level("Head", 6)])
    assert drawn is not None
    assert [(bar.name, bar.low, bar.width, bar.is_open) for bar in drawn.bars] == [
        ("Junior", "0%", "25%", False),
        ("Senior", "25%", "50%", False),
        ("Head", "75%", "25%", True),
    ]
    assert [tick.label for tick in drawn.ticks] == ["0 years", "2 years", "4 years", "6 years", "8 years"]


def test_a_ladder_without_years_is_not_drawn() -> None:
    assert years_chart([level("Junior", None), level("Senior", 2, 6)]) is None


def test_a_level_of_one_year_is_a_point() -> None:
    drawn = years_chart([level("Trainee", 1, 1), level("Keeper", 1, 4)])
    assert drawn is not None
    assert [(bar.width, bar.exact) for bar in drawn.bars] == [("", "25%"), ("75%", "")]


def test_numbers_are_at_the_marks_and_stay_within_the_chart() -> None:
    drawn = chart(
        a={"median": 39_000, "low": 30_000, "high": 60_000, "range_label": "10th to 90th percentile"},
        b={"low": 2_000, "high": 8_000},
        c={"mean": 78_000},
    )
    assert drawn is not None
    assert [bar.label for bar in drawn.bars] == [
        Label("$39,000", "$30,000–$60,000", "10th to 90th percentile", "48.75%", "middle"),
        Label("$2,000–$8,000", "", "", "6.25%", "start"),
        Label("$78,000", "", "", "97.5%", "end"),
    ]


def test_an_outlier_goes_on_beyond_the_scale_of_a_comparison() -> None:
    bands = {"a": {"median": 40_000}, "b": {"median": 42_000}, "c": {"low": 80_000, "high": 900_000}}
    named = [(name, SalaryBand.model_validate(pay(basis="headline") | band)) for name, band in bands.items()]
    whole, cut = pay_chart(named), pay_chart(named, cut_outliers=True)
    assert whole is not None
    assert cut is not None
    assert [whole.ticks[-1].label, cut.ticks[-1].label] == ["$1M", "$150K"]
    assert [(bar.low, bar.width, bar.is_open) for bar in cut.bars[2:]] == [("53.3333%", "46.6667%", True)]
    assert cut.bars[2].label == Label("$80,000–$900,000", "", "", "100%", "end")
