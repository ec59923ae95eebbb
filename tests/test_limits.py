"""Visitors who ask too much, too slowly or too often: the others go on reading."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.serving import Server, collect_static, manage, served

pytestmark = pytest.mark.process

GUIDE = "/guides/patient-care-coordinator/"
MOST_SECONDS = 3.0


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root, data = Path(__file__).resolve().parent.parent, tmp_path_factory.mktemp("site")
    collect_static(data)
    assert manage(root, data, "prepare").returncode == 0
    with served(data) as server:
        yield server


def slowest_of(
    server: Server, paths: tuple[str, ...] = (GUIDE, "/about/", "/search/?q=patient"), times: int = 5
) -> float:
    """How long the slowest of some answers takes; all of them are to be 200."""
    seconds = []
    for path in paths * times:
        began = time.monotonic()
        assert server.ask(path).status == 200
        seconds.append(time.monotonic() - began)
    return max(seconds)


@contextmanager
def connections(server: Server, count: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        opened = [stack.enter_context(socket.create_connection(("127.0.0.1", server.port), 20)) for _ in range(count)]
        for each in opened:
            each.sendall(sent)
        yield opened


def test_a_thousand_connections_that_say_nothing_keep_nobody_out(server: Server) -> None:
    with connections(server, 1_000):
        assert slowest_of(server) < MOST_SECONDS


def test_clients_that_send_a_letter_at_a_time_keep_nobody_out_and_are_let_go(server: Server) -> None:
    with connections(server, 200, b"GET /guides/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ") as opened:
        assert slowest_of(server) < MOST_SECONDS
        opened[0].settimeout(30)
        assert opened[0].recv(1_000).startswith((b"", b"HTTP/1.1 408"))  # and no TimeoutError


def test_bodies_that_never_end_keep_nobody_out(server: Server) -> None:
    head = b"POST /match/resume/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\na"
    with connections(server, 100, head):
        assert slowest_of(server) < MOST_SECONDS


def test_a_flood_of_searches_keeps_nobody_out(server: Server) -> None:
    stop = threading.Event()

    def ask(number: int) -> None:
        while not stop.is_set():
            server.ask(f"/search/?q=care+coordinator+{number % 4}")

    threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(32)]
    for thread in threads:
        thread.start()
    try:
        time.sleep(1)
        assert slowest_of(server) < MOST_SECONDS
    finally:
        stop.set()
        for thread in threads:
            thread.join(30)


@pytest.mark.parametrize("head", [b"A" * 100_000, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"])
def test_a_head_that_is_too_long_is_refused(head: bytes, server: Server) -> None:
    with connections(server, 1, head) as (opened,):
        opened.settimeout(20)
        answer = opened.recv(100)
        assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))


def test_a_body_that_is_too_long_is_refused(server: Server) -> None:
    kind = "application/x-www-form-urlencoded"
    with contextlib.suppress(ConnectionError):  # a server may close before all has come
        told = server.ask("/match/resume/", method="POST", body="text=" + "a" * 12_000_000, Content_Type=kind)
        assert told.status in {400, 413, 422}
    assert slowest_of(server) < MOST_SECONDS
