"""Rules that the database enforces for every writer."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from guides.models import Area, Generation, Occupation, PriceLevel, Projection, Release, Source, Wage
from tests.helpers.statistics import a_release, a_wage, an_area, an_occupation, statistics_of_everything

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def refused(change: Callable[[], Any]) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "values",
    [
        {"employment": None},  # without a flag
        {"yearly_p90": None, "flags": "..............."},
        {"flags": "*.............."},  # a number with a flag
        {"employment": None, "flags": "*"},  # too short
        {"employment": None, "flags": "0.............."},  # no such flag
        {"yearly_p50": 0},
        {"hourly_mean": 0},
        {"employment": -1},
        {"yearly_p75": 50_000},  # above the 90th percentile
        {"hourly_p10": 1_800},
        {"paid_by": "year"},  # with hourly wages
        {"paid_by": "week"},
    ],
)
def test_a_wage_is_refused(values: dict[str, Any]) -> None:
    row = a_wage()
    assert refused(lambda: Wage.objects.filter(pk=row.pk).update(**values))
    assert Wage.objects.filter(pk=row.pk).update(employment=None, flags="*..............") == 1


def test_a_release_has_an_occupation_in_an_area_once() -> None:
    row = a_wage()
    assert refused(lambda: a_wage(row.release, row.occupation, row.area))


def test_other_rows_are_refused() -> None:
    statistics_of_everything()
    wages = Release.objects.get(table="wages")
    changes: dict[str, Callable[[], Any]] = {
        "a release without a table": lambda: Release.objects.filter(pk=wages.pk).update(table="wage"),
        "a release twice": lambda: a_release(),
        "a release that ends before it begins": lambda: a_release(last=date(2025, 4, 30)),
        "wages without a bound": lambda: Release.objects.filter(pk=wages.pk).update(top_hourly=None),
        "prices with a bound": lambda: Release.objects.exclude(pk=wages.pk).update(top_hourly=11_500),
        "a code twice": an_occupation,
        "a code of another form": lambda: an_occupation("319092-"),
        "an area twice": lambda: an_area(slug="another"),
        "an address twice": lambda: an_area(code="49"),
        "a code of another kind": lambda: an_area(kind="metropolitan", slug="another", code="49"),
        "a nation with a state": lambda: an_area(kind="nation", slug="another", code="99"),
        "a state without one": lambda: an_area(slug="another", code="49", states=""),
        "growth below -100%": lambda: Projection.objects.update(growth_permille=-1_001),
        "more than all": lambda: Projection.objects.update(self_employed_permille=1_001),
        "a price level of zero": lambda: PriceLevel.objects.update(index_thousandths=0),
        "a short region": lambda: PriceLevel.objects.update(region="4800"),
    }
    assert [what for what, change in changes.items() if not refused(change)] == []


def test_rows_in_use_are_not_deleted() -> None:
    statistics_of_everything()
    for model in (Source, Occupation, Area):
        with pytest.raises(ProtectedError):
            model.objects.all().delete()


def test_the_generation_changes_with_releases() -> None:
    marks = [Generation.current()]
    release = a_release()
    marks.append(Generation.current())
    release.save()
    marks.append(Generation.current())
    release.delete()
    marks.append(Generation.current())
    assert len(set(marks)) == 4
