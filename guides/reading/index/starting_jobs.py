"""Starting jobs: what people do before they come to a job that has a guide."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from guides import words
from guides.models.starting_jobs import StartingJob


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


def load_starting_jobs() -> StartingJobs:
    """Load the starting jobs by title, in two queries."""
    skills: defaultdict[int, list[str]] = defaultdict(list)
    for job, slug in StartingJob.skills.through.objects.order_by("pk").values_list("startingjob", "skill__slug"):
        skills[job].append(slug)
    rows = StartingJob.objects.values_list("pk", "slug", "title", "other_titles", "code")
    return StartingJobs(
        {slug: Job(slug, title, tuple(titles), code, tuple(skills[pk])) for pk, slug, title, titles, code in rows}
    )
