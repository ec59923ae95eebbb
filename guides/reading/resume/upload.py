"""The text of a résumé that a visitor uploads as a file, read in bounded memory and never stored.

The content of a file decides its format, not its name. Parsers run in a separate process.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 5_000_000

REASONS: Mapping[str, Promise] = {
    "empty": _("The file is empty. Choose another one, or paste the text."),
    "large": _("The file is larger than 5 MB. Save it without pictures, or paste the text."),
    "old-word": _("This Word file has a password or an old format. Save it as .docx without a password."),
    "picture": _("This is a picture. Paste the text instead."),
    "rich-text": _("This is a rich text file. Save it as .docx, .pdf or .txt, or paste the text."),
    "other": _("We can’t read this kind of file. Upload a .txt, .md, .docx, or .pdf file, or paste the text."),
    "password": _("This PDF has a password. Save it without one, or paste the text."),
    "broken": _("The file is damaged. Save it again, or paste the text."),
    "pages": _("The file has more than 40 pages. Save the pages that are your résumé."),
    "long": _("The text is longer than a résumé. Save the pages that are yours, or paste them."),
    "scanned": _("We found no text in the file. It may be a scan. Paste the text instead."),
    "unpacked": _("The file is too large for a résumé. Save it without pictures, or paste the text."),
    "slow": _("The file is taking too long to read. Save it as plain text, or paste the text."),
}


class UnreadableFile(ValueError):
    """A file without text, with a message that says what to do."""

    def __init__(self, reason: str) -> None:
        super().__init__(str(REASONS[reason]))
        self.reason = reason


def extract_text(data: bytes) -> str:
    """Return the text of a plain text, PDF or Word file. Raises UnreadableFile."""
    if not data.strip():
        raise UnreadableFile("empty")
    if len(data) > MAX_BYTES:
        raise UnreadableFile("large")
    kind = _detect_kind(data)
    return _decode(data) if kind == "text" else _extract(kind, data)


def _detect_kind(data: bytes) -> str:
    head = data[:1_024].lstrip()
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        if b"word/" not in data:
            raise UnreadableFile("other")
        return "docx"
    for reason, signatures in _SIGNATURES.items():
        if head.startswith(signatures):
            raise UnreadableFile(reason)
    return "text"


_SIGNATURES = {
    "old-word": (b"\xd0\xcf\x11\xe0",),
    "rich-text": (b"{\\rtf",),
    "picture": (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\x00", b"MM\x00*"),
}


def _decode(data: bytes) -> str:
    utf_16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if utf_16 else ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile("other")


def _extract(kind: str, data: bytes) -> str:
    program = Path(__file__).with_name("extract.py")
    try:
        process = subprocess.run(  # noqa: S603 -- our own program with one of two arguments
            (sys.executable, "-I", str(program), kind),
            input=data,
            capture_output=True,
            timeout=settings.RESUME_PARSER_SECONDS,
            check=False,
            env={},  # the environment holds secrets, and a hostile file may take over a parser
        )
    except subprocess.TimeoutExpired:
        raise UnreadableFile("slow") from None
    try:
        answer: Any = json.loads(process.stdout)
    except ValueError:
        # The process hit a limit: of time (a signal, so the code is negative) or of memory.
        raise UnreadableFile("slow" if process.returncode < 0 else "broken") from None
    if "rejected" in answer:
        raise UnreadableFile(answer["rejected"])
    return str(answer["text"])


class InMemoryUploadHandler(FileUploadHandler):
    """Hold all files of a request in memory, cut off one byte above the limit of a single file."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._left = MAX_BYTES + 1

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._chunks: list[bytes] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002 -- Django's signature
        self._chunks.append(raw_data[: self._left])
        self._left -= len(self._chunks[-1])
        return None

    def file_complete(self, file_size: int) -> UploadedFile:  # noqa: ARG002
        return SimpleUploadedFile(self.file_name or "", b"".join(self._chunks), self.content_type or "")
