"""Which pages of pay exist: areas with wages, guides with wages, and guides in areas.

There are up to five million guides in areas. They are never in memory: the areas of an occupation are one bitmap, and
a part of the list is computed from these.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping
from functools import reduce
from itertools import accumulate, islice
from operator import or_
from typing import NamedTuple

from django.db.models import Q, StringAgg, TextField, Value
from django.db.models.functions import Cast

from guides.models.statistics import Area, AreaKind, Release, StatisticsTable
from guides.models.wages import NUMBER, Flag, Wage
from guides.reading.index.live_data import LiveData
from guides.reading.index.live_index import Entry, mask_of, positions

EXPORTED_KINDS = frozenset({AreaKind.NATION, AreaKind.STATE})
"""The kinds of area whose pages a static export has. All areas would be millions of files."""


class GuideInArea(NamedTuple):
    """The slugs of a guide and of an area."""

    guide: str
    area: str


def areas_with_wages(known: LiveData, kinds: Collection[str] = AreaKind.values) -> tuple[Area, ...]:
    """Return the areas of these kinds, larger kinds first."""
    return tuple(area for area in known.places.all() if area.kind in kinds)


def guides_with_wages(known: LiveData) -> tuple[Entry, ...]:
    """Return the guides with national wages for one of their occupations, by title."""
    return tuple(entry for entry in known.index.guides if _paid_codes(entry, known))


class GuidesInAreas:
    """Each guide in each area that has a figure for one of its occupations, by title. A part of it is a slice."""

    def __init__(self, known: LiveData, kinds: Collection[str] = AreaKind.values) -> None:
        areas = known.places.all()
        self._areas = [area.slug for area in areas]
        by_code = _areas_by_code({area.pk: place for place, area in enumerate(areas) if area.kind in kinds}, len(areas))
        self._guides = [
            (entry.slug, reduce(or_, (by_code.get(code, 0) for code in _paid_codes(entry, known))))
            for entry in guides_with_wages(known)
        ]
        self._ends = list(accumulate(areas.bit_count() for _guide, areas in self._guides))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __iter__(self) -> Iterator[GuideInArea]:
        return self._from(0)

    def __getitem__(self, part: slice) -> list[GuideInArea]:
        start, stop, _step = part.indices(len(self))
        if start >= stop:
            return []
        first = bisect_right(self._ends, start)
        before = self._ends[first - 1] if first else 0
        return list(islice(self._from(first), start - before, stop - before))

    def _from(self, first: int) -> Iterator[GuideInArea]:
        for guide, areas in islice(self._guides, first, None):
            yield from (GuideInArea(guide, self._areas[place]) for place in positions(areas, range(len(self._areas))))


def _paid_codes(entry: Entry, known: LiveData) -> list[str]:
    return [each.code for each in entry.occupations if each.code in known.national.wages]


def _areas_by_code(places: Mapping[int, int], size: int) -> dict[str, int]:
    """Return the mask of the areas that have a figure, by code. `places` are positions by primary key."""
    has_figure = Q(flags="") | Q(flags__contains=NUMBER) | Q(flags__contains=Flag.AT_OR_ABOVE.value)
    rows = Wage.objects.filter(has_figure, release__in=Release.objects.current(StatisticsTable.WAGES))
    # As one row per occupation, since there are hundreds of thousands of rows.
    joined = rows.values("occupation__code").annotate(areas=StringAgg(Cast("area", TextField()), Value(",")))
    return {
        code: mask_of((places[pk] for pk in map(int, areas.split(",")) if pk in places), size)
        for code, areas in joined.values_list("occupation__code", "areas")
    }
