"""Headers whose names contain `_`: WSGI could not tell them from the proxy's, so nobody reads them."""

import re
from collections.abc import Iterator
from itertools import permutations
from urllib.parse import urlencode

import pytest

from tests.helpers.servers import Server, delivered_site, served

pytestmark = pytest.mark.process

HOST = ("Host", "guides.example.org")
HTTPS = ("X-Forwarded-Proto", "https")
FORGED_PROTO = tuple((name, "http") for name in ("X_Forwarded_Proto", "X-Forwarded_Proto", "x_forwarded-proto"))
FORGED_FOR = ("X_Forwarded_For", "X-Forwarded_For", "X_Forwarded-For")
FORGED_ID = ("X_Request_ID", "X-Request_ID", "X_Request-ID")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("site")
    delivered_site(data)
    with served(data, CAREERGUIDE_ADDRESS="https://guides.example.org", CAREERGUIDE_PROXIES="1") as server:
        yield server


@pytest.mark.parametrize("forged", FORGED_PROTO, ids=lambda header: header[0])
def test_the_scheme_is_the_proxys_in_any_order(forged: tuple[str, str], server: Server) -> None:
    assert [server.send("/about/", HOST, *both).status for both in permutations((forged, HTTPS))] == [200, 200]


@pytest.mark.parametrize("forged", FORGED_PROTO, ids=lambda header: header[0])
def test_no_visitor_says_that_a_request_came_by_https(forged: tuple[str, str], server: Server) -> None:
    assert server.send("/about/", HOST, (forged[0], "https")).status == 301


@pytest.mark.parametrize("name", FORGED_ID)
def test_no_visitor_names_a_request(name: str, server: Server) -> None:
    ours, forged = ("X-Request-ID", "of-the-proxy"), (name, "of-a-visitor")
    answers = [server.send("/match/?q=epic", HOST, HTTPS, *both) for both in permutations((forged, ours))]
    assert [answer.headers["x-request-id"] for answer in answers] == ["of-the-proxy"] * 2
    alone = server.send("/match/?q=epic", HOST, HTTPS, forged).headers["x-request-id"]
    assert re.fullmatch("[0-9a-f]{32}", alone)


@pytest.mark.parametrize(("number", "name"), [*enumerate(FORGED_FOR)])
def test_guesses_count_against_the_address_that_the_proxy_saw(number: int, name: str, server: Server) -> None:
    real = ("X-Forwarded-For", f"198.51.100.{number}")
    guesses = (both for guess in range(3) for both in permutations((real, (name, f"203.0.113.{10 * number + guess}"))))
    statuses = [sign_in(server, f"name{number}", *both) for both in guesses]
    assert statuses == [200, 200, 200, 200, 429, 429]


def sign_in(server: Server, name: str, *headers: tuple[str, str]) -> int:
    """Return the status of the answer to a wrong password."""
    form = server.send("/admin/login/", HOST, HTTPS)
    cookie = form.headers["set-cookie"].partition(";")[0]
    token = cookie.partition("=")[2]
    return server.send(
        "/admin/login/",
        HOST,
        HTTPS,
        *headers,
        ("Cookie", cookie),
        ("Origin", "https://guides.example.org"),
        ("Content-Type", "application/x-www-form-urlencoded"),
        method="POST",
        body=urlencode({"username": name, "password": "wrong", "csrfmiddlewaretoken": token}),
    ).status
