"""A paper as a Word document.

What writes Word is loaded when somebody asks for a document: few do, and it takes each process six megabytes.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from markdown_it.token import Token

from guides.rendering import prose

from .paper import Heading, Item, Items, Paper, Paragraph, Prose

TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def render(paper: Paper, *, at: datetime) -> bytes:
    """The document, as if written at a moment."""
    import docx
    from docx.shared import Pt

    document = docx.Document(BytesIO(_blank()))
    told = document.core_properties
    told.title, told.author, told.comments, told.language = paper.title, "", "", "en-US"
    told.created = told.modified = at.astimezone(UTC).replace(tzinfo=None)
    document.styles["Normal"].font.size = Pt(11)
    document.add_heading(paper.title, 0)
    document.add_paragraph(paper.about)
    for block in paper.blocks:
        match block:
            case Heading(text):
                document.add_heading(text, 1)
            case Paragraph(text):
                document.add_paragraph(text)
            case Items(rows):
                for row in rows:
                    _add_item(document.add_paragraph(style="List Bullet"), row)
            case Prose():
                _add_prose(document, prose.tokens(block.text))
    return _dated(_saved(document), at)


@cache
def _blank() -> bytes:
    """The library's own template without what is of no use here, which makes up two thirds of a file."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE

    document = docx.Document()
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name != "Normal Table":
            style.delete()
    for relations, name in ((document.part.rels, "/stylesWithEffects"), (document.part.package.rels, "/thumbnail")):
        for key in [key for key, relation in relations.items() if relation.reltype.endswith(name)]:
            del relations[key]
    return _saved(document)


def _saved(document: Any) -> bytes:
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _dated(file: bytes, at: datetime) -> bytes:
    """The file with its own moment on each part, where the library puts the present one: the same bytes each time."""
    dated = BytesIO()
    with ZipFile(BytesIO(file)) as parts, ZipFile(dated, "w") as written:
        for name in parts.namelist():
            written.writestr(ZipInfo(name, at.timetuple()[:6]), parts.read(name), ZIP_DEFLATED)
    return dated.getvalue()


def _add_item(paragraph: Any, item: Item) -> None:
    told = bool(item.text or (item.prose and item.prose.text))
    paragraph.add_run(f"{item.lead}{item.colon}").bold = told
    if told:
        paragraph.add_run(" ")
    if item.prose:
        _add_runs(paragraph, prose.tokens(item.prose.text, inline=True)[0].children or ())
    else:
        paragraph.add_run(item.text)


def _add_prose(document: Any, tokens: Iterable[Token]) -> None:
    """Paragraphs, lists and headings; what else Markdown can hold comes as its text.

    Numbers of lists are written out: those of Word's own style go on from one list to the next.
    """
    style, numbers = "Normal", list[int]()  # of the lists that are open: 0 for one without numbers
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
                paragraph = document.add_paragraph(f"{numbers[-1]}. ", style="List")
                numbers[-1] += 1
                _add_runs(paragraph, token.children or ())
            case "inline":
                _add_runs(document.add_paragraph(style="List Bullet" if numbers else style), token.children or ())
            case "fence" | "code_block":
                document.add_paragraph(token.content.rstrip())


def _add_runs(paragraph: Any, tokens: Iterable[Token]) -> None:
    strong = emphasis = 0
    for token in tokens:
        strong += {"strong_open": 1, "strong_close": -1}.get(token.type, 0)
        emphasis += {"em_open": 1, "em_close": -1}.get(token.type, 0)
        if text := " " if token.type in {"softbreak", "hardbreak"} else token.content:
            run = paragraph.add_run(text)
            run.bold, run.italic = strong > 0, emphasis > 0
