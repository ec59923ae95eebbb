"""Releases and their sources: found or created by an import, and removed again."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from guides.models import Release, Source
from guides.models.statistics import StatisticsTable

from . import ImportRefused


class Publication(NamedTuple):
    """The publication that a table comes from. A source with this slug is used if there is one."""

    slug: str
    publisher: str
    title: str
    address: str


class Period(NamedTuple):
    first: date
    last: date


def find_or_create_release(
    table: StatisticsTable, period: Period, publication: Publication, *, top_hourly: int | None = None
) -> Release:
    """Return the release of a table for a period. The period identifies it, not the time of the import."""
    found = Release.objects.filter(table=table, covers_from=period.first, covers_to=period.last).first()
    if found is not None:
        return found
    source, _created = Source.objects.get_or_create(
        slug=publication.slug,
        defaults={
            "publisher": publication.publisher,
            "title": publication.title,
            "address": publication.address,
            "covers_from": period.first,
            "covers_to": period.last,
            "seen_on": timezone.localdate(),
        },
    )
    return Release.objects.create(
        table=table,
        covers_from=period.first,
        covers_to=period.last,
        source=source,
        top_hourly=top_hourly,
        imported_at=timezone.now(),
    )


def mark_imported(release: Release) -> None:
    """Store when the release changed. This invalidates cached pages, so call it only after a change."""
    Release.objects.filter(pk=release.pk).update(imported_at=timezone.now())


def remove_release(table: str, period: str) -> int:
    """Remove a release with all its values, and return how many values there were. Raise ImportRefused.

    Occupations and areas stay, and so does the source, because guides may cite it.
    """
    with transaction.atomic():
        releases = {release.key: release for release in Release.objects.all()}
        release = releases.get(f"{table} {period}")
        if release is None:
            stored = ", ".join(releases) or "none"
            raise ImportRefused(f"There is no release “{table} {period}”. Releases: {stored}.")
        count, _by_model = release.delete()
        return count - 1
