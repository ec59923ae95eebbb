"""Answers a search: what the query means, results that are not guides, and the guides that match."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from guides import words
from guides.reading.index.live_data import LiveData, live_data

from .engine import MAX_LETTERS, SearchResults, find
from .filters import Filters
from .meaning import Meaning, meaning_of
from .offers import (
    Offer,
    job_called,
    job_offer,
    jobs_like,
    occupation_offer,
    path_offer,
    place_offer,
    skill_offers,
    skills_worded,
)
from .phrases import NamedPlace, Reading, read
from .query import all_of, typed
from .ranking import Scope

MAX_FIRST = 50


@dataclass(frozen=True)
class Answer:
    """The answer to a search: guides, and offers `above` and `below` them.

    `messages` say what the query was taken to mean. `filters` are those of the list of guides, if it led to one, and
    `unused` are words of the query that no guide in that list has. `searched` are the words that were searched instead
    of those of the query.
    """

    found: SearchResults
    above: tuple[Offer, ...] = ()
    below: tuple[Offer, ...] = ()
    messages: tuple[str, ...] = ()
    filters: Filters | None = None
    unused: str = ""
    searched: str = ""

    @property
    def list_address(self) -> str:
        """The address of the list of guides with the filters, or ''."""
        return f"{reverse('guides:browse')}?{self.filters.query()}" if self.filters else ""

    @property
    def is_empty(self) -> bool:
        return not (self.found.results or self.above or self.below or self.messages)


def answer(text: str, *, at: datetime, page: int = 1, literally: bool = False) -> Answer | None:
    """Answer a search. Return None if there are fewer pages. `literally` searches for the words and nothing else."""
    text, known = text[:MAX_LETTERS], live_data(at=at)
    if literally or not words.words(text):
        found = find(text, at=at, page=page, correct=False)
        return Answer(found) if found else None
    if _has_name(text, known):
        return _by_name(text, known, at=at, page=page)
    reading = read(text, known)
    if meaning := meaning_of(reading, known):
        return _by_meaning(meaning, known, at=at, page=page)
    return _by_words(text, reading, known, at=at, page=page)


def _has_name(text: str, known: LiveData) -> bool:
    """Return whether a text is the name or the abbreviation of something."""
    key = words.compact_key(text)
    return bool(
        key in known.title_index.by_initials
        or skill_offers(text, known)
        or job_called(text, known)
        or Scope(known.index).exactly_named(key)
    )


def _by_name(text: str, known: LiveData, *, at: datetime, page: int) -> Answer | None:
    """Answer the name of a guide, a skill, or a starting job. Titles of guides come first."""
    key = words.compact_key(text)
    is_title = bool(Scope(known.index).exactly_named(key))
    initials = () if is_title else known.title_index.by_initials.get(key, ())[:MAX_FIRST]
    found = find(text, at=at, page=page, correct=False, first=initials)
    if found is None:
        return None
    job = job_called(text, known)
    offers = (*skill_offers(text, known), *((job_offer(job, known),) if job else ()))
    areas = known.places.named(text) if initials else ()
    places = tuple(place_offer(NamedPlace(text, (area,)), known) for area in areas[:1])
    above, below = ((), offers) if is_title else (offers, places)
    return Answer(found, _on(page, above), _on(page, below))


def _by_meaning(meaning: Meaning, known: LiveData, *, at: datetime, page: int) -> Answer | None:
    found, unused = meaning.guides(known, at=at, page=page)
    if found is None:
        return None
    skills = skill_offers(meaning.rest, known) if meaning.rest else ()
    return Answer(
        found,
        above=_on(page, (*meaning.offers, *skills)),
        messages=meaning.messages,
        filters=meaning.filters,
        unused=unused,
        searched=meaning.instead,
    )


def _by_words(text: str, reading: Reading, known: LiveData, *, at: datetime, page: int) -> Answer | None:
    """Answer a query that is not only a name and has no intent. A guide that it names comes first."""
    first = tuple(guide.edition for guide in reading.guides if guide.is_exact)
    found = find(text, at=at, page=page, first=first)
    if found is None:
        return None
    names = tuple(dict.fromkeys(filter(None, (found.correction or text, reading.core))))
    skills = next(filter(None, (named(name, known) for named in (skill_offers, skills_worded) for name in names)), ())
    job = next(filter(None, (job_called(name, known) for name in names)), None)
    offers = (*skills, *((job_offer(job, known),) if job else ()))
    if not offers and not first:
        offers = _nearest(names, found, known)
    if not first:
        return Answer(found, _on(page, offers))
    slug = known.index.guides[known.index.position[first[0]]].slug
    return Answer(found, _on(page, path_offer(job, slug, known) if job else ()), _on(page, offers))


def _nearest(names: Iterable[str], found: SearchResults, known: LiveData) -> tuple[Offer, ...]:
    """Return the starting job or the official occupation that is nearest to a name that is not that of a guide."""
    titles = known.occupation_titles
    has_few = not found.is_named or found.partial
    for name in names:
        if _is_titled(name, known):
            return ()
        if has_few and (jobs := jobs_like(name, known)):
            return tuple(job_offer(job, known, name=name) for job in jobs)
        codes = titles.called(name)
        if has_few:
            codes = codes or titles.nearest(name) or (titles.called(words.words(name)[-1]) if found.total else ())
        for code in codes[:1]:
            return () if code in known.index.main_occupations else (occupation_offer(code, known),)
        if not found.total and (jobs := known.starting_jobs.similar(name)[:1]):
            return tuple(job_offer(job, known, name=name) for job in jobs)
    return ()


def _is_titled(name: str, known: LiveData) -> bool:
    """Return whether a guide has these words in its title, or an alternative title that ends with them."""
    scope, terms = Scope(known.index), typed(name)
    if not terms:
        return False
    if scope.matching(all_of(terms, columns=("title",))):
        return True
    last = {terms[-1].word, terms[-1].word.removesuffix("s")}
    return not last.isdisjoint(known.title_index.last_words) and bool(
        scope.matching(all_of(terms, columns=("title", "names")))
    )


def _on(page: int, offers: tuple[Offer, ...]) -> tuple[Offer, ...]:
    """Return offers on the first page only."""
    return offers if page == 1 else ()
