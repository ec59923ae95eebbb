"""Numbers and marks in cells, as whole numbers in the smallest unit that the publisher prints."""

import re
from functools import lru_cache

from guides.models.wages import NUMBER, Flag

_NUMBER = re.compile(r"(-?)(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,6}))?", re.ASCII)
_MARKS = {
    "*": Flag.NOT_AVAILABLE,
    "**": Flag.NOT_AVAILABLE,
    "#": Flag.AT_OR_ABOVE,
    "~": Flag.BELOW,
    "-": Flag.NO_FIGURE,
    "": Flag.EMPTY,
}
_DASHES = frozenset({"", "-", "–", "—", "n/a", "(na)", "(d)", "(nm)"})
MAX_VALUE = 2_000_000_000
"""Limit of a stored number. The largest published one, all jobs in thousands, becomes 175 million."""


class BadCell(ValueError):
    """The cell is neither a number nor a mark of the publisher."""


@lru_cache(maxsize=50_000)
def parse_flagged(text: str, decimals: int) -> tuple[int | None, str]:
    """Return the number of a cell, in units of the last decimal, and its flag. Raise BadCell.

    A number has the flag `NUMBER`, and a mark has no number.
    """
    mark = _MARKS.get(text.strip())
    if mark is not None:
        return None, mark.value
    value = parse_scaled(text, decimals)
    if value < 0:
        raise BadCell(f"{_excerpt(text)} is negative")
    return value, NUMBER


def parse_scaled(text: str, decimals: int) -> int:
    """Return a number in units of its last decimal: '26.13' with two decimals is 2613. Raise BadCell."""
    match = _NUMBER.fullmatch(text.strip().removeprefix("$"))
    if match is None:
        raise BadCell(f"{_excerpt(text)} is not a number")
    sign, whole, fraction = match[1], match[2].replace(",", ""), (match[3] or "").rstrip("0")
    if len(fraction) > decimals:
        raise BadCell(f"{_excerpt(text)} has more than {decimals} decimals")
    value = int(f"{sign}{whole}{fraction.ljust(decimals, '0')}")
    if abs(value) > MAX_VALUE:
        raise BadCell(f"{_excerpt(text)} is too large")
    return value


def parse_scaled_or_none(text: str, decimals: int) -> int | None:
    """Return None for a dash or an empty cell."""
    return None if text.strip().lower() in _DASHES else parse_scaled(text, decimals)


def word(text: str) -> str:
    """Return a word of the publisher, or an empty string for a dash."""
    return "" if text.strip().lower() in _DASHES else text.strip()


def _excerpt(text: str) -> str:
    return repr(text if len(text) <= 30 else f"{text[:30]}…")
