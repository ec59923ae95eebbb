"""A résumé that a visitor gives: as text or as a file, whole or hostile, read and forgotten."""

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, RequestFactory

from guides import words
from guides.reading.files import MOST_BYTES, REASONS, InMemory, Unreadable, a_turn, text_of
from tests.factories import an_edition
from tests.pictures import a_drawing, as_file
from tests.test_pages import words as text_in

RESUME = "/match/resume/"


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
    stream = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode()
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


def reason(data: bytes) -> str:
    with pytest.raises(Unreadable) as error:
        text_of(data)
    return error.value.reason


# Files


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
    assert text_of(data) == text


def test_tables_of_a_document_are_read_row_by_row_and_boxes_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Meditech", "none"
    file = BytesIO()
    document.save(file)
    assert text_of(file.getvalue()) == "Meditech | none\n"


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"x" * (MOST_BYTES + 1), "large"),
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
def test_a_file_without_text_gets_a_clear_answer(data: bytes, told: str) -> None:
    assert reason(data) == told


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


def test_a_document_that_lies_about_its_sizes_is_broken() -> None:
    data = bytearray(a_docx("Epic"))
    place = data.rindex(b"PK\x01\x02")
    data[place + 24 : place + 28] = (2**31).to_bytes(4, "little")
    assert reason(bytes(data)) in {"broken", "unpacked"}


def test_a_pdf_with_a_password_says_so(tmp_path: Path) -> None:
    encrypted = Path(__file__).parent / "files" / "password.pdf"
    assert reason(encrypted.read_bytes()) == "password"


def test_every_reason_says_what_to_do() -> None:
    assert all(re.search(r"paste|choose|save|give|try", str(told), re.IGNORECASE) for told in REASONS.values())


# The page


def send(**given: Any) -> Any:
    return Client().post(RESUME, given)


def shown_in(response: Any) -> str:
    return text_in(response.content.decode())


@pytest.mark.django_db
def test_a_resume_is_told_back_to_be_confirmed() -> None:
    an_edition()
    html = send(text="I trim lanterns. Patience, tact.\nLighthouse Keeper, 2020").content.decode()
    shown = text_in(html)
    assert "2 skills were found." in shown
    assert "I trim <mark>lanterns</mark>. Patience, tact." in html
    assert re.findall(r'name="(skill-[a-z]+)" value="([a-z]*)" checked', html) == [
        ("skill-lamps", "have"), ("skill-patience", "have"),
    ]  # fmt: skip
    assert '<input type="checkbox" name="role" value="lighthouse-keeper" />' in html
    assert 'action="/match/"' in html


@pytest.mark.django_db
def test_it_leads_on_to_the_check_that_one_came_from() -> None:
    an_edition()
    html = Client().post(f"{RESUME}?guide=lighthouse-keeper", {"text": "lanterns"}).content.decode()
    assert 'action="/guides/lighthouse-keeper/skills-check/"' in html
    assert 'formaction="/match/"' in html
    assert 'action="/match/"' in Client().post(f"{RESUME}?guide=nobody", {"text": "lanterns"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["cv.docx", "cv.txt", "../../etc/passwd", "x" * 300 + ".docx"])
def test_a_file_counts_by_its_content(name: str) -> None:
    an_edition()
    response = send(file=SimpleUploadedFile(name, a_docx("Trims lanterns"), "text/html"))
    assert "1 skill was found." in shown_in(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Paste the text of your résumé, or choose its file."),
        ({"text": "  \n"}, "Paste the text of your résumé, or choose its file."),
        ({"text": "x" * 60_001}, "The text is longer than a résumé."),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"file": SimpleUploadedFile("cv.pdf", a_pdf())}, "The file has no text in it"),
        ({"file": SimpleUploadedFile("cv.pdf", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("cv.txt", b"x" * 6_000_000)}, "The file is larger than 5 MB."),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(given: dict[str, Any], told: str) -> None:
    response = send(**given)
    assert response.status_code == 422
    assert told in shown_in(response)


@pytest.mark.django_db
def test_nothing_of_it_is_kept_or_cached() -> None:
    an_edition()
    for given in ({"text": "Zebediah, lanterns"}, {"file": SimpleUploadedFile("cv.txt", b"Zebediah " * 400_000)}):
        words_kept = words.stem.cache_info().currsize
        response = send(**given)
        assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert response.cookies == {}
        words.stem("zebediah")
        assert words.stem.cache_info().currsize == words_kept + 1  # it was not there before
        words.stem.cache_clear()


@pytest.mark.django_db
def test_a_fault_logs_nothing_of_it(caplog: pytest.LogCaptureFixture) -> None:
    an_edition()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE guides_wording RENAME TO guides_wording_away")
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        assert client.post(RESUME, {"text": "Zebediah, lanterns"}).status_code == 500
        transaction.set_rollback(True)
    assert "guides_wording" in caplog.text
    assert "Zebediah" not in caplog.text


@pytest.mark.django_db
def test_many_files_of_one_request_are_not_all_kept() -> None:
    many = {f"file{n}": SimpleUploadedFile(f"{n}.txt", b"x" * 2_000_000) for n in range(9)}
    request = RequestFactory().post(RESUME, many)
    request.upload_handlers = [InMemory(request)]
    files: Any = request.FILES
    assert sum(len(file.read()) for file in files.values()) == MOST_BYTES + 1


@pytest.mark.django_db
def test_few_are_read_at_once_and_others_are_told_to_wait() -> None:
    an_edition()
    with a_turn(), a_turn():
        response = send(text="lanterns")
    assert response.status_code == 503
    assert "Many files are being read just now." in shown_in(response)
    assert send(text="lanterns").status_code == 200


@pytest.mark.django_db
def test_markup_in_a_resume_is_text() -> None:
    an_edition()
    html = send(text="<script>alert(1)</script> lanterns <img src=x onerror=alert(1)>").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.django_db
def test_nothing_found_says_so() -> None:
    an_edition()
    assert "Nothing was found in it that the guides know by name." in shown_in(send(text="I cook."))
