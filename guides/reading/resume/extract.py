"""Extract the text of a PDF or Word document in a sandboxed process.

Run as a program: the argument is the kind of file, standard input is the file, and standard output is JSON with the
text or the reason why there is none. Before it reads the untrusted file, the process limits its own memory and time and
gives up the right to open or write files.
"""

import json
import os
import resource
import signal
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from io import BytesIO
from types import FrameType
from typing import Any

CPU_SECONDS, MAX_MEMORY = 3, 700_000_000
NICENESS = 10
"""Serving pages has priority."""
MAX_PAGES, MAX_LETTERS = 40, 200_000
MAX_UNPACKED, MAX_TEXT, MAX_PARTS = 40_000_000, 6_000_000, 2_000
MAX_REREAD_PAGES, MAX_SAMPLED_LETTERS = 10, 2_000
MIN_GAIN = 1.05
"""A page was glued if the second reader finds so many times as many words in it."""


# Each function imports its parsers: importing those of the other one as well would cost a tenth of a second.


class FileRejected(Exception):
    """A file that gives no text, with a key of `upload.REASONS`."""


class _OutOfTime(BaseException):
    """The process has used the time for its second reader, which may catch any other exception."""


def extract_pdf(data: bytes) -> str:
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise FileRejected("password" if error.err_code == pdfium.FPDF_ERR_PASSWORD else "broken") from None
    if len(document) > MAX_PAGES:
        raise FileRejected("pages")
    pages = [page.get_textpage() for page in document]
    texts = [page.get_text_bounded() for page in pages]
    glued = [number for number, page in enumerate(pages) if _lacks_spaces(page)][:MAX_REREAD_PAGES]
    for number, text in _reread_pages(data, glued).items():
        if len(text.split()) > MIN_GAIN * len(texts[number].split()):
            texts[number] = text
    text = _bounded(iter(texts))
    if not any(map(str.isalpha, text)):
        raise FileRejected("scanned")
    return text


def _lacks_spaces(page: Any) -> bool:
    """Return whether most spaces of a page are guesses from the positions of its letters. Many are missing then."""
    import pypdfium2.raw as pdfium

    letters = range(min(pdfium.FPDFText_CountChars(page), MAX_SAMPLED_LETTERS))
    spaces = [letter for letter in letters if pdfium.FPDFText_GetUnicode(page, letter) == ord(" ")]
    guessed = sum(pdfium.FPDFText_IsGenerated(page, space) == 1 for space in spaces)
    return bool(letters) and 2 * guessed >= len(spaces)


def _reread_pages(data: bytes, numbers: list[int]) -> dict[int, str]:
    """Map these pages to their texts, as many as the time allows, from a slow reader that finds words."""
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LTTextContainer

    texts: dict[int, str] = {}
    if not numbers:
        return texts
    with suppress(Exception, _OutOfTime), _time_limit():
        for number, page in zip(numbers, extract_pages(BytesIO(data), page_numbers=numbers), strict=False):
            texts[number] = "\n".join(block.get_text() for block in page if isinstance(block, LTTextContainer))
    return texts


@contextmanager
def _time_limit() -> Iterator[None]:
    """Raise _OutOfTime one second of CPU before the system ends the process."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _OutOfTime

    signal.signal(signal.SIGXCPU, stop)
    with suppress(ValueError, OSError):  # the system does not support the limit
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS - 1, CPU_SECONDS))
    try:
        yield
    finally:
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)


def extract_docx(data: bytes) -> str:
    import docx

    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            _check_package(package)
        text = _bounded(_paragraphs(docx.Document(BytesIO(data))))
    except FileRejected:
        raise
    except Exception:  # noqa: BLE001 -- the parser raises almost anything for a damaged file
        raise FileRejected("broken") from None
    if not any(map(str.isalpha, text)):
        raise FileRejected("scanned")
    return text


def _check_package(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    # A part never unpacks to more than its declared size.
    texts = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    size, size_of_text = (sum(part.file_size for part in group) for group in (parts, texts))
    if len(parts) > MAX_PARTS or size > MAX_UNPACKED or size_of_text > MAX_TEXT:
        raise FileRejected("unpacked")
    # Real documents declare no entities. Files that do are entity bombs.
    if any(b"<!" in package.read(part)[:2_000] for part in texts):
        raise FileRejected("broken")


def _paragraphs(document: Any) -> Iterator[str]:
    """Yield paragraphs and rows of tables with their cells joined, then text boxes, each once.

    Cells come from the XML, because python-docx repeats a cell for each column that it spans, and a file can claim a
    hundred million of them.
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
        if len(text) > MAX_LETTERS:
            break
    return text[:MAX_LETTERS]


READERS: dict[str, tuple[Callable[[bytes], str], tuple[str, ...]]] = {
    "pdf": (extract_pdf, ("pypdfium2", "encodings.utf_16_le", "pdfminer.high_level")),
    "docx": (extract_docx, ("docx", "docx.table", "encodings.cp437")),
}
"""The reader of each kind, and modules to import before the process can no longer open files."""


def limit_process() -> None:
    os.nice(NICENESS)
    for resource_limit, value in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MAX_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, 3),  # open files stay open, and no other can be opened
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # the system does not support the limit
            resource.setrlimit(resource_limit, (value, value))


def main() -> None:
    read, modules = READERS[sys.argv[1]]
    for module in modules:
        import_module(module)
    limit_process()
    try:
        answer = {"text": read(sys.stdin.buffer.read())}
    except FileRejected as rejected:
        answer = {"rejected": str(rejected)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
