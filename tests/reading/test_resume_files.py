"""The text of a résumé in a file, intact or hostile."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest

from guides.reading.resume.upload import MAX_BYTES, REASONS, UnreadableFile, extract_text
from tests.helpers.documents import a_cell, a_docx, a_docx_with_cells, a_pdf, a_pdf_that_unpacks, a_pdf_without_spaces
from tests.helpers.images import a_drawing, as_file


def reason(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        extract_text(data)
    return error.value.reason


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Zoë, EHR".encode(), "Zoë, EHR"),
        (b"\xef\xbb\xbfEHR", "EHR"),
        ("Zoë".encode("cp1252"), "Zoë"),
        ("Zoë".encode("utf-16"), "Zoë"),
        (a_docx("Epic", "EHR"), "Epic\nEHR\n"),
        (a_pdf("Charted in Epic"), "Charted in Epic\n"),
    ],
    ids=["utf-8", "bom", "cp1252", "utf-16", "docx", "pdf"],
)
def test_the_text_of_a_file(data: bytes, text: str) -> None:
    assert extract_text(data) == text


def test_tables_of_a_document_are_read_row_by_row_and_boxes_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Meditech", "none"
    file = BytesIO()
    document.save(file)
    assert extract_text(file.getvalue()) == "Meditech | none\n"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"x" * (MAX_BYTES + 1), "large"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old-word"),
        (b"{\\rtf1 EHR}", "rich-text"),
        (as_file(a_drawing(8, 8)), "picture"),
        (b"\x00\x01\x02", "other"),
        (b"PK\x03\x04 no document", "other"),
        (b"PK\x03\x04 word/ broken", "broken"),
        (b"%PDF-1.7 broken", "broken"),
        (a_pdf("Epic")[:200], "broken"),
        (a_pdf(), "scanned"),
        (a_docx(), "scanned"),
        (a_pdf("Epic", pages=500), "pages"),
    ],
)
def test_a_file_without_text_is_rejected_with_a_reason(data: bytes, expected: str) -> None:
    assert reason(data) == expected


LINES = ("Friendly receptionist with positive results in the team environment", "Charted in Epic for four doctors")
APART, GLUED = " ".join(LINES).split(), "theteamenvironment"


def test_a_pdf_without_spaces_is_read_word_by_word() -> None:
    assert extract_text(a_pdf_without_spaces(*LINES)).split() == APART


def test_a_pdf_whose_words_are_apart_already_keeps_its_order() -> None:
    lines = ["Charted patients in Epic", "Verified insurance daily", "Receptionist since 2019"]
    assert extract_text(a_pdf_without_spaces(*lines, gap=2)).splitlines() == lines


def test_ten_pages_without_spaces_are_read_word_by_word_at_most() -> None:
    text = extract_text(a_pdf_without_spaces(*LINES, pages=12))
    assert (text.count("the team environment"), text.count(GLUED)) == (10, 2)


def test_a_pdf_that_takes_too_long_to_read_word_by_word_stays_glued() -> None:
    text = extract_text(a_pdf_without_spaces(*[" ".join(LINES * 5)] * 250, size=2))
    assert (text.count("the team environment"), text.count(GLUED)) == (0, 1_250)


def test_a_zip_bomb_is_not_unpacked() -> None:
    assert reason(a_docx("Epic", bomb=b"\0" * 50_000_000)) == "unpacked"


def test_an_entity_bomb_is_not_expanded() -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "bomb">{levels}]><x>&a11;</x>'
    assert reason(a_docx("Epic", bomb=bomb.encode())) == "broken"


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("EHR")
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]><x>&e;</x>'
    assert reason(a_docx("Epic", header=entity.encode())) == "broken"


def test_a_document_with_false_sizes_is_broken() -> None:
    data = bytearray(a_docx("Epic"))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (2**31).to_bytes(4, "little")
    assert reason(bytes(data)) in {"broken", "unpacked"}


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    encrypted = Path(__file__).parents[1] / "files" / "password.pdf"
    assert reason(encrypted.read_bytes()) == "password"


def test_every_reason_says_what_to_do() -> None:
    assert all(re.search(r"paste|choose|save|give|try", str(message), re.IGNORECASE) for message in REASONS.values())


def test_a_cell_that_claims_many_columns_is_read_once() -> None:
    assert extract_text(a_docx_with_cells(a_cell("Epic", span=99_999_999))) == "Epic\n"


def test_a_table_of_many_cells_is_read_cell_by_cell() -> None:
    data = a_docx_with_cells(a_cell("A") * 500, rows=10)
    assert extract_text(data) == f"{' | '.join(['A'] * 500)}\n" * 10


def test_a_page_that_unpacks_to_gigabytes_is_rejected() -> None:
    assert reason(a_pdf_that_unpacks(1_500)) in {"slow", "broken", "scanned"}
