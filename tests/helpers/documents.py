"""Word documents and PDFs, small ones and hostile ones, written by hand."""

import zipfile
import zlib
from io import BytesIO

import docx
from pdfminer.fontmetrics import FONT_METRICS


def a_docx(*paragraphs: str, **parts: bytes) -> bytes:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    file = BytesIO()
    document.save(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def a_pdf(text: str = "", *, pages: int = 1) -> bytes:
    """A PDF of this text, as small as one can be written by hand."""
    return _a_pdf_of(f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode(), pages=pages)


def a_pdf_without_spaces(*lines: str, gap: float = 0.13, size: int = 12, pages: int = 1) -> bytes:
    """A PDF that places each letter and has no spaces, only a gap of so many times the font size between words.

    The PDF writer of Qt 4.8, and so wkhtmltopdf, writes such files.
    """
    widths = FONT_METRICS["Helvetica"][1]
    placed = []
    for number, line in enumerate(lines):
        position = 3.0 * size
        for letter in line:
            if letter == " ":
                position += gap * size
                continue
            placed.append(f"1 0 0 1 {position:.2f} {780 - 1.3 * size * (number + 1):.2f} Tm ({letter}) Tj")
            position += widths[letter] * size / 1_000
    return _a_pdf_of(f"BT /F1 {size} Tf {' '.join(placed)} ET".encode(), pages=pages)


def _a_pdf_of(stream: bytes, *, pages: int) -> bytes:
    kids = " ".join(f"{n} 0 R" for n in range(5, 5 + pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
          b" /Resources << /Font << /F1 3 0 R >> >> >>"] * pages,
    ]  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


def a_docx_with_cells(cells: str, *, rows: int = 1) -> bytes:
    """A document of one table, whose rows have these cells, as XML."""
    package = BytesIO()
    with zipfile.ZipFile(BytesIO(a_docx())) as empty, zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED) as document:
        for part in empty.namelist():
            content = empty.read(part)
            if part == "word/document.xml":
                table = f"<w:tbl><w:tblPr/><w:tblGrid/>{f'<w:tr>{cells}</w:tr>' * rows}</w:tbl>"
                content = content.replace(b"<w:body>", f"<w:body>{table}".encode())
            document.writestr(part, content)
    return package.getvalue()


def a_cell(text: str = "", *, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>'


def a_pdf_that_unpacks(megabytes: int) -> bytes:
    """A PDF whose page is compressed twice, so that a few bytes become many."""
    content = zlib.compress(_compressed_spaces(megabytes), 9)
    plain = a_pdf("Epic")
    start, end = plain.index(b"<< /Length"), plain.index(b"endstream")
    head = b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n" % len(content)
    return plain[:start] + head + content + b"\n" + plain[end:]


def _compressed_spaces(megabytes: int) -> bytes:
    """Compress so many megabytes of spaces. The compressed block of each is the same, so it is made once."""
    spaces, checksum = b" " * 1_000_000, 1
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    block = packer.compress(spaces) + packer.flush(zlib.Z_FULL_FLUSH)
    for _ in range(megabytes):
        checksum = zlib.adler32(spaces, checksum)
    return b"\x78\xda" + block * megabytes + packer.flush() + checksum.to_bytes(4)
