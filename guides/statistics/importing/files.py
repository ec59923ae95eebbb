"""The rows of a published table, from a CSV or XLSX file, plain or in a ZIP file.

Files are read as streams, with bounds on what a file may contain, because a file can be damaged or fake.
"""

import csv
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from . import ImportRefused, workbooks

MAX_BYTES = 1_000_000_000
"""Limit of a table's unpacked size. The largest published table, with all industries, has about 150 MB."""

MAX_LINE_LENGTH = 100_000
"""Limit of a line, in characters. Published lines have fewer than 5,000."""

CHUNK_SIZE = 1_000_000
TABLE_SUFFIXES = (".csv", ".xlsx")
DAMAGED = (BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError)
"""What reading a damaged, encrypted, or unusually compressed ZIP file raises."""


class Row(NamedTuple):
    """A row of a table. `number` is its line in the file, or its row in the workbook, from 1."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """An open table. `sheets` has one iterator for a CSV file, and one per sheet for a workbook."""

    name: str
    rows: int
    sheets: Iterator[Iterator[Row]]


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open the one table of a file. Raise ImportRefused here, or later from its rows."""
    try:
        with path.open("rb") as file, _open_content(path.name, file) as table:
            yield table
    except OSError as error:
        raise ImportRefused(f"{path} cannot be read: {error.strerror or error}.") from None
    except DAMAGED as error:
        raise ImportRefused(f"{path} is damaged or was cut off ({error}). Download it again.") from error


@contextmanager
def _open_content(name: str, file: IO[bytes]) -> Iterator[Table]:
    if not file.read(4).startswith(b"PK"):
        file.seek(0)
        yield _csv_table(name, file)
        return
    with ZipFile(file) as zipped:
        members = zipped.infolist()
        for member in members:
            _check_size(name, member.file_size)
        if workbooks.is_workbook(zipped):
            yield Table(name, workbooks.count_rows(zipped), workbooks.sheets(zipped, Row))
            return
        tables = [member for member in members if _is_table(member)]
        if len(tables) != 1:
            found = ", ".join(member.filename for member in tables) or "none"
            raise ImportRefused(f"{name} must have exactly one CSV or XLSX file. It has: {found}. Unpack it first.")
        with (
            zipped.open(tables[0]) as unpacked,
            _open_content(PurePosixPath(tables[0].filename).name, unpacked) as table,
        ):
            yield table


def _is_table(member: ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    return path.suffix.lower() in TABLE_SUFFIXES and "__MACOSX" not in path.parts


def _check_size(name: str, size: int) -> None:
    if size > MAX_BYTES:
        raise ImportRefused(f"{name} unpacks to {size:,} bytes. A table has at most {MAX_BYTES:,}.")


def _csv_table(name: str, file: IO[bytes]) -> Table:
    """Count the lines first, for the progress report. This also finds damage in a ZIP file early."""
    lines = size = 0
    while chunk := file.read(CHUNK_SIZE):
        lines += chunk.count(b"\n")
        size += len(chunk)
        _check_size(name, size)
    file.seek(0)
    return Table(name, lines, iter([_csv_rows(name, file)]))


def _csv_rows(name: str, file: IO[bytes]) -> Iterator[Row]:
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    reader = csv.reader(_bounded_lines(name, text), strict=True)
    try:
        for cells in reader:
            yield Row(reader.line_num, cells)
    except UnicodeDecodeError as error:
        raise ImportRefused(
            f"{name} is not UTF-8 text: byte {error.object[error.start]:#04x} cannot be read."
            " Save it as “CSV UTF-8” and try again."
        ) from None
    except csv.Error as error:
        raise ImportRefused(f"{name} is not a whole CSV file: {error} (near line {reader.line_num:,}).") from None
    finally:
        with suppress(ValueError):  # the file is closed already
            text.detach()  # or the wrapper would close the file, which belongs to the caller


def _bounded_lines(name: str, text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(MAX_LINE_LENGTH + 1):
        if len(line) > MAX_LINE_LENGTH:
            raise ImportRefused(
                f"{name} has a line with more than {MAX_LINE_LENGTH:,} characters. This is not a published table."
            )
        yield line
