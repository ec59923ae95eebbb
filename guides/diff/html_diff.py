"""A page with what changed since an older one marked in it: <ins> around what came, <del> with the words that went."""

import re
from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from .html_blocks import Block, Word, read
from .row_matching import ALIKE, Sketch, Sketcher, likeness
from .word_diff import MOST_WORDS, Run, align

_WORD = re.compile(r"\w+|[^\w\s]")
MOST_PAIRS = 400_000


class _Mark(NamedTuple):
    """What is put into the page, and where; at one place, what ends stands before what begins."""

    place: int
    rank: int
    tag: str


def marked(old_html: str, new_html: str) -> SafeString:
    """The new page with marks; without them it is the new page as it was. Both must be safe and well-formed.

    Words that went stand where they were, or at the end or the beginning of the text beside which their block was, and
    then have the class 'apart'. Of the old page there is text only, escaped. A page without words shows none.
    """
    found, at = [], 0
    for place, _, tag in sorted(_marks(read(old_html), read(new_html)), key=itemgetter(0, 1)):
        found += [new_html[at:place], tag]
        at = place
    return mark_safe("".join((*found, new_html[at:])))  # noqa: S308 -- a safe page, and tags around escaped text


def _marks(old: Sequence[Block], new: Sequence[Block]) -> Iterator[_Mark]:
    was, at = 0, 0
    for of, to in (*_pairs(old, new), (len(old), len(new))):
        gone, come = old[was:of], new[at:to]
        if [block.tag for block in gone] == [block.tag for block in come]:
            for block, became in zip(gone, come, strict=True):
                yield from _in_block(block, became)
        else:
            if gone:
                yield from _apart(gone, new[at - 1] if at else None, new[at] if at < len(new) else None)
            for block in come:
                yield from _added(block.words()[0])
        if of < len(old):
            yield from _in_block(old[of], new[to])
        was, at = of + 1, to + 1


def _pairs(old: Sequence[Block], new: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """The places of blocks that are the same, or much the same, in ascending order."""
    texts = [[block.text for block in blocks] for blocks in (old, new)]
    sketch = Sketcher()
    was, at = 0, 0
    for run in (*align(*texts), Run(len(old), len(new), 0)):
        sketches = [
            [sketch((text, *_WORD.findall(text))) for text in side]
            for side in (texts[0][was : run.old], texts[1][at : run.new])
        ]
        yield from ((was + of, at + to) for of, to in _alike(*sketches))
        yield from ((run.old + nth, run.new + nth) for nth in range(run.size))
        was, at = run.old + run.size, run.new + run.size


def _alike(old: Sequence[Sketch], new: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Of all ways to pair them in order, the one with the most in common; none, where there are too many ways."""
    if len(old) * len(new) > MOST_PAIRS:
        return
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for of in reversed(range(len(old))):
        row, below = best[of : of + 2]
        for to in reversed(range(len(new))):
            alike = likeness(old[of], new[to])
            row[to] = max(below[to], row[to + 1], below[to + 1] + alike if alike >= ALIKE else 0)
    of = to = 0
    while of < len(old) and to < len(new):
        if best[of][to] == best[of + 1][to]:
            of += 1
        elif best[of][to] == best[of][to + 1]:
            to += 1
        else:
            yield of, to
            of, to = of + 1, to + 1


def _in_block(old: Block, new: Block) -> Iterator[_Mark]:
    """The marks in a block that was there before."""
    if old.text == new.text:
        return
    theirs, (ours, places) = old.words()[0], new.words()
    was, at = 0, 0
    for run in (*_runs(theirs, ours), Run(len(theirs), len(ours), 0)):
        come = ours[at : run.new]
        if gone := _text(theirs[was : run.old]):
            touches = not come and any(not word.spaced for word in theirs[run.old : run.old + 1])
            yield _Mark(places[at], 1, f"<del>{escape(gone)}{'' if at or touches else ' '}</del>")
        yield from _added(come)
        was, at = run.old + run.size, run.new + run.size


def _runs(old: Sequence[Word], new: Sequence[Word]) -> list[Run]:
    if max(len(old), len(new)) > MOST_WORDS:
        return []
    return align([word.text for word in old], [word.text for word in new])


def _added(words: Sequence[Word]) -> Iterator[_Mark]:
    for _, stretch in groupby(words, key=attrgetter("stretch")):
        run = tuple(stretch)
        yield _Mark(run[0].start, 2, "<ins>")
        yield _Mark(run[-1].end, 0, "</ins>")


def _apart(gone: Sequence[Block], before: Block | None, behind: Block | None) -> Iterator[_Mark]:
    """Blocks that went, in one place: behind one like the last of them, else before one like the first, else behind."""
    if before and (before.tag == gone[-1].tag or not behind or behind.tag != gone[0].tag):
        place, shown = before.words()[1][-1], " {}"
    elif behind:
        place, shown = behind.words()[1][0], "{} "
    else:
        return
    for block in gone:
        yield _Mark(place, 1, f'<del class="apart">{shown.format(escape(_text(block.words()[0])))}</del>')


def _text(words: Sequence[Word]) -> str:
    return "".join(f"{' ' * word.spaced}{word.text}" for word in words)
