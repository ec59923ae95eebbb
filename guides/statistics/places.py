"""Finding an area by what people type: a state, a city, a postal abbreviation, or an address of a page."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Exists, OuterRef
from rapidfuzz import fuzz, process

from guides.models.statistics import Area, AreaKind, Release, StatisticsTable
from guides.models.wages import Wage

MAX_LENGTH = 100
"""Limit of what people type, in characters."""

MAX_SUGGESTIONS = 8
MIN_SIMILARITY = 75
"""From 0 to 100. 'Pitsburg' and 'Pittsburgh' have 89."""

NICKNAMES = {
    "nyc": "new york ny",
    "new york city": "new york ny",
    "manhattan": "new york ny",
    "brooklyn": "new york ny",
    "la": "los angeles",
    "sf": "san francisco",
    "bay area": "san francisco",
    "silicon valley": "san jose ca",
    "philly": "philadelphia",
    "vegas": "las vegas",
    "dfw": "dallas",
    "twin cities": "minneapolis",
    "nola": "new orleans",
    "slc": "salt lake city",
    "d c": "district of columbia",
    "washington d c": "washington dc",
    "us": "united states",
    "u s": "united states",
    "usa": "united states",
    "u s a": "united states",
    "america": "united states",
    "nationwide": "united states",
    "u s virgin islands": "virgin islands",
}
"""What people call places that the publisher's names do not contain. A nickname can also be a name: LA is Louisiana."""

_ABBREVIATIONS = {"saint": "st", "fort": "ft", "mount": "mt", "sainte": "ste"}


class PlaceProblem(StrEnum):
    """Why no area was found."""

    EMPTY = "empty"
    ZIP_CODE = "zip-code"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PlaceResult:
    """One area, or the reason why not. Suggestions are other areas that the text may mean."""

    area: Area | None = None
    problem: PlaceProblem | None = None
    suggestions: tuple[Area, ...] = ()


class Places:
    """An index of areas by names. It holds about six hundred areas and two thousand names, and makes no queries."""

    def __init__(self, areas: Iterable[Area]) -> None:
        self._areas = sorted(areas, key=lambda area: (_KIND_ORDER[AreaKind(area.kind)], area.name))
        self._by_slug = {area.slug: area for area in self._areas}
        self._by_pk = {area.pk: area for area in self._areas}
        self._states = {area.states: area for area in self._areas if area.kind == AreaKind.STATE}
        state_names = {code: state.name for code, state in self._states.items()}
        self._by_name = defaultdict[str, list[Area]](list)
        for area in self._areas:
            for name in dict.fromkeys(map(_folded, _names(area, state_names))):
                if name:
                    self._by_name[name].append(area)

    def by_slug(self, slug: str) -> Area | None:
        return self._by_slug.get(slug)

    def by_pk(self, pk: int) -> Area | None:
        return self._by_pk.get(pk)

    def state(self, code: str) -> Area | None:
        """Return the state with a postal code."""
        return self._states.get(code)

    def all(self) -> tuple[Area, ...]:
        """Return all areas by kind, from the nation to nonmetropolitan areas, and by name."""
        return tuple(self._areas)

    def find(self, text: str) -> PlaceResult:
        """Return the one area that a text means, or suggestions."""
        typed = text[:MAX_LENGTH].strip()
        name = _folded(typed)
        if not name:
            return PlaceResult(problem=PlaceProblem.EMPTY)
        if re.fullmatch(r"\d{5}( \d{4})?", name):
            return PlaceResult(problem=PlaceProblem.ZIP_CODE)
        found = list(self.named(typed))
        if (area := self._by_slug.get(typed.lower())) is not None:
            return PlaceResult(area, suggestions=tuple(other for other in found if other != area))
        if len(found) == 1:
            return PlaceResult(found[0])
        if found:
            return PlaceResult(problem=PlaceProblem.AMBIGUOUS, suggestions=tuple(found[:MAX_SUGGESTIONS]))
        return PlaceResult(problem=PlaceProblem.UNKNOWN, suggestions=self.suggest(typed))

    def named(self, text: str) -> tuple[Area, ...]:
        """Return the areas with this name."""
        name = _folded(text[:MAX_LENGTH])
        known, nickname = self._by_name.get(name, ()), self._by_name.get(NICKNAMES.get(name, ""), ())
        return tuple(dict.fromkeys((*known, *nickname)))

    def beginning(self, text: str) -> tuple[Area, ...]:
        """Return the areas whose label begins with a text."""
        name = _folded(text[:MAX_LENGTH])
        return tuple(area for area in self._areas if name and _folded(area.name).startswith(name))

    def label(self, area: Area) -> str:
        """Return the name of an area, with its kind if the name alone means several: 'New York (state)'."""
        return area.name if self.find(area.name).area == area else f"{area.name} ({AreaKind(area.kind).label})"

    def suggest(self, text: str) -> tuple[Area, ...]:
        """Return areas with a name that begins with a text, then those that have its words, then similar ones."""
        name = _folded(text[:MAX_LENGTH])
        if not name:
            return ()
        beginning = sorted((known for known in self._by_name if known.startswith(name)), key=len)
        similar = process.extract(
            name, self._by_name.keys(), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=MAX_SUGGESTIONS
        )
        containing = (known for known in self._by_name if f" {name} " in f" {known} ")
        names = (*beginning, *containing, *(known for known, _score, _place in similar))
        areas = {area.pk or area.code: area for known in names for area in self._by_name[known]}
        return tuple(areas.values())[:MAX_SUGGESTIONS]


def load_places() -> Places:
    """Read the areas that the current release of wages has figures for."""
    wages = Wage.objects.filter(release__in=Release.objects.current(StatisticsTable.WAGES), area=OuterRef("pk"))
    return Places(Area.objects.filter(Exists(wages)))


def in_sentence(area: Area) -> str:
    """Return the name of an area as it follows a preposition: 'Texas', but 'the United States'."""
    has_article = area.kind in (AreaKind.NATION, AreaKind.NONMETROPOLITAN) or area.states in ("DC", "VI")
    return f"the {area.name}" if has_article else area.name


_KIND_ORDER = {
    AreaKind.NATION: 0,
    AreaKind.STATE: 1,
    AreaKind.METROPOLITAN: 2,
    AreaKind.NONMETROPOLITAN: 3,
}


def _folded(text: str) -> str:
    """Return a name in lower case, without accents and punctuation, and with common words abbreviated."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain.replace("'", "").replace("/", " "))
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def _names(area: Area, state_names: dict[str, str]) -> Iterator[str]:
    """Yield the names that an area answers to, for example each of its cities with and without the state."""
    yield area.name
    if area.kind == AreaKind.STATE:
        yield f"{area.name} state"
        yield area.states
    elif area.kind == AreaKind.METROPOLITAN:
        cities, _comma, _states = area.name.rpartition(", ")
        for city in _cities(cities):
            yield city
            for code in area.state_codes:
                yield f"{city} {code}"
                if code in state_names:
                    yield f"{city} {state_names[code]}"
    elif area.kind == AreaKind.NONMETROPOLITAN:
        yield from {area.name.removesuffix(" nonmetropolitan area")}.difference(state_names.values())


def _cities(cities: str) -> Iterator[str]:
    """Yield each run of parts between hyphens: a hyphen separates cities, or belongs to one, as in Winston-Salem."""
    parts = re.split(r"[-/]+", cities)
    for first in range(len(parts)):
        for last in range(first + 1, len(parts) + 1):
            run = " ".join(parts[first:last])
            yield run
            if (plain := run.removeprefix("Urban ").removesuffix(" Town")) != run:
                yield plain
