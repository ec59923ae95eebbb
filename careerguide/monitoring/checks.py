"""Whether this process can serve: the database answers and is up to date, and the images' storage takes and gives."""

import logging
import shutil
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass, field
from errno import ENOSPC
from functools import cache
from pathlib import Path
from threading import Lock
from time import monotonic

from django.core.files.storage import FileSystemStorage, storages
from django.db import close_old_connections, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from .logging import in_a_line

HOLDS, DEADLINE = 1.0, 2.0
"""For how many seconds a look holds, so that nobody makes it expensive, and how many it is waited for."""
LEAST_SPACE = 100_000_000

logger = logging.getLogger(__name__)


class NotReady(Exception):
    """Why a part is not well, in words for the log."""


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _migrations() -> None:
    if missing := _newest_migrations() - MigrationRecorder(connection).applied_migrations().keys():
        raise NotReady(f"not applied: {', '.join(sorted(f'{app}.{name}' for app, name in missing))}")


@cache
def _newest_migrations() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).graph.leaf_nodes())


def _storage() -> None:
    storage = storages["images"]
    if isinstance(storage, FileSystemStorage):
        folder = Path(storage.location)
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"0" * 4_096)
        if shutil.disk_usage(folder).free < LEAST_SPACE:
            raise OSError(ENOSPC, "Little space is left")
    else:
        with suppress(FileNotFoundError):
            storage.open("readyz")  # which no image is called: a bucket that says so answers, and knows us


CHAINS: tuple[dict[str, Callable[[], None]], ...] = (
    {"database": _database, "migrations": _migrations},
    {"storage": _storage},
)
"""What is looked at side by side; within a chain a part that fails takes the later ones with it."""


@dataclass(frozen=True)
class _Look:
    began: float
    is_well: dict[str, bool] = field(default_factory=lambda: {part: False for chain in CHAINS for part in chain})
    futures: list[Future[None]] = field(default_factory=list)

    def is_over(self) -> bool:
        return all(future.done() for future in self.futures)


_threads = ThreadPoolExecutor(max_workers=len(CHAINS), thread_name_prefix="ready")
_lock = Lock()
_last = _Look(began=-HOLDS)


def look() -> Mapping[str, bool]:
    """Which of the parts are well. In threads of its own: whatever hangs, this returns at the deadline.

    A part that has not answered by then fails. One that hangs longer is not asked again meanwhile, and nobody waits.
    """
    global _last
    with _lock:
        if _last.is_over() and monotonic() - _last.began > HOLDS:
            _last = _Look(began=monotonic())
            _last.futures.extend(_threads.submit(_see, _last.is_well, chain) for chain in CHAINS)
        last = _last
    wait(last.futures, timeout=max(0, last.began + DEADLINE - monotonic()))
    return dict(last.is_well)


def _see(is_well: dict[str, bool], chain: Mapping[str, Callable[[], None]]) -> None:
    close_old_connections()
    for part, ask in chain.items():
        try:
            ask()
        except Exception as error:  # noqa: BLE001 -- whatever it is, the part is not well
            logger.warning("Not ready: %(part)s: %(error)s", {"part": part, "error": in_a_line(error)})
            return
        is_well[part] = True
