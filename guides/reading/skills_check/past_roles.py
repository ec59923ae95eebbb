"""The past roles of a visitor: live guides, and starting jobs, which have no guide."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from guides import words
from guides.models.search_index import Listing
from guides.reading.index.live_data import live_data
from guides.reading.search.engine import find_by_name, resolve_title


class PastRole(NamedTuple):
    """A role or starting job that the visitor has done. `skills` are the slugs of those that it usually brings."""

    slug: str
    title: str
    skills: tuple[str, ...]
    is_starting_job: bool = False


def past_roles(slugs: tuple[str, ...], *, at: datetime) -> tuple[PastRole, ...]:
    """Return the live guides and starting jobs at these addresses, by title. A guide wins.

    A guide's tools and certificates are left out, since a job does not imply particular ones.
    """
    if not slugs:
        return ()
    known = live_data(at=at)
    editions = [known.index.edition_by_slug[slug] for slug in slugs if slug in known.index.edition_by_slug]
    found = {
        listing.edition.slug: PastRole(
            slug=listing.edition.slug,
            title=listing.edition.title,
            skills=tuple(skill.slug for skill in listing.summary.skills if skill.kind in {"technical", "soft"}),
        )
        for listing in Listing.objects.filter(pk__in=editions).with_summary()
    }
    jobs = known.starting_jobs.by_slug
    for slug in slugs:
        if slug not in found and (job := jobs.get(slug)):
            found[slug] = PastRole(slug, job.title, job.skills, is_starting_job=True)
    return tuple(sorted(found.values(), key=lambda role: words.key(role.title)))


def skills_of(roles: Iterable[PastRole]) -> tuple[str, ...]:
    """Return the skills that someone who has done these jobs probably has."""
    return tuple(dict.fromkeys(slug for role in roles for slug in role.skills))


def resolve_past_role(name: str, *, at: datetime) -> str:
    """Return the slug of the guide or the starting job with this name, or ''.

    Spelling is corrected toward titles of guides, unless a starting job has exactly this name.
    """
    if guide := resolve_title(name, at=at, correct=False):
        return guide.slug
    if job := live_data(at=at).starting_jobs.named(name):
        return job.slug
    guide = resolve_title(name, at=at)
    return guide.slug if guide else ""


def similar_past_roles(name: str, *, at: datetime) -> tuple[tuple[str, str], ...]:
    """Return the slugs and titles of guides and starting jobs that a name may mean."""
    guides = {card.slug: card.title for card in find_by_name(name, at=at)}
    jobs = {job.slug: job.title for job in live_data(at=at).starting_jobs.similar(name)}
    return tuple((jobs | guides).items())
