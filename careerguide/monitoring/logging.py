"""How is logged: in lines for people or for programs, each with the id of its request, none with a visitor's words.

A message is given its values by name, in one mapping: those are the fields of its line of JSON.
"""

import logging
import re
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from pythonjsonlogger.json import JsonFormatter

REQUEST_ID = "X-Request-ID"
_WELL_FORMED = re.compile(r"[A-Za-z0-9._-]{8,64}")
_request_id: ContextVar[str] = ContextVar("request_id", default="-")

# Databases quote what they refuse: after their message a line of the query or a whole row, in it a value or a word.
_QUOTED = re.compile(
    r"^(?:LINE \d+|DETAIL|HINT|QUERY|CONTEXT): .*?(?=^(?:The above exception|During handling|Traceback)\b|\Z)",
    re.MULTILINE | re.DOTALL,
)
_VALUE = re.compile(r'(?<=: )"[^\n]*"|(?<=near )"[^\n]*"|(?<=value )"[^\n]*"')


def identified(answer: WSGIApplication) -> WSGIApplication:
    """The application, each request known by an id in its answer and in the log: the proxy's, or one made here."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        own = given if _WELL_FORMED.fullmatch(given) else token_hex(16)
        _request_id.set(own)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, (REQUEST_ID, own)], *error)

        return answer(environ, start)

    return application


class RequestId(logging.Filter):
    """Notes in each record which request it belongs to."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class Lines(logging.Formatter):
    """With tracebacks, but without the values that a database quotes in them."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- logging's own name
        return without_values(super().formatException(ei))


class JsonLines(JsonFormatter):
    """A record as one line of JSON: what is listed here, and what its message was given by name.

    Django adds whole requests to its records: their texts hold what visitors search for, and stay out.
    """

    def add_fields(self, log_data: dict[str, Any], record: logging.LogRecord, message_dict: dict[str, Any]) -> None:
        log_data |= {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request_id": getattr(record, "request_id", "-"),
            "message": record.message,
        }
        if isinstance(record.args, Mapping):
            log_data |= record.args
        if exception := message_dict.get("exc_info"):
            log_data["exception"] = without_values(exception)


def without_values(text: str) -> str:
    """An error's text, or a whole traceback, without what a database quotes from rows and queries."""
    return _VALUE.sub('"…"', _QUOTED.sub("", text))


def in_a_line(error: BaseException | None) -> str:
    return " ".join(f"{type(error).__name__}: {without_values(str(error))}".split())
