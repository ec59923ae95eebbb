"""What machines ask: `/healthz`, `/readyz` and `/metrics`, answered in front of Django.

A load balancer asks by number and in plain HTTP, where Django would refuse the host or redirect, and it must have an
answer when nothing else has.
"""

import json
from collections.abc import Iterable
from hmac import compare_digest
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST

from . import checks, metrics

JSON = "application/json"
WAIT = "5"

type Answer = tuple[str, str, bytes]


def _health() -> Answer:
    return "200 OK", JSON, b'{"alive": true}'


def _readiness() -> Answer:
    is_well = checks.look()
    is_ready = all(is_well.values())
    status = "200 OK" if is_ready else "503 Service Unavailable"
    return status, JSON, json.dumps({"ready": is_ready, **is_well}).encode()


def _metrics() -> Answer:
    return "200 OK", CONTENT_TYPE_LATEST, metrics.text(is_well=checks.look())


def _may_read_metrics(environ: WSGIEnvironment) -> bool:
    token = settings.METRICS_TOKEN
    given = environ.get("HTTP_AUTHORIZATION", "")
    return bool(token) and compare_digest(given.encode(), f"Bearer {token}".encode())


PROBES = {"/healthz": _health, "/readyz": _readiness, "/metrics": _metrics}


def probed(answer: WSGIApplication) -> WSGIApplication:
    """The application with probes before it. Metrics are for who has the token: for others there are none."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        probe = PROBES.get(environ["PATH_INFO"])
        if not probe or (probe is _metrics and not _may_read_metrics(environ)):
            return answer(environ, start_response)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            start_response("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return []
        status, content_type, text = probe()
        headers = [("Content-Type", content_type), ("Content-Length", str(len(text))), ("Cache-Control", "no-store")]
        headers += settings.SECURITY_HEADERS.items()
        start_response(status, headers if status.startswith("200") else [*headers, ("Retry-After", WAIT)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [text]

    return application
