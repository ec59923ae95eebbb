"""What visitors see just now, and until when: the generation of the database, and the next moment that changes it.

A thread asks for it twice a second, so that pages which were made before need not ask the database anything.
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

SECONDS, MOST_SECONDS = 0.4, 1.0
"""Between two looks, and how old one may be."""

logger = logging.getLogger(__name__)


class Present(NamedTuple):
    """A generation, from a moment to the next at which an edition goes live or ends; both in seconds since 1970."""

    mark: str
    since: float
    until: float

    def holds(self, mark: str, now: float) -> bool:
        return self.mark == mark and self.since <= now < self.until


class Watch:
    """Knows what visitors see, and whether the database still says so.

    `present` is the same object for as long as it holds; None before the first look that found a database. `ahead` is
    told each mark before anything is shown by it.
    """

    def __init__(self, ahead: Callable[[str], object] = str) -> None:
        self._ahead = ahead
        self.present: Present | None = None
        self._seen_at = 0.0
        self._afterwards: list[Callable[[], None]] = []
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Look on, in a thread that ends with the process. A second call does nothing."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._look_on, name="watch", daemon=True)
                self._thread.start()

    def afterwards(self, do: Callable[[], None]) -> None:
        """Do something after each look, in the same thread."""
        self._afterwards.append(do)

    def look(self) -> None:
        """Ask the database once. Where it does not answer, what is known stays, and grows old."""
        now = time.time()
        try:
            mark = Generation.current()
            self._seen_at = now
            self._ahead(mark)
            if self.present is None or not self.present.holds(mark, now):
                self.present = _present(mark, now)
        except Error as error:
            if not self.is_away(now):
                logger.warning("The database does not answer, so pages are shown as they were: %s", error)
            connection.close()
        for do in self._afterwards:
            do()

    def is_away(self, now: float) -> bool:
        """Whether the last look that found a database is so long ago that what it saw cannot be called current."""
        return now - self._seen_at > MOST_SECONDS

    def _look_on(self) -> None:
        while True:
            try:
                self.look()
            except Exception:  # whatever it is, a watch that ends would leave every page stale
                logger.exception("What visitors see could not be told.")
            time.sleep(SECONDS)


def next_change(*, at: datetime) -> datetime | None:
    """The first moment after this one at which an edition goes live or ends, by what is planned."""
    coming = Edition.objects.upcoming(at=at).aggregate(first=Min("live_from"))["first"]
    ending = Edition.objects.live(at=at).aggregate(first=Min(F("live_until")))["first"]
    return min((moment for moment in (coming, ending) if moment), default=None)


def _present(mark: str, now: float) -> Present:
    change = next_change(at=datetime.fromtimestamp(now, UTC))
    return Present(mark, now, change.timestamp() if change else float("inf"))
