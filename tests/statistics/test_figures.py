"""What figures mean: percentiles that may be shown, conversion between hours and years, and where an offer lies."""

from decimal import Decimal

import pytest

from guides.choices import Period
from guides.models import Release, Wage
from guides.statistics.figures import Figure, Percentile, are_collapsed, convert, percentiles, wage_figure
from guides.statistics.offers import InvalidOffer, OfferProblem, offer_position, read_offer

ALL_NUMBERS = {
    "hourly_p10": 1_500, "hourly_p25": 1_700, "hourly_p50": 1_900, "hourly_p75": 2_100, "hourly_p90": 2_400,
    "yearly_p10": 31_200, "yearly_p25": 35_360, "yearly_p50": 39_520, "yearly_p75": 43_680, "yearly_p90": 49_920,
}  # fmt: skip


def wage(flags: str = "", paid_by: str = "", **values: int | None) -> Wage:
    """A row that is not stored."""
    return Wage(release=Release(table="wages", top_hourly=11_500), flags=flags, paid_by=paid_by, **ALL_NUMBERS | values)


# Collapsed percentiles


@pytest.mark.parametrize(
    ("values", "collapsed"),
    [
        ((49_120, 57_710, 72_410, 470_940, 470_940), "...XX"),  # Bakersfield firefighters
        ((24_880, 24_880, 191_360, 329_990, 398_290), "XX..."),
        ((66_640, 66_640, 75_600, 289_680, 289_680), "...XX"),  # the lower ones are close to the median
        ((20_000, 20_000, 50_000, 100_000, 100_000), "XX.XX"),
        ((38_210, 40_490, 40_490, 41_300, 42_480), "....."),  # equal to the median
        ((30_000, 40_000, 50_000, 99_999, 99_999), "....."),  # equal, and not far
        ((30_000, 40_000, 50_000, 200_000, 200_001), "....."),  # far, and not equal
        ((30_000, 40_000, 50_000, 100_000, None), "....."),
        ((30_000, 40_000, None, 100_000, 100_000), "....."),
        ((None,) * 5, "....."),
    ],
)
def test_a_percentile_is_collapsed_if_it_equals_its_neighbor_and_is_far_from_the_median(
    values: tuple[int | None, ...], collapsed: str
) -> None:
    assert "".join("X" if each else "." for each in are_collapsed(values)) == collapsed


def test_collapsed_percentiles_are_not_shown_in_either_unit_of_time() -> None:
    row = wage(yearly_p75=470_940, yearly_p90=470_940, hourly_p75=22_641, hourly_p90=22_642)
    for per in (Period.HOUR, Period.YEAR):
        assert [each.is_displayable for each in percentiles(row, per)] == [True, True, True, False, False]
    assert percentiles(row, Period.YEAR)[4].figure == Figure(Decimal(470_940))


# An hour and a year


def test_published_wages_come_first() -> None:
    row = wage(yearly_p50=39_510)
    assert wage_figure(row, 50, Period.YEAR) == Figure(Decimal(39_510))
    assert wage_figure(row, 50, Period.HOUR) == Figure(Decimal("19.00"))


def test_a_wage_that_was_not_published_is_computed_from_2080_hours_and_says_so() -> None:
    row = wage("............*..", yearly_p50=None)
    assert wage_figure(row, 50, Period.YEAR) == Figure(Decimal(39_520), is_computed=True)
    row = wage(".......*.......", hourly_p50=None)
    assert wage_figure(row, 50, Period.HOUR) == Figure(Decimal("19.00"), is_computed=True)


@pytest.mark.parametrize(("paid_by", "missing", "per"), [("year", "hourly", "hour"), ("hour", "yearly", "year")])
def test_occupations_with_one_unit_of_time_are_not_converted(paid_by: str, missing: str, per: str) -> None:
    flags = "...*.*****....." if missing == "hourly" else "....*.....*****"
    row = wage(flags, paid_by, **{field: None for field in ALL_NUMBERS if field.startswith(missing)})
    assert [each.is_displayable for each in percentiles(row, Period(per))] == [False] * 5
    assert convert(Decimal(20), per=Period.HOUR, to=Period.YEAR, paid_by=paid_by) is None


def test_pay_is_converted_by_2080_hours() -> None:
    assert convert(Decimal("19.50"), per=Period.HOUR, to=Period.YEAR) == Decimal(40_560)
    assert convert(Decimal(45_690), per=Period.YEAR, to=Period.HOUR) == Decimal("21.97")
    assert convert(Decimal(45_690), per=Period.YEAR, to=Period.YEAR) == Decimal(45_690)


def test_a_bound_is_at_least_the_number_before_it() -> None:
    row = wage("..............#", yearly_p75=384_800, yearly_p90=None)
    assert percentiles(row, Period.YEAR)[4] == Percentile(90, Figure(None, "#", Decimal(384_800)))  # type: ignore[arg-type]
    row = wage(".........#.....", hourly_p90=None)
    assert percentiles(row, Period.HOUR)[4].figure.bound == Decimal(115)


# Offers


def position(row: Wage, offer: str, per: Period = Period.HOUR) -> str:
    """Where an offer lies: the percentiles below it, at it, and above it."""
    found = offer_position(Decimal(offer), percentiles(row, per))
    if found is None:
        return "unknown"
    at = "=".join(str(each.percent) for each in found.at)
    return f"{found.above.percent if found.above else '-'} {at} {found.below.percent if found.below else '-'}"


@pytest.mark.parametrize(
    ("offer", "lies"),
    [
        ("1.00", "-  10"),
        ("14.99", "-  10"),
        ("15.00", "- 10 25"),
        ("16.00", "10  25"),
        ("19.00", "25 50 75"),
        ("19.50", "50  75"),
        ("24.00", "75 90 -"),
        ("24.01", "90  -"),
    ],
)
def test_an_offer_lies_between_published_percentiles(offer: str, lies: str) -> None:
    assert position(wage(), offer) == lies


def test_an_offer_may_equal_several_percentiles() -> None:
    assert position(wage(hourly_p10=1_700), "17.00") == "- 10=25 50"


def test_an_offer_is_not_compared_with_collapsed_percentiles() -> None:
    row = wage(yearly_p75=470_940, yearly_p90=470_940)
    assert position(row, "300000", Period.YEAR) == "50  -"
    assert position(row, "470940", Period.YEAR) == "50  -"


def test_an_offer_is_compared_with_a_bound_only_from_below() -> None:
    row = wage("..............#", yearly_p90=None)
    assert position(row, "100000", Period.YEAR) == "75  90"
    assert position(row, "239200", Period.YEAR) == "75  -"
    assert position(row, "500000", Period.YEAR) == "75  -"


def test_an_offer_is_not_compared_where_nothing_may_be_shown() -> None:
    row = wage("...*.*****.....", "year", **{field: None for field in ALL_NUMBERS if field.startswith("hourly")})
    assert position(row, "20.00") == "unknown"


@pytest.mark.parametrize(
    ("text", "per", "amount"),
    [("19.50", "hour", "19.50"), (" $ 19.5 ", "hour", "19.5"), ("40,560", "year", "40560"), ("1000", "hour", "1000")],
)
def test_offers_are_read_as_people_type_them(text: str, per: str, amount: str) -> None:
    assert read_offer(text, Period(per)) == Decimal(amount)


@pytest.mark.parametrize(
    ("text", "per", "problem"),
    [
        ("", "hour", OfferProblem.NOT_A_NUMBER),
        ("abc", "hour", OfferProblem.NOT_A_NUMBER),
        ("1e9", "hour", OfferProblem.NOT_A_NUMBER),
        ("NaN", "hour", OfferProblem.NOT_A_NUMBER),
        ("19.505", "hour", OfferProblem.NOT_A_NUMBER),
        ("1,9", "hour", OfferProblem.NOT_A_NUMBER),
        ("٣٤", "hour", OfferProblem.NOT_A_NUMBER),
        ("9" * 1_000, "hour", OfferProblem.NOT_A_NUMBER),
        ("-1", "hour", OfferProblem.NEGATIVE),
        ("−19.50", "hour", OfferProblem.NEGATIVE),
        ("0", "hour", OfferProblem.TOO_LOW),
        ("19.50", "year", OfferProblem.TOO_LOW),
        ("40,560", "hour", OfferProblem.TOO_HIGH),
        ("999999999999", "year", OfferProblem.TOO_HIGH),
    ],
)
def test_other_text_is_not_an_offer(text: str, per: str, problem: OfferProblem) -> None:
    with pytest.raises(InvalidOffer) as error:
        read_offer(text, Period(per))
    assert error.value.problem == problem
