"""National figures of all occupations in the current releases, and what they say of a role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guides.models.statistics import AreaKind, Release, StatisticsTable
from guides.models.wages import Wage
from guides.pay import headline
from guides.schema import Guide

from .headline import NamedOccupation, PayHeadline, main_codes, pay_headline
from .outlook import GrowthRange, Outlook, growth_range, outlooks


@dataclass(frozen=True)
class OccupationFigures:
    """The national figures of an occupation, each None if the current release has none."""

    code: str
    relation: str
    wage: Wage | None
    outlook: Outlook | None

    @property
    def title(self) -> str:
        """The official title, or '' if no current release has the occupation."""
        if self.wage:
            return self.wage.occupation.title
        return self.outlook.title if self.outlook else ""


@dataclass(frozen=True)
class RoleStatistics:
    """The pay headline of a role, the range of its projected growth, and the figures of its occupations."""

    occupations: tuple[OccupationFigures, ...] = ()
    headline: PayHeadline | None = None
    growth: GrowthRange | None = None


@dataclass(frozen=True, eq=False)
class NationalFigures:
    """National wages and projections by code."""

    wages: Mapping[str, Wage]
    outlooks: Mapping[str, Outlook]
    _roles: dict[tuple[object, ...], RoleStatistics] = field(default_factory=dict, init=False, repr=False)

    def of_guide(self, guide: Guide) -> RoleStatistics:
        """Return the statistics of a guide. Without occupations, the headline is the guide's own figure, if any."""
        if guide.occupations:
            return self.of(guide.occupations, is_representative=guide.pay_is_representative)
        sources = {source.slug: source for source in guide.sources}
        band = headline(guide)
        return RoleStatistics(headline=PayHeadline(band, sources[band.source]) if band else None)

    def of(self, occupations: Sequence[NamedOccupation], *, is_representative: bool) -> RoleStatistics:
        """Return the statistics of a role with these occupations. Roles with the same ones share the result."""
        key = (is_representative, *((each.code, each.relation) for each in occupations))
        if key not in self._roles:
            self._roles[key] = self._of(occupations, is_representative=is_representative)
        return self._roles[key]

    def _of(self, occupations: Sequence[NamedOccupation], *, is_representative: bool) -> RoleStatistics:
        main = [self.outlooks.get(code) for code in main_codes(occupations)]
        known = [outlook for outlook in main if outlook and outlook.growth is not None]
        return RoleStatistics(
            occupations=tuple(
                OccupationFigures(each.code, each.relation, self.wages.get(each.code), self.outlooks.get(each.code))
                for each in occupations
            ),
            headline=pay_headline(occupations, self.wages, is_representative=is_representative),
            growth=growth_range(known) if len(known) == len(main) else None,
        )


def load_national_figures() -> NationalFigures:
    """Read the figures of all occupations: about 1,400 rows of a whole table of wages."""
    current = Release.objects.current(StatisticsTable.WAGES)
    rows = Wage.objects.filter(release__in=current, area__kind=AreaKind.NATION)
    wages = {row.occupation.code: row for row in rows.select_related("occupation").prefetch_related("release__source")}
    return NationalFigures(wages, outlooks())
