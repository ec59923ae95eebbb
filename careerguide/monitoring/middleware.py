"""Each request that reaches Django: counted, timed, and told in one record, by its route.

A path can hold the key of a shared preview and a query what somebody looks for, so neither is told, nor is who asks.
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
MOST_OF_A_QUERY = 2_000
RECORD = "%(method)s %(route)s %(status)d in %(milliseconds).1f ms, %(queries)d queries in %(query_milliseconds).1f ms"

logger = logging.getLogger(__name__)


def route_of(request: HttpRequest) -> str:
    """The name of the pattern that the request's path has, or 'none'."""
    return request.resolver_match.view_name if request.resolver_match else "none"


class Queries:
    """Counts and times the queries of a request, and names those that are slow, without the values they ask for.

    A query's time ends with its first row on SQLite, which finds the others while they are read.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.count, self.seconds = 0, 0.0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Mapping[str, Any]
    ) -> Any:
        began = perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            seconds = perf_counter() - began
            self.count += 1
            self.seconds += seconds
            if seconds * 1_000 >= settings.SLOW_QUERY_MS:
                self._tell(sql, seconds)

    def _tell(self, sql: str, seconds: float) -> None:
        route = route_of(self.request)
        metrics.SLOW_QUERIES.labels(route).inc()
        logger.warning(
            "Slow query at %(route)s, %(milliseconds).0f ms: %(sql)s",
            {"route": route, "milliseconds": seconds * 1_000, "sql": str(sql)[:MOST_OF_A_QUERY]},
        )


class MeasuringMiddleware:
    """To be the outermost, so that the others' time and queries are counted too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        queries = Queries(request)
        began = perf_counter()
        with connection.execute_wrapper(queries):
            response = self.get_response(request)
        seconds = perf_counter() - began
        route = route_of(request)
        method = request.method if request.method in METHODS else "other"
        metrics.REQUESTS.labels(route, method, f"{response.status_code // 100}xx").inc()
        metrics.SECONDS.labels(route).observe(seconds)
        metrics.QUERIES.labels(route).inc(queries.count)
        metrics.QUERY_SECONDS.labels(route).inc(queries.seconds)
        logger.info(
            RECORD,
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
