"""What goods and services cost in an area, where the nation is 100, and what pay is worth there."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models.functions import ExtractYear

from guides.models.statistics import Area, AreaKind, PriceLevel, Release, StatisticsTable

_TABLES = {
    AreaKind.NATION: StatisticsTable.METROPOLITAN_PRICES,  # each table has the nation, and this one has most years
    AreaKind.STATE: StatisticsTable.STATE_PRICES,
    AreaKind.METROPOLITAN: StatisticsTable.METROPOLITAN_PRICES,
    AreaKind.NONMETROPOLITAN: StatisticsTable.NONMETROPOLITAN_PRICES,
}


@dataclass(frozen=True)
class AreaPriceLevel:
    """The price level of an area in a year. The nation is 100."""

    index: Decimal
    year: int
    release: Release

    def adjusted(self, pay: Decimal) -> Decimal:
        """Return what pay would buy at national prices: in whole dollars, or in cents if it has cents."""
        unit = Decimal(1) if pay == pay.to_integral_value() and pay >= 1_000 else Decimal("0.01")
        return (pay * 100 / self.index).quantize(unit)


def price_region(area: Area) -> str:
    """Return the publisher's code for an area.

    A metropolitan area has the code of the wage survey. A state has its FIPS code with 000. All nonmetropolitan areas
    of a state share its nonmetropolitan part: the FIPS code with 999.
    """
    match AreaKind(area.kind):
        case AreaKind.NATION:
            return "00000"
        case AreaKind.STATE:
            return f"{area.code}000"
        case AreaKind.METROPOLITAN:
            return area.code
        case AreaKind.NONMETROPOLITAN:
            return f"{area.code[:2]}999"


def price_level(area: Area, year: int | None = None) -> AreaPriceLevel | None:
    """Return the price level of an area in a year, by default in the newest one. None if there is no such figure.

    Guam, Puerto Rico, the Virgin Islands, and some parts of states have none.
    """
    return price_levels([area], year).get(area.pk)


def price_levels(areas: Iterable[Area], year: int | None = None) -> dict[int, AreaPriceLevel]:
    """Return the price levels of areas by their primary keys, in one query per kind of area.

    Without a year, each kind has its own newest one. Give the year of `comparison_year` to compare kinds.
    """
    by_table: dict[StatisticsTable, dict[str, list[int]]] = {}
    for area in areas:
        regions = by_table.setdefault(_TABLES[AreaKind(area.kind)], {})
        regions.setdefault(price_region(area), []).append(area.pk)
    found: dict[int, AreaPriceLevel] = {}
    for table, regions in by_table.items():
        levels = PriceLevel.objects.filter(release__in=Release.objects.current(table), region__in=regions)
        newest = ExtractYear("release__covers_to")
        for level in levels.filter(year=newest if year is None else year).select_related("release__source"):
            index = Decimal(level.index_thousandths).scaleb(-3)
            for pk in regions[level.region]:
                found[pk] = AreaPriceLevel(index, level.year, level.release)
    return found


def comparison_year(areas: Iterable[Area]) -> int | None:
    """Return the newest year that the tables for all these kinds of area have, or None.

    Those of states end a year earlier than those of metropolitan areas.
    """
    tables = {_TABLES[AreaKind(area.kind)] for area in areas}
    last_days = [Release.objects.current(table).values_list("covers_to", flat=True).first() for table in tables]
    return min((day.year for day in last_days if day is not None), default=None) if all(last_days) else None


@dataclass(frozen=True)
class PriceLevels:
    """Price levels of all areas by primary key: the newest of each area, and those of one year for all kinds of area.

    Only the comparable ones may be compared across kinds of area. Areas of one kind share their newest year.
    """

    newest: Mapping[int, AreaPriceLevel]
    comparable: Mapping[int, AreaPriceLevel]


def load_price_levels(areas: Collection[Area]) -> PriceLevels:
    """Read the price levels of these areas."""
    year = comparison_year(areas)
    return PriceLevels(price_levels(areas), price_levels(areas, year) if year else {})
