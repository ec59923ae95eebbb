"""Log formatters (text and JSON) with request IDs and without user input.

Pass the values of a message as one mapping. Its keys become fields of the JSON line.
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

# Messages of databases quote values, lines of the query, or whole rows.
_QUOTED = re.compile(
    r"^(?:LINE \d+|DETAIL|HINT|QUERY|CONTEXT): .*?(?=^(?:The above exception|During handling|Traceback)\b|\Z)",
    re.MULTILINE | re.DOTALL,
)
_VALUE = re.compile(r'(?<=: )"[^\n]*"|(?<=near )"[^\n]*"|(?<=value )"[^\n]*"')


def with_request_id(app: WSGIApplication) -> WSGIApplication:
    """Wrap an application: use the proxy's request ID or a new one, in the log and in the response."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        header = environ.get("HTTP_X_REQUEST_ID", "")
        request_id = header if _WELL_FORMED.fullmatch(header) else token_hex(16)
        _request_id.set(request_id)

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Any:
            return start_response(status, [*headers, (REQUEST_ID, request_id)], *error)

        return app(environ, start)

    return application


class RequestIdFilter(logging.Filter):
    """Adds the request ID to each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = _request_id.get()
        return True


class LineFormatter(logging.Formatter):
    """Formats tracebacks without the values that a database quotes."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 -- the name in logging
        return without_values(super().formatException(ei))


class JsonLineFormatter(JsonFormatter):
    """Formats a record as one line of JSON: the fields below and the values of the message.

    Other attributes of a record are left out, because Django adds the request, which contains what visitors search for.
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
    """Remove the values that a database quotes in an error message or a traceback."""
    return _VALUE.sub('"…"', _QUOTED.sub("", text))


def one_line(error: BaseException | None) -> str:
    return " ".join(f"{type(error).__name__}: {without_values(str(error))}".split())
