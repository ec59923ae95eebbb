"""Data derived from all live guides, kept in memory per process.

It is valid for one generation of the database, until the next moment at which an edition goes live or ends.
"""

import time
from collections.abc import Mapping
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
from guides.statistics.occupation_titles import OccupationTitles, load_occupation_titles
from guides.statistics.official import OfficialFigures, load_national_figures
from guides.statistics.places import Places, load_places
from guides.statistics.price_levels import PriceLevels, load_price_levels

from .build_index import build_index
from .live_index import LiveIndex
from .named_moves import NamedMoves, load_named_moves
from .search_intents import Intent, load_search_intents
from .skill_index import SkillIndex
from .starting_jobs import StartingJobs, load_starting_jobs
from .title_index import TitleIndex, load_title_index
from .watcher import MAX_SECONDS, next_change

TITLES = (TermKind.TITLE, TermKind.ALTERNATIVE, TermKind.LEVEL)


@dataclass(frozen=True, eq=False)
class LiveData:
    """The index of live guides, and what is computed from it and from the database on first use.

    `key` names the database and its generation.
    """

    key: tuple[str, str]
    since: datetime
    until: datetime | None
    index: LiveIndex
    national: OfficialFigures

    def holds(self, key: tuple[str, str], at: datetime) -> bool:
        return self.key == key and self.since <= at and (self.until is None or at < self.until)

    @cached_property
    def skills(self) -> SkillIndex:
        return SkillIndex(self.index)

    @cached_property
    def places(self) -> Places:
        return load_places()

    @cached_property
    def starting_jobs(self) -> StartingJobs:
        return load_starting_jobs()

    @cached_property
    def moves(self) -> NamedMoves:
        return load_named_moves(self.index, at=self.since)

    @cached_property
    def search_intents(self) -> tuple[Intent, ...]:
        return load_search_intents()

    @cached_property
    def suggested_names(self) -> tuple[tuple[str, str], ...]:
        """The key and the spelling of each name of a skill or a starting job, in order."""
        labels, jobs = self.skills.labels.values(), self.starting_jobs.by_slug.values()
        names = {name for label in labels for name in (label.name, *label.aliases)}
        names |= {name for job in jobs for name in (job.title, *job.other_titles)}
        return tuple(sorted((words.key(name), name) for name in names))

    @cached_property
    def title_index(self) -> TitleIndex:
        return load_title_index(at=self.since)

    @cached_property
    def occupation_titles(self) -> OccupationTitles:
        return load_occupation_titles()

    @cached_property
    def price_levels(self) -> PriceLevels:
        return load_price_levels(self.places.all())

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
        """The words in names of guides and skills."""
        return frozenset(Word.objects.values_list("word", flat=True))

    @cached_property
    def words_in_order(self) -> tuple[str, ...]:
        return tuple(sorted(self.words))

    @cached_property
    def stem_by_word(self) -> Mapping[str, str]:
        return {word: words.stem(word) for word in self.words}

    @cached_property
    def stems(self) -> frozenset[str]:
        return frozenset(self.stem_by_word.values())


_lock = Lock()
_cached: dict[str, LiveData] = {}
_watched: dict[str, float] = {"until": 0.0}


def live_data(*, at: datetime) -> LiveData:
    """Return the data as of a moment.

    While a watcher runs, the cached data of the last second needs no query. It serves visitors while the watcher
    builds the next. Otherwise one query checks the generation. Data as of another moment is not cached.
    """
    cached = _cached.get("now")
    if cached and time.time() < _watched["until"] and not clock.is_time_travel() and cached.holds(cached.key, at):
        return cached
    return _of(Generation.current(), at=at)


def warm(token: str) -> None:
    """Build the data of a generation. A watcher calls this before any page shows the generation."""
    _of(token, at=timezone.now())
    _watched["until"] = time.time() + MAX_SECONDS


def _of(token: str, *, at: datetime) -> LiveData:
    key = (str(connection.settings_dict["NAME"]), token)
    cached = _cached.get("now")
    if cached and cached.holds(key, at):
        return cached
    with _lock:
        cached = _cached.get("now")
        if cached and cached.holds(key, at):
            return cached
        national = load_national_figures()
        built = LiveData(key, at, next_change(at=at), build_index(at=at, national=national), national)
        if not clock.is_time_travel():
            _cached["now"] = built
        return built
