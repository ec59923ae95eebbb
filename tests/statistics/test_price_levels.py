"""Regional price parities: which rows are price levels, and how areas find theirs."""

from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries

from guides.models import Area, PriceLevel, Release
from guides.statistics.importing import ImportRefused
from guides.statistics.importing.delivered import FOLDER
from guides.statistics.importing.price_levels import import_price_levels
from guides.statistics.price_levels import comparison_year, load_price_levels, price_level, price_levels
from tests.helpers.statistics import an_area

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

SARPP = """GeoFIPS,GeoName,Region,TableName,LineCode,IndustryClassification,Description,Unit,2022,2023
 "48000","Texas",6,SARPP,1,"..."," Real personal income (millions) 1/","Millions",19404131.7,20000000.0
 "48000","Texas",6,SARPP,5,"...","RPPs: All items ","Index",97.456,97.200
 "10000","Delaware",1,SARPP,5,"...","RPPs: All items ","Index",(NA),99.100
"Note: See the included footnote file."
"U.S. Bureau of Economic Analysis"
"""


def test_price_levels_are_selected_by_their_description(tmp_path: Path) -> None:
    path = tmp_path / "SARPP_STATE_2008_2023.csv"
    path.write_text(SARPP)
    assert list(import_price_levels(path).lines()) == [
        "price levels of states, 2022–2023: 3 added, 0 changed, 0 unchanged.",
        "Skipped 1 rows: of other series.",
    ]
    assert list(PriceLevel.objects.order_by("region", "year").values_list("region", "year", "index_thousandths")) == [
        ("10000", 2023, 99_100),
        ("48000", 2022, 97_456),
        ("48000", 2023, 97_200),
    ]
    assert import_price_levels(path).unchanged == 3


def test_a_price_level_of_zero_is_none(tmp_path: Path) -> None:
    """The publisher prints 0.000 for the nonmetropolitan part of a state that has no such part."""
    path = tmp_path / "PARPP.csv"
    parts = SARPP.replace("SARPP", "PARPP").replace("48000", "48998").replace("10000", "10999").replace("(NA)", "0.000")
    path.write_text(parts.replace("99.100", "0.000"))
    with pytest.raises(ImportRefused, match="has no price levels of all items"):
        import_price_levels(path)
    path.write_text(
        parts.replace("99.100", "0.000") + ' "48999","Texas",6,PARPP,1,"...","RPPs: All items ","Index",9.0,8.0\n'
    )
    assert list(import_price_levels(path).lines())[1:] == [
        "Skipped 1 rows: of other series.",
        "Skipped 1 rows: of metropolitan parts of states.",
        "Skipped 1 rows: of regions without a price level.",
    ]
    assert set(PriceLevel.objects.values_list("region", flat=True)) == {"48999"}


def test_another_table_of_the_same_publisher_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "SAINC1.csv"
    path.write_text(SARPP.replace("SARPP", "SAINC1"))
    with pytest.raises(ImportRefused, match="of all items from one of the tables SARPP, MARPP, PARPP"):
        import_price_levels(path)
    assert not Release.objects.exists()


# Joining with areas

PLACES = {
    "nation": ("nation", "99", ""),
    "texas": ("state", "48", "TX"),
    "guam": ("state", "66", "GU"),
    "chicago": ("metropolitan", "16980", "IL-IN"),
    "ponce": ("metropolitan", "38660", "PR"),
    "rural-alabama": ("nonmetropolitan", "0100001", "AL"),
    "sussex": ("nonmetropolitan", "1000005", "DE"),
}


@pytest.fixture
def areas() -> dict[str, Area]:
    import_delivered_price_levels()
    return {
        slug: an_area(kind=kind, code=code, name=slug.title(), slug=slug, states=states)
        for slug, (kind, code, states) in PLACES.items()
    }


def import_delivered_price_levels() -> None:
    for table in ("sarpp", "marpp", "parpp"):
        import_price_levels(FOLDER / f"{table}.zip")


def test_each_kind_of_area_finds_its_price_level(areas: dict[str, Area]) -> None:
    newest = {slug: price_level(area) for slug, area in areas.items()}
    assert {slug: found and (str(found.index), found.year) for slug, found in newest.items()} == {
        "nation": ("100.000", 2024),
        "texas": ("97.175", 2023),
        "guam": None,
        "chicago": ("103.595", 2024),
        "ponce": None,
        "rural-alabama": ("83.231", 2024),
        "sussex": None,
    }
    in_2023 = {slug: price_level(area, 2023) for slug, area in areas.items()}
    assert {slug: found.year for slug, found in in_2023.items() if found} == dict.fromkeys(
        ("nation", "texas", "chicago", "rural-alabama"), 2023
    )


def test_all_price_levels_take_one_query_per_kind(
    areas: dict[str, Area], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(3):
        levels = price_levels(areas.values(), 2023)
    assert set(levels) == {areas[slug].pk for slug in ("nation", "texas", "chicago", "rural-alabama")}


def test_kinds_of_area_are_compared_in_the_newest_year_that_all_have(areas: dict[str, Area]) -> None:
    assert comparison_year([areas["chicago"], areas["rural-alabama"], areas["nation"]]) == 2024
    assert comparison_year([areas["chicago"], areas["texas"]]) == 2023
    Release.objects.filter(table="state-prices").delete()
    assert comparison_year([areas["chicago"], areas["texas"]]) is None


def test_pay_is_adjusted_by_the_price_level(areas: dict[str, Area]) -> None:
    level = price_level(areas["chicago"])
    assert level is not None
    assert level.adjusted(Decimal(47_270)) == Decimal(45_630)
    assert level.adjusted(Decimal("22.73")) == Decimal("21.94")


def test_price_levels_of_all_areas_are_the_newest_ones_and_those_of_one_year(areas: dict[str, Area]) -> None:
    levels = load_price_levels(areas.values())
    assert {
        name: [of[area.pk].year if area.pk in of else None for of in (levels.newest, levels.comparable)]
        for name, area in areas.items()
    } == {
        "nation": [2024, 2023],
        "texas": [2023, 2023],
        "guam": [None, None],
        "chicago": [2024, 2023],
        "ponce": [None, None],
        "rural-alabama": [2024, 2023],
        "sussex": [None, None],
    }
