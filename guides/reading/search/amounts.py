"""Reads amounts of pay in a query, such as '50k', '$20/hr', '25 dollars an hour', and '6 figure'."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from django.utils.translation import gettext as _

from guides.rendering import figures
from guides.schema.types import HOME_CURRENCY

HOURS_A_YEAR = 2_080
MAX_HOURLY, MIN_YEARLY, MAX_YEARLY = 1_000, 10_000, 10_000_000
ROUNDED = 500
"""A number of five digits without a dollar sign is pay if it is a multiple of this. Others may be ZIP codes."""

_NUMBER = re.compile(r"(\$?)([0-9]{1,8}(?:\.[0-9]{1,2})?)(k?)", re.ASCII)
_THOUSANDS, _CURRENCY = {"thousand", "grand", "k"}, {"dollar", "dollars", "usd", "bucks"}
_BEFORE_UNIT = {"a", "an", "per", "each"}
_NOT_PAY = {"day", "days", "shift", "shifts", "week", "weeks"}
"""After a unit without a dollar sign, these show that the hours are those of a schedule: '12 hour shifts'."""

_HOURLY, _YEARLY = {"h", "hr", "hour", "hourly"}, {"year", "yr", "yearly", "annually", "annual"}


class Amount(NamedTuple):
    """An amount in whole dollars a year, how a page names it, and the number of words that it takes."""

    yearly: int
    text: str
    length: int


def amount_at(place: int, words: Sequence[str]) -> Amount | None:
    """Return the amount that begins at a place in the words of a query."""
    if words[place] in {"6", "six"} and words[place + 1 : place + 2] and words[place + 1].startswith("figure"):
        return Amount(100_000, _yearly(100_000), 2)
    number = _NUMBER.fullmatch(words[place])
    if not number:
        return None
    has_sign, value, end = bool(number[1]), Decimal(number[2]), place + 1
    is_thousands = bool(number[3])
    if not is_thousands and _word(words, end) in _THOUSANDS:
        is_thousands, end = True, end + 1
    if _word(words, end) in _CURRENCY:
        has_sign, end = True, end + 1
    value *= 1_000 if is_thousands else 1
    unit_at = end + (_word(words, end) in _BEFORE_UNIT)
    unit = _word(words, unit_at)
    if unit in _HOURLY and not has_sign and _word(words, unit_at + 1) in _NOT_PAY:
        return None
    if unit in _HOURLY or (has_sign and value <= MAX_HOURLY and unit not in _YEARLY):
        yearly = round(value * HOURS_A_YEAR)
        is_pay = 0 < value <= MAX_HOURLY
        text = _("%(year)s ($%(hour)s an hour)") % {"year": _yearly(yearly), "hour": value}
        return Amount(yearly, text, (unit_at + 1 if unit in _HOURLY else end) - place) if is_pay else None
    is_round = value % ROUNDED == 0
    if MIN_YEARLY <= value <= MAX_YEARLY and (has_sign or is_thousands or unit in _YEARLY or is_round):
        return Amount(round(value), _yearly(round(value)), (unit_at + 1 if unit in _YEARLY else end) - place)
    return None


def _word(words: Sequence[str], place: int) -> str:
    return words[place] if place < len(words) else ""


def _yearly(amount: int) -> str:
    return _("%s a year") % figures.money(Decimal(amount), HOME_CURRENCY)
