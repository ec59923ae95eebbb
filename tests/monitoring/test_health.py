"""What machines ask of a server: whether it lives, whether it is ready, and its numbers."""

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM

import pytest
from prometheus_client.parser import text_fd_to_metric_families

from tests.helpers.servers import (
    HANGS,
    Server,
    collect_static,
    delivered_site,
    empty_site,
    is_alive,
    served,
    until,
)

pytestmark = pytest.mark.process

TOKEN = "a-token-of-some-length"
GUIDE = "/guides/patient-care-coordinator/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("site")
    delivered_site(data)
    with served(data, CAREERGUIDE_METRICS_TOKEN=TOKEN, CAREERGUIDE_LOG="json", CAREERGUIDE_WORKERS="2") as server:
        yield server


def numbers(server: Server, **labels: str) -> dict[str, float]:
    """The samples that have these labels, by name."""
    text = server.ask("/metrics", Authorization=f"Bearer {TOKEN}").text
    families = text_fd_to_metric_families(io.StringIO(text))
    samples = (sample for family in families for sample in family.samples)
    return {sample.name: sample.value for sample in samples if labels.items() <= sample.labels.items()}


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_are_answered_for_any_host_and_kept_by_nobody(server: Server, path: str) -> None:
    answer = server.ask(path, Host="10.1.2.3:8000")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json")
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"].startswith("default-src 'self'")
    assert server.ask("/", Host="10.1.2.3:8000").status == 400


def test_probes_take_get_and_head_alone(server: Server) -> None:
    head = server.ask("/readyz", method="HEAD")
    assert (head.status, head.text) == (200, "")
    refused = server.ask("/readyz", method="POST")
    assert (refused.status, refused.headers["allow"]) == (405, "GET, HEAD")


def test_a_ready_server_says_of_each_part_that_it_is_well(server: Server) -> None:
    told = json.loads(server.ask("/readyz").text)
    assert told == {"ready": True, "database": True, "migrations": True, "storage": True}


def test_behind_https_probes_are_not_redirected(tmp_path: Path) -> None:
    with served(tmp_path, CAREERGUIDE_ADDRESS="https://guides.example.org") as server:
        assert server.ask("/healthz").status == 200
        assert server.ask("/", Host="guides.example.org").status == 301


def test_without_its_migrations_a_server_is_not_ready(tmp_path: Path) -> None:
    with served(tmp_path) as server:
        answer = server.ask("/readyz")
        assert (answer.status, "retry-after" in answer.headers) == (503, True)
        assert json.loads(answer.text) == {"ready": False, "database": True, "migrations": False, "storage": True}
        assert server.ask("/healthz").status == 200
        empty_site(tmp_path)
        until(lambda: server.ask("/readyz").status == 200)


def test_without_room_for_images_a_server_is_not_ready(tmp_path: Path) -> None:
    empty_site(tmp_path)
    (tmp_path / "images").write_text("in the way")
    with served(tmp_path) as server:
        told = json.loads(server.ask("/readyz").text)
        assert told == {"ready": False, "database": True, "migrations": True, "storage": False}


def test_the_numbers_are_those_of_all_processes(server: Server) -> None:
    before = numbers(server, route="guides:match").get("careerguide_requests_total", 0)
    for _ in range(12):
        assert server.ask("/match/?have=epic").status == 200  # which no process keeps ready made
    assert server.ask("/nowhere/").status == 404
    told = numbers(server, route="guides:match", method="GET", status="2xx")
    assert told == {"careerguide_requests_total": before + 12}
    assert numbers(server, route="guides:match")["careerguide_request_seconds_count"] == before + 12
    assert numbers(server, route="guides:match")["careerguide_queries_total"] >= 12
    assert numbers(server, route="none", status="4xx")["careerguide_requests_total"] >= 1
    assert numbers(server, part="database") == {"careerguide_ready": 1}


@pytest.mark.parametrize("given", ["", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x"])
def test_who_has_no_token_finds_no_numbers(server: Server, given: str) -> None:
    answer = server.ask("/metrics", Authorization=given)
    assert (answer.status, "We can’t find that page" in answer.text) == (404, True)


def test_where_no_token_is_set_there_are_no_numbers(tmp_path: Path) -> None:
    collect_static(tmp_path)
    with served(tmp_path) as server:
        assert [server.ask("/metrics", Authorization=given).status for given in ("", "Bearer ", "Bearer None")] == [
            404
        ] * 3


def test_a_request_is_found_in_the_log_by_the_id_of_its_answer(server: Server) -> None:
    answer = server.ask("/match/?q=zanzibar", X_Request_ID="given-by-the-proxy")
    assert answer.headers["x-request-id"] == "given-by-the-proxy"
    lines = [line for line in server.log.read_text().splitlines() if "given-by-the-proxy" in line]
    (told,) = map(json.loads, lines)
    assert (told["route"], told["status"]) == ("guides:match", 200)
    assert "zanzibar" not in server.log.read_text()


def test_a_path_that_leads_nowhere_is_not_in_the_log(server: Server) -> None:
    assert server.ask("/preview/zanzibar-zanzibar/").status in {404, 410}
    assert "zanzibar-zanzibar" not in server.log.read_text()


def workers_of(server: Server) -> set[int]:
    pid = server.process.pid
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}


def is_loaded(worker: int) -> bool:
    """Whether a process of the server blocks SIGINT, which it does first, and handles SIGTERM, which it does last."""
    lines = (line.split(":\t", 1) for line in Path(f"/proc/{worker}/status").read_text().splitlines())
    masks = {name: int(mask, 16) for name, mask in lines if name in {"SigBlk", "SigCgt"}}
    return bool(masks["SigBlk"] & 1 << SIGINT - 1 and masks["SigCgt"] & 1 << SIGTERM - 1)


def test_a_process_that_dies_is_replaced(server: Server) -> None:
    before = workers_of(server)
    os.kill(min(before), SIGKILL)
    until(lambda: len(workers_of(server) - before) == 1)
    until(lambda: is_alive(server))
    assert "Unexpected exit from worker-1" in server.log.read_text()


@pytest.mark.parametrize("when", ["when a process has just started", "when all processes are loaded"])
def test_a_key_that_stops_it_stops_all_of_it(when: str, tmp_path: Path) -> None:
    with served(tmp_path, CAREERGUIDE_WORKERS="2") as server:
        until(lambda: all(map(is_loaded, workers_of(server))))
        if when == "when a process has just started":
            before = workers_of(server)
            os.kill(min(before), SIGKILL)  # another one replaces it
            while not workers_of(server) - before:  # without a pause, to send the signal at once
                pass
        os.killpg(server.process.pid, SIGINT)  # as a terminal does
        assert server.process.wait(timeout=HANGS) == 0
        # What does not end by itself is killed after ten seconds, with these words.
        assert "refused to gracefully stop" not in server.log.read_text()
