from datetime import date

import pytest

from guides.models import Area, Occupation, Projection, Release
from tests.helpers.delivered import publish_delivered
from tests.helpers.statistics import ASSISTANTS, CLERKS, a_release, a_wage, an_area, an_occupation


@pytest.fixture
def _delivered(db: None) -> None:
    publish_delivered()


@pytest.fixture
def nation() -> Area:
    return an_area("nation", "99", "United States", "united-states", "")


@pytest.fixture
def wages(nation: Area) -> Release:
    """Wages of two occupations in the nation, and of the first one in Texas."""
    release = a_release()
    assistants, clerks = an_occupation(), an_occupation(CLERKS, "Clerks")
    a_wage(release, assistants, nation, employment=817_870)
    a_wage(release, assistants, an_area(), yearly_p50=35_000, hourly_p50=1_683, yearly_p25=33_000, hourly_p25=1_587)
    a_wage(release, clerks, nation, yearly_p50=41_000, hourly_p50=1_971)
    return release


@pytest.fixture
def projections(wages: Release) -> Release:
    release = a_release("projections", date(2024, 1, 1), date(2034, 12, 31))
    every = {"employment": 811_000, "employment_projected": 912_400, "openings": 112_300}
    for occupation, growth in ((ASSISTANTS, 125), (CLERKS, -21)):
        Projection.objects.create(
            release=release, occupation=Occupation.objects.get(code=occupation), growth_permille=growth,
            education="Postsecondary nondegree award", experience="None", **every,
        )  # fmt: skip
    Projection.objects.create(release=release, occupation=an_occupation("00-0000", "All"), growth_permille=31)
    return release
