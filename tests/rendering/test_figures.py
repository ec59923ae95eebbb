"""Numbers as people read them."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import translation

from guides.models.wages import Flag
from guides.rendering import figures
from guides.schema import CareerLevel, SalaryBand, Source
from guides.schema.types import Cost, Duration, Measure
from guides.statistics.figures import Figure
from guides.statistics.headline import PayHeadline
from guides.statistics.outlook import GrowthRange
from tests.helpers.factories import SOURCE, day, pay


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        ({"low": 12, "high": 12}, "12 months"),
        ({"low": 1, "high": 1}, "1 month"),
        ({"low": 6, "high": 24}, "6–24 months"),
        ({"low": 10}, "10 months or more"),
        ({"high": 6}, "up to 6 months"),
        ({"high": 6, "approximate": True}, "up to about 6 months"),
        ({"low": 3, "high": 12, "and_more": True}, "3–12 months or more"),
        ({"low": 3, "high": 12, "approximate": True}, "about 3–12 months"),
        ({"low": "1.5", "high": "1.5"}, "1.5 months"),
    ],
)
def test_exact_values_ranges_and_open_ends_are_told_apart(quantity: dict[str, Any], words: str) -> None:
    assert figures.measure(Duration.model_validate(quantity | {"unit": "month"})) == words


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        ({"low": "0.16", "high": "0.16", "unit": "share"}, "16%"),
        ({"low": "0.06", "high": "0.125", "unit": "share"}, "6%–12.5%"),
        (
            {"low": 172_000, "high": 172_000, "approximate": True, "unit": "count", "per": "year"},
            "about 172,000 a year",
        ),
        ({"low": 40, "high": 40, "unit": "hour", "per": "week"}, "40 hours a week"),
    ],
)
def test_a_measure_says_its_unit_and_rate(measure: dict[str, Any], words: str) -> None:
    assert figures.measure(Measure.model_validate(measure)) == words


@pytest.mark.parametrize(
    ("amount", "currency", "words"),
    [
        ("40680", "USD", "$40,680"),
        ("19.50", "USD", "$19.50"),
        ("25000", "GBP", "£25,000"),
        ("35000", "BRL", "R$35,000"),
        ("45000", "CAD", "CA$45,000"),
        ("35000", "SGD", "SGD\N{NO-BREAK SPACE}35,000"),
        ("4500000", "JPY", "¥4,500,000"),
    ],
)
def test_money_stands_in_its_own_currency(amount: str, currency: str, words: str) -> None:
    assert figures.money(Decimal(amount), currency) == words


def test_cost_and_pay_are_ranges_of_money() -> None:
    assert (
        figures.cost(Cost.model_validate({"high": 2_000, "approximate": True, "currency": "USD"}))
        == "up to about $2,000"
    )
    band = SalaryBand.model_validate(pay(basis="headline", low=30_000, high=55_000, and_more=True))
    assert figures.pay_range(band) == "$30,000–$55,000 or more"
    assert figures.pay_range(SalaryBand.model_validate(pay(basis="headline", median=1))) == ""


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ({"median": 40_680, "low": 30_000}, "$40,680 a year"),
        ({"median": 40_000, "approximate": True}, "about $40,000 a year"),
        ({"low": 35_000, "high": 45_000, "mean": 40_000}, "$35,000–$45,000 a year"),
        ({"low": 35_000, "high": 55_000, "approximate": True}, "about $35,000–$55,000 a year"),
        ({"low": 50_000}, "$50,000 or more a year"),
        ({"mean": 42_000}, "$42,000 a year"),
        ({"median": "19.55", "period": "hour"}, "$19.55 an hour"),
        ({"median": 0}, "$0 a year"),
    ],
)
def test_one_figure_stands_for_a_band(amounts: dict[str, Any], words: str) -> None:
    assert figures.pay(SalaryBand.model_validate(pay(basis="headline") | amounts)) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [(0, 2, "0–2 years"), (10, None, "10 years or more"), (1, 1, "1 year"), (0, 1, "0–1 year"), (None, None, "")],
)
def test_years_of_a_level(first: int | None, last: int | None, words: str) -> None:
    level = {"title": "Keeper", "years_from": first, "years_to": last, "source": "" if first is None else "s"}
    assert figures.years(CareerLevel.model_validate(level)) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2022-01-01", "2032-12-31", "2022–2032"),
        ("2025-01-01", "2025-12-31", "2025"),
        ("2023-05-01", "2023-05-31", "May 2023"),
        ("2024-02-01", "2024-02-29", "February 2024"),
        ("2024-02-01", "2024-02-28", "February 1, 2024 to February 28, 2024"),
        ("2025-08-28", "2025-08-28", "August 28, 2025"),
        (None, None, ""),
    ],
)
def test_a_period_is_told_as_shortly_as_it_can_be(first: str | None, last: str | None, words: str) -> None:
    assert figures.covered(Source.model_validate(SOURCE | {"covers_from": first, "covers_to": last})) == words


def test_days_and_countries() -> None:
    assert figures.day(day(11, 22)) == "November 22, 2026"
    assert figures.day(day(11, 22).date()) == "November 22, 2026"
    assert (figures.country("GB"), figures.country("SG")) == ("United Kingdom", "Singapore")


def test_figures_follow_the_locale() -> None:
    with translation.override("de"):
        assert figures.money(Decimal(40680), "USD") == "40.680\N{NO-BREAK SPACE}$"
        assert figures.country("DE") == "Deutschland"


@pytest.mark.parametrize(
    ("band", "words"),
    [
        ({"median": 1, "mean": 2, "label": "Nurses"}, "median, Nurses"),
        ({"median": 1, "label": "National median"}, "National median"),
        ({"mean": 1}, "average"),
        ({"low": 1, "high": 2, "mean": 1, "label": "Usual range"}, "Usual range"),
        ({"low": 1, "high": 2, "label": "Nurses", "range_label": "Middle half"}, "Nurses, Middle half"),
        ({"low": 1}, ""),
    ],
)
def test_what_one_figure_of_pay_is_stands_beside_it(band: dict[str, Any], words: str) -> None:
    assert figures.pay_gloss(SalaryBand.model_validate(pay(basis="headline") | band)) == words


@pytest.mark.parametrize(
    ("amount", "words"), [(5_010, "$5,010 a year more"), (-1, "$1 a year less"), (0, "the same pay")]
)
def test_a_difference_in_pay_says_which_way_it_goes(amount: int, words: str) -> None:
    assert figures.pay_difference(Decimal(amount)) == words


def headline(*bands: dict[str, Any], codes: tuple[str, ...] = ("31-9092",)) -> PayHeadline:
    yearly, hourly = ([SalaryBand.model_validate(pay(basis="headline") | band) for band in bands] + [None])[:2]
    assert yearly
    return PayHeadline(yearly, Source.model_validate(SOURCE), hourly, codes)


def texts_of(found: PayHeadline) -> list[str]:
    return [figures.headline_pay(found), figures.headline_gloss(found), figures.headline_more(found)]


def test_an_official_headline_has_yearly_and_hourly_pay() -> None:
    found = headline(
        {"low": 36_050, "median": 45_690, "high": 59_310, "range_label": "10th to 90th percentile"},
        {"low": "17.33", "median": 22, "high": "28.51", "range_label": "10th to 90th percentile", "period": "hour"},
    )
    assert texts_of(found) == [
        "$45,690 a year · $22.00 an hour",
        "median",
        "10th to 90th percentile $36,050–$59,310 · $17.33–$28.51",
    ]
    assert figures.labeled_headline(found) == "$45,690 a year · $22.00 an hour, median"


def test_a_range_names_its_occupations() -> None:
    of = {"label": "Secretaries; Technicians, All Other", "range_label": "lowest to highest median"}
    found = headline(
        of | {"low": 45_930, "high": 50_290}, of | {"low": "22.08", "high": "24.18", "period": "hour"},
        codes=("43-6013", "29-2099"),
    )  # fmt: skip
    assert texts_of(found) == [
        "$45,930–$50,290 a year · $22.08–$24.18 an hour",
        "lowest to highest median: Secretaries; Technicians, All Other",
        "",
    ]


def test_a_headline_with_one_unit_of_time_or_an_open_end_says_so() -> None:
    hourly = {"median": 25, "low": 15, "range_label": "10th to 90th percentile", "period": "hour"}
    assert texts_of(headline(hourly)) == ["$25.00 an hour", "median", "10th to 90th percentile $15.00 or more"]
    assert texts_of(headline({"low": 31_200, "range_label": "10th to 90th percentile"})) == [
        "$31,200 or more a year", "10th to 90th percentile", "",
    ]  # fmt: skip


def test_the_own_figure_of_a_guide_is_a_headline_as_it_was_typed() -> None:
    found = headline({"median": 20, "mean": 21, "period": "hour", "approximate": True}, codes=())
    assert texts_of(found) == ["about $20 an hour", "median", "average about $21"]


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Figure(Decimal(19)), "$19.00"),
        (Figure(None, Flag.AT_OR_ABOVE, Decimal(115)), "$115.00 or more"),
        (Figure(None, Flag.NOT_AVAILABLE), "not available"),
    ],
)
def test_a_published_wage_is_a_number_a_bound_or_a_gap(figure: Figure, words: str) -> None:
    assert figures.wage_figure(figure, "hour") == words


def test_growth_has_a_sign_when_it_is_a_decline() -> None:
    assert [figures.growth(Decimal(percent)) for percent in ("12.5", "-3.4", "0")] == ["12.5%", "−3.4%", "0%"]


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [("4.2", "5.2", "4.2–5.2%"), ("12.5", "12.5", "12.5%"), ("-3.4", "2.1", "−3.4% to 2.1%")],
)
def test_growth_of_several_occupations_is_a_range(low: str, high: str, words: str) -> None:
    assert figures.growth_range(GrowthRange(Decimal(low), Decimal(high))) == words
