"""The text of a rendered page, block by block and word by word, with the place of each word in the page."""

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

_ENTITY = r"&[#\w]+;"
_WORD = re.compile(rf"(?:\w|{_ENTITY})+(?:['’.,-](?:\w|{_ENTITY})+)*|[^\w\s]")
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
}  # fmt: skip
# What these hold is no text of the page, or takes no marks.
_CLOSED = {
    "audio", "canvas", "datalist", "head", "iframe", "math", "noscript", "object", "option", "script", "select",
    "style", "svg", "template", "textarea", "title", "video",
}  # fmt: skip
_NO_TEXT = {"colgroup", "dl", "menu", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"}


class Word(NamedTuple):
    """A word, or a mark between words: where it stands, in which stretch of text, and whether a space is before it."""

    text: str
    start: int
    end: int
    stretch: int
    spaced: bool


class _Part(NamedTuple):
    """A stretch of text, or a tag within it; `depth` counts the elements that are open behind it, blocks left out."""

    start: int
    end: int
    tag: str  # '' for text
    depth: int


class Block(NamedTuple):
    """Text that no other block interrupts, and the name of the element that it stands in."""

    page: str
    tag: str
    parts: tuple[_Part, ...]
    depth: int

    @property
    def text(self) -> str:
        """As it stands in the page, for telling whether it is the same as another's."""
        return " ".join("".join(self.page[part.start : part.end] for part in self.parts if not part.tag).split())

    def words(self) -> tuple[list[Word], list[int]]:
        """Its words, and places for something before each of them and behind the last, inside as little as can be."""
        found: list[Word] = []
        places: list[int] = []
        seat: tuple[int, int] | None = None  # how deep, where
        spaced = False
        for part in self.parts:
            if part.tag:
                spaced = spaced or part.tag == "br"
                if seat is None:
                    seat = (self.depth, part.start)
                if part.depth < seat[0]:
                    seat = (part.depth, part.end)
                continue
            at = part.start
            for match in _WORD.finditer(self.page, part.start, part.end):
                places.append(match.start() if seat is None else seat[1])
                spaced = bool(found) and (spaced or match.start() > at)
                found.append(Word(unescape(match[0]), match.start(), match.end(), part.start, spaced))
                seat, at, spaced = (part.depth, match.end()), match.end(), False
            spaced = spaced or part.end > at
        return found, [*places, seat[1] if seat else self.parts[0].start]


type _Kind = Literal["start", "end", "empty", "text"]


class _Event(NamedTuple):
    start: int
    kind: _Kind
    tag: str


class _Reader(HTMLParser):
    """Where each tag and each text of a page begins; it ends where the next one does."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.events: list[_Event] = []
        self._lines = (0, *accumulate(len(line) + 1 for line in page.split("\n")))
        self.feed(page)
        self.close()

    def _add(self, kind: _Kind, tag: str = "") -> None:
        line, column = self.getpos()
        self.events.append(_Event(self._lines[line - 1] + column, kind, tag))

    def handle_starttag(self, tag: str, *_: object) -> None:
        self._add("empty" if tag in _VOID else "start", tag)

    def handle_startendtag(self, tag: str, *_: object) -> None:
        self._add("empty", tag)

    def handle_endtag(self, tag: str) -> None:
        self._add("end", tag)

    def handle_data(self, *_: object) -> None:
        self._add("text")


def read(page: str) -> list[Block]:
    """The blocks of a page that have words, in its order."""
    found: list[Block] = []
    elements = [""]
    parts: list[_Part] = []
    depth = began = 0
    for (start, kind, tag), end in _shown(page):
        if kind == "text":
            # Comments and a lone '<' are in no page of ours, and such text is left alone.
            if elements[-1] not in _NO_TEXT and "<" not in page[start:end]:
                parts.append(_Part(start, end, "", depth))
        elif tag in _INLINE:
            depth += {"start": 1, "end": -1}.get(kind, 0)
            parts.append(_Part(start, end, tag, depth))
        else:
            found.append(Block(page, elements[-1], tuple(parts), began))
            parts, began = [], depth
            if kind == "start":
                elements.append(tag)
            elif kind == "end" and tag in elements:
                del elements[len(elements) - 1 - elements[::-1].index(tag) :]
    found.append(Block(page, elements[-1], tuple(parts), began))
    return [block for block in found if block.text]


def _shown(page: str) -> Iterator[tuple[_Event, int]]:
    """What a reader may see, and where it ends."""
    closed, depth = "", 0
    for event, following in pairwise((*_Reader(page).events, _Event(len(page), "text", ""))):
        if not closed and event.kind == "start" and event.tag in _CLOSED:
            closed = event.tag
        if not closed:
            yield event, following.start
        elif event.tag == closed:
            depth += {"start": 1, "end": -1}.get(event.kind, 0)
            closed = closed if depth else ""
