"""The server, `python -m careerguide`, with its limits for `make run`, the container and the service."""

import gc
import os
import resource
import signal
import tempfile
from importlib import import_module

from django.db import connections
from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from . import settings
from .rsgi import Respond, over_rsgi

# Limits for PostgreSQL sessions of the server. Commands have none.
PG_OPTIONS = "-c statement_timeout=15s -c idle_in_transaction_session_timeout=60s"


MAX_CONNECTIONS = 4_096
"""Maximum connections per process, including idle ones. Further ones wait."""


def application() -> Respond:
    """Load the application in a worker process."""
    _reset_signals()  # for a worker that is spawned, not forked
    gc.disable()  # loaded code stays, so collecting would waste time
    site = import_module("careerguide.wsgi").application
    import_module("guides.reading.pages.page").warm_up()
    connections.close_all()  # other threads serve the requests
    loaded = over_rsgi(site, settings.THREADS, site.at_once)
    gc.freeze()
    gc.enable()
    return loaded


def _reset_signals() -> None:
    """Make a worker ignore SIGINT, and end at SIGTERM until granian handles it.

    Granian's workers hang when Ctrl-C sends SIGINT together with the main process's SIGTERM. The handler of SIGTERM
    that a worker inherits from the main process would ignore it.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_SETMASK, {signal.SIGINT})


def serve() -> None:
    # A signal to a new worker waits until the worker has reset its signals.
    stops = {signal.SIGINT, signal.SIGTERM}
    os.register_at_fork(
        before=lambda: signal.pthread_sigmask(signal.SIG_BLOCK, stops),
        after_in_child=_reset_signals,
        after_in_parent=lambda: signal.pthread_sigmask(signal.SIG_UNBLOCK, stops),
    )
    Granian(
        "careerguide.__main__:application",
        factory=True,
        interface=Interfaces.RSGI,
        address=settings.LISTEN,
        port=settings.PORT,
        workers=settings.WORKERS,
        backlog=1_024,
        backpressure=MAX_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=65_536),
        http=HTTPModes.http1,  # with HTTP/2 enabled, idle connections are never closed
        websockets=False,
        loop=Loops.asyncio,  # independent of other installed loops
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    ).serve()


def _allow_files() -> None:
    """Raise the limit on open files to what the connections need, if the system allows it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 2 * MAX_CONNECTIONS:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * MAX_CONNECTIONS), hard))


if __name__ == "__main__":
    os.environ.setdefault("PGOPTIONS", PG_OPTIONS)
    _allow_files()
    # For the metrics of all processes. A new folder, because a killed server leaves old values.
    with tempfile.TemporaryDirectory(prefix="careerguide-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        serve()
