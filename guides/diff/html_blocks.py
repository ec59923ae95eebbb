"""The text of a rendered page, by block and word, with the position of each word in the page."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

# Elements whose content is no text of the page, or cannot contain marks.
_OPAQUE = (
    "audio|canvas|datalist|head|iframe|math|noscript|object|option|script|select|style|svg|template|textarea|title"
    "|video"
)
_TOKEN = re.compile(
    rf"<!--.*?-->|<![^>]*>|<({_OPAQUE})\b.*?</\1\s*>"
    r"""|<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?:[^>"']|"[^"]*"|'[^']*')*>|(?P<text>[^<]+)""",
    re.DOTALL,
)
_ENTITY = r"&[#\w]+;"
_WORD = re.compile(rf"(?:\w|{_ENTITY})+(?:['’.,-](?:\w|{_ENTITY})+)*|[^\w\s]")
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
}  # fmt: skip
_VOID = {"area", "base", "col", "embed", "hr", "input", "link", "meta", "source", "track"}
_NO_TEXT = {"colgroup", "dl", "menu", "ol", "table", "tbody", "tfoot", "thead", "tr", "ul"}


class Word(NamedTuple):
    """A word or punctuation mark, its position, the start of its text node, and whether a space precedes it.

    `before` is the position for a mark in front of it, outside inline elements that end there.
    """

    text: str
    start: int
    end: int
    node: int
    spaced: bool
    before: int


@dataclass
class Block:
    """Text without other block elements in it, the tag that contains it, and the position after its last word."""

    tag: str
    words: list[Word] = field(default_factory=list)
    end: int = -1
    spaced: bool = False

    @property
    def text(self) -> str:
        return "".join(f"{' ' * word.spaced}{word.text}" for word in self.words)

    def add_tag(self, token: re.Match[str]) -> None:
        is_first = self.end < 0
        is_directly_after = token["end"] and self.words and self.end == token.start()
        if is_first or is_directly_after:
            self.end = token.start() if is_first else token.end()
        self.spaced = self.spaced or token["tag"] == "br"

    def add_text(self, page: str, start: int, end: int) -> None:
        position = start
        for match in _WORD.finditer(page, start, end):
            spaced = bool(self.words) and (self.spaced or match.start() > position)
            before = match.start() if self.end < 0 else self.end
            self.words.append(Word(unescape(match[0]), match.start(), match.end(), start, spaced, before))
            self.end = position = match.end()
            self.spaced = False
        self.spaced = self.spaced or end > position


def read(page: str) -> list[Block]:
    """Return the blocks of a page that have words, in order."""
    blocks = [Block("")]
    elements = [""]
    for token in _TOKEN.finditer(page):
        tag = token["tag"]
        if token["text"]:
            if elements[-1] not in _NO_TEXT:
                blocks[-1].add_text(page, *token.span("text"))
        elif tag in _INLINE:
            blocks[-1].add_tag(token)
        elif tag:
            if not token["end"] and tag not in _VOID:
                elements.append(tag)
            elif token["end"] and tag in elements:
                del elements[len(elements) - 1 - elements[::-1].index(tag) :]
            blocks.append(Block(elements[-1]))
    return [block for block in blocks if block.words]
