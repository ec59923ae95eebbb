"""How visitors meet the requirements of roles."""

import pytest

from guides.requirements import Qualifications, RequirementKind, Standing, standing
from guides.summary import SummaryRequirement

EDUCATION, EXPERIENCE, CERTIFICATE = RequirementKind
COURSE = SummaryRequirement("postsecondary")
INSTEAD = SummaryRequirement("high-school", 1, 2, "work in health care")
LICENSE = SummaryRequirement("associate", certificate="rn", certificate_name="RN license")


@pytest.mark.parametrize(
    ("qualifications", "expected"),
    [
        (Qualifications(), Standing(COURSE, (), (EDUCATION,))),
        (Qualifications("postsecondary"), Standing(COURSE)),
        (Qualifications("bachelor"), Standing(COURSE)),
        (Qualifications("high-school"), Standing(INSTEAD, (), (EXPERIENCE,))),
        (Qualifications("high-school", {"work-in-health-care": 1}), Standing(INSTEAD)),
        (Qualifications("high-school", {"work-in-health-care": 0}), Standing(COURSE, (EDUCATION,))),
        (Qualifications("none", {"work-in-health-care": 0}), Standing(COURSE, (EDUCATION,))),
    ],
)
def test_the_way_with_the_fewest_missing_requirements_counts(
    qualifications: Qualifications, expected: Standing
) -> None:
    assert standing((COURSE, INSTEAD), qualifications) == expected


def test_a_license_is_missing_or_unknown_until_it_is_held() -> None:
    assert standing((LICENSE,), Qualifications("bachelor")) == Standing(LICENSE, (), (CERTIFICATE,))
    assert standing((LICENSE,), Qualifications("none", certificates={"rn": False})) == Standing(
        LICENSE, (EDUCATION, CERTIFICATE)
    )
    assert standing((LICENSE,), Qualifications("master", certificates={"rn": True})).is_met


def test_a_role_without_requirements_is_open_to_everyone() -> None:
    assert standing((), Qualifications()).is_met
    assert standing((SummaryRequirement("none"),), Qualifications()).is_met
