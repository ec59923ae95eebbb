"""Rows of statistics for tests of pay by place, and the delivered guides with all of their statistics."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from guides.models import Area, Occupation, PriceLevel, Wage
from guides.statistics.importing.wages import import_wages
from tests.helpers.delivered import publish_delivered_everywhere
from tests.helpers.statistics import a_release, a_wage, an_area, an_occupation

MARKS = Path(__file__).parents[2] / "files" / "oews_marks_M_2025.csv"
"""Rows of further occupations: with #, with one unit of time, and with collapsed percentiles."""

type AddWage = Callable[..., Wage]


@pytest.fixture
def add_wage(db: None) -> AddWage:
    """Add rows of the current release, by the slug of the area and the code of the occupation."""
    release = a_release()

    def add(area: str, code: str, **values: Any) -> Wage:
        occupation = Occupation.objects.get(code=code)
        return a_wage(release, occupation, Area.objects.get(slug=area), **values)

    return add


@pytest.fixture
def _places(db: None) -> None:
    """The nation, two states, two metropolitan areas, and a part of a state, and four occupations."""
    an_area("nation", "99", "United States", "united-states", "")
    an_area()
    an_area("state", "36", "New York", "new-york", "NY")
    an_area("metropolitan", "19100", "Dallas-Fort Worth-Arlington, TX", "dallas-fort-worth-arlington-tx", "TX")
    an_area("metropolitan", "45500", "Texarkana, TX-AR", "texarkana-tx-ar", "TX-AR")
    an_area("nonmetropolitan", "4800004", "Hill Country nonmetropolitan area", "hill-country", "TX")
    for code, title in (
        ("31-9092", "Medical Assistants"),
        ("29-1141", "Registered Nurses"),
        ("43-6013", "Medical Secretaries"),
        ("27-2011", "Actors"),
    ):
        an_occupation(code, title)


@pytest.fixture
def _price_levels(_places: None) -> None:
    """Prices in Texas and in Dallas, in the newest year of each table."""
    for table, last, region, index in (
        ("state-prices", 2023, "48000", 97_175),
        ("metropolitan-prices", 2024, "19100", 103_300),
    ):
        release = a_release(table, date(2008, 1, 1), date(last, 12, 31))
        PriceLevel.objects.create(release=release, region=region, year=last, index_thousandths=index)


@pytest.fixture(scope="module")
def _delivered_for_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Publish and import once per module, because that takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        publish_delivered_everywhere()
        import_wages(MARKS, add_new=True)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def _delivered_pay(_delivered_for_module: None, db: None) -> None:
    """Provide the delivered guides with official statistics, in a transaction of each test's own."""
