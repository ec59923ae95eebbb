"""Compare two texts word by word. The pieces of the result join to either text."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, NamedTuple

_WORDS = re.compile(r"(\w+(?:['’.,-]\w+)*|[^\w\s]|^)(\s*)")
_NAMES = re.compile(r"(.+?)(, |$)", re.DOTALL)
_ENDS = frozenset(".!?:…")
CONTEXT = 8
"""Unchanged words shown on either side of a change."""

MIN_OMITTED = 5
MAX_WORDS = 6_000
"""Words of a text that is compared. The longest prose has about 4,000."""


class Piece(NamedTuple):
    kind: Literal["same", "added", "removed"]
    text: str


class Word(NamedTuple):
    """A word or punctuation mark, and the space after it. Words are the same regardless of the space."""

    core: str
    space: str = ""


class Run(NamedTuple):
    """Items that two sequences have in common: their start in either sequence, and their number."""

    old: int
    new: int
    size: int


def words(text: str) -> list[Word]:
    return [Word(*found) for found in _WORDS.findall(text)] if text else []


def names(text: str) -> list[Word]:
    """Split names at commas."""
    return [Word(*found) for found in _NAMES.findall(text)]


def whole(text: str) -> list[Word]:
    """Return the whole text as one word."""
    return [Word(text)] if text else []


def compare(old: Sequence[Word], new: Sequence[Word]) -> tuple[Piece, ...]:
    """Return pieces of text: "same" and "removed" ones join to the old text, "same" and "added" ones to the new."""
    pieces: list[Piece] = []
    removed = added = ""
    last = Run(0, 0, 0)
    for run in (*align([word.core for word in old], [word.core for word in new]), Run(len(old), len(new), 0)):
        removed += _text(old[last.old + last.size : run.old])
        added += _text(new[last.new + last.size : run.new])
        for same, space, other in _by_space(old[run.old : run.old + run.size], new[run.new : run.new + run.size]):
            pieces += _pieces(removed, added, same)
            removed, added = space, other
        last = run
    return (*pieces, *_pieces(removed, added, ""))


def _by_space(old: Sequence[Word], new: Sequence[Word]) -> list[tuple[str, str, str]]:
    """Split the same words where the spaces after them differ. Return each text with the two spaces after it."""
    parts = []
    same = ""
    for before, after in zip(old, new, strict=True):
        same += before.core
        if before.space == after.space:
            same += before.space
        else:
            parts.append((same, before.space, after.space))
            same = ""
    return [*parts, (same, "", "")] if same else parts


def _pieces(removed: str, added: str, same: str) -> tuple[Piece, ...]:
    pieces = (Piece("removed", removed), Piece("added", added), Piece("same", same))
    return tuple(piece for piece in pieces if piece.text)


def _text(words: Sequence[Word]) -> str:
    return "".join(word.core + word.space for word in words)


def cut(pieces: Sequence[Piece], context: int = CONTEXT) -> tuple[Piece, ...]:
    """Shorten unchanged pieces to `context` words on either side of a change."""
    last = len(pieces) - 1
    return tuple(
        Piece("same", _ends(piece.text, context * (index > 0), context * (index < last)))
        if piece.kind == "same" and len(piece.text) > context
        else piece
        for index, piece in enumerate(pieces)
    )


def _ends(text: str, first: int, last: int) -> str:
    found = words(text)
    if len(found) < first + last + MIN_OMITTED:
        return text
    head, tail = _text(found[:first]), _text(found[len(found) - last :])
    return " ".join(filter(None, (head.rstrip(), "…", tail)))


def align(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """Return the runs that two sequences have in common, in order.

    Short matches between larger changes are left out, because they read better as part of the change. An insertion or
    removal starts at the beginning of a sentence if possible.
    """
    sums = tuple((0, *accumulate(map(len, side))) for side in (old, new))
    runs = [Run(0, 0, 0)]
    for block in SequenceMatcher(None, old, new).get_matching_blocks():
        run = Run(*block)
        while len(runs) > 1 and _is_accidental(runs[-2], runs[-1], run, *sums):
            runs.pop()
        runs.append(run)
    for index in range(1, len(runs)):
        before, run = runs[index - 1 : index + 1]
        shift = _shift(before, run, old, new)
        runs[index - 1] = before._replace(size=before.size - shift)
        runs[index] = Run(run.old - shift, run.new - shift, run.size + shift)
    return [run for run in runs if run.size]


def _is_accidental(before: Run, run: Run, following: Run, old: Sequence[int], new: Sequence[int]) -> bool:
    """Return whether a match is shorter than the changes around it.

    `old` and `new` are running totals of the lengths of words, in characters.
    """
    size = old[run.old + run.size] - old[run.old]
    removed = (old[run.old] - old[before.old + before.size], old[following.old] - old[run.old + run.size])
    added = (new[run.new] - new[before.new + before.size], new[following.new] - new[run.new + run.size])
    return max(size, 1) <= min(max(removed[0], added[0]), max(removed[1], added[1]), sum(removed), sum(added))


def _shift(before: Run, run: Run, old: Sequence[str], new: Sequence[str]) -> int:
    """Return by how many words an insertion or removal can start earlier, to begin after the end of a sentence."""
    sides = ((old, before.old + before.size, run.old), (new, before.new + before.size, run.new))
    changed = [side for side in sides if side[1] < side[2]]
    if len(changed) != 1:
        return 0
    [(side, start, end)] = changed
    for shift in range(before.size + 1):
        if shift == start or side[start - shift - 1] in _ENDS:
            return shift
        if side[start - shift - 1] != side[end - shift - 1]:
            return 0
    return 0
