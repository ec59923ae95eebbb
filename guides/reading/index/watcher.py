"""The generation of the database and the next scheduled change, checked in the background.

A thread queries the database about twice a second, so cached pages need no query.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import NamedTuple

from django.db import Error, connection
from django.db.models import F, Min

from guides.models.edition import Edition
from guides.models.generation import Generation

SECONDS, MAX_SECONDS = 0.4, 1.0
"""The pause between two checks, and how old a check may be."""

logger = logging.getLogger(__name__)


class Snapshot(NamedTuple):
    """A generation until the next moment at which an edition goes live or ends. Times are seconds since 1970."""

    token: str
    since: float
    until: float

    def holds(self, token: str, now: float) -> bool:
        return self.token == token and self.since <= now < self.until


class GenerationWatcher:
    """Checks whether the generation has changed.

    `snapshot` is the same object as long as it holds, and None before the first check that reached the database.
    `warm` is called with each token before `snapshot` changes.
    """

    def __init__(self, warm: Callable[[str], object] = str) -> None:
        self._warm = warm
        self.snapshot: Snapshot | None = None
        self._checked_at = 0.0
        self._after_check: list[Callable[[], None]] = []
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start a daemon thread that checks. A second call does nothing."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="watch", daemon=True)
                self._thread.start()

    def after_check(self, action: Callable[[], None]) -> None:
        """Run an action after each check, in the same thread."""
        self._after_check.append(action)

    def check(self) -> None:
        """Query the database once. While it is unavailable, the snapshot stays and becomes outdated."""
        now = time.time()
        try:
            token = Generation.current()
            self._checked_at = now
            self._warm(token)
            if self.snapshot is None or not self.snapshot.holds(token, now):
                self.snapshot = _snapshot(token, now)
        except Error as error:
            if not self.is_outdated(now):
                logger.warning("The database does not answer, so pages are shown as they were: %s", error)
            connection.close()
        for action in self._after_check:
            action()

    def is_outdated(self, now: float) -> bool:
        """Return whether the last successful check is too old for its result to count as current."""
        return now - self._checked_at > MAX_SECONDS

    def _run(self) -> None:
        while True:
            try:
                self.check()
            except Exception:  # If the thread ended, every page would stay as it is.
                logger.exception("The generation could not be checked.")
            time.sleep(SECONDS)


def next_change(*, at: datetime) -> datetime | None:
    """Return the next scheduled moment at which an edition goes live or ends."""
    coming = Edition.objects.upcoming(at=at).aggregate(first=Min("live_from"))["first"]
    ending = Edition.objects.live(at=at).aggregate(first=Min(F("live_until")))["first"]
    return min((moment for moment in (coming, ending) if moment), default=None)


def _snapshot(token: str, now: float) -> Snapshot:
    change = next_change(at=datetime.fromtimestamp(now, UTC))
    return Snapshot(token, now, change.timestamp() if change else float("inf"))
