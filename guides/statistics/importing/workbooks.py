"""The rows of an XLSX workbook, read by calamine in parts.

calamine holds all cells of a sheet in memory: 500 MB for the largest published table. So the rows of a sheet are cut
into parts, and each part is parsed as a small workbook with the same shared strings.
"""

import io
import re
from collections.abc import Callable, Iterator
from zipfile import ZIP_STORED, ZipFile

from python_calamine import CalamineError, CalamineWorkbook

from . import ImportRefused

MAX_PART_BYTES = 4_000_000
"""Bytes of XML per part. One row has about 2,000."""

MAX_STRINGS_BYTES = 50_000_000
"""Limit of the shared strings, which each part needs as a whole."""

SHARED_STRINGS = "xl/sharedStrings.xml"
SHEET_NAME = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
ROW_START = re.compile(rb"<(?:\w+:)?row[\s>]")
SHEET_START = (
    b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
SHEET_END = b"</sheetData></worksheet>"
_RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ENVELOPE = {
    "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "_rels/.rels": (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="b" Type="{_RELATIONSHIP}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        f' xmlns:r="{_RELATIONSHIP}"><sheets><sheet name="Part" sheetId="1" r:id="s"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="s" Type="{_RELATIONSHIP}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{_RELATIONSHIP}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    ),
}


def is_workbook(zipped: ZipFile) -> bool:
    return any(map(SHEET_NAME.fullmatch, zipped.namelist()))


def count_rows(zipped: ZipFile) -> int:
    """Return about how many rows all sheets have, for a progress report."""
    count = 0
    for name in _sheet_names(zipped):
        with zipped.open(name) as file:
            while chunk := file.read(MAX_PART_BYTES):
                count += chunk.count(b"</row>") + chunk.count(b":row>")
    return count


def sheets[R](zipped: ZipFile, make_row: Callable[[int, list[str]], R]) -> Iterator[Iterator[R]]:
    """Yield the rows of each sheet."""
    strings = _shared_strings(zipped)
    for name in _sheet_names(zipped):
        yield _sheet_rows(zipped, name, strings, make_row)


def _sheet_names(zipped: ZipFile) -> list[str]:
    return [name for name in zipped.namelist() if SHEET_NAME.fullmatch(name)]


def _shared_strings(zipped: ZipFile) -> bytes:
    found = [info for info in zipped.infolist() if info.filename.lower() == SHARED_STRINGS.lower()]
    if not found:
        return b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    if found[0].file_size > MAX_STRINGS_BYTES:
        raise ImportRefused(
            f"The workbook has {found[0].file_size:,} bytes of text. A table has at most {MAX_STRINGS_BYTES:,}."
        )
    return zipped.read(found[0])


def _sheet_rows[R](zipped: ZipFile, name: str, strings: bytes, make_row: Callable[[int, list[str]], R]) -> Iterator[R]:
    width = 0
    for part in _parts(zipped, name):
        try:
            sheet = CalamineWorkbook.from_filelike(_small_workbook(part, strings)).get_sheet_by_index(0)
        except CalamineError as error:
            raise ImportRefused(f"The workbook is damaged ({error}). Download it again.") from None
        first_row, first_column = sheet.start or (0, 0)
        before = [""] * first_column
        for number, cells in enumerate(sheet.to_python(), start=first_row + 1):
            row = [*before, *map(_text, cells)]
            width = max(width, len(row))
            # A part without a value in the last columns is narrower than the part with the headings.
            yield make_row(number, row + [""] * (width - len(row)))


def _parts(zipped: ZipFile, name: str) -> Iterator[bytes]:
    """Yield the XML of a sheet's rows, in parts that end with a whole row."""
    with zipped.open(name) as file:
        rest = b""
        while chunk := file.read(MAX_PART_BYTES):
            rest += chunk
            if not (end := _end_of_last_row(rest)):
                if len(rest) > 2 * MAX_PART_BYTES:
                    raise ImportRefused("The workbook has a row without an end. This is not a published table.")
                continue
            if start := ROW_START.search(rest):
                yield rest[start.start() : end]
            rest = rest[end:]


def _end_of_last_row(xml: bytes) -> int:
    """Return the position after the last whole row, or 0. The search goes back from the end, as rows are short."""
    last = max(xml.rfind(b"</row>"), xml.rfind(b":row>"))
    return xml.index(b">", last) + 1 if last >= 0 else 0


def _small_workbook(rows: bytes, strings: bytes) -> io.BytesIO:
    content = io.BytesIO()
    with ZipFile(content, "w", ZIP_STORED) as zipped:
        for name, text in _ENVELOPE.items():
            zipped.writestr(name, text)
        zipped.writestr("xl/worksheets/sheet1.xml", SHEET_START + rows + SHEET_END)
        zipped.writestr(SHARED_STRINGS, strings)
    content.seek(0)
    return content


def _text(cell: object) -> str:
    """Return a cell as text. A workbook has numbers as binary fractions: 11.97 can be 11.970000000000001."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else f"{cell:.6f}".rstrip("0")
    return str(cell)
