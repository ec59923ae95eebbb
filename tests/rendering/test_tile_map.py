"""The map of states as tiles: each state has a place, and its shade is a fifth of the states."""

from collections import Counter
from decimal import Decimal

from guides.rendering.tile_map import POSITIONS, Shade, tile_map


def test_every_state_and_territory_of_the_survey_has_a_place_of_its_own() -> None:
    assert len(POSITIONS) == 54
    assert len(set(POSITIONS.values())) == 54
    assert {POSITIONS["AK"], POSITIONS["ME"], POSITIONS["VI"]} == {(1, 1), (11, 1), (11, 8)}


def test_shades_have_as_many_states_each() -> None:
    drawn = tile_map({postal: Decimal(amount) for amount, postal in enumerate(POSITIONS)})
    assert Counter(tile.shade for tile in drawn.tiles) == {1: 11, 2: 11, 3: 11, 4: 11, 5: 10}
    assert drawn.legend[0] == Shade(1, Decimal(0), Decimal(10))
    assert [shade.high < after.low for shade, after in zip(drawn.legend, drawn.legend[1:], strict=False)] == [True] * 4
    assert not drawn.has_gaps


def test_equal_figures_have_the_same_shade() -> None:
    drawn = tile_map({"TX": Decimal(1), "CA": Decimal(1), "NY": Decimal(1), "FL": Decimal(2), "WA": None})
    shades = {tile.postal: tile.shade for tile in drawn.tiles}
    assert [shades[postal] for postal in ("TX", "CA", "NY", "FL", "WA", "OR")] == [1, 1, 1, 4, 0, 0]
    assert drawn.legend == (Shade(1, Decimal(1), Decimal(1)), Shade(4, Decimal(2), Decimal(2)))
    assert drawn.has_gaps


def test_a_map_without_figures_has_no_legend() -> None:
    assert tile_map({"TX": None, "ZZ": Decimal(1)}).legend == ()
