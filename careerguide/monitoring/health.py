"""The endpoints `/healthz`, `/readyz` and `/metrics`, in front of Django.

A load balancer calls them by IP address and in plain HTTP. Django would reject the host or redirect to HTTPS.
"""

import json
from collections.abc import Iterable
from hmac import compare_digest
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings
from prometheus_client import CONTENT_TYPE_LATEST

from . import checks, metrics

JSON = "application/json"
RETRY_AFTER = "5"

type Response = tuple[str, str, bytes]


def _health() -> Response:
    return "200 OK", JSON, b'{"alive": true}'


def _readiness() -> Response:
    parts = checks.check()
    is_ready = all(parts.values())
    status = "200 OK" if is_ready else "503 Service Unavailable"
    return status, JSON, json.dumps({"ready": is_ready, **parts}).encode()


def _metrics() -> Response:
    return "200 OK", CONTENT_TYPE_LATEST, metrics.text(parts=checks.check())


def _may_read_metrics(environ: WSGIEnvironment) -> bool:
    token = settings.METRICS_TOKEN
    header = environ.get("HTTP_AUTHORIZATION", "")
    return bool(token) and compare_digest(header.encode(), f"Bearer {token}".encode())


ENDPOINTS = {"/healthz": _health, "/readyz": _readiness, "/metrics": _metrics}


def with_health(app: WSGIApplication) -> WSGIApplication:
    """Wrap an application with the endpoints. Without the token, `/metrics` does not exist."""

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        endpoint = ENDPOINTS.get(environ["PATH_INFO"])
        if not endpoint or (endpoint is _metrics and not _may_read_metrics(environ)):
            return app(environ, start_response)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            start_response("405 Method Not Allowed", [("Allow", "GET, HEAD"), ("Content-Length", "0")])
            return []
        status, content_type, body = endpoint()
        headers = [("Content-Type", content_type), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")]
        headers += settings.SECURITY_HEADERS.items()
        start_response(status, headers if status.startswith("200") else [*headers, ("Retry-After", RETRY_AFTER)])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    return application
