"""What changed between two guides, part by part and word by word, for those who decide whether to publish it."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from guides.rendering import labels
from guides.schema import Guide
from guides.schema.types import FrozenModel

from . import word_diff as pieces
from .row_matching import matches
from .word_diff import Piece, Word

MOST_COMPARED = 400_000
"""So many characters are compared word by word; where more have changed, the longest texts are compared whole."""

type Kind = Literal["added", "removed", "changed", "moved"]
type Split = Callable[[str], list[Word]]


class FieldChange(NamedTuple):
    """What changed in one field, by its label for people; long stretches that did not are cut."""

    name: str
    pieces: tuple[Piece, ...]


class Change(NamedTuple):
    """What became of a row, or of a field of the guide itself.

    `part` is the Guide's name for the list or field; `place` is in the new guide, or in the old one for what was
    removed; `name` is what an editor knows it by. What moved may have changed besides: then it has fields.
    """

    part: str
    place: str
    name: str
    kind: Kind
    fields: tuple[FieldChange, ...]

    @property
    def heading(self) -> str:
        """The part's name for people."""
        return str(labels.PARTS[self.part])


# What a row is known by, in lists whose rows have something of the kind.
_KEYS: Mapping[str, Callable[[Any], Hashable]] = {
    "facts": lambda row: row.kind,
    "sections": lambda row: (row.chapter, row.heading),
    "responsibilities": lambda row: row.title,
    "skills": lambda row: row.slug,
    "steps": lambda row: row.title,
    "routes": lambda row: row.title,
    "pay": lambda row: (row.basis, row.level, row.country, row.label),
    "levels": lambda row: row.title,
    "considerations": lambda row: (row.kind, row.title),
    "faqs": lambda row: row.question,
    "interview": lambda row: row.question,
    "toolkit": lambda row: (row.kind, row.title),
    "related": lambda row: row.slug or row.title,
    "sources": lambda row: row.slug,
}


class _Side(NamedTuple):
    """A row as it stands in a guide, or that it does not; of its own fields, the guide is the row."""

    guide: Guide | None
    row: Any

    def told(self, part: str, field: str) -> str:
        return "" if self.row is None or self.guide is None else labels.told(part, field, self.row, self.guide)


class _Field(NamedTuple):
    """A field that differs, told for either side, and whether it is to be compared as a text, as names or whole."""

    name: str
    old: str
    new: str
    split: Split


class _Found(NamedTuple):
    """A change whose texts are not compared yet."""

    part: str
    place: str
    name: str
    kind: Kind
    fields: tuple[_Field, ...]


def differences(old: Guide | None, new: Guide) -> tuple[Change, ...]:
    """What changed, in the order of the page; against no guide, all is added."""
    found = [change for part in labels.PARTS for change in _of_part(part, old, new)]
    longest = _longest(field for change in found for field in change.fields)
    return tuple(
        Change(part, place, name, kind, tuple(_compared(field, longest) for field in fields))
        for part, place, name, kind, fields in found
    )


def _of_part(part: str, old: Guide | None, new: Guide) -> Iterator[_Found]:
    before, after = getattr(old, part, None), getattr(new, part)
    if part in _KEYS:
        yield from _of_rows(part, old, new)
    elif before != after and isinstance(row := after or before, FrozenModel):
        fields = _fields(part, type(row).model_fields, _Side(old, before), _Side(new, after))
        yield _Found(part, part, labels.row_name(part, after or before), _kind(before, after), fields)
    elif before != after:
        fields = _fields(part, (part,), _Side(old, old), _Side(new, new))
        yield _Found(part, part, str(labels.PARTS[part]), _kind(before, after), fields)


def _of_rows(part: str, old: Guide | None, new: Guide) -> Iterator[_Found]:
    before, after = getattr(old, part, ()), getattr(new, part)
    for match in matches(before, after, key=_KEYS[part], text=partial(_saying, part)):
        was: Any = None if match.old is None else before[match.old]
        row: Any = None if match.new is None else after[match.new]
        if was == row and not match.moved:
            continue
        name = labels.row_name(part, row or was)
        fields = _fields(part, type(row or was).model_fields, _Side(old, was), _Side(new, row))
        if was is None or row is None:  # its name has told that field
            fields = tuple(field for field in fields if name not in {field.old, field.new})
        place = match.old if row is None else match.new
        yield _Found(part, f"{part}.{place}", name, "moved" if match.moved else _kind(was, row), fields)


def _kind(before: object, after: object) -> Kind:
    return "changed" if before and after else "added" if after else "removed"


def _fields(part: str, names: Iterable[str], old: _Side, new: _Side) -> tuple[_Field, ...]:
    found = []
    for name in names:
        before, after = getattr(old.row, name, None), getattr(new.row, name, None)
        told = (old.told(part, name), new.told(part, name))
        if before != after and any(told):
            found.append(_Field(labels.field_label(part, name), *told, _split(part, name, after or before)))
    return tuple(found)


def _split(part: str, field: str, value: object) -> Split:
    if isinstance(value, tuple):
        return pieces.names
    return pieces.words if labels.is_text(part, field, value) else pieces.whole


def _saying(part: str, row: FrozenModel) -> str:
    """What a row says, by which it is known again where its key is another; but what has a slug is known by that."""
    if part in {"skills", "sources"}:
        return ""
    return " ".join(
        str(value)
        for name, value in row
        if isinstance(value, Decimal) or name in {"country", "level"} or labels.is_text(part, name, value)
    )


def _longest(fields: Iterable[_Field]) -> int:
    """The most characters that a text may have to be compared by words: with the shorter ones, all that are allowed."""
    sizes = sorted(len(field.old) + len(field.new) for field in fields if field.old and field.new)
    sums = dict(zip(sizes, accumulate(sizes), strict=True))  # of a size, the last: with all that are as long
    return max((size for size, total in sums.items() if total <= MOST_COMPARED), default=0)


def _compared(field: _Field, longest: int) -> FieldChange:
    sides = [pieces.whole(text) for text in (field.old, field.new)]
    if field.old and field.new and len(field.old) + len(field.new) <= longest:
        split = [field.split(text) for text in (field.old, field.new)]
        sides = split if max(map(len, split)) <= pieces.MOST_WORDS else sides
    found = pieces.cut(pieces.compare(*sides))
    if all(piece.kind == "same" for piece in found):  # other than they were, and told alike
        found = (Piece("removed", field.old), Piece("added", field.new))
    return FieldChange(field.name, found)
