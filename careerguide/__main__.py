"""The server: `python -m careerguide`. Its limits are told here, once for `make run`, the container and the service."""

import gc
import os
import resource
import signal
import tempfile
from importlib import import_module

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.http import HTTP1Settings
from granian.log import LogLevels

from . import settings
from .rsgi import Respond, over_rsgi

# Of PostgreSQL: no visitor waits for longer, and no process that died keeps others waiting. Commands take their time.
SESSIONS = "-c statement_timeout=15s -c idle_in_transaction_session_timeout=60s"


MOST_CONNECTIONS = 4_096
"""Of a process, those that say nothing included: beyond it new ones wait until others end."""


def application() -> Respond:
    """What each process of the server loads.

    Ctrl-C reaches all of them, and granian's hang where it comes beside the word of the one that started them. That
    word ends them while they load, too; later granian listens to it.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    gc.disable()  # what is loaded stays, so looking through it for what is not needed is time lost
    site = import_module("careerguide.wsgi").application
    import_module("guides.reading.pages.page").warm_up()
    loaded = over_rsgi(site, settings.THREADS, site.at_once)
    gc.freeze()
    gc.enable()
    return loaded


def serve() -> None:
    Granian(
        "careerguide.__main__:application",
        factory=True,
        interface=Interfaces.RSGI,
        address=settings.LISTEN,
        port=settings.PORT,
        workers=settings.WORKERS,
        backlog=1_024,
        backpressure=MOST_CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=10_000, max_buffer_size=65_536),
        http=HTTPModes.http1,  # with both versions, a connection that says nothing is never closed
        websockets=False,
        loop=Loops.asyncio,  # and not whichever is installed
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
    ).serve()


def _allow_files() -> None:
    """As many open files as connections need, where the system lets us."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 2 * MOST_CONNECTIONS:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 2 * MOST_CONNECTIONS), hard))


if __name__ == "__main__":
    os.environ.setdefault("PGOPTIONS", SESSIONS)
    _allow_files()
    # For the numbers of all processes. A new folder at each start: what a killed server left is not counted again.
    with tempfile.TemporaryDirectory(prefix="careerguide-metrics-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        serve()
