"""What is counted and timed, in Prometheus' format: every metric of the site is defined here, and told by `text`.

The server's processes keep their numbers in files of one folder, which it names before any of them imports this: so
whichever process is asked tells the sum of all.
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

UP_TO = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

REQUESTS = Counter("careerguide_requests", "Requests that reached Django.", ("route", "method", "status"))
SECONDS = Histogram("careerguide_request_seconds", "Time to answer them, in seconds.", ("route",), buckets=UP_TO)
QUERIES = Counter("careerguide_queries", "Queries that they asked the database.", ("route",))
QUERY_SECONDS = Counter("careerguide_query_seconds", "Time that these took, in seconds.", ("route",))
SLOW_QUERIES = Counter("careerguide_slow_queries", "Those of them that were logged as slow.", ("route",))
PAGES = Counter("careerguide_pages", "Pages sent to visitors, ready made or made for them.", ("how",))
FAILURES = Counter("careerguide_failures", "Requests that an exception ended, by its type.", ("type",))


class _Now:
    """What holds at the moment of asking."""

    def __init__(self, is_well: Mapping[str, bool]) -> None:
        self.is_well = is_well

    def collect(self) -> Iterator[Metric]:
        build = {"version": _version(), "python": platform.python_version(), "django": django.get_version()}
        yield InfoMetricFamily("careerguide_build", "What runs here.", value=build)
        ready = GaugeMetricFamily("careerguide_ready", "1 where a part is well, as /readyz tells.", labels=("part",))
        for part, is_well in self.is_well.items():
            ready.add_metric((part,), is_well)
        yield ready


def text(*, is_well: Mapping[str, bool]) -> bytes:
    """All metrics, with which parts are well just now."""
    counted = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    now = CollectorRegistry()
    now.register(_Now(is_well))
    return generate_latest(counted) + generate_latest(now)


@cache
def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["version"])
