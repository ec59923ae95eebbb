"""Drafts that differ from the current official statistics, for the dashboard and the list of roles."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from guides import schema
from guides.models import KeyFact, Role, RoleOccupation, SalaryBand, Source
from guides.preflight.plausibility import far_figures
from guides.schema import FIGURES, Guide
from guides.schema.types import HOME_CURRENCY, FrozenModel, Measure
from guides.statistics.current import current_releases, load_current_figures

from .mapping import PARTS


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
    of_role = OuterRef("pk")
    occupations = RoleOccupation.objects.filter(role=of_role)
    compared = Exists(_headlines().filter(role=of_role)) | Exists(_projected_facts().filter(role=of_role))
    guides = _compared_guides(Role.objects.filter(Exists(occupations), compared))
    current = load_current_figures({each.code for guide in guides.values() for each in guide.occupations})
    far = [pk for pk, guide in guides.items() if any(far_figures(guide, current))]
    return roles.filter(pk__in=far)


def _headlines() -> QuerySet[SalaryBand]:
    return SalaryBand.objects.filter(basis="headline", country="US", currency=HOME_CURRENCY).order_by()


def _projected_facts() -> QuerySet[KeyFact]:
    return KeyFact.objects.filter(kind__in=("growth", "openings")).exclude(value_unit="").order_by()


def _compared_guides(roles: QuerySet[Role]) -> Mapping[int, Guide]:
    """Return guides with just what `far_figures` compares, by the role's key. They are not validated."""
    titles = dict(roles.order_by().values_list("pk", "title"))
    occupations = defaultdict[int, list[schema.RoleOccupation]](list)
    of_roles = RoleOccupation.objects.filter(role__in=titles).order_by("role", "order")
    for role, code, relation in of_roles.values_list("role", "code", "relation"):
        occupations[role].append(_unchecked(schema.RoleOccupation, code=code, relation=relation))
    pay = defaultdict[int, list[schema.SalaryBand]](list)
    names = ("basis", "label", "country", "low", "median", "mean", "high", "and_more", "currency", "period")
    for role, *values in _headlines().filter(role__in=titles).values_list("role", *names):
        pay[role].append(_unchecked(schema.SalaryBand, **dict(zip(names, values, strict=True))))
    facts = defaultdict[int, list[schema.KeyFact]](list)
    measured, parts = _projected_facts().filter(role__in=titles), tuple(Measure.model_fields)
    for role, kind, *values in measured.values_list("role", "kind", *(f"value_{part}" for part in parts)):
        value = _unchecked(Measure, **dict(zip(parts, values, strict=True)))
        facts[role].append(_unchecked(schema.KeyFact, kind=kind, value=value))
    return {
        pk: _unchecked(Guide, title=title, occupations=occupations[pk], pay=pay[pk], facts=facts[pk])
        for pk, title in titles.items()
    }


def _unchecked(model: type[FrozenModel], **values: Any) -> Any:
    """Return a value with some of its fields, without validation, which takes most of the time."""
    return model.model_construct(**values)
