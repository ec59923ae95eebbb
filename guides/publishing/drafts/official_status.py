"""Drafts that differ from the current official statistics, for the dashboard and the list of roles."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from guides import schema
from guides.models import KeyFact, Role, RoleOccupation, SalaryBand, Source
from guides.models.statistics import Area, AreaKind, StatisticsTable
from guides.preflight.plausibility import MAX_GROWTH_DIFFERENCE, MAX_OPENINGS_RATIO, far_figures
from guides.schema import FIGURES, Guide
from guides.schema.types import HOME_CURRENCY, FrozenModel, Measure
from guides.statistics.current import current_releases, load_current_figures

from .mapping import PARTS

# These queries find all drafts with far figures, and a few others. CROSS JOIN keeps SQLite from reordering the tables.
_IS_MAIN = """(named.relation <> 'nearest' OR NOT EXISTS (
            SELECT 1 FROM guides_roleoccupation main WHERE main.role_id = named.role_id AND main.relation <> 'nearest'
        ))"""
_PAY_CANDIDATES = f"""
    SELECT band.role_id
    FROM guides_salaryband band
    CROSS JOIN guides_roleoccupation named
    CROSS JOIN guides_occupation occupation
    CROSS JOIN guides_wage wage
    WHERE band.basis = 'headline'
        AND named.role_id = band.role_id
        AND CASE
            WHEN band.label = '' THEN {_IS_MAIN}
            ELSE band.label NOT LIKE '%%__-____%%' OR band.label LIKE '%%' || named.code || '%%'
        END
        AND occupation.code = named.code
        AND wage.release_id = %s AND wage.occupation_id = occupation.id AND wage.area_id = %s
        AND (
            band.period <> 'year' OR wage.yearly_p10 IS NULL OR wage.yearly_p90 IS NULL
            OR band.median NOT BETWEEN wage.yearly_p10 AND wage.yearly_p90
            OR band.mean NOT BETWEEN wage.yearly_p10 AND wage.yearly_p90
            OR band.high < wage.yearly_p10 OR band.low > wage.yearly_p90
        )
"""  # noqa: S608 -- constant
_FACT_CANDIDATES = f"""
    SELECT fact.role_id
    FROM guides_keyfact fact
    CROSS JOIN guides_roleoccupation named
    CROSS JOIN guides_occupation occupation
    CROSS JOIN guides_projection projection
    WHERE fact.kind IN ('growth', 'openings')
        AND named.role_id = fact.role_id
        AND {_IS_MAIN}
        AND occupation.code = named.code
        AND projection.release_id = %s AND projection.occupation_id = occupation.id
        AND CASE fact.kind
            WHEN 'growth' THEN fact.value_high * 1000 < projection.growth_permille - %s
                OR fact.value_low * 1000 > projection.growth_permille + %s
            ELSE fact.value_high * %s < projection.openings OR fact.value_low > projection.openings * %s
        END
"""  # noqa: S608 -- constant


def with_older_release(roles: QuerySet[Role]) -> QuerySet[Role]:
    """Return the roles with a figure from an older release of an official table, as `newer_release` finds them."""
    older = Q()
    for release in current_releases().values():
        of_table = Q(publisher__iexact=release.source.publisher, title__iexact=release.source.title)
        older |= of_table & Q(covers_to__lt=release.covers_to) & ~Q(slug=release.source.slug)
    if not older:
        return roles.none()
    sources = list(Source.objects.filter(older).values_list("pk", flat=True))
    cited = Q()
    for kind in PARTS:
        if kind.name in FIGURES:
            figures: QuerySet[Any] = kind.model._default_manager.all()
            cited |= Q(pk__in=figures.filter(source__in=sources).order_by().values("role"))
    return roles.filter(cited)


def far_from_official(roles: QuerySet[Role]) -> QuerySet[Role]:
    """Return the roles with a figure that is far from the official one, as the preflight finds them."""
    releases = current_releases()
    wages, projections = releases.get(StatisticsTable.WAGES), releases.get(StatisticsTable.PROJECTIONS)
    nation = Area.objects.filter(kind=AreaKind.NATION).first()
    candidates = Role.objects.none()
    if wages and nation:
        candidates |= Role.objects.filter(pk__in=RawSQL(_PAY_CANDIDATES, (wages.pk, nation.pk)))  # noqa: S611 -- constant
    if projections:
        margin = int(MAX_GROWTH_DIFFERENCE * 10)
        params = (projections.pk, margin, margin, MAX_OPENINGS_RATIO, MAX_OPENINGS_RATIO)
        candidates |= Role.objects.filter(pk__in=RawSQL(_FACT_CANDIDATES, params))  # noqa: S611 -- constant
    guides = _compared_guides(candidates)
    current = load_current_figures({each.code for guide in guides.values() for each in guide.occupations})
    far = [pk for pk, guide in guides.items() if any(far_figures(guide, current))]
    return roles.filter(pk__in=far)


def _compared_guides(roles: QuerySet[Role]) -> Mapping[int, Guide]:
    """Return guides with just what `far_figures` compares, by the role's key. They are not validated."""
    titles = dict(roles.order_by().values_list("pk", "title"))
    occupations = defaultdict[int, list[schema.RoleOccupation]](list)
    of_roles = RoleOccupation.objects.filter(role__in=titles).order_by("role", "order")
    for role, code, relation in of_roles.values_list("role", "code", "relation"):
        occupations[role].append(_unchecked(schema.RoleOccupation, code=code, relation=relation))
    pay = defaultdict[int, list[schema.SalaryBand]](list)
    bands = SalaryBand.objects.filter(role__in=titles, basis="headline", country="US", currency=HOME_CURRENCY)
    names = ("basis", "label", "country", "low", "median", "mean", "high", "and_more", "currency", "period")
    for role, *values in bands.order_by().values_list("role", *names):
        pay[role].append(_unchecked(schema.SalaryBand, **dict(zip(names, values, strict=True))))
    facts = defaultdict[int, list[schema.KeyFact]](list)
    measured = KeyFact.objects.filter(role__in=titles, kind__in=("growth", "openings")).exclude(value_unit="")
    parts = tuple(Measure.model_fields)
    for role, kind, *values in measured.order_by().values_list("role", "kind", *(f"value_{part}" for part in parts)):
        value = _unchecked(Measure, **dict(zip(parts, values, strict=True)))
        facts[role].append(_unchecked(schema.KeyFact, kind=kind, value=value))
    return {
        pk: _unchecked(Guide, title=title, occupations=occupations[pk], pay=pay[pk], facts=facts[pk])
        for pk, title in titles.items()
    }


def _unchecked(model: type[FrozenModel], **values: Any) -> Any:
    """Return a value with some of its fields, without validation, which takes most of the time."""
    return model.model_construct(**values)
