"""Render a document as a Word file.

The library is imported on first use, because few visitors need it and it takes 6 MB per process.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markdown_it.token import Token

from guides.rendering import prose

from .document import Document, Heading, Item, Items, Paragraph, Prose

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(document: Document, *, at: datetime) -> bytes:
    """Return the content of the file, with `at` as its time of creation."""
    import docx
    from docx.shared import Pt

    word: Any = docx.Document(BytesIO(_template()))
    # The library would look up the style of every paragraph by name, which takes a third of the time.
    word.part.get_style_id = cache(word.part.get_style_id)
    properties = word.core_properties
    properties.title, properties.author, properties.comments, properties.language = document.title, "", "", "en-US"
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    word.styles["Normal"].font.size = Pt(11)
    word.add_heading(document.title, 0)
    word.add_paragraph(document.about)
    for block in document.blocks:
        match block:
            case Heading(text):
                word.add_heading(text, 1)
            case Paragraph(text):
                word.add_paragraph(text)
            case Items(rows):
                for row in rows:
                    _add_item(word.add_paragraph(style="List Bullet"), row)
            case Prose():
                _add_prose(word, prose.tokens(block.text))
    return _dated(_saved(word), at)


@cache
def _template() -> bytes:
    """Return the library's default template without unused parts, which are two thirds of a file."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    word = docx.Document()
    for style in list(word.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for relations, name in ((word.part.rels, "/stylesWithEffects"), (word.part.package.rels, "/thumbnail")):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(name)]:
            del relations[key]
    return _saved(word)


def _saved(word: Any) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


def _dated(file: bytes, at: datetime) -> bytes:
    """Replace the current time that the library writes to each part, so a document always has the same bytes."""
    dated = BytesIO()
    with ZipFile(BytesIO(file)) as parts, ZipFile(dated, "w") as written:
        for name in parts.namelist():
            written.writestr(ZipInfo(name, at.timetuple()[:6]), parts.read(name), ZIP_DEFLATED)
    return dated.getvalue()


def _add_item(paragraph: Any, item: Item) -> None:
    has_text = bool(item.text or (item.prose and item.prose.text))
    paragraph.add_run(f"{item.lead}{item.colon}").bold = has_text
    if has_text:
        paragraph.add_run(" ")
    if item.prose:
        _add_runs(paragraph, prose.tokens(item.prose.text, inline=True)[0].children or ())
    else:
        paragraph.add_run(item.text)


def _add_prose(word: Any, tokens: Iterable[Token]) -> None:
    """Add paragraphs, lists, and headings, and everything else as plain text.

    The numbers of list items are written as text, because Word's list style does not restart in the next list.
    """
    style, numbers = "Normal", list[int]()  # the next number of each open list; 0 for a bullet list
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                numbers.append(0)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "heading_open" | "heading_close":
                style = "Heading 2" if token.type == "heading_open" else "Normal"
            case "inline" if numbers and numbers[-1]:
                paragraph = word.add_paragraph(f"{numbers[-1]}. ", style="List")
                numbers[-1] += 1
                _add_runs(paragraph, token.children or ())
            case "inline":
                _add_runs(word.add_paragraph(style="List Bullet" if numbers else style), token.children or ())
            case "fence" | "code_block":
                word.add_paragraph(token.content.rstrip())


def _add_runs(paragraph: Any, tokens: Iterable[Token]) -> None:
    strong = emphasis = 0
    for token in tokens:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if text := " " if token.type in {"softbreak", "hardbreak"} else token.content:
            run = paragraph.add_run(text)
            run.bold, run.italic = strong > 0, emphasis > 0
