"""A WSGI application over RSGI: the variables of a request, its body, and its answer."""

import asyncio
import logging
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any, cast
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from careerguide.rsgi import environ_of, over_rsgi

SCOPE = {
    "method": "GET",
    "path": "/guides/café/",
    "query_string": "q=care",
    "server": "127.0.0.1:8000",
    "client": "198.51.100.1:40000",
    "scheme": "http",
    "authority": None,
    "http_version": "1.1",
}


def variables(*headers: tuple[str, str], **scope: Any) -> dict[str, Any]:
    """Return the variables of a request, without those of WSGI itself."""
    sent = SimpleNamespace(items=lambda: list(headers))
    environ = environ_of(cast("Any", SimpleNamespace(headers=sent, **SCOPE | scope)))
    return {name: value for name, value in environ.items() if not name.startswith("wsgi.")}


def of_headers(*headers: tuple[str, str]) -> dict[str, Any]:
    return {name: value for name, value in variables(*headers).items() if name.startswith(("HTTP_", "CONTENT_"))}


def test_a_request_without_headers() -> None:
    assert variables() == {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": "/guides/cafÃ©/",
        "QUERY_STRING": "q=care",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "198.51.100.1",
        "HTTP_HOST": "",
    }


def test_addresses_of_ipv6_have_no_brackets() -> None:
    environ = variables(server="[::1]:8000", client="[2001:db8::1]:40000")
    assert (environ["SERVER_NAME"], environ["SERVER_PORT"], environ["REMOTE_ADDR"]) == ("::1", "8000", "2001:db8::1")


def test_headers_by_their_names_in_wsgi() -> None:
    headers = (("host", "a.example"), ("content-type", "text/plain"), ("content-length", "2"), ("x-request-id", "ours"))
    assert of_headers(*headers) == {
        "HTTP_HOST": "a.example",
        "CONTENT_TYPE": "text/plain",
        "CONTENT_LENGTH": "2",
        "HTTP_X_REQUEST_ID": "ours",
    }


def test_repeated_headers_are_joined() -> None:
    assert of_headers(("accept", "a/b"), ("accept", "c/d"), ("cookie", "a=1"), ("cookie", "b=2")) == {
        "HTTP_ACCEPT": "a/b,c/d",
        "HTTP_COOKIE": "a=1;b=2",
        "HTTP_HOST": "",
    }


def test_names_with_underscores_are_dropped() -> None:
    names = ("x_request_id", "x-request_id", "content_length", "content_type", "_", "host_")
    forged = tuple((name, "forged") for name in names)
    ours = ("x-request-id", "ours")
    expected = {"HTTP_X_REQUEST_ID": "ours", "HTTP_HOST": ""}
    assert (of_headers(*forged, ours), of_headers(ours, *forged)) == (expected, expected)


def test_the_host_of_a_whole_address_stands_for_a_missing_header() -> None:
    assert variables(authority="a.example")["HTTP_HOST"] == "a.example"


class Protocol:
    """What the server passes for a request whose body arrives in these chunks."""

    def __init__(self, *chunks: bytes) -> None:
        self.chunks, self.received = [*chunks, b""], 0
        self.answer: tuple[int, list[tuple[str, str]], bytes] | None = None

    def __aiter__(self) -> "Protocol":
        return self

    async def __anext__(self) -> bytes:
        self.received += 1
        return self.chunks[self.received - 1]

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = status, headers, body

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.response_bytes(status, headers, b"")


def answered(application: WSGIApplication, protocol: Protocol, *headers: tuple[str, str], **options: Any) -> Any:
    """Return status, headers and body of the answer to a request."""
    scope = SimpleNamespace(headers=SimpleNamespace(items=lambda: list(headers)), **SCOPE)
    asyncio.run(over_rsgi(application, 1, **options)(cast("Any", scope), cast("Any", protocol)))
    return protocol.answer


def first_line(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer, when it is iterated, with the first line of the body."""
    line = environ["wsgi.input"].readline()
    start_response("201 Created", [("X-A", "1"), ("X-A", "2")])
    yield line
    yield b"."


def whole(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


def test_a_body_is_received_no_further_than_it_is_read() -> None:
    protocol = Protocol(b"ab", b"c\n", b"def")
    answer = answered(first_line, protocol, ("content-length", "7"))
    assert (answer, protocol.received) == ((201, [("X-A", "1"), ("X-A", "2")], b"abc\n."), 2)


@pytest.mark.parametrize("header", [("content-length", "200002"), ("transfer-encoding", "chunked")])
def test_a_body_is_read_to_its_end(header: tuple[str, str]) -> None:
    chunks = b"a" * 200_000, b"b", b"c"
    assert answered(whole, Protocol(*chunks), header) == (200, [], b"".join(chunks))


def test_without_a_body_nothing_is_received() -> None:
    protocol = Protocol(b"of the next request")
    assert (answered(whole, protocol), protocol.received) == ((200, [], b""), 0)


def test_an_answer_at_once_needs_no_thread() -> None:
    answer = answered(first_line, Protocol(), at_once=whole)
    assert answer == (200, [], b"")


def test_an_application_that_fails_is_answered_and_logged(caplog: pytest.LogCaptureFixture) -> None:
    closed = []

    class Failing:
        def __iter__(self) -> Any:
            raise ValueError("broken")

        def close(self) -> None:
            closed.append(self)

    with caplog.at_level(logging.ERROR):
        answer = answered(lambda *_: Failing(), Protocol())
    assert (answer, len(closed)) == ((500, [], b""), 1)
    assert [(record.name, str(error_of(record))) for record in caplog.records] == [("careerguide.rsgi", "broken")]


def error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None
