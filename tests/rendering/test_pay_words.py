"""Sentences that explain official pay."""

from decimal import Decimal

import pytest

from guides.models import Area
from guides.rendering import pay_words


@pytest.mark.parametrize(
    ("quotient", "words"),
    [
        ("1.31", "1.3 times as many jobs per worker as in the nation"),
        ("2", "2 times as many jobs per worker as in the nation"),
        ("1.04", "about as many jobs per worker as in the nation"),
        ("0.66", "34% fewer jobs per worker than in the nation"),
        ("0", "100% fewer jobs per worker than in the nation"),
    ],
)
def test_a_location_quotient_is_put_in_words(quotient: str, words: str) -> None:
    assert pay_words.concentration(Decimal(quotient)) == words


@pytest.mark.parametrize(
    ("index", "words"),
    [
        ("97.2", "2.8% lower than in the nation"),
        ("110.04", "10% higher than in the nation"),
        ("100.04", "the same as in the nation"),
    ],
)
def test_a_price_level_is_compared_with_the_nation(index: str, words: str) -> None:
    assert pay_words.prices_compared(Decimal(index)) == words


def test_pay_is_compared() -> None:
    here, there = Decimal("19.50"), Decimal(20)
    assert pay_words.pay_compared(here, there, per="hour") == "$0.50 an hour less"
    assert pay_words.pay_compared(there, here, per="hour") == "$0.50 an hour more"
    assert pay_words.pay_compared(here, here, per="hour") == "the same"


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        ("state", "Texas", "in Texas"),
        ("nation", "United States", "in the United States"),
        ("nonmetropolitan", "West Montana nonmetropolitan area", "in the West Montana nonmetropolitan area"),
    ],
)
def test_a_place_has_a_preposition(kind: str, name: str, words: str) -> None:
    assert pay_words.in_area(Area(kind=kind, name=name)) == words
