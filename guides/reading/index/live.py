"""What is worked out from all live guides at once, kept in memory for as long as it holds.

That is until the generation of the database has another mark, or the moment at which an edition goes live or ends.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from threading import Lock

from django.db import connection
from django.utils import timezone

from guides import words
from guides.models.generation import Generation
from guides.models.search_index import Term, TermKind, Word, Wording
from guides.reading import clock

from .live_index import LiveIndex, build_index
from .skill_demand import Asked
from .watcher import MOST_SECONDS, next_change

TITLES = (TermKind.TITLE, TermKind.ALTERNATIVE, TermKind.LEVEL)


@dataclass(frozen=True)
class Memory:
    """For one database and mark, from a moment to the next change. What costs is worked out when first asked for."""

    of: tuple[str, str]
    since: datetime
    until: datetime | None
    stock: LiveIndex

    def holds(self, of: tuple[str, str], at: datetime) -> bool:
        return self.of == of and self.since <= at and (self.until is None or at < self.until)

    @cached_property
    def asked(self) -> Asked:
        return Asked(self.stock)

    @cached_property
    def titles(self) -> frozenset[str]:
        """The keys of titles, alternative titles, and levels of live guides."""
        live = Term.objects.live(at=self.since).filter(kind__in=TITLES)
        return frozenset(live.values_list("key", flat=True).distinct())

    @cached_property
    def wordings(self) -> frozenset[str]:
        """The keys of all wordings of skills."""
        return frozenset(Wording.objects.values_list("key", flat=True).distinct())

    @cached_property
    def words(self) -> frozenset[str]:
        """Those that names of guides have."""
        return frozenset(Word.objects.values_list("word", flat=True))

    @cached_property
    def words_in_order(self) -> tuple[str, ...]:
        return tuple(sorted(self.words))

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(map(words.stem, self.words))


_lock = Lock()
_kept: dict[str, Memory] = {}
_watched: dict[str, float] = {"until": 0.0}


def memory(*, at: datetime) -> Memory:
    """What holds at a moment; kept, where that is now. One query, unless a watch looks, or something has changed."""
    kept = _kept.get("now")
    if kept and time.time() < _watched["until"] and not clock.is_time_travel() and kept.holds(kept.of, at):
        return kept
    return _of(Generation.current(), at=at)


def look_ahead(mark: str) -> None:
    """For a watch that looks at least once a second: work out what a mark stands for before anything shows by it."""
    _of(mark, at=timezone.now())
    _watched["until"] = time.time() + MOST_SECONDS


def _of(mark: str, *, at: datetime) -> Memory:
    of = (str(connection.settings_dict["NAME"]), mark)
    kept = _kept.get("now")
    if kept and kept.holds(of, at):
        return kept
    with _lock:
        kept = _kept.get("now")
        if kept and kept.holds(of, at):
            return kept
        made = Memory(of, at, next_change(at=at), build_index(at=at))
        if not clock.is_time_travel():
            _kept["now"] = made
        return made
