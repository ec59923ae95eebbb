"""The proxies of deploy/: their own programs accept the files, and pass on what the site may trust."""

import os
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.helpers.servers import HANGS, free_port, listens, until

pytestmark = pytest.mark.process

CERTIFICATE = ("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=guides.example.org")
# Beyond what the file sets, so that it needs no right and no path of the machine.
AROUND_NGINX = """
daemon off; master_process off; pid {folder}/pid; error_log stderr;
events {{ }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxied; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/careerguide.conf;
}}
"""

type Commands = tuple[tuple[str, ...], tuple[str, ...]]


def program(name: str) -> str:
    path = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin")
    if not path:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"No {name} (Debian: apt install {name}).")
    return path


def caddy(text: str, folder: Path, *, listens: int, site: int) -> Commands:
    """Write the Caddyfile for these ports; return the commands that check it and run it."""
    text = text.replace("guides.example.org {", f"http://:{listens} {{").replace("127.0.0.1:8000", f"127.0.0.1:{site}")
    file = folder / "Caddyfile"
    file.write_text(text.replace("{\n", "{\n\tadmin off\n", 1))
    arguments = ("--adapter", "caddyfile", "--config", str(file))
    return (program("caddy"), "validate", *arguments), (program("caddy"), "run", *arguments)


def nginx(text: str, folder: Path, *, listens: int, site: int) -> Commands:
    """Write nginx.conf for these ports; return the commands that check it and run it."""
    pem, key = folder / "fullchain.pem", folder / "privkey.pem"
    subprocess.run((*CERTIFICATE, "-keyout", str(key), "-out", str(pem)), check=True, capture_output=True)
    text = text.replace("/etc/letsencrypt/live/guides.example.org", str(folder)).replace("/var/log/nginx", str(folder))
    text = re.sub(r"listen \[::\]:\d+.*;", "", text).replace("127.0.0.1:8000", f"127.0.0.1:{site}")
    text = text.replace("listen 80;", f"listen unix:{folder}/plain;")
    (folder / "careerguide.conf").write_text(text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{listens};"))
    (folder / "nginx.conf").write_text(AROUND_NGINX.format(folder=folder))
    command = (program("nginx"), "-p", str(folder), "-c", str(folder / "nginx.conf"))
    return (*command, "-t"), command


PROXIES: dict[str, Callable[..., Commands]] = {"Caddyfile": caddy, "nginx.conf": nginx}


@pytest.mark.parametrize("name", PROXIES)
def test_its_own_program_accepts_the_file(name: str, root: Path, tmp_path: Path) -> None:
    check, _run = PROXIES[name]((root / "deploy" / name).read_text(), tmp_path, listens=free_port(), site=free_port())
    done = subprocess.run(check, capture_output=True, text=True, env=home(tmp_path), check=False)
    assert done.returncode == 0, done.stderr


def home(folder: Path) -> dict[str, str]:
    return os.environ | {"XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


class Heard(BaseHTTPRequestHandler):
    """Notes the path and headers of each request at once, then reads its body."""

    requests: list[tuple[str, dict[str, str]]]

    def do_GET(self) -> None:
        self.requests.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Log nothing."""


@contextmanager
def passed_on(name: str, root: Path, folder: Path) -> Iterator[tuple[int, list[tuple[str, dict[str, str]]]]]:
    """Run a proxy; yield its port and the requests that reach the site behind it."""
    requests: list[tuple[str, dict[str, str]]] = []
    handler = type("Handler", (Heard,), {"requests": requests})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        port = free_port()
        text = (root / "deploy" / name).read_text()
        _check, run = PROXIES[name](text, folder, listens=port, site=site.server_port)
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(run, stdout=log, stderr=log, env=home(folder))
        try:
            until(lambda: listens(port), process=process)
            yield port, requests
        finally:
            process.terminate()
            process.wait(timeout=HANGS)
            site.shutdown()


def status_of(port: int, path: str, **headers: str) -> int:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path, headers=headers)
    try:
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize("name", PROXIES)
def test_no_header_of_a_visitor_passes_for_one_of_the_proxy(name: str, root: Path, tmp_path: Path) -> None:
    own = {"X-Forwarded-For": "6.6.6.6", "X-Forwarded-Proto": "gopher", "X-Request-ID": "own-own-own"}
    with passed_on(name, root, tmp_path) as (port, requests):
        status_of(port, "/", **own, **{header.replace("-", "_"): value for header, value in own.items()}, a_b="c")
    ((_path, headers),) = requests
    assert [header for header in headers if "_" in header] == []
    assert headers["x-forwarded-for"] == "127.0.0.1"
    assert headers["x-forwarded-proto"] in {"http", "https"}
    assert re.fullmatch(r"[\w-]{32,36}", headers["x-request-id"])


@pytest.mark.parametrize("name", PROXIES)
def test_a_request_reaches_the_site_once_its_body_is_complete(name: str, root: Path, tmp_path: Path) -> None:
    with passed_on(name, root, tmp_path) as (port, requests), socket.create_connection(("127.0.0.1", port)) as slow:
        slow.sendall(b"POST /slow HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\na")
        assert status_of(port, "/quick") == 200
        slow.sendall(b"a" * 99_999)
        assert slow.recv(12) == b"HTTP/1.1 200"
    assert [path for path, _headers in requests] == ["/quick", "/slow"]


@pytest.mark.parametrize("name", PROXIES)
def test_probes_are_not_for_visitors(name: str, root: Path, tmp_path: Path) -> None:
    with passed_on(name, root, tmp_path) as (port, requests):
        assert [status_of(port, path) for path in ("/readyz", "/metrics", "/healthz")] == [404, 404, 200]
    assert [path for path, _headers in requests] == ["/healthz"]
