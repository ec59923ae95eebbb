"""Middleware that counts, times and logs each request that reaches Django, by its route.

Paths can contain the token of a preview link, and queries what a visitor searches for, so neither is logged.
"""

import logging
from collections.abc import Callable, Mapping
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from . import metrics

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
MAX_LOGGED_SQL = 2_000
MESSAGE = "%(method)s %(route)s %(status)d in %(milliseconds).1f ms, %(queries)d queries in %(query_milliseconds).1f ms"

logger = logging.getLogger(__name__)


def route_of(request: HttpRequest) -> str:
    """Return the name of the URL pattern that matches the request, or 'none'."""
    return request.resolver_match.view_name if request.resolver_match else "none"


class QueryTimer:
    """Counts and times the queries of a request, and logs slow ones without their parameters.

    SQLite finds further rows while they are read, so its time ends with the first row.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.count, self.seconds = 0, 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        start = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = perf_counter() - start
            self.count += 1
            self.seconds += seconds
            if seconds * 1_000 >= settings.SLOW_QUERY_MS:
                self._log_slow_query(sql, seconds)

    def _log_slow_query(self, sql: str, seconds: float) -> None:
        route = route_of(self.request)
        metrics.SLOW_QUERIES.labels(route).inc()
        logger.warning(
            "Slow query at %(route)s, %(milliseconds).0f ms: %(sql)s",
            {"route": route, "milliseconds": seconds * 1_000, "sql": str(sql)[:MAX_LOGGED_SQL]},
        )


class RequestMetricsMiddleware:
    """Must be the outermost middleware, to include the time and queries of the others."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        queries = QueryTimer(request)
        start = perf_counter()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        seconds = perf_counter() - start
        route = route_of(request)
        method = request.method if request.method in METHODS else "other"
        metrics.REQUESTS.labels(route, method, f"{response.status_code // 100}xx").inc()
        metrics.SECONDS.labels(route).observe(seconds)
        metrics.QUERIES.labels(route).inc(queries.count)
        metrics.QUERY_SECONDS.labels(route).inc(queries.seconds)
        logger.info(
            MESSAGE,
            {
                "method": method,
                "route": route,
                "status": response.status_code,
                "milliseconds": round(seconds * 1_000, 1),
                "queries": queries.count,
                "query_milliseconds": round(queries.seconds * 1_000, 1),
            },
        )
        return response
