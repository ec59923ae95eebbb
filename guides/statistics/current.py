"""What the current releases say of some occupations, for checks and updates of drafts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from guides.models.statistics import AreaKind, Release, StatisticsTable
from guides.models.wages import Wage

from .outlook import Outlook, outlooks
from .releases import withdrawn_codes

TABLES = (StatisticsTable.WAGES, StatisticsTable.PROJECTIONS)
"""The tables whose figures guides contain."""


@dataclass(frozen=True)
class CurrentFigures:
    """The current releases of wages and projections by table, and their national figures by code.

    `withdrawn` maps codes to the last release that has them, if the current one has not.
    """

    releases: Mapping[str, Release] = field(default_factory=dict)
    wages: Mapping[str, Wage] = field(default_factory=dict)
    outlooks: Mapping[str, Outlook] = field(default_factory=dict)
    withdrawn: Mapping[str, Release] = field(default_factory=dict)

    @property
    def wage_release(self) -> Release | None:
        return self.releases.get(StatisticsTable.WAGES)


def current_releases() -> dict[str, Release]:
    """Return the current releases of wages and projections, with their sources, by table."""
    rows = Release.objects.filter(table__in=TABLES).newest_first().select_related("source")
    return {release.table: release for release in reversed(rows)}


def load_current_figures(codes: Collection[str] | None = None) -> CurrentFigures:
    """Read the current figures of some occupations, or of all of them."""
    releases = current_releases()
    if not releases or (codes is not None and not codes):
        return CurrentFigures(releases)
    rows = Wage.objects.filter(release=releases.get(StatisticsTable.WAGES), area__kind=AreaKind.NATION)
    if codes is not None:
        rows = rows.filter(occupation__code__in=codes)
    wages = {row.occupation.code: row for row in rows.select_related("occupation", "release__source")}
    missing = [] if codes is None else [code for code in codes if code not in wages]
    return CurrentFigures(releases, wages, outlooks(codes), withdrawn_codes(missing) if missing else {})
