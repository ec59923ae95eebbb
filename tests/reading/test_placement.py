"""The groups of roles in a result, by their requirements."""

import pytest

from guides.reading.skills_check.placement import MatchGroup, Ways, place
from guides.requirements import Qualifications
from guides.summary import SummaryRequirement

DIPLOMA = (SummaryRequirement("high-school"),)
YEAR = (SummaryRequirement("high-school", 1, None, "fishing"),)
COURSE = (SummaryRequirement("postsecondary"), SummaryRequirement("high-school", 1, 2, "fishing"))
DEGREE = (SummaryRequirement("bachelor", 2, 4, "sailing"),)
LICENSE = (SummaryRequirement("high-school", certificate="pilot", certificate_name="Pilot license"),)
NOBODY = Qualifications()
BEGINNER = Qualifications("high-school", {"fishing": 0, "sailing": 0})
FISHER = Qualifications("high-school", {"fishing": 3})


@pytest.mark.parametrize(
    ("ways", "qualifications", "group"),
    [
        ((), BEGINNER, MatchGroup.NOT_STATED),
        (DIPLOMA, NOBODY, MatchGroup.NOW),
        (DIPLOMA, Qualifications("none"), MatchGroup.ONE),
        (YEAR, NOBODY, MatchGroup.YEARS),
        (YEAR, FISHER, MatchGroup.NOW),
        (YEAR, BEGINNER, MatchGroup.ONE),
        (YEAR, Qualifications("none", {"fishing": 0}), MatchGroup.MORE),
        (COURSE, NOBODY, MatchGroup.EDUCATION),
        (COURSE, Qualifications("", {"fishing": 3}), MatchGroup.EDUCATION),
        (COURSE, Qualifications("high-school"), MatchGroup.YEARS),
        (COURSE, FISHER, MatchGroup.NOW),
        (COURSE, BEGINNER, MatchGroup.ONE),
        (COURSE, Qualifications("none", {"fishing": 0}), MatchGroup.MORE),
        (DEGREE, Qualifications("", {"sailing": 0}), MatchGroup.EDUCATION),
        (DEGREE, Qualifications("master"), MatchGroup.YEARS),
        (DEGREE, BEGINNER, MatchGroup.MORE),
        (LICENSE, BEGINNER, MatchGroup.CERTIFICATE),
        (LICENSE, Qualifications(certificates={"pilot": True}), MatchGroup.NOW),
        (LICENSE, Qualifications(certificates={"pilot": False}), MatchGroup.ONE),
    ],
)
def test_a_role_is_in_a_group_by_what_is_missing_or_unknown(
    ways: Ways, qualifications: Qualifications, group: MatchGroup
) -> None:
    assert place(ways, qualifications).group == group


def test_roles_are_in_order_of_groups_and_then_of_what_they_take() -> None:
    two_years = (SummaryRequirement("high-school", 2, None, "fishing"),)
    graduate = Qualifications("bachelor", {"fishing": 0, "sailing": 3})
    order = [place(ways, graduate).order for ways in (DEGREE, DIPLOMA, LICENSE, (), YEAR, two_years)]
    assert order == sorted(order, reverse=True)
    assert len(set(order)) == len(order)


def test_every_way_that_is_as_near_is_a_way_out() -> None:
    assert [one.way for one in place(COURSE, BEGINNER).standings] == list(COURSE)
