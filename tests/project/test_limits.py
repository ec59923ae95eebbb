"""Visitors who ask too much, too slowly or too often: the others go on reading."""

import contextlib
import itertools
import select
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.helpers.servers import HANGS, Server, delivered_site, served, until

pytestmark = pytest.mark.process

GUIDE = "/guides/patient-care-coordinator/"
UNFINISHED_HEAD = b"GET /guides/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: "
FLOOD = 32
PATHS = (GUIDE, "/about/", "/search/?q=patient")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("site")
    delivered_site(data)
    with served(data, CAREERGUIDE_WORKERS="2") as server:
        yield server


def answers(server: Server) -> bool:
    return [server.ask(path).status for path in PATHS * 5] == [200] * 15


@contextmanager
def connections(server: Server, count: int, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        address = ("127.0.0.1", server.port)
        opened = [stack.enter_context(socket.create_connection(address, HANGS)) for _ in range(count)]
        for each in opened:
            each.sendall(sent)
        yield opened


def is_open(connection: socket.socket) -> bool:
    """Whether the server has neither answered nor closed a connection."""
    return not select.select([connection], [], [], 0)[0]


def answers_meanwhile(server: Server, count: int, sent: bytes = b"") -> bool:
    """Whether others get answers while all of so many connections are still open."""
    with connections(server, count, sent) as opened:
        return answers(server) and all(map(is_open, opened))


def test_a_thousand_connections_that_say_nothing_keep_nobody_out(server: Server) -> None:
    # A busy machine may close the first of them before the last answer, but not each time.
    until(lambda: answers_meanwhile(server, 1_000))


def test_clients_that_send_a_letter_at_a_time_keep_nobody_out(server: Server) -> None:
    until(lambda: answers_meanwhile(server, 200, UNFINISHED_HEAD))


def test_connections_that_send_nothing_or_too_little_are_closed(server: Server) -> None:
    with connections(server, 1) as (silent,), connections(server, 1, UNFINISHED_HEAD) as (slow,):
        assert silent.recv(1) == b""
        answer = slow.recv(1_000)
        assert answer == b"" or answer.startswith(b"HTTP/1.1 408")


def test_bodies_that_no_form_takes_are_not_waited_for(server: Server) -> None:
    head = b"POST /match/resume/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\na"
    with connections(server, 100, head) as opened:
        assert answers(server)
        assert {each.recv(12) for each in opened} == {b"HTTP/1.1 422"}


def test_a_flood_of_searches_keeps_nobody_out(server: Server) -> None:
    stop, answered = threading.Event(), itertools.count()

    def ask(number: int) -> None:
        while not stop.is_set():
            server.ask(f"/search/?q=care+coordinator+{number % 4}")
            next(answered)

    threads = [threading.Thread(target=ask, args=(number,), daemon=True) for number in range(FLOOD)]
    for thread in threads:
        thread.start()
    try:
        until(lambda: next(answered) > 4 * FLOOD)
        for path in PATHS * 5:
            before = next(answered)
            assert server.ask(path).status == 200
            assert next(answered) - before < 20 * FLOOD  # so many others of the flood came first
    finally:
        stop.set()
        for thread in threads:
            thread.join(HANGS)


@pytest.mark.parametrize("head", [b"A" * 100_000, b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: y\r\n" * 20_000 + b"\r\n"])
def test_a_head_that_is_too_long_is_refused(head: bytes, server: Server) -> None:
    with connections(server, 1, head) as (opened,):
        answer = opened.recv(100)
        assert answer == b"" or answer.startswith((b"HTTP/1.1 4", b"HTTP/1.0 4"))


def test_a_body_that_is_too_long_is_refused(server: Server) -> None:
    kind = "application/x-www-form-urlencoded"
    with contextlib.suppress(ConnectionError):  # a server may close before all has come
        told = server.ask("/match/resume/", method="POST", body="text=" + "a" * 12_000_000, Content_Type=kind)
        assert told.status in {400, 413, 422}
    assert answers(server)
