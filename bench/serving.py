"""Servers with one process on one core, and wrk on another. Results are ratios of measurements in the same round."""

import os
import re
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from types import MappingProxyType
from typing import NamedTuple

import brotli
import psutil  # type: ignore[import-untyped]

from .programs import python

ROUNDS, SECONDS, CONNECTIONS = 3, 3, 16
SERVER_CORE, LOAD_CORE = "0", "1"
BROTLI = MappingProxyType({"Accept-Encoding": "br", "Host": "127.0.0.1"})


class Served(NamedTuple):
    address: str
    process: psutil.Process
    first_answer: float
    """Seconds from the start to the first response."""

    def megabytes(self) -> float:
        """Return the private memory of the largest worker. Workers share the memory of code."""
        private: int = max(
            sum(part.private_dirty for part in child.memory_maps()) for child in self.process.children(recursive=True)
        )
        return private / 2**20


class Answered(NamedTuple):
    body: bytes
    headers: Mapping[str, str]


@contextmanager
def site(
    data: Path, *, path: str, page_cache: int = 64, database: str = "", workers: int = 1, threads: int = 1
) -> Iterator[Served]:
    """Serve the site of a folder. Return when it responds at a path."""
    variables = {"CAREERGUIDE_DATA": str(data), "CAREERGUIDE_WORKERS": str(workers),
                 "CAREERGUIDE_THREADS": str(threads), "CAREERGUIDE_PAGE_CACHE": str(page_cache)}  # fmt: skip
    with _started(("-m", "careerguide"), path, variables | ({"DATABASE_URL": database} if database else {})) as server:
        yield server


@contextmanager
def application(target: str, *, path: str, **variables: str) -> Iterator[Served]:
    """Serve an RSGI application with the site's server."""
    code = (
        "import sys; from granian import Granian; from granian.constants import HTTPModes, Interfaces, Loops;"
        "Granian(sys.argv[1], interface=Interfaces.RSGI, port=int(sys.argv[2]), workers=1, loop=Loops.asyncio,"
        "backlog=1024, http=HTTPModes.http1, websockets=False, log_enabled=False).serve()"
    )
    with _started(("-c", code, target), path, variables) as server:
        yield server


@contextmanager
def _started(command: tuple[str, ...], path: str, variables: Mapping[str, str]) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    is_alone = variables.get("CAREERGUIDE_WORKERS", "1") == "1"
    cores = SERVER_CORE if is_alone else f"{SERVER_CORE},{LOAD_CORE}"
    words = ("taskset", "-c", cores, python(), "-W", "ignore", *command)
    began = time.perf_counter()
    process = subprocess.Popen(
        (*words, str(port)) if command[0] == "-c" else words,
        env={**os.environ, "PORT": str(port), **variables},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(f"{address}{path}"):
            if process.poll() is not None or time.perf_counter() - began > 120:
                raise RuntimeError(f"{' '.join(command)} does not serve {path}.")
            time.sleep(0.01)
        yield Served(address, psutil.Process(process.pid), time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(address: str) -> bool:
    try:
        return bool(ask(address).body)
    except OSError:
        return False


def ask(address: str, headers: Mapping[str, str] = MappingProxyType({})) -> Answered:
    request = urllib.request.Request(address, headers=dict(headers))  # noqa: S310
    with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 -- ours, on loopback
        return Answered(response.read(), {name.lower(): value for name, value in response.getheaders()})


def best_compressed(address: str) -> Answered:
    """Return a response of the page cache after its best compression."""
    answer = ask(address, BROTLI)
    for _ in range(20):
        time.sleep(0.5)
        last, answer = answer, ask(address, BROTLI)
        if len(answer.body) < len(last.body):
            break
    return answer


def store_for_hello(answer: Answered, folder: Path) -> None:
    """Store a response for `bench.hello`, which serves it from memory and as a static file."""
    static = folder / "static"
    static.mkdir(parents=True)
    (folder / "body").write_bytes(answer.body)
    own = {"date", "server", "connection"}
    headers = (f"{name}: {value}" for name, value in answer.headers.items() if name not in own)
    (folder / "headers").write_text("\n".join(headers), encoding="utf-8")
    (static / "page.html").write_bytes(brotli.decompress(answer.body))
    (static / "page.html.br").write_bytes(answer.body)


def requests_per_second(address: str, headers: Mapping[str, str] = MappingProxyType({})) -> float:
    """Return the responses per second that wrk receives from a URL."""
    options = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ("taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *options, address)
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        raise RuntimeError(f"{address} does not respond as expected:\n{output}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", output)[1])  # type: ignore[index]


def ratios(of: Mapping[str, tuple[str, Mapping[str, str]]], against: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """Return the medians of the responses per second of each URL, and of their ratios to the baselines."""
    rounds = [
        {name: requests_per_second(address, headers) for name, (address, headers) in of.items()} for _ in range(ROUNDS)
    ]
    paired = ((name, base) for name, bases in against.items() for base in bases)
    results = {f"{name} / {base}": median(each[name] / each[base] for each in rounds) for name, base in paired}
    return results | {name: median(each[name] for each in rounds) for name in of}
