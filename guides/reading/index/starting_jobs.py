"""Starting jobs: what people do before they come to a job that has a guide."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from guides import words
from guides.models.starting_jobs import StartingJob

MAX_SIMILAR, MIN_LIKENESS = 6, 0.8


class Job(NamedTuple):
    """A starting job, and the slugs of the skills that it usually brings. `code` is its official occupation, or ''."""

    slug: str
    title: str
    other_titles: tuple[str, ...]
    code: str
    skills: tuple[str, ...]


@dataclass(frozen=True)
class StartingJobs:
    by_slug: Mapping[str, Job]

    @cached_property
    def by_key(self) -> Mapping[str, str]:
        """The slug of each title and other title, as `words.compact_key` spells it. Titles come before other titles."""
        jobs = self.by_slug.values()
        other = {words.compact_key(title): job.slug for job in jobs for title in job.other_titles}
        return other | {words.compact_key(job.title): job.slug for job in jobs}

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which titles begin."""
        titles = (title for job in self.by_slug.values() for title in (job.title, *job.other_titles))
        return frozenset(word for title in titles for word in words.words(title)[:1])

    def named(self, name: str) -> Job | None:
        """Return the job with exactly this title or other title."""
        slug = self.by_key.get(words.compact_key(name))
        return self.by_slug[slug] if slug else None

    def similar(self, name: str) -> tuple[Job, ...]:
        """Return up to `MAX_SIMILAR` jobs that have all words of a name in a title, or a title spelled like it."""
        stems = set(map(words.stem_uncached, words.content_words(name)))
        if not stems:
            return ()
        having = (slug for slug, titles in self._stems.items() if any(stems <= title for title in titles))
        spelled = get_close_matches(words.compact_key(name), self.by_key, n=MAX_SIMILAR, cutoff=MIN_LIKENESS)
        slugs = dict.fromkeys((*having, *(self.by_key[key] for key in spelled)))
        return tuple(self.by_slug[slug] for slug in islice(slugs, MAX_SIMILAR))

    @cached_property
    def _stems(self) -> Mapping[str, tuple[frozenset[str], ...]]:
        """The stems of each title of each job."""
        return {
            slug: tuple(frozenset(words.stems(title)) for title in (job.title, *job.other_titles))
            for slug, job in self.by_slug.items()
        }


def load_starting_jobs() -> StartingJobs:
    """Load the starting jobs by title, in two queries."""
    skills: defaultdict[int, list[str]] = defaultdict(list)
    for job, slug in StartingJob.skills.through.objects.order_by("pk").values_list("startingjob", "skill__slug"):
        skills[job].append(slug)
    rows = StartingJob.objects.values_list("pk", "slug", "title", "other_titles", "code")
    return StartingJobs(
        {slug: Job(slug, title, tuple(titles), code, tuple(skills[pk])) for pk, slug, title, titles, code in rows}
    )
