"""A WSGI application over RSGI: the variables of a request, by the names that WSGI has for them."""

from types import SimpleNamespace
from typing import Any, cast

from careerguide.rsgi import environ_of

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
