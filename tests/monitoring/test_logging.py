"""What is logged: each request by its route and id, and nothing that a visitor typed."""

import json
import logging
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.db import Error, connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from careerguide.monitoring.logging import JsonLineFormatter, LineFormatter, RequestIdFilter, with_request_id
from guides.models import Report
from tests.helpers.factories import an_edition


def ours(caplog: pytest.LogCaptureFixture) -> list[logging.LogRecord]:
    """The records that are written: pytest sees those of Django too, which go nowhere."""
    return [record for record in caplog.records if record.name.startswith("careerguide.")]


def lines(records: list[logging.LogRecord]) -> str:
    """As people and as programs read them."""
    return "\n".join(
        formatter.format(record) for record in records for formatter in (LineFormatter(), JsonLineFormatter())
    )


@pytest.mark.django_db
def test_a_request_is_one_record_by_its_route_without_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    an_edition()
    with caplog.at_level(logging.INFO):
        Client(HTTP_USER_AGENT="Lynx", REMOTE_ADDR="192.0.2.7").get("/search/?q=zanzibar")
    (record,) = ours(caplog)
    told = json.loads(JsonLineFormatter().format(record))
    assert {name: told[name] for name in ("level", "method", "route", "status")} == {
        "level": "INFO", "method": "GET", "route": "guides:search", "status": 200,
    }  # fmt: skip
    assert told["queries"] > 0
    assert 0 < told["query_milliseconds"] < told["milliseconds"]
    assert [word for word in ("zanzibar", "Lynx", "192.0.2.7", "/search/") if word in lines(ours(caplog))] == []


def test_what_matches_no_route_is_told_as_none(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        Client().generic("BREW", "/preview-of/somebody/")
    (record,) = ours(caplog)
    assert record.getMessage().startswith("other none 404 in ")


@pytest.mark.django_db
@pytest.mark.engine
def test_a_slow_query_is_named_without_its_values(caplog: pytest.LogCaptureFixture, settings: Settings) -> None:
    settings.SLOW_QUERY_MS = 0
    an_edition()
    with caplog.at_level(logging.WARNING):
        Client().get("/search/?q=lamps")
    told = [json.loads(JsonLineFormatter().format(record)) for record in ours(caplog)]
    assert {(each["level"], each["route"]) for each in told} == {("WARNING", "guides:search")}
    asked = {"sqlite": "guides_fulltext MATCH %s", "postgresql": "guides_found(%s::tsquery)"}[connection.vendor]
    assert any(asked in each["sql"] for each in told)
    assert "lamp" not in lines(ours(caplog))


def test_a_quick_query_is_not_named(caplog: pytest.LogCaptureFixture, db: None) -> None:
    with caplog.at_level(logging.WARNING):
        Client().get("/search/?q=lamps")
    assert ours(caplog) == []


@pytest.mark.django_db
@pytest.mark.engine
def test_a_row_that_a_database_refuses_is_not_quoted() -> None:
    told = {"section": "role", "verdict": "zebra", "form": "f" * 32, "sent_at": timezone.now()}
    with pytest.raises(Error) as refused:
        Report.objects.create(edition=an_edition(), text="Zanzibar\n\nwas mentioned\nwrongly", **told)
    told_of_it = traceback_of(refused.value)
    assert "IntegrityError" in told_of_it
    assert [word for word in ("Zanzibar", "mentioned", "wrongly", "zebra") if word in told_of_it] == []


@pytest.mark.django_db
@pytest.mark.engine
def test_a_query_that_a_database_refuses_is_not_quoted() -> None:
    bad = {"sqlite": "SELECT 1 FROM guides_fulltext WHERE guides_fulltext MATCH %s", "postgresql": "SELECT %s::tsquery"}
    with connection.cursor() as cursor, pytest.raises(Error) as refused:
        cursor.execute(bad[connection.vendor], ("zanzibar) OR (",))
    told_of_it = traceback_of(refused.value)
    assert "Error: " in told_of_it
    assert "zanzibar" not in told_of_it


def traceback_of(error: BaseException) -> str:
    """As it is logged, but for the lines of source in it, which are this test's own."""
    info: Any = (type(error), error, error.__traceback__)
    record = logging.LogRecord("careerguide", logging.ERROR, __file__, 1, "Fault", None, info)
    lines = (
        *LineFormatter().format(record).splitlines(),
        *json.loads(JsonLineFormatter().format(record))["exception"].splitlines(),
    )
    return "\n".join(line for line in lines if not line.startswith("    "))


@pytest.mark.parametrize(
    ("given", "is_taken"),
    [
        ("0123456789abcdef", True),
        ("proxy.made_one-0001", True),
        ("short", False),
        ("a" * 65, False),
        ("line\nbreak", False),
        ("somebody@example.org", False),
        ("", False),
    ],
)
def test_a_request_has_the_id_that_its_proxy_gave_or_one_of_ours(given: str, is_taken: bool) -> None:
    answered, recorded = [], []

    def answer(_environ: Any, start: Any) -> list[bytes]:
        record = logging.makeLogRecord({"msg": "within"})
        RequestIdFilter().filter(record)
        recorded.append(json.loads(JsonLineFormatter().format(record))["request_id"])
        start("200 OK", [])
        return []

    environ: dict[str, Any] = {"HTTP_X_REQUEST_ID": given}
    setup_testing_defaults(environ)
    with_request_id(answer)(environ, lambda _status, headers, *_: answered.append(dict(headers)["X-Request-ID"]))  # type: ignore[arg-type]
    assert recorded == answered
    assert (answered[0] == given) is is_taken
    assert len(answered[0]) >= 8
