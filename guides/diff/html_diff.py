"""Mark the changes in a page: <ins> around added words, <del> with removed ones."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from .html_blocks import Block, Word, read
from .row_matching import MIN_SIMILARITY, similarity
from .word_diff import MAX_WORDS, Run, align

MAX_PAIRS = 400_000
"""Pairs of blocks that are compared between two blocks that are the same."""


class _Mark(NamedTuple):
    """A tag to insert. At the same position, lower ranks come first, so elements end before others begin."""

    position: int
    rank: int
    tag: str


def mark_changes(old_html: str, new_html: str) -> SafeString:
    """Return the new page with marks, unchanged otherwise. Both pages must be safe and well-formed.

    Removed words are at their former position. A removed block is at the end or the beginning of a neighbor, in a
    <del> of class 'apart'. Only escaped text of the old page is used. A page without words has no marks.
    """
    html, position = [], 0
    for place, _, tag in sorted(_marks(read(old_html), read(new_html)), key=itemgetter(0, 1)):
        html += [new_html[position:place], tag]
        position = place
    return mark_safe("".join((*html, new_html[position:])))  # noqa: S308 -- a safe page, and tags around escaped text


def _marks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[_Mark]:
    last_old = last_new = 0
    for old_index, new_index in (*_pairs(old, new), (len(old), len(new))):
        removed, added = old[last_old:old_index], new[last_new:new_index]
        if [block.tag for block in removed] == [block.tag for block in added]:
            for before, after in zip(removed, added, strict=True):
                yield from _in_block(before, after)
        else:
            if removed:
                previous = new[last_new - 1] if last_new else None
                yield from _removed_blocks(removed, previous, new[last_new] if last_new < len(new) else None)
            for block in added:
                yield from _added(block.words)
        if old_index < len(old):
            yield from _in_block(old[old_index], new[new_index])
        last_old, last_new = old_index + 1, new_index + 1


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Yield the indexes of blocks that are the same or similar, in ascending order."""
    texts = [[block.text for block in blocks] for blocks in (old, new)]
    words = [[frozenset(word.text for word in block.words) for block in blocks] for blocks in (old, new)]
    last = Run(0, 0, 0)
    for run in (*align(*texts), Run(len(old), len(new), 0)):
        before, after = range(last.old + last.size, run.old), range(last.new + last.size, run.new)
        if len(before) * len(after) <= MAX_PAIRS:
            for new_index in after:
                scores = [(similarity(words[0][index], words[1][new_index]), -index) for index in before]
                score, index = max(scores, default=(0, 0))
                if score >= MIN_SIMILARITY:
                    yield -index, new_index
                    before = range(1 - index, before.stop)
        yield from zip(range(run.old, run.old + run.size), range(run.new, run.new + run.size), strict=True)
        last = run


def _in_block(old: Block, new: Block) -> Iterator[_Mark]:
    """Yield the marks in a block that both pages have."""
    if old.text == new.text:
        return
    positions = [*(word.before for word in new.words), new.end]
    last = Run(0, 0, 0)
    for run in (*_runs(old.words, new.words), Run(len(old.words), len(new.words), 0)):
        first = last.new + last.size
        removed, added = old.words[last.old + last.size : run.old], new.words[first : run.new]
        if text := _text(removed):
            joins = not added and any(not word.spaced for word in old.words[run.old : run.old + 1])
            yield _Mark(positions[first], 1, f"<del>{escape(text)}{'' if first or joins else ' '}</del>")
        yield from _added(added)
        last = run


def _runs(old: Sequence[Word], new: Sequence[Word]) -> list[Run]:
    if max(len(old), len(new)) > MAX_WORDS:
        return []
    return align([word.text for word in old], [word.text for word in new])


def _added(words: Sequence[Word]) -> Iterator[_Mark]:
    for _, node in groupby(words, key=attrgetter("node")):
        run = tuple(node)
        yield _Mark(run[0].start, 2, "<ins>")
        yield _Mark(run[-1].end, 0, "</ins>")


def _removed_blocks(removed: Sequence[Block], previous: Block | None, following: Block | None) -> Iterator[_Mark]:
    """Yield removed blocks in one place: after a block like the last of them, or before one like the first."""
    if previous and (previous.tag == removed[-1].tag or not following or following.tag != removed[0].tag):
        position, text = previous.end, " {}"
    elif following:
        position, text = following.words[0].before, "{} "
    else:
        return
    for block in removed:
        yield _Mark(position, 1, f'<del class="apart">{text.format(escape(_text(block.words)))}</del>')


def _text(words: Sequence[Word]) -> str:
    return "".join(f"{' ' * word.spaced}{word.text}" for word in words)
