"""Servers of one process on one core, and wrk on another: what is served is told by ratios, paired in one round."""

import os
import re
import socket
import subprocess
import sys
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

ROUNDS, SECONDS, CONNECTIONS = 3, 3, 16
SERVER_CORE, LOAD_CORE = "0", "1"
BROTLI = MappingProxyType({"Accept-Encoding": "br", "Host": "127.0.0.1"})


class Served(NamedTuple):
    address: str
    process: psutil.Process
    first_answer: float
    """Seconds from the start to it."""

    def megabytes(self) -> float:
        """What its worker has written: code that is only read is there once for all workers."""
        held: int = max(
            sum(part.private_dirty for part in child.memory_maps()) for child in self.process.children(recursive=True)
        )
        return held / 2**20


class Answered(NamedTuple):
    body: bytes
    headers: Mapping[str, str]


@contextmanager
def site(
    data: Path, *, path: str, page_cache: int = 64, database: str = "", workers: int = 1, threads: int = 1
) -> Iterator[Served]:
    """The site of a folder, once it has answered at a path."""
    variables = {"CAREERGUIDE_DATA": str(data), "CAREERGUIDE_WORKERS": str(workers),
                 "CAREERGUIDE_THREADS": str(threads), "CAREERGUIDE_PAGE_CACHE": str(page_cache)}  # fmt: skip
    with _started(("-m", "careerguide"), path, variables | ({"DATABASE_URL": database} if database else {})) as server:
        yield server


@contextmanager
def application(target: str, *, path: str, **variables: str) -> Iterator[Served]:
    """Serve an RSGI application with the server that the site has."""
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
    words = ("taskset", "-c", cores, sys.executable, "-W", "ignore", *command)
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


def settled(address: str) -> Answered:
    """An answer of the page cache once it is compressed as well as can be."""
    answer = ask(address, BROTLI)
    for _ in range(20):
        time.sleep(0.5)
        last, answer = answer, ask(address, BROTLI)
        if len(answer.body) < len(last.body):
            break
    return answer


def keep(answer: Answered, folder: Path) -> None:
    """For `bench.hello`: the same bytes, from memory with the same headers, and as a static file."""
    static = folder / "static"
    static.mkdir(parents=True)
    (folder / "body").write_bytes(answer.body)
    own = {"date", "server", "connection"}
    headers = (f"{name}: {value}" for name, value in answer.headers.items() if name not in own)
    (folder / "headers").write_text("\n".join(headers), encoding="utf-8")
    (static / "page.html").write_bytes(brotli.decompress(answer.body))
    (static / "page.html.br").write_bytes(answer.body)


def a_second(address: str, headers: Mapping[str, str] = MappingProxyType({})) -> float:
    """How many answers a second wrk gets of an address."""
    told = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = ("taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", *told, address)
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in output:
        raise RuntimeError(f"{address} does not answer as it should:\n{output}")
    return float(re.search(r"Requests/sec:\s*([\d.]+)", output)[1])  # type: ignore[index]


def ratios(of: Mapping[str, tuple[str, Mapping[str, str]]], against: Mapping[str, tuple[str, ...]]) -> dict[str, float]:
    """How many answers each gets for one of each that it is measured against, and how many a second: medians."""
    rounds = [{name: a_second(address, headers) for name, (address, headers) in of.items()} for _ in range(ROUNDS)]
    paired = ((name, base) for name, bases in against.items() for base in bases)
    told = {f"{name} / {base}": median(each[name] / each[base] for each in rounds) for name, base in paired}
    return told | {name: median(each[name] for each in rounds) for name in of}
