"""Reading a résumé on the site: what the page shows, what it never stores, and how many it reads at once."""

import contextlib
import re
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.client import encode_multipart

from guides import words
from guides.models import StartingJob
from guides.reading.limits import Busy, Slots
from guides.reading.resume.upload import MAX_BYTES, InMemoryUploadHandler
from guides.reading.resume.views import PARSING, RECOGNIZING, read_resume
from tests.helpers.documents import a_docx, a_pdf, a_pdf_that_unpacks
from tests.helpers.factories import an_edition
from tests.helpers.servers import HANGS, Server, delivered_site, served
from tests.reading.test_pages import words as text_in

RESUME = "/match/resume/"


# The page


def send(**data: Any) -> Any:
    return Client().post(RESUME, data)


def shown_in(response: Any) -> str:
    return text_in(response.content.decode())


@pytest.mark.django_db
def test_the_content_of_a_resume_is_shown_for_confirmation() -> None:
    an_edition()
    html = send(text="I trim lanterns. Patience, tact.\nLighthouse Keeper, 2020").content.decode()
    shown = text_in(html)
    assert "We found 2 skills." in shown
    assert "I trim <mark>lanterns</mark>. Patience, tact." in html
    assert re.findall(r'name="(skill-[a-z]+)" value="([a-z]*)" checked', html) == [
        ("skill-lamps", "have"), ("skill-patience", "have"),
    ]  # fmt: skip
    assert '<input type="checkbox" name="role" value="lighthouse-keeper" />' in html
    assert 'action="/match/"' in html


@pytest.mark.django_db
def test_starting_jobs_and_broader_skills_are_shown_with_the_rest() -> None:
    broader = {"slug": "lights", "name": "Lighting systems"}
    kind = {"kind": "technical"}
    skills = [{"slug": "lamps", "name": "Lanterns", "broader": broader} | kind, broader | kind]
    an_edition(skills=skills, pay=[])
    StartingJob.objects.create(slug="cashier", title="Cashier")
    html = send(text="I trim lanterns.\nCashier, 2020").content.decode()
    assert '<input type="checkbox" name="role" value="cashier" />' in html
    assert "Also counts as: Lighting systems" in text_in(html)
    assert 'name="skill-lights"' not in html


@pytest.mark.django_db
@pytest.mark.parametrize("skill", ["I trim lanterns.", ""])
def test_education_and_years_are_fields_to_confirm_and_licenses_are_shown(skill: str) -> None:
    way = {"years_from": 1, "source": "survey-2025"}
    kinds = ("work in health care", "work in charge of staff")
    an_edition(requirements=[way | {"experience": kind} for kind in kinds])
    html = send(text=f"{skill}\nNurse, Mercy Hospital, 2020 - 2024\nHigh school diploma, 2019\nCDL").content.decode()
    assert '<option value="high-school" selected>' in html
    fields = dict(re.findall(r'name="(experience-[a-z-]+)"[^>]*?(?: value="(\d+)")? />', html))
    assert fields == {"experience-work-in-health-care": "4", "experience-work-in-charge-of-staff": ""}
    assert "Licenses and cards CDL" in text_in(html)


@pytest.mark.django_db
def test_answers_that_the_visitor_has_already_entered_win_over_the_resume() -> None:
    way = {"years_from": 1, "experience": "work in health care", "source": "survey-2025"}
    an_edition(requirements=[way])
    answers = "?education=bachelor&experience=work-in-health-care:9"
    html = Client().post(f"{RESUME}{answers}", {"text": "Lanterns. GED 2005"}).content.decode()
    assert '<option value="bachelor" selected>' in html
    assert 'name="experience-work-in-health-care" inputmode="numeric" maxlength="10" size="4" value="9"' in html


@pytest.mark.django_db
def test_the_years_of_work_help_to_answer_the_question_of_a_guide_whose_ladder_has_years() -> None:
    an_edition()
    an_edition(slug="buoy-tender", title="Buoy Tender", levels=[], pay=[])
    resume = {"text": "I trim lanterns.\nKeeper, 2012 - 2019"}
    with_years, without = (
        Client().post(f"{RESUME}?guide={slug}", resume).content.decode()
        for slug in ("lighthouse-keeper", "buoy-tender")
    )
    assert '<input id="years" name="years"' in with_years
    assert "Your résumé shows 7 years of work." in text_in(with_years)
    assert 'name="years"' not in without


@pytest.mark.django_db
def test_the_result_leads_back_to_the_skills_check() -> None:
    an_edition()
    html = Client().post(f"{RESUME}?guide=lighthouse-keeper", {"text": "lanterns"}).content.decode()
    assert 'action="/guides/lighthouse-keeper/skills-check/"' in html
    assert 'formaction="/match/"' in html
    assert 'action="/match/"' in Client().post(f"{RESUME}?guide=nobody", {"text": "lanterns"}).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["cv.docx", "cv.txt", "../../etc/passwd", "x" * 300 + ".docx"])
def test_the_content_of_a_file_decides_its_format(name: str) -> None:
    an_edition()
    response = send(file=SimpleUploadedFile(name, a_docx("Trims lanterns"), "text/html"))
    assert "We found 1 skill." in shown_in(response)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Paste your résumé, or upload a file."),
        ({"text": "  \n"}, "Paste your résumé, or upload a file."),
        ({"text": "x" * 60_001}, "The text is too long for a résumé."),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"file": SimpleUploadedFile("cv.pdf", a_pdf())}, "We found no text in the file."),
        ({"file": SimpleUploadedFile("cv.pdf", b"")}, "The file is empty."),
        ({"file": SimpleUploadedFile("cv.txt", b"x" * 6_000_000)}, "The file is larger than 5 MB."),
    ],
)
def test_unreadable_input_shows_a_message(data: dict[str, Any], message: str) -> None:
    response = send(**data)
    assert response.status_code == 422
    assert message in shown_in(response)


@pytest.mark.django_db
def test_nothing_of_a_resume_is_stored_or_cached() -> None:
    an_edition()
    for data in ({"text": "Zebediah, lanterns"}, {"file": SimpleUploadedFile("cv.txt", b"Zebediah " * 400_000)}):
        cached_words = words.stem.cache_info().currsize
        response = send(**data)
        assert response.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert response.cookies == {}
        words.stem("zebediah")
        assert words.stem.cache_info().currsize == cached_words + 1  # it was not there before
        words.stem.cache_clear()


@pytest.mark.django_db
def test_an_error_logs_nothing_of_a_resume(caplog: pytest.LogCaptureFixture) -> None:
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
def test_all_files_of_a_request_share_one_limit() -> None:
    many = {f"file{n}": SimpleUploadedFile(f"{n}.txt", b"x" * 2_000_000) for n in range(9)}
    request = RequestFactory().post(RESUME, many)
    request.upload_handlers = [InMemoryUploadHandler(request)]
    files: Any = request.FILES
    assert sum(len(file.read()) for file in files.values()) == MAX_BYTES + 1


# Limits


def test_a_process_has_only_so_many_slots() -> None:
    slots = Slots(2)
    with slots.hold("127.0.0.1"), slots.hold("127.0.0.1"), pytest.raises(Busy), slots.hold("127.0.0.1"):
        pytest.fail("There is no third slot.")
    with slots.hold("127.0.0.1"), slots.hold("127.0.0.1"):
        pass  # both are free again


@pytest.mark.parametrize(
    ("address", "is_limited"),
    [("9.9.9.9", True), ("2620:fe::", True), ("10.0.0.1", False), ("127.0.0.1", False), ("0.0.0.0", False)],
)
def test_a_public_address_holds_one_slot_at_most(address: str, is_limited: bool) -> None:
    slots = Slots(3)
    with slots.hold(address), slots.hold("1.1.1.1"):
        if is_limited:
            with pytest.raises(Busy), slots.hold(address):
                pytest.fail("One address has two slots.")
        else:
            with slots.hold(address):
                pass


@pytest.mark.django_db
def test_while_all_slots_are_held_a_file_is_refused_unread_and_text_is_read() -> None:
    an_edition()
    file = SimpleUploadedFile("cv.txt", b"lanterns")
    request = RequestFactory().post(RESUME, {"file": file})
    with PARSING.hold("127.0.0.1"), PARSING.hold("127.0.0.1"):
        response = read_resume(request)
        upload: Any = request.FILES["file"]
        assert upload.tell() == 0
        assert Client().get("/search/?q=keeper").status_code == 200
        assert send(text="lanterns").status_code == 200
    assert response.status_code == 503
    assert "We are busy reading other résumés." in text_in(response.content.decode())
    assert send(file=SimpleUploadedFile("cv.txt", b"lanterns")).status_code == 200


@pytest.mark.django_db
def test_few_texts_are_searched_for_skills_at_once() -> None:
    an_edition()
    with RECOGNIZING.hold("127.0.0.1"), RECOGNIZING.hold("127.0.0.1"):
        assert send(text="lanterns").status_code == 503
        assert send().status_code == 422


@pytest.mark.process
def test_a_flood_of_files_never_starts_more_parsers_than_there_are_slots(tmp_path: Path) -> None:
    delivered_site(tmp_path)
    body, kind = encode_multipart("flood", {"file": SimpleUploadedFile("cv.pdf", a_pdf_that_unpacks(1_500))}), "flood"
    with served(tmp_path, CAREERGUIDE_THREADS="8") as server, ThreadPoolExecutor(16) as pool:

        def post(_number: int) -> int:
            request = urllib.request.Request(
                f"{server.address}{RESUME}", body, {"Content-Type": f"multipart/form-data; boundary={kind}"}
            )
            try:
                with urllib.request.urlopen(request, timeout=HANGS) as response:
                    return int(response.status)
            except urllib.error.HTTPError as error:
                return error.code

        flood = [pool.submit(post, number) for number in range(16)]
        most = 0
        while not all(each.done() for each in flood):
            most = max(most, len(parsers_of(server)))
            time.sleep(0.01)
    statuses = Counter(each.result() for each in flood)
    assert most == 2
    assert set(statuses) == {422, 503}
    assert statuses[503] >= 8


def parsers_of(server: Server) -> list[int]:
    """Return the IDs of the server's processes that parse files."""
    found = []
    for process in psutil.Process(server.process.pid).children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            if any(part.endswith("extract.py") for part in process.cmdline()):
                found.append(process.pid)
    return found


# What is shown


@pytest.mark.django_db
def test_markup_in_a_resume_is_text() -> None:
    an_edition()
    html = send(text="<script>alert(1)</script> lanterns <img src=x onerror=alert(1)>").content.decode()
    assert "<script>alert" not in html
    assert "<img src=x" not in html


@pytest.mark.django_db
def test_nothing_found_says_so() -> None:
    an_edition()
    assert "We didn’t find any skills that our guides list." in shown_in(send(text="I cook."))
