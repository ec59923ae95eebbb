"""A paper as Markdown."""

import re
from collections.abc import Iterator

from guides.rendering.markdown_export import plain

from .paper import Heading, Item, Items, Paper, Paragraph, Prose


def render(paper: Paper) -> str:
    return "\n\n".join(block for block in _blocks(paper) if block) + "\n"


def _blocks(paper: Paper) -> Iterator[str]:
    yield f"# {_plain(paper.title)}"
    yield _plain(paper.about)
    for block in paper.blocks:
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
    """As it stands, and with brackets that are to be filled in left alone where they can make no link."""
    return re.sub(r"\\\[([^\[\]\\]*)\\\](?![(\[:])", r"[\1]", plain(text))


def _item(item: Item) -> str:
    told = " ".join(item.prose.text.split()) if item.prose else _plain(item.text)
    lead = _plain(item.lead)
    return f"**{lead}**{item.colon} {told}" if told else lead
