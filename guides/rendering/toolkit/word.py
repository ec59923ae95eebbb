"""Render a document as a Word file.

The library is imported on first use, because few visitors need it and it takes 6 MB per process.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markdown_it.token import Token

from guides.rendering import prose
from guides.rendering.language import language_tag

from .document import Document, Heading, Item, Items, Paragraph, Prose
from .word_template import new_document, set_language

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STYLES = ("Title", "Heading 1", "Heading 2")


def render(document: Document, *, at: datetime) -> bytes:
    """Return the content of the file, with `at` as its time of creation."""
    word = new_document(is_letter=document.is_letter)
    # The library would look up the style of every paragraph by name, which takes a third of the time.
    word.part.get_style_id = cache(word.part.get_style_id)
    language = language_tag()
    set_language(word, language)
    properties = word.core_properties
    properties.title, properties.author, properties.comments, properties.language = document.title, "", "", language
    properties.created = properties.modified = at.astimezone(UTC).replace(tzinfo=None)
    if document.notice:
        word.sections[0].footer.paragraphs[0].text = document.notice
    # In a sheet, the first heading is that of the document.
    styles = STYLES if document.is_sheet else STYLES[1:]
    if not document.is_sheet:
        word.add_paragraph(document.title, style="Title")
        word.add_paragraph(document.about)
    for block in document.blocks:
        match block:
            case Heading():
                _add_heading(word, block.text, block.aside, _style(styles, block.level))
            case Paragraph(text):
                word.add_paragraph(text)
            case Items(rows):
                for row in rows:
                    _add_item(word.add_paragraph(style="List Bullet"), row)
            case Prose():
                _add_prose(word, prose.tokens(block.text), styles)
    return _dated(_saved(word), at)


def _style(styles: Sequence[str], level: int) -> str:
    return styles[min(level, len(styles)) - 1]


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


def _add_heading(word: Any, text: str, aside: str, style: str) -> None:
    """Add a heading, with an aside at the right margin. A further title, such as a second name, starts a page."""
    is_first = not word.paragraphs
    paragraph = word.add_paragraph(text, style=style)
    if style == STYLES[0] and not is_first:
        paragraph.paragraph_format.page_break_before = True
    if aside:
        paragraph.add_run(f"\t{aside}").bold = False


def _add_item(paragraph: Any, item: Item) -> None:
    has_text = bool(item.text or (item.prose and item.prose.text))
    paragraph.add_run(f"{item.lead}{item.colon}").bold = has_text
    if has_text:
        paragraph.add_run(" ")
    if item.prose:
        _add_runs(paragraph, prose.tokens(item.prose.text, inline=True)[0].children or ())
    else:
        paragraph.add_run(item.text)


def _add_prose(word: Any, tokens: Iterable[Token], styles: Sequence[str]) -> None:
    """Add paragraphs, lists, and headings, and everything else as plain text.

    The numbers of list items are written as text, because Word's list style does not restart in the next list.
    """
    level = 0  # of the open heading
    numbers = list[int]()  # the next number of each open list, 0 for a bullet list
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                numbers.append(0)
            case "ordered_list_open":
                numbers.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "heading_open":
                level = int(token.tag[1])
            case "inline" if level:
                _add_heading(word, *_split_heading(token.children or []), _style(styles, level))
                level = 0
            case "inline" if numbers and numbers[-1]:
                paragraph = word.add_paragraph(f"{numbers[-1]}. ", style="List")
                numbers[-1] += 1
                _add_runs(paragraph, token.children or ())
            case "inline":
                _add_runs(word.add_paragraph(style="List Bullet" if numbers else "Normal"), token.children or ())
            case "fence" | "code_block":
                word.add_paragraph(token.content.rstrip())


def _split_heading(tokens: Sequence[Token]) -> tuple[str, str]:
    """Return the text of a heading, and the emphasized text at its end, such as the dates of a job."""
    start = len(tokens)
    if tokens and tokens[-1].type == "em_close":
        start = max(index for index, token in enumerate(tokens) if token.type == "em_open")
    text, aside = ("".join(_text(token) for token in part).strip() for part in (tokens[:start], tokens[start:]))
    return (text, aside) if text else (aside, "")


def _text(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _add_runs(paragraph: Any, tokens: Iterable[Token]) -> None:
    strong = emphasis = 0
    for token in tokens:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if text := _text(token):
            run = paragraph.add_run(text)
            run.bold, run.italic = strong > 0, emphasis > 0
