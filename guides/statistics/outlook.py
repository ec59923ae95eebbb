"""How the employment of occupations is projected to change."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from guides.models.statistics import Projection, Release, StatisticsTable

ALL_OCCUPATIONS = "00-0000"


@dataclass(frozen=True)
class Outlook:
    """The projection for one occupation. Growth is in percent over the period, openings are per year.

    `difference` compares growth with that of all occupations, in percentage points. The publisher has no words for it.
    """

    code: str
    title: str
    growth: Decimal | None
    growth_of_all: Decimal | None
    openings: int | None
    employment: int | None
    employment_projected: int | None
    education: str
    experience: str
    training: str
    release: Release

    @property
    def difference(self) -> Decimal | None:
        if self.growth is None or self.growth_of_all is None:
            return None
        return self.growth - self.growth_of_all


@dataclass(frozen=True)
class GrowthRange:
    """The lowest and the highest growth of several occupations, in percent."""

    low: Decimal
    high: Decimal


def outlooks(codes: Collection[str] | None = None) -> dict[str, Outlook]:
    """Return the current projections of these occupations, or of all, by code. Codes without one are missing."""
    rows = Projection.objects.filter(release__in=Release.objects.current(StatisticsTable.PROJECTIONS))
    if codes is not None:
        rows = rows.filter(occupation__code__in={*codes, ALL_OCCUPATIONS})
    by_code = {
        row.occupation.code: row for row in rows.select_related("occupation").prefetch_related("release__source")
    }
    growth_of_all = _percent(by_code[ALL_OCCUPATIONS].growth_permille) if ALL_OCCUPATIONS in by_code else None
    return {code: _outlook(row, growth_of_all) for code, row in by_code.items() if codes is None or code in codes}


def growth_range(some: Iterable[Outlook]) -> GrowthRange | None:
    """Return the range of growth. Openings have no such sum: the occupations of a role overlap other roles."""
    known = [outlook.growth for outlook in some if outlook.growth is not None]
    return GrowthRange(min(known), max(known)) if known else None


def _percent(permille: int | None) -> Decimal | None:
    return None if permille is None else Decimal(permille).scaleb(-1)


def _outlook(row: Projection, growth_of_all: Decimal | None) -> Outlook:
    return Outlook(
        code=row.occupation.code,
        title=row.occupation.title,
        growth=_percent(row.growth_permille),
        growth_of_all=growth_of_all,
        openings=row.openings,
        employment=row.employment,
        employment_projected=row.employment_projected,
        education=row.education,
        experience=row.experience,
        training=row.training,
        release=row.release,
    )
