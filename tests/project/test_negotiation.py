"""Accept-Encoding and Range as the server honors them: in static files, pages and the admin."""

import gzip
from collections.abc import Iterator

import brotli
import pytest

from tests.helpers.servers import Server, delivered_site, served

pytestmark = pytest.mark.process

STYLES = "/static/css/base.css"
OPENED = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("site")
    delivered_site(data)
    with served(data) as server:
        yield server


@pytest.mark.parametrize(
    ("accepted", "coding", "of_admin"),
    [
        ("br", "br", None),
        ("gzip", "gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br", "gzip"),
        ("GZIP;Q=0.001", "gzip", "gzip"),
        ("br;q=0, gzip", "gzip", "gzip"),
        ("br ; q=0.000 ,gzip", "gzip", "gzip"),
        ("gzip;q=0, br", "br", None),
        ("gzip;q=0", None, None),
        ("br;q=0", None, None),
        ("gzip;q=0, br;q=0", None, None),
        ("*;q=0", None, None),
        ("*;q=0, gzip", "gzip", "gzip"),
        ("*", None, None),
        ("identity", None, None),
        ("identity, br;q=0", None, None),
        ("x-gzip-like, brown, br-2, gzip.2", None, None),
        ("", None, None),
    ],
)
def test_only_a_coding_that_the_client_accepts_is_sent(
    accepted: str, coding: str | None, of_admin: str | None, server: Server
) -> None:
    """The admin sends gzip only, whose lengths Django blurs with random bytes."""
    for path, sent, cookie in ((STYLES, coding, ""), ("/about/", coding, ""), ("/about/", of_admin, "sessionid=x")):
        plain, answer = (server.ask(path, Accept_Encoding=value, Cookie=cookie) for value in ("identity", accepted))
        assert (path, answer.status, answer.headers.get("content-encoding")) == (path, 200, sent)
        assert OPENED[sent](answer.body) == plain.body


@pytest.mark.parametrize(
    "asked", ["bytes=0-0", "bytes=-1", "bytes=5-5", "bytes=0-", "bytes=99999999-", "bytes=1-0", "x"]
)
@pytest.mark.parametrize("path", [STYLES, "/about/", "/guides/patient-care-coordinator.json"])
def test_a_range_is_answered_with_the_whole_file(path: str, asked: str, server: Server) -> None:
    whole, answer = server.ask(path), server.ask(path, Range=asked)
    assert (answer.status, answer.headers.get("content-range"), answer.body) == (200, None, whole.body)
