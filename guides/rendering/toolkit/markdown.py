"""Render a document as Markdown."""

import re
from collections.abc import Iterator

from guides.rendering.plain_markdown import below, plain

from .document import Document, Heading, Item, Items, Paragraph, Prose


def render(document: Document) -> str:
    return "\n\n".join(block for block in _blocks(document) if block) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {_plain(document.title)}"
    yield _plain(document.about)
    yield _plain(document.notice)
    for block in (*document.blocks, *document.advice):
        match block:
            case Heading():
                aside = f" *{_plain(block.aside)}*" if block.aside else ""
                yield f"{'#' * (block.level + 1)} {_plain(block.text)}{aside}"
            case Paragraph(text):
                yield _plain(text)
            case Items(rows):
                yield "\n".join(f"- {_item(row)}" for row in rows)
            case Prose():
                yield below(block.text, 1)


def _plain(text: str) -> str:
    """Escape plain text, except brackets around blanks that cannot become a link."""
    return re.sub(r"\\\[([^\[\]\\]*)\\\](?![(\[:])", r"[\1]", plain(text))


def _item(item: Item) -> str:
    text = " ".join(item.prose.text.split()) if item.prose else _plain(item.text)
    lead = _plain(item.lead)
    return f"**{lead}**{item.colon} {text}" if text else lead
