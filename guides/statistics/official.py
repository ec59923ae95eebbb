"""Official figures of occupations in the current releases, and what they say of a role."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from guides.models.statistics import Area, AreaKind, Release, StatisticsTable
from guides.models.wages import Wage
from guides.schema import Guide
from guides.summary import PayFacts, pay_facts

from .headline import NamedOccupation, PayHeadline, main_codes, pay_headline
from .outlook import GrowthRange, Outlook, growth_range, outlooks


@dataclass(frozen=True)
class OccupationFigures:
    """Wages of an occupation in one area and its national projection, each None if the current release has none."""

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
class OfficialFigures:
    """Wages of one area and national projections, by code."""

    wages: Mapping[str, Wage]
    outlooks: Mapping[str, Outlook]
    _roles: dict[tuple[object, ...], RoleStatistics] = field(default_factory=dict, init=False, repr=False)

    def of_guide(self, guide: Guide) -> RoleStatistics:
        return self.of(pay_facts(guide))

    def of(self, facts: PayFacts) -> RoleStatistics:
        """Return the statistics of a role. Without occupations, the headline is the guide's own figure, if any."""
        if facts.occupations:
            return self.of_occupations(facts.occupations, is_representative=facts.is_representative)
        return RoleStatistics(headline=PayHeadline(facts.band, facts.source) if facts.band and facts.source else None)

    def of_occupations(self, occupations: Sequence[NamedOccupation], *, is_representative: bool) -> RoleStatistics:
        """Return the statistics of a role with these occupations. Roles with the same ones share the result."""
        key = (is_representative, *((each.code, each.relation) for each in occupations))
        if key not in self._roles:
            self._roles[key] = self._compute(occupations, is_representative=is_representative)
        return self._roles[key]

    def _compute(self, occupations: Sequence[NamedOccupation], *, is_representative: bool) -> RoleStatistics:
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


def load_area_figures(area: Area, codes: Collection[str], national: OfficialFigures) -> OfficialFigures:
    """Read the wages of occupations in an area."""
    return OfficialFigures(_wages(Q(area=area, occupation__code__in=codes)), national.outlooks)


def load_national_figures() -> OfficialFigures:
    """Read the figures of all occupations: about 1,400 rows of a whole table of wages."""
    return OfficialFigures(_wages(Q(area__kind=AreaKind.NATION)), outlooks())


def _wages(of_area: Q) -> dict[str, Wage]:
    rows = Wage.objects.filter(of_area, release__in=Release.objects.current(StatisticsTable.WAGES))
    return {row.occupation.code: row for row in rows.select_related("occupation").prefetch_related("release__source")}
