"""The offer that a visitor enters: where it lies between published percentiles, and what else is refused."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.http import urlencode

from guides.models import Release, Wage
from guides.reading.pay import offer as offers
from tests.reading.test_pages import assert_well_made, page, words

WAGES: dict[str, Any] = {
    "hourly_p10": 1_500, "hourly_p25": 1_700, "hourly_p50": 1_900, "hourly_p75": 2_100, "hourly_p90": 2_400,
    "yearly_p10": 31_200, "yearly_p25": 35_360, "yearly_p50": 39_520, "yearly_p75": 43_680, "yearly_p90": 49_920,
}  # fmt: skip


def sentence(query: str, **changes: Any) -> str:
    row = Wage(release=Release(table="wages", top_hourly=11_500), **WAGES | changes)
    return offers.sentence(offers.read(QueryDict(query)), row)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            "offer=19.50&per=hour",
            "$19.50 an hour is between the 50th percentile and the 75th percentile: "
            "half of these jobs pay more than $19.00, and a quarter of these jobs pay more than $21.00.",
        ),
        (
            "offer=$36,000&per=year",
            "$36,000 a year is between the 25th percentile and the 50th percentile: "
            "three quarters of these jobs pay more than $35,360, and half of these jobs pay more than $39,520.",
        ),
        ("offer=19", "$19.00 an hour is exactly the median: half of these jobs pay more than $19.00."),
        (
            "offer=12",
            "$12.00 an hour is below the 10th percentile: nine in ten of these jobs pay more than $15.00. "
            "No lower percentile is shown.",
        ),
        (
            "offer=30",
            "$30.00 an hour is above the 90th percentile: one in ten of these jobs pays more than $24.00. "
            "No higher percentile is shown as a number.",
        ),
    ],
)
def test_an_offer_is_placed_between_published_percentiles(query: str, text: str) -> None:
    assert sentence(query) == text


def test_an_offer_that_equals_several_percentiles_names_them() -> None:
    assert sentence("offer=19", hourly_p25=1_900) == (
        "$19.00 an hour is exactly the 25th percentile and the median: half of these jobs pay more than $19.00."
    )


def test_an_offer_is_never_placed_above_a_bound() -> None:
    fields = ("hourly_p75", "hourly_p90", "yearly_p75", "yearly_p90")
    high = {**dict.fromkeys(fields), "flags": "........##...##"}
    assert sentence("offer=100", **high) == (
        "$100.00 an hour is between the 50th percentile and the 75th percentile: "
        "half of these jobs pay more than $19.00, and a quarter of these jobs pay $115.00 or more."
    )
    assert sentence("offer=130", **high) == (
        "$130.00 an hour is above the median: half of these jobs pay more than $19.00. "
        "No higher percentile is shown as a number."
    )
    all_high = {**dict.fromkeys(WAGES), "flags": f".....{'#' * 10}"}
    assert sentence("offer=130", **all_high) == (
        "The publisher gives no exact wages as high as $130.00 an hour here, so this offer has no position."
    )


def test_an_offer_is_never_placed_at_a_collapsed_percentile() -> None:
    collapsed = {"hourly_p75": 22_641, "hourly_p90": 22_641, "yearly_p75": 470_940, "yearly_p90": 470_940}
    assert sentence("offer=250", **collapsed) == (
        "$250.00 an hour is above the median: half of these jobs pay more than $19.00. "
        "No higher percentile is shown as a number."
    )


def test_an_offer_without_percentiles_has_no_position() -> None:
    gaps = {**dict.fromkeys(WAGES), "flags": f".....{'*' * 10}"}
    assert sentence("offer=20", **gaps) == "No percentiles are published here, so the offer has no position."


ADVICE = {
    "": "Enter an amount, such as 19.50 an hour or 40,000 a year.",
    "abc": "“abc” is not an amount. Enter a number, such as 19.50 an hour or 40,000 a year.",
    "1e9": "“1e9” is not an amount. Enter a number, such as 19.50 an hour or 40,000 a year.",
    "-1": "An offer can’t be less than zero. Enter a number, such as 19.50 an hour or 40,000 a year.",
    "0.50": "That is very little for an hour. Enter at least $1.",
    "45000": "That is very much for an hour. If “45000” is for a year, choose “a year”.",
    "١٩": "“١٩” is not an amount. Enter a number, such as 19.50 an hour or 40,000 a year.",
    "\0": "Enter an amount, such as 19.50 an hour or 40,000 a year.",
    "9" * 500: f"“{'9' * 30}” is not an amount. Enter a number, such as 19.50 an hour or 40,000 a year.",
}
TEXAS = "/guides/medical-assistant/pay/texas/"


@pytest.mark.parametrize(("typed", "advice"), ADVICE.items())
def test_an_invalid_offer_gets_advice(typed: str, advice: str) -> None:
    offer = offers.read(QueryDict(urlencode({"offer": typed, "per": "hour"})))
    assert (offer.amount, offer.error, offer.wrong) == (None, advice, "offer")


@pytest.mark.parametrize(
    ("query", "advice", "wrong"),
    [
        (
            "offer=19.50&per=year",
            "That is very little for a year. If “19.50” is for an hour, choose “an hour”.",
            "offer",
        ),
        ("offer=9000000&per=year", "That is very much for a year. Enter at most $2,000,000.", "offer"),
        ("offer=800&per=week", "Choose whether the offer is for an hour or a year.", "per"),
    ],
)
def test_an_offer_for_the_wrong_unit_of_time_gets_advice(query: str, advice: str, wrong: str) -> None:
    offer = offers.read(QueryDict(query))
    assert (offer.amount, offer.error, offer.wrong) == (None, advice, wrong)


# On the page


@pytest.mark.usefixtures("_delivered_pay")
def test_an_offer_has_a_sentence_and_a_mark_on_the_chart() -> None:
    html = page(f"{TEXAS}?offer=19.50&per=hour")
    assert "$19.50 an hour is between the 50th percentile and the 75th percentile" in words(html)
    assert "Your offer: $19.50 an hour" in words(html)
    assert html.count('<line class="offer"') == 2  # in the bars of Texas and of the nation
    assert '<meta name="robots" content="noindex" />' in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/guides/medical-assistant/pay/texas/" />' in html
    assert_well_made(html)


@pytest.mark.usefixtures("_delivered_pay")
@pytest.mark.parametrize(("query", "field"), [("offer=abc&per=hour", "offer"), ("offer=20&per=week", "per")])
def test_a_wrong_field_is_described_by_its_message(query: str, field: str) -> None:
    html = page(f"{TEXAS}?{query}")
    wrong = re.findall(
        r'<(?:input|select) [^>]*name="(\w+)"[^>]* aria-invalid="true" aria-describedby="offer-error"', html
    )
    assert wrong == [field]
    assert re.search('<p class="fault" id="offer-error">[^<]+</p>', html)
    assert '<line class="offer"' not in html
    assert_well_made(html)


@pytest.mark.usefixtures("_delivered_pay")
def test_a_hostile_offer_is_escaped() -> None:
    html = Client().get(TEXAS, {"offer": '"><script>x'}).content.decode()
    assert "<script>x" not in html
    assert '“"><script>x” is not an amount.' in unescape(html)
