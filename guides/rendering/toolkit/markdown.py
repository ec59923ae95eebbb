"""Render a document as Markdown."""

import re
from collections.abc import Iterator

from guides.rendering.plain_markdown import plain

from .document import Document, Heading, Item, Items, Paragraph, Prose


def render(document: Document) -> str:
    return "\n\n".join(block for block in _blocks(document) if block) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {_plain(document.title)}"
    yield _plain(document.about)
    for block in document.blocks:
        match block:
            case Heading(text):
                yield f"## {_plain(text)}"
            case Paragraph(text):
                yield _plain(text)
            case Items(rows):
                yield "\n".join(f"- {_item(row)}" for row in rows)
            case Prose():
                yield block.text


def _plain(text: str) -> str:
    """Escape plain text, except brackets around blanks that cannot become a link."""
    return re.sub(r"\\\[([^\[\]\\]*)\\\](?![(\[:])", r"[\1]", plain(text))


def _item(item: Item) -> str:
    text = " ".join(item.prose.text.split()) if item.prose else _plain(item.text)
    lead = _plain(item.lead)
    return f"**{lead}**{item.colon} {text}" if text else lead
