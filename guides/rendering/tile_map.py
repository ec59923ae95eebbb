"""A map of the states as tiles of equal size, shaded by a figure: positions, shades, and a legend."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import NamedTuple

SHADES = 5

_ROWS = (
    "AK .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. .. .. .. VT NH",
    "WA ID MT ND MN IL WI MI NY RI MA",
    "OR NV WY SD IA IN OH PA NJ CT ..",
    "CA UT CO NE MO KY WV VA MD DE ..",
    ".. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. OK LA MS AL GA .. .. ..",
    "HI GU .. TX .. .. .. .. FL PR VI",
)
POSITIONS: Mapping[str, tuple[int, int]] = {
    postal: (column, row)
    for row, line in enumerate(_ROWS, start=1)
    for column, postal in enumerate(line.split(), start=1)
    if postal != ".."
}
"""Column and row of each state and territory by postal code, both from 1."""


class Tile(NamedTuple):
    """A state on the map. `shade` is from 1, for the lowest figures, to `SHADES`, or 0 without a figure."""

    postal: str
    column: int
    row: int
    shade: int


class Shade(NamedTuple):
    """An entry of the legend: the lowest and the highest figure with this shade."""

    number: int
    low: Decimal
    high: Decimal


class TileMap(NamedTuple):
    """Tiles in reading order, row by row, and the legend, lowest figures first."""

    tiles: tuple[Tile, ...]
    legend: tuple[Shade, ...]

    @property
    def has_gaps(self) -> bool:
        """Whether a tile has no figure."""
        return any(tile.shade == 0 for tile in self.tiles)


def tile_map(amounts: Mapping[str, Decimal | None]) -> TileMap:
    """Return the map of all states with these figures by postal code. Each shade has about as many states.

    States with the same figure have the same shade, so there may be fewer shades.
    """
    known = sorted(amount for postal, amount in amounts.items() if amount is not None and postal in POSITIONS)
    shades = _shades(known)
    tiles = (
        Tile(postal, *position, shades.get(amount, 0) if (amount := amounts.get(postal)) is not None else 0)
        for postal, position in POSITIONS.items()
    )
    legend = (
        Shade(number, group[0], group[-1])
        for number, group in ((number, list(of)) for number, of in groupby(known, shades.__getitem__))
    )
    return TileMap(tuple(tiles), tuple(legend))


def _shades(ascending: Sequence[Decimal]) -> dict[Decimal, int]:
    """Return the shade of each figure: the fifth of the list in which it occurs first."""
    shades: dict[Decimal, int] = {}
    for place, amount in enumerate(ascending):
        shades.setdefault(amount, place * SHADES // len(ascending) + 1)
    return shades
