"""The areas that pages of pay by place link to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Max

from guides.models.statistics import Area, AreaKind, Release, StatisticsTable
from guides.models.wages import Wage
from guides.reading.index.live_data import LiveData

from .links import addresses

MAX_METROPOLITAN = 24


class PlaceLink(NamedTuple):
    name: str
    address: str


@dataclass(frozen=True)
class PlaceChoices:
    """The nation, all states by name, and the metropolitan areas with the most jobs, the largest first."""

    nation: tuple[PlaceLink, ...]
    states: tuple[PlaceLink, ...]
    largest: tuple[PlaceLink, ...]


def place_choices(known: LiveData) -> PlaceChoices:
    """Return the areas to choose from."""
    areas = known.places.all()
    return PlaceChoices(
        nation=_links(area for area in areas if area.kind == AreaKind.NATION),
        states=_links(area for area in areas if area.kind == AreaKind.STATE),
        largest=_links(_largest(known)),
    )


@dataclass(frozen=True)
class PlaceLinks:
    """Where to go from an area: the larger areas that it is in, and the smaller ones within a state, by name."""

    larger: tuple[PlaceLink, ...]
    within: tuple[PlaceLink, ...]


def place_links(area: Area, known: LiveData) -> PlaceLinks:
    """Return the areas around an area and within it. A metropolitan area can be in several states."""
    areas, codes = known.places.all(), area.state_codes
    is_part = area.kind in _PARTS_OF_STATES

    def is_larger(other: Area) -> bool:
        is_nation = other.kind == AreaKind.NATION and other != area
        return is_nation or (is_part and other.kind == AreaKind.STATE and other.states in codes)

    def is_within(other: Area) -> bool:
        return other.kind in _PARTS_OF_STATES and area.states in other.state_codes

    larger = filter(is_larger, areas)
    return PlaceLinks(_links(larger), _links(filter(is_within, areas)) if area.kind == AreaKind.STATE else ())


_PARTS_OF_STATES = frozenset({AreaKind.METROPOLITAN, AreaKind.NONMETROPOLITAN})


def _links(areas: Iterable[Area]) -> tuple[PlaceLink, ...]:
    address = addresses("pay-place")
    return tuple(PlaceLink(area.name, address(area.slug)) for area in areas)


def _largest(known: LiveData) -> Iterator[Area]:
    """Yield the largest metropolitan areas, by their jobs in one of the two occupations that have most in the nation.

    In a whole table, the first is the total of all occupations. An excerpt may have the total of the nation only.
    """
    current = Wage.objects.filter(release__in=Release.objects.current(StatisticsTable.WAGES), employment__gt=0)
    national = current.filter(area__kind=AreaKind.NATION).order_by("-employment").values("occupation")
    metropolitan = current.filter(area__kind=AreaKind.METROPOLITAN, occupation__in=national[:2])
    largest = metropolitan.values("area").annotate(jobs=Max("employment")).order_by("-jobs", "area")
    found = map(known.places.by_pk, largest.values_list("area", flat=True)[:MAX_METROPOLITAN])
    return (area for area in found if area is not None)
