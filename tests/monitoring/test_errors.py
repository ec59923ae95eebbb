"""What visitors and editors see when a request fails: a page with a sentence, and in the log what happened.

Most of these tests may not ask the database, so the answers are made without it.
"""

import logging
from errno import EACCES, ENOSPC

import pytest
from django.db import IntegrityError, InterfaceError, OperationalError, ProgrammingError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from obstore.exceptions import GenericError

from careerguide.urls import handler500
from careerguide.urls import urlpatterns as site

__all__ = ["handler500", "urlpatterns"]

AWAY: dict[str, Exception] = {
    "gone": OperationalError("connection refused"),
    "closed": InterfaceError("connection already closed"),
    "locked": OperationalError("database is locked"),
    "full": OSError(ENOSPC, "No space left on device"),
    "bucket": GenericError("no answer"),
}
OURS: dict[str, Exception] = {
    "integrity": IntegrityError("UNIQUE constraint failed"),
    "program": ProgrammingError("no such table"),
    "value": ValueError("bad"),
    "file": OSError(EACCES, "Permission denied"),
}


def fail(_request: HttpRequest, kind: str) -> HttpResponse:
    raise (AWAY | OURS)[kind]


def fail_below(_request: HttpRequest) -> HttpResponse:
    try:
        raise AWAY["gone"]
    except OperationalError as error:
        raise RuntimeError("what comes of it") from error


def ask(_request: HttpRequest, sql: str) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute(sql)
    return HttpResponse("done")


urlpatterns = [
    path("fails/<str:kind>/", fail, name="fails"),
    path("fails-below/", fail_below),
    path("asks/<str:sql>/", ask),
    *site,
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("kind", AWAY)
def test_what_is_away_for_a_moment_is_503_in_a_page_that_says_so(kind: str, visitor: Client) -> None:
    response = visitor.get(f"/fails/{kind}/")
    assert (response.status_code, response["Retry-After"], response["Cache-Control"]) == (503, "10", "no-store")
    assert "<h1>The site is temporarily unavailable</h1>" in response.text
    assert "Please try again in a minute." in response.text


def test_what_came_of_something_away_is_503_too(visitor: Client) -> None:
    assert visitor.get("/fails-below/").status_code == 503


@pytest.mark.parametrize("kind", OURS)
def test_a_fault_of_ours_is_500(kind: str, visitor: Client) -> None:
    response = visitor.get(f"/fails/{kind}/")
    assert (response.status_code, "Retry-After" in response) == (500, False)
    assert "Something went wrong on our side" in response.text


def test_who_sent_something_is_told_how_to_send_it_again(visitor: Client) -> None:
    response = visitor.post("/fails/gone/", {"text": "What I typed."})
    assert (response.status_code, "reload it in a minute to send it again" in response.text) == (503, True)


def test_a_program_gets_json_and_a_part_of_a_page_a_sentence(visitor: Client) -> None:
    sentence = "The site is temporarily unavailable. Please try again in a minute."
    program = visitor.get("/fails/gone/", headers={"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"})
    assert (program.status_code, program["Retry-After"], program.json()) == (503, "10", {"error": sentence})
    part = visitor.get("/fails/gone/", headers={"Accept": "*/*", "X-Requested-With": "XMLHttpRequest"})
    assert (part.status_code, part.text) == (503, f'<p class="errornote">{sentence}</p>')


def test_what_is_away_is_logged_once_without_a_traceback(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        visitor.get("/fails/gone/?q=zanzibar")
    (record,) = (record for record in caplog.records if record.name != "django.request")
    assert (record.levelname, record.exc_info) == ("ERROR", None)
    assert record.getMessage() == "Unavailable at fails: OperationalError: connection refused"


def test_a_fault_of_ours_is_logged_once_with_its_traceback(visitor: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        visitor.get("/fails/value/?q=zanzibar")
    (record,) = (record for record in caplog.records if record.name != "django.request")
    assert record.getMessage() == "Fault at fails: ValueError: bad"
    assert record.exc_info
    assert record.exc_info[1] is OURS["value"]


@pytest.mark.django_db
@pytest.mark.engine
def test_sql_that_the_database_does_not_understand_is_a_fault_of_ours(visitor: Client) -> None:
    assert visitor.get("/asks/SELECT nonsense/").status_code == 500


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="its way to be full")
def test_a_full_disk_is_told_as_such(visitor: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        try:
            response = visitor.get("/asks/CREATE TABLE more AS SELECT zeroblob(9000000)/")
        finally:
            cursor.execute("PRAGMA max_page_count=1000000")
    assert response.status_code == 503
