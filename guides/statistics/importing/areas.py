"""Areas of the wage table: known ones by their codes, and new ones from their titles."""

import re
from typing import NamedTuple

from django.utils.text import slugify

from guides.models import Area
from guides.models.statistics import AreaKind
from guides.schema.types import MAX_SLUG_LENGTH

from .cells import BadCell

NATION = "United States"
"""Our name for the area that the publisher calls 'U.S.' or 'National'."""

_KINDS = {
    "1": AreaKind.NATION,
    "2": AreaKind.STATE,
    "3": AreaKind.STATE,
    "4": AreaKind.METROPOLITAN,
    "6": AreaKind.NONMETROPOLITAN,
}
_LENGTHS = {AreaKind.NATION: 2, AreaKind.STATE: 2, AreaKind.METROPOLITAN: 5, AreaKind.NONMETROPOLITAN: 7}
_STATES = re.compile(r", ([A-Z]{2}(?:-[A-Z]{2})*)$")


class _RawArea(NamedTuple):
    code: str
    kind: str
    title: str
    state: str


class AreaReader:
    """Finds the area of a row. Codes without leading zeros, as workbooks have them, are completed by their kind."""

    def __init__(self, *, add_new: bool) -> None:
        self._known = {area.code: area for area in Area.objects.all()}
        self._new: dict[str, Area] = {}
        self._add_new = add_new
        self._names: dict[str, str] = {}
        self._codes: dict[_RawArea, str] = {}

    def code(self, code: str, kind: str, title: str, state: str) -> str:
        """Return the complete code of an area. Raise BadCell."""
        raw = _RawArea(code, kind, title, state)
        if raw not in self._codes:
            self._codes[raw] = self._find(raw)
        return self._codes[raw]

    def _find(self, raw: _RawArea) -> str:
        area = _area(raw)
        known = self._known.get(area.code) or self._new.get(area.code)
        if known is None:
            if not self._add_new:
                raise BadCell(f"area {area.code} “{area.name}” is unknown. If the publisher added it, use --add-new")
            self._new[area.code] = area
        elif known.kind != area.kind:
            raise BadCell(f"area {area.code} is a {known.get_kind_display()} here, not a {area.get_kind_display()}")
        self._names[area.code] = area.name
        return area.code

    def create_new(self) -> None:
        """Create the new areas, each with a slug that no other area has."""
        taken = set(Area.objects.values_list("slug", flat=True))
        for area in self._new.values():
            if area.slug in taken:
                area.slug = f"{area.slug[: MAX_SLUG_LENGTH - 8]}-{area.code}"
            taken.add(area.slug)
        Area.objects.bulk_create(self._new.values(), ignore_conflicts=True)

    def rename(self) -> int:
        """Give areas the names that the file has, and return how many changed. Slugs stay."""
        changed = [area for area in Area.objects.filter(code__in=self._names) if area.name != self._names[area.code]]
        for area in changed:
            area.name = self._names[area.code]
        Area.objects.bulk_update(changed, ["name"])
        return len(changed)

    def new_names(self) -> tuple[str, ...]:
        return tuple(f"{area.code} {area.name}" for area in self._new.values())


def _area(raw: _RawArea) -> Area:
    kind = _KINDS.get(raw.kind.strip())
    title = " ".join(raw.title.split())
    if kind is None:
        raise BadCell(f"area type {raw.kind!r} is unknown. Types are 1, 2, 3, 4 and 6")
    code = raw.code.strip().zfill(_LENGTHS[kind])
    if not (code.isascii() and code.isdigit() and len(code) == _LENGTHS[kind]) or not title:
        raise BadCell(f"area {raw.code!r} “{title}” is not a {kind.label} with a code of {_LENGTHS[kind]} digits")
    if kind == AreaKind.NATION:
        return Area(kind=kind, code=code, name=NATION, slug=slugify(NATION), states="")
    in_title = _STATES.search(title)
    states = in_title[1] if in_title else raw.state.strip()
    if not re.fullmatch(r"[A-Z]{2}(-[A-Z]{2})*", states):
        raise BadCell(f"area {code} “{title}” has no postal code of a state")
    return Area(kind=kind, code=code, name=title, slug=slugify(title)[:MAX_SLUG_LENGTH].strip("-"), states=states)
