"""Questions about releases: the wages of the current one, and occupations that it no longer has."""

from collections.abc import Collection

from django.db.models import QuerySet

from guides.models.statistics import Area, Release, StatisticsTable
from guides.models.wages import Wage


def current_wages(codes: Collection[str]) -> QuerySet[Wage]:
    """Return the wages of occupations in the current release, with what their figures need."""
    current = Release.objects.current(StatisticsTable.WAGES)
    wages = Wage.objects.filter(release__in=current, occupation__code__in=codes)
    return wages.select_related("release__source", "occupation", "area")


def current_wage(code: str, area: Area) -> Wage | None:
    """Return the wages of an occupation in an area, or None if the current release has none."""
    return current_wages([code]).filter(area=area).first()


def withdrawn_codes(codes: Collection[str]) -> dict[str, Release]:
    """Return the codes that only earlier releases have, each with the last release that has it.

    A newer classification withdraws codes. A guide that names one has no official figures until an editor replaces it.
    """
    releases = list(Release.objects.filter(table=StatisticsTable.WAGES).newest_first())
    last: dict[str, Release] = {}
    for release in releases:
        missing = [code for code in codes if code not in last]
        for code in release.wages.filter(occupation__code__in=missing).values_list("occupation__code").distinct():
            last[code[0]] = release
    return {code: release for code, release in last.items() if release != releases[0]}
