"""Compare two guides part by part and word by word, for editors who decide whether to publish."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import accumulate
from typing import Any, Literal, NamedTuple

from guides.part_types import PART_TYPES
from guides.schema import Guide
from guides.schema.types import FrozenModel

from . import labels, word_diff
from .row_matching import matches
from .word_diff import Piece, Word

MAX_COMPARED = 400_000
"""Characters that are compared word by word. If more have changed, the longest texts are compared whole."""

type Kind = Literal["added", "removed", "changed", "moved"]
type Split = Callable[[str], list[Word]]


class FieldChange(NamedTuple):
    """The changes in one field, by its label; long unchanged passages are shortened."""

    name: str
    pieces: tuple[Piece, ...]


class Change(NamedTuple):
    """The change of a row, or of a field of the guide itself.

    `part` is the name of the list or field in the Guide. `place` is the path in the new guide, or in the old one for a
    removal. `name` is the label for editors. A row that moved has `fields` if it also changed.
    """

    part: str
    place: str
    name: str
    kind: Kind
    fields: tuple[FieldChange, ...] = ()

    @property
    def heading(self) -> str:
        """The part's label."""
        return str(labels.PARTS[self.part])


_IDENTITIES: Mapping[str, Callable[[Any], Hashable]] = {
    **{part.name: part.identity for part in PART_TYPES},
    "sources": lambda source: source.slug,
}


class _Side(NamedTuple):
    """A row in a guide, or None if the guide lacks it. For fields of the guide itself, the row is the guide."""

    guide: Guide | None
    row: Any

    def text(self, part: str, field: str) -> str:
        return "" if self.row is None or self.guide is None else labels.display_value(part, field, self.row, self.guide)


class _Field(NamedTuple):
    """A field that differs, its two texts, and how to split them for comparison."""

    name: str
    old: str
    new: str
    split: Split


type _Pair = tuple[Change, tuple[_Field, ...]]
"""A change, and its fields before their texts are compared."""


def differences(old: Guide | None, new: Guide) -> tuple[Change, ...]:
    """Return all changes in the order of the page. Without an old guide, everything is added."""
    pairs = [pair for part in labels.PARTS for pair in _part_changes(part, old, new)]
    longest = _longest(field for _change, fields in pairs for field in fields)
    return tuple(
        change._replace(fields=tuple(_compared(field, longest) for field in fields)) for change, fields in pairs
    )


def _part_changes(part: str, old: Guide | None, new: Guide) -> Iterator[_Pair]:
    before, after = getattr(old, part, None), getattr(new, part)
    if part in _IDENTITIES:
        yield from _row_changes(part, old, new)
    elif before != after and isinstance(row := after or before, FrozenModel):
        fields = _fields(part, type(row).model_fields, _Side(old, before), _Side(new, after))
        yield Change(part, part, labels.row_name(part, row), _kind(before, after)), fields
    elif before != after:
        fields = _fields(part, (part,), _Side(old, old), _Side(new, new))
        yield Change(part, part, str(labels.PARTS[part]), _kind(before, after)), fields


def _row_changes(part: str, old: Guide | None, new: Guide) -> Iterator[_Pair]:
    before, after = getattr(old, part, ()), getattr(new, part)
    for match in matches(before, after, key=_IDENTITIES[part], text=partial(_row_text, part)):
        old_row: Any = None if match.old is None else before[match.old]
        row: Any = None if match.new is None else after[match.new]
        if old_row == row and not match.moved:
            continue
        name = labels.row_name(part, row or old_row)
        fields = _fields(part, type(row or old_row).model_fields, _Side(old, old_row), _Side(new, row))
        if old_row is None or row is None:  # the name of the change already shows that field
            fields = tuple(field for field in fields if name not in {field.old, field.new})
        place = match.old if row is None else match.new
        yield Change(part, f"{part}.{place}", name, "moved" if match.moved else _kind(old_row, row)), fields


def _kind(before: object, after: object) -> Kind:
    return "changed" if before and after else "added" if after else "removed"


def _fields(part: str, names: Iterable[str], old: _Side, new: _Side) -> tuple[_Field, ...]:
    fields = []
    for name in names:
        before, after = getattr(old.row, name, None), getattr(new.row, name, None)
        texts = old.text(part, name), new.text(part, name)
        if before != after and any(texts):
            fields.append(_Field(labels.field_label(part, name), *texts, _split(part, name, after or before)))
    return tuple(fields)


def _split(part: str, field: str, value: object) -> Split:
    if isinstance(value, tuple):
        return word_diff.names
    return word_diff.words if labels.is_text(part, field, value) else word_diff.whole


def _row_text(part: str, row: FrozenModel) -> str:
    """Return the text by which a row matches a row with another key; '' for rows that are identified by slug."""
    if part in {"skills", "sources"}:
        return ""
    return " ".join(
        str(value)
        for name, value in row
        if isinstance(value, Decimal) or name in {"country", "level"} or labels.is_text(part, name, value)
    )


def _longest(fields: Iterable[_Field]) -> int:
    """Return the length of the longest texts that can be compared by words within the limit, shortest first."""
    sizes = sorted(len(field.old) + len(field.new) for field in fields if field.old and field.new)
    sums = dict(zip(sizes, accumulate(sizes), strict=True))  # for equal sizes, the last sum
    return max((size for size, total in sums.items() if total <= MAX_COMPARED), default=0)


def _compared(field: _Field, longest: int) -> FieldChange:
    sides = [word_diff.whole(text) for text in (field.old, field.new)]
    if field.old and field.new and len(field.old) + len(field.new) <= longest:
        split = [field.split(text) for text in (field.old, field.new)]
        sides = split if max(map(len, split)) <= word_diff.MAX_WORDS else sides
    pieces = word_diff.cut(word_diff.compare(*sides))
    if all(piece.kind == "same" for piece in pieces):  # different values with the same text
        pieces = (Piece("removed", field.old), Piece("added", field.new))
    return FieldChange(field.name, pieces)
