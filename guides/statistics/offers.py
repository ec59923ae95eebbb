"""Where an offer of pay lies between published percentiles. Nothing is interpolated or extrapolated."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from guides.choices import Period

from .figures import Percentile

LIMITS = {Period.HOUR: (Decimal(1), Decimal(1_000)), Period.YEAR: (Decimal(1_000), Decimal(2_000_000))}
"""The lowest and the highest offer in dollars. Others are typing errors, or for another unit of time."""


class OfferProblem(StrEnum):
    """Why an offer is not usable."""

    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    TOO_LOW = "too-low"
    TOO_HIGH = "too-high"


class InvalidOffer(ValueError):
    """The text is not an offer. `problem` says why, and the page says what to enter instead."""

    def __init__(self, problem: OfferProblem) -> None:
        super().__init__(problem.value)
        self.problem = problem


def read_offer(text: str, per: Period) -> Decimal:
    """Return an offer in dollars, such as '$19.50' or '40,000'. Raise InvalidOffer."""
    cleaned = re.sub(r"[\s$]", "", text)
    if re.fullmatch(r"[-−]\d[\d,.]*", cleaned):
        raise InvalidOffer(OfferProblem.NEGATIVE)
    if not re.fullmatch(r"(\d{1,3}(,\d{3})+|\d{1,12})(\.\d{1,2})?", cleaned, re.ASCII):
        raise InvalidOffer(OfferProblem.NOT_A_NUMBER)
    amount, (lowest, highest) = Decimal(cleaned.replace(",", "")), LIMITS[per]
    if amount < lowest:
        raise InvalidOffer(OfferProblem.TOO_LOW)
    if amount > highest:
        raise InvalidOffer(OfferProblem.TOO_HIGH)
    return amount


@dataclass(frozen=True)
class OfferPosition:
    """Where an offer lies. `at` has the percentiles that it equals.

    `above` is the highest percentile below the offer, and `below` the lowest percentile above it. None means that no
    published percentile is on that side, so nothing more is known.
    """

    above: Percentile | None
    at: tuple[Percentile, ...]
    below: Percentile | None


def offer_position(offer: Decimal, percentiles: Iterable[Percentile]) -> OfferPosition | None:
    """Return where an offer lies between percentiles for the same unit of time, or None if none may be shown.

    A percentile with a bound is at or above it. So it is above an offer below the bound. For a higher offer it says
    nothing.
    """
    displayable = [percentile for percentile in percentiles if percentile.is_displayable]
    if not displayable:
        return None
    numbers = [(each, each.figure.amount) for each in displayable if each.figure.amount is not None]
    higher = [each for each in displayable if offer < _least(each)]
    return OfferPosition(
        above=max((each for each, amount in numbers if amount < offer), key=_percent, default=None),
        at=tuple(each for each, amount in numbers if amount == offer),
        below=min(higher, key=_percent, default=None),
    )


def _least(percentile: Percentile) -> Decimal:
    figure = percentile.figure
    return figure.amount if figure.amount is not None else figure.bound or Decimal(0)


def _percent(percentile: Percentile) -> int:
    return percentile.percent
