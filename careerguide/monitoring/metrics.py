"""All metrics of the site, in Prometheus' format.

Processes store their values in files of one folder (`PROMETHEUS_MULTIPROC_DIR`, set before this module is imported), so
each process can report the sums.
"""

import os
import platform
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

import django
from django.conf import settings
from prometheus_client import REGISTRY, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter("careerguide_requests", "Requests that reached Django.", ("route", "method", "status"))
SECONDS = Histogram("careerguide_request_seconds", "Response times in seconds.", ("route",), buckets=BUCKETS)
QUERIES = Counter("careerguide_queries", "Database queries of these requests.", ("route",))
QUERY_SECONDS = Counter("careerguide_query_seconds", "Total time of these queries in seconds.", ("route",))
SLOW_QUERIES = Counter("careerguide_slow_queries", "Queries that were logged as slow.", ("route",))
PAGES = Counter("careerguide_pages", "Pages sent, from the cache or rendered.", ("how",))
FAILURES = Counter("careerguide_failures", "Requests that failed, by type of exception.", ("type",))


class _StateCollector:
    """Collects values that are computed when the metrics are read."""

    def __init__(self, parts: Mapping[str, bool]) -> None:
        self.parts = parts

    def collect(self) -> Iterator[Metric]:
        build = {"version": _version(), "python": platform.python_version(), "django": django.get_version()}
        yield InfoMetricFamily("careerguide_build", "Versions of Careerguide, Python and Django.", value=build)
        ready = GaugeMetricFamily("careerguide_ready", "1 if a part is ready, as in /readyz.", labels=("part",))
        for part, is_ready in self.parts.items():
            ready.add_metric((part,), is_ready)
        yield ready


def text(*, parts: Mapping[str, bool]) -> bytes:
    """Return all metrics. `parts` maps the parts of the service to their readiness."""
    registry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    state = CollectorRegistry()
    state.register(_StateCollector(parts))
    return generate_latest(registry) + generate_latest(state)


@cache
def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
