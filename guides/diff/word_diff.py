"""Two texts word by word: what stayed, what went and what came, in pieces that join to either text again."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from rapidfuzz.distance import LCSseq

_WORDS = re.compile(r"(\w+(?:['’.,-]\w+)*|[^\w\s]|^)(\s*)")
_NAMES = re.compile(r"(.+?)(, |$)", re.DOTALL)
_ENDS = frozenset(".!?:…")
CONTEXT = 8
WORTH_CUTTING = 5
MOST_WORDS = 6_000
"""So many words are soon compared; the longest prose has about four thousand."""


class Piece(NamedTuple):
    kind: Literal["same", "added", "removed"]
    text: str


class Word(NamedTuple):
    """A word, or a mark between words, and the space behind it. Words are the same whatever their space."""

    core: str
    space: str = ""


class Run(NamedTuple):
    """Things that two sequences have in common: where they begin in either, and how many they are."""

    old: int
    new: int
    size: int


def words(text: str) -> list[Word]:
    return [Word(*found) for found in _WORDS.findall(text)] if text else []


def names(text: str) -> list[Word]:
    """Names that are joined by commas."""
    return [Word(*found) for found in _NAMES.findall(text)]


def whole(text: str) -> list[Word]:
    """One word, whatever stands in it."""
    return [Word(text)] if text else []


def compare(old: Sequence[Word], new: Sequence[Word]) -> tuple[Piece, ...]:
    """Pieces: those that are the same or removed join to the old text, those that are the same or added to the new."""
    found: list[Piece] = []
    gone = come = ""
    was = Run(0, 0, 0)
    for run in (*align([word.core for word in old], [word.core for word in new]), Run(len(old), len(new), 0)):
        gone += _text(old[was.old + was.size : run.old])
        come += _text(new[was.new + was.size : run.new])
        for same, space, other in _by_space(old[run.old : run.old + run.size], new[run.new : run.new + run.size]):
            found += _pieces(gone, come, same)
            gone, come = space, other
        was = run
    return (*found, *_pieces(gone, come, ""))


def _by_space(old: Sequence[Word], new: Sequence[Word]) -> list[tuple[str, str, str]]:
    """Stretches of the same words: the text that is the same, and the two spaces where it ends because these differ."""
    found = []
    same = ""
    for before, after in zip(old, new, strict=True):
        same += before.core
        if before.space == after.space:
            same += before.space
        else:
            found.append((same, before.space, after.space))
            same = ""
    return [*found, (same, "", "")] if same else found


def _pieces(gone: str, come: str, same: str) -> tuple[Piece, ...]:
    pieces = (Piece("removed", gone), Piece("added", come), Piece("same", same))
    return tuple(piece for piece in pieces if piece.text)


def _text(run: Sequence[Word]) -> str:
    return "".join(word.core + word.space for word in run)


def cut(pieces: Sequence[Piece], context: int = CONTEXT) -> tuple[Piece, ...]:
    """The pieces, with only so many words of what is the same on either side of a change."""
    last = len(pieces) - 1
    return tuple(
        Piece("same", _ends(piece.text, context * (place > 0), context * (place < last)))
        if piece.kind == "same" and len(piece.text) > context
        else piece
        for place, piece in enumerate(pieces)
    )


def _ends(text: str, first: int, last: int) -> str:
    found = words(text)
    if len(found) < first + last + WORTH_CUTTING:
        return text
    head, tail = _text(found[:first]), _text(found[len(found) - last :])
    return " ".join(filter(None, (head.rstrip(), "…", tail)))


def align(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The runs that two sequences have in common, in order, as a reader would choose them.

    They are a longest common subsequence, without what stands between larger changes by chance, and what was put in or
    taken out begins as a sentence does where it can.
    """
    sums = tuple((0, *accumulate(map(len, side))) for side in (old, new))
    runs = [Run(0, 0, 0)]
    for run in (*common(old, new), Run(len(old), len(new), 0)):
        while len(runs) > 1 and _by_chance(runs[-2], runs[-1], run, *sums):
            runs.pop()
        runs.append(run)
    for place in range(1, len(runs)):
        before, run = runs[place - 1 : place + 1]
        back = _back(before, run, old, new)
        runs[place - 1] = before._replace(size=before.size - back)
        runs[place] = Run(run.old - back, run.new - back, run.size + back)
    return [run for run in runs if run.size]


def common(old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """A longest common subsequence."""
    return [
        Run(op.src_start, op.dest_start, op.src_end - op.src_start)
        for op in LCSseq.opcodes(old, new)
        if op.tag == "equal"
    ]


def _by_chance(before: Run, run: Run, following: Run, old: Sequence[int], new: Sequence[int]) -> bool:
    """Whether so little stayed, amid so much that went and came, that it reads better as a part of that.

    `old` and `new` are sums of lengths: how many characters stand before each place.
    """
    size = old[run.old + run.size] - old[run.old]
    gone = (old[run.old] - old[before.old + before.size], old[following.old] - old[run.old + run.size])
    come = (new[run.new] - new[before.new + before.size], new[following.new] - new[run.new + run.size])
    return max(size, 1) <= min(max(gone[0], come[0]), max(gone[1], come[1]), sum(gone), sum(come))


def _back(before: Run, run: Run, old: Sequence[str], new: Sequence[str]) -> int:
    """How many words earlier that begins which stands between two runs on one side only, so as to follow an end."""
    sides = ((old, before.old + before.size, run.old), (new, before.new + before.size, run.new))
    changed = [side for side in sides if side[1] < side[2]]
    if len(changed) != 1:
        return 0
    [(side, start, end)] = changed
    for back in range(before.size + 1):
        if back == start or side[start - back - 1] in _ENDS:
            return back
        if side[start - back - 1] != side[end - back - 1]:
            return 0
    return 0
