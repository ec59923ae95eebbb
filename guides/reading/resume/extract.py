"""The text of a PDF or a Word document, in a process of its own that can do little harm.

Run as a program: the kind is its argument, the file its input, and its output is JSON, either the text or why there is
none. It gives itself little memory and time, and may write no file, before it looks at what a stranger sent.
"""

import json
import os
import resource
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from io import BytesIO
from typing import Any

CPU_SECONDS, MOST_MEMORY = 3, 700_000_000
NICENESS = 10
"""Pages for other visitors come first."""
MOST_PAGES, MOST_LETTERS = 40, 200_000
MOST_UNPACKED, MOST_TEXT, MOST_PARTS = 40_000_000, 6_000_000, 2_000


# Each parser is imported by what needs it: the other one would cost a tenth of a second.


class Refused(Exception):
    """Why a file gives no text: a word that `files.REASONS` explains."""


def of_pdf(data: bytes) -> str:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("password" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "broken") from None
    if len(document) > MOST_PAGES:
        raise Refused("pages")
    pages = (page.get_textpage().get_text_bounded() for page in document)
    text = _bounded(pages)
    if not any(map(str.isalpha, text)):
        raise Refused("scanned")
    return text


def of_docx(data: bytes) -> str:
    import docx

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check(package)
        text = _bounded(_paragraphs(docx.Document(BytesIO(data))))
    except Refused:
        raise
    except Exception:  # noqa: BLE001 -- whatever else a package can be that is no document
        raise Refused("broken") from None
    if not any(map(str.isalpha, text)):
        raise Refused("scanned")
    return text


def _check(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    # A part is never unpacked to more than the size that it gives itself.
    texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    size, size_of_text = (sum(part.file_size for part in some) for some in (parts, texts))
    if len(parts) > MOST_PARTS or size > MOST_UNPACKED or size_of_text > MOST_TEXT:
        raise Refused("unpacked")
    # No part of a real document declares entities, and those that do are made to grow.
    if any(b"<!" in package.read(part)[:2_000] for part in texts):
        raise Refused("broken")


def _paragraphs(document: Any) -> Iterator[str]:
    """Yield paragraphs, rows of tables with their cells next to each other, then text boxes, each once.

    Cells are read from the XML as they are written there. python-docx repeats a cell for each column that it spans, and
    a file can claim a hundred million of them.
    """
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block._tbl.tr_lst:  # noqa: SLF001 -- `rows` expands spans
                cells = (" ".join(" ".join(text.text for text in cell.p_lst).split()) for cell in row.tc_lst)
                yield " | ".join(filter(None, cells))
        else:
            yield block.text
    for box in document.element.body.xpath(".//w:txbxContent[not(ancestor::*[local-name()='Fallback'])]//w:p"):
        yield "".join(box.xpath(".//w:t/text()"))


def _bounded(pieces: Iterator[str]) -> str:
    text = ""
    for piece in pieces:
        text += piece.replace("\r\n", "\n") + "\n"
        if len(text) > MOST_LETTERS:
            break
    return text[:MOST_LETTERS]


KINDS: dict[str, tuple[Callable[[bytes], str], tuple[str, ...]]] = {
    "pdf": (of_pdf, ("pypdfium2", "encodings.utf_16_le")),
    "docx": (of_docx, ("docx", "docx.table", "encodings.cp437")),
}
"""By kind, what reads it, and the modules that it needs, which are to be there before no file can be opened."""


def limit() -> None:
    os.nice(NICENESS)
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),  # what is open stays so, and nothing else can be opened
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a system that knows no such limit
            resource.setrlimit(what, (most, most))


def main() -> None:
    read, modules = KINDS[sys.argv[1]]
    for module in modules:
        import_module(module)
    limit()
    try:
        answer = {"text": read(sys.stdin.buffer.read())}
    except Refused as refused:
        answer = {"refused": str(refused)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
