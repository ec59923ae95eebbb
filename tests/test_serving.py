"""The site as it is served: by a real server, of several processes, on one database."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from tests.__main__ import postgresql
from tests.test_processes import manage

pytestmark = pytest.mark.process

GUIDE = "/guides/patient-care-coordinator/"


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def served(root: Path, data: Path, **variables: str) -> Iterator[str]:
    """The address of a server with two processes, which is ended after the block."""
    port = free_port()
    command = (sys.executable, "-m", "granian", "--interface", "wsgi", "careerguide.wsgi:application", "--no-ws",
               "--port", str(port), "--workers", "2", "--workers-kill-timeout", "2")  # fmt: skip
    environment = os.environ | {"CAREERGUIDE_DATA": str(data), "PORT": str(port)} | variables
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            command, cwd=root, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            address = f"http://127.0.0.1:{port}"
            deadline = time.monotonic() + 60
            while not is_up(address):
                assert server.poll() is None, log.seek(0) or log.read().decode()
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.1)
            yield address
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)


def is_up(address: str) -> bool:
    try:
        return bool(fetch(f"{address}/static/icon.svg"))
    except URLError:
        return False


def fetch(address: str, **headers: str) -> str:
    with urlopen(Request(address, headers=headers), timeout=20) as answer:
        return str(answer.read(), "utf-8")


def publish_a_change(root: Path, data: Path, summary: str, **variables: str) -> None:
    exported = manage(root, data, "export_guide", "patient-care-coordinator", "--format", "yaml", **variables).stdout
    file = data / "guide.yaml"
    file.write_text("".join(f"summary: {summary}\n" if line.startswith("summary:") else line
                            for line in exported.splitlines(keepends=True)))  # fmt: skip
    assert manage(root, data, "import_guide", str(file), **variables).returncode == 0
    done = manage(root, data, "publish", "patient-care-coordinator", "--note", "A change.", **variables)
    assert done.returncode == 0, done.stdout + done.stderr


def prepared(root: Path, data: Path, **variables: str) -> None:
    assert manage(root, data, "collectstatic", "--no-input", **variables).returncode == 0
    done = manage(root, data, "prepare", **variables)
    assert done.returncode == 0, done.stderr


def test_what_is_published_shows_in_every_process_within_a_second(root: Path, tmp_path: Path) -> None:
    prepared(root, tmp_path)
    with served(root, tmp_path) as address:
        assert len({fetch(address + GUIDE) for _ in range(20)}) == 1
        publish_a_change(root, tmp_path, "Arranges the care of patients.")
        time.sleep(1)
        (after,) = {fetch(address + GUIDE) for _ in range(20)}
        assert "Arranges the care of patients." in after


def test_several_machines_on_one_postgresql_show_a_publication_within_a_second(root: Path, tmp_path: Path) -> None:
    with postgresql() as database:
        site = {"DATABASE_URL": database, "CAREERGUIDE_ADDRESS": "http://guides.example"}
        first, second = tmp_path / "first", tmp_path / "second"
        for data in (first, second):
            prepared(root, data, **site)
        with served(root, first, **site) as one, served(root, second, **site) as other:

            def seen() -> set[str]:
                return {fetch(each + GUIDE, Host="guides.example") for each in (one, other) for _ in range(10)}

            assert len(seen()) == 1
            publish_a_change(root, first, "Arranges the care of patients.", **site)
            time.sleep(1)
            (after,) = seen()
            assert "Arranges the care of patients." in after
