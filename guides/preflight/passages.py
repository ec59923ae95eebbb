"""The texts of a guide without markup, parsed once for all rules."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal, NamedTuple

import sentencex
from markdown_it import MarkdownIt
from markdown_it.token import Token

from guides import words
from guides.rendering import prose
from guides.schema import Guide

# The remains of a malformed link in a text: '[text](an address', '[text] (https:', '[text][unknown]'.
_TORN = re.compile(r"\[?[^\[\]]{0,80}\](?:\(|\[[^\[\]0-9]|\s{1,3}\((?=https?:|mailto:|www\.|/))[^\s)\]]{0,80}")


class Block(NamedTuple):
    """A paragraph, list item, heading (with its `level`), table cell or code block, without markup."""

    kind: Literal["running", "heading", "cell", "code"]
    text: str
    level: int = 0


class Target(NamedTuple):
    """The text and the address of a link or an image."""

    text: str
    address: str


@dataclass(frozen=True)
class Passage:
    """A text and its place. `torn` are malformed links, which readers see as text."""

    place: str
    blocks: tuple[Block, ...]
    links: tuple[Target, ...] = ()
    images: tuple[Target, ...] = ()
    torn: tuple[str, ...] = ()

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of paragraphs and list items."""
        return tuple(sentence for block in self.blocks if block.kind == "running" for sentence in _split(block.text))

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """The sentences, the headings and the cells of tables."""
        return (*self.sentences, *(block.text for block in self.blocks if block.kind in {"heading", "cell"}))

    @property
    def has_words(self) -> bool:
        return bool(self.images) or any(words.words(block.text) for block in self.blocks)


def passages_of(guide: Guide) -> Iterator[Passage]:
    """Yield all texts of a guide: Markdown, plain sentences and headings."""
    plain = {"summary": guide.summary, "field.summary": guide.field.summary if guide.field else ""}
    plain |= {f"skills.{index}.summary": skill.summary for index, skill in enumerate(guide.skills)}
    headings = {f"sections.{index}.heading": section.heading for index, section in enumerate(guide.sections)}
    headings |= {f"faqs.{index}.question": faq.question for index, faq in enumerate(guide.faqs)}
    yield from (Passage(place, (Block("running", " ".join(text.split())),)) for place, text in plain.items() if text)
    yield from (Passage(place, (Block("heading", text),)) for place, text in headings.items() if text)
    for place, text, mark in prose.texts(guide):
        yield _read(place, _markdown.parseInline(text) if mark.inline else _markdown.parse(text))


class _AllLinks(MarkdownIt):
    """A parser that accepts every link, so that a rule can report those that the renderer refuses."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 -- the name that the parser asks for
        return True


# Keep escaped letters apart from the text, so that '\[this\](is meant)' is not reported as a malformed link.
_markdown = _AllLinks("commonmark", {"html": False}).enable("table").disable("text_join")


def _read(place: str, tokens: Iterable[Token]) -> Passage:
    blocks: list[Block] = []
    links: list[Target] = []
    images: list[Target] = []
    torn: list[str] = []
    for opening, token in pairwise((Token("", "", 0), *tokens)):
        if token.type in {"fence", "code_block"}:
            blocks.append(Block("code", token.content))
        if token.type == "inline":
            children = token.children or []
            blocks.append(_block(opening, _as_read(children)))
            links += _links(children)
            images += [Target(_as_read(c.children or []), str(c.attrs["src"])) for c in children if c.type == "image"]
            torn += [found for c in children if c.type == "text" for found in _TORN.findall(c.content)]
    return Passage(place, tuple(blocks), tuple(links), tuple(images), tuple(torn))


def _block(opening: Token, text: str) -> Block:
    if opening.type == "heading_open":
        return Block("heading", text, int(opening.tag[1]))
    return Block("cell" if opening.type in {"th_open", "td_open"} else "running", text)


def _as_read(tokens: Iterable[Token]) -> str:
    text = "".join(
        " " if token.type in {"softbreak", "hardbreak"} else _as_read(token.children or []) or token.content
        for token in tokens
    )
    return " ".join(text.split())


def _links(tokens: list[Token]) -> Iterator[Target]:
    opened: list[int] = []
    for index, token in enumerate(tokens):
        if token.type == "link_open":
            opened.append(index)
        if token.type == "link_close" and opened:
            first = opened.pop()
            inside = tokens[first + 1 : index]
            image = next((str(token.attrs["src"]) for token in inside if token.type == "image"), "")
            yield Target(_as_read(inside) or image, str(tokens[first].attrs["href"]))


def _split(text: str) -> Iterator[str]:
    return (sentence for part in sentencex.segment("en", text) if (sentence := part.strip()))
