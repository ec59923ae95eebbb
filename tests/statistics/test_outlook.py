"""Growth and openings, compared with all occupations."""

from datetime import date
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from guides.models import Projection, Release
from guides.statistics.importing.delivered import import_delivered
from guides.statistics.outlook import GrowthRange, growth_range, outlooks
from tests.helpers.statistics import a_release, an_occupation

pytestmark = pytest.mark.django_db


def test_growth_is_compared_with_all_occupations(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    import_delivered()
    with django_assert_num_queries(3):
        found = outlooks(["31-9092", "43-6013", "29-2099", "99-9999"])
    assert {code: (outlook.growth, outlook.difference, outlook.openings) for code, outlook in found.items()} == {
        "31-9092": (Decimal("12.5"), Decimal("9.4"), 112_300),
        "43-6013": (Decimal("4.2"), Decimal("1.1"), 85_900),
        "29-2099": (Decimal("5.2"), Decimal("2.1"), 13_600),
    }
    assert found["31-9092"].growth_of_all == Decimal("3.1")
    assert found["31-9092"].education == "Postsecondary nondegree award"
    assert growth_range([found["43-6013"], found["29-2099"]]) == GrowthRange(Decimal("4.2"), Decimal("5.2"))
    assert growth_range([]) is None


def test_without_all_occupations_or_without_growth_there_is_no_difference() -> None:
    release = a_release("projections", date(2024, 1, 1), date(2034, 12, 31))
    Projection.objects.create(release=release, occupation=an_occupation(), growth_permille=125)
    assert outlooks(["31-9092"])["31-9092"].difference is None
    Projection.objects.create(release=release, occupation=an_occupation("00-0000", "All"), growth_permille=31)
    assert outlooks(["31-9092"])["31-9092"].difference == Decimal("9.4")
    Projection.objects.update(growth_permille=None)
    assert outlooks(["31-9092"])["31-9092"].difference is None
    assert growth_range(outlooks(["31-9092"]).values()) is None


def test_the_current_release_counts() -> None:
    occupation = an_occupation()
    for first, last, growth in ((2024, 2034, 125), (2022, 2032, 140)):
        release = a_release("projections", date(first, 1, 1), date(last, 12, 31))
        Projection.objects.create(release=release, occupation=occupation, growth_permille=growth)
    assert outlooks(["31-9092"])["31-9092"].growth == Decimal("12.5")
    Release.objects.current("projections").get()
    assert str(outlooks(["31-9092"])["31-9092"].release) == "employment projections, 2024–34"
