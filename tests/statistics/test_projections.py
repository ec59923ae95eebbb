"""Employment projections, from the workbook and from the export of the site."""

from pathlib import Path

import pytest

from guides.models import Occupation, Projection, Release
from guides.statistics.importing import ImportRefused
from guides.statistics.importing.projections import import_projections
from tests.helpers.statistics import a_workbook, an_occupation, csv_text

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def medical_assistants() -> Occupation:
    return an_occupation()


PROJECTION = {
    "Occupation Title": "Medical assistants    * Ophthalmic Assistant* Optometric Assistant",
    "Occupation Code": '="31-9092"', "Employment 2024": "811.0", "Employment 2034": "912.2",
    "Employment Change, 2024-2034": "101.2", "Employment Percent Change, 2024-2034": "12.5",
    "Occupational Openings, 2024-2034 Annual Average": "112.3", "Median Annual Wage 2024": "44,200",
    "Typical Entry-Level Education": "Postsecondary nondegree award", "Education Code": "5",
    "Work Experience in a Related Occupation": "None", "Workex Code": "4", "Typical on-the-job Training": "None",
    "trCode": "6",
}  # fmt: skip


@pytest.mark.usefixtures("medical_assistants")
def test_projections_are_read_from_the_export_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "Employment Projections.csv"
    path.write_text(csv_text([PROJECTION]))
    assert list(import_projections(path).lines()) == [
        "employment projections, 2024–34: 1 added, 0 changed, 0 unchanged."
    ]
    row = Projection.objects.select_related("release").get()
    assert (row.release.key, row.employment, row.employment_projected) == ("projections 2024-2034", 811_000, 912_200)
    assert (row.change, row.growth_permille, row.openings) == (101_200, 125, 112_300)
    assert (row.education, row.experience, row.training) == ("Postsecondary nondegree award", "None", "None")
    assert row.self_employed_permille is None


HEADINGS = [
    "2024 National Employment Matrix title", "2024 National Employment Matrix code", "Occupation type",
    "Employment, 2024", "Employment, 2034", "Employment change, numeric, 2024–34",
    "Employment change, percent, 2024–34", "Percent self employed, 2024",
    "Occupational openings, 2024–34 annual average", "Median annual wage, dollars, 2024[1]",
    "Typical education needed for entry", "Work experience in a related occupation",
    "Typical on-the-job training needed to attain competency in the occupation",
]  # fmt: skip


@pytest.mark.usefixtures("medical_assistants")
def test_projections_are_read_from_table_1_2_of_the_workbook(tmp_path: Path) -> None:
    an_occupation("00-0000", "All Occupations")
    path = a_workbook(
        tmp_path / "occupation.xlsx",
        {
            "Table 1.1": [["Table 1.1"], HEADINGS[:2], ["Medical assistants", "31-9092"]],
            "Table 1.2": [
                ["Table 1.2 Occupational projections"],
                HEADINGS,
                ["Total, all occupations", "00-0000", "Summary", 169956.1, 175167.9, 5211.8, 3.1, 5.8, 18863.3, 49500.0,
                 "—", "—", "—"],
                ["      Medical assistants", "31-9092", "Line item", 811.0, 790.5, -20.5, -2.5, "—", 112.3,
                 ">=$239,200", "Postsecondary nondegree award", "None", "None"],
                ["Footnotes:"],
                ["Source: Employment Projections program"],
            ],
        },
    )  # fmt: skip
    assert import_projections(path).added == 2
    fields = ("employment", "change", "growth_permille", "self_employed_permille", "education")
    assert list(Projection.objects.order_by("occupation__code").values_list(*fields)) == [
        (169_956_100, 5_211_800, 31, 58, ""),
        (811_000, -20_500, -25, None, "Postsecondary nondegree award"),
    ]


@pytest.mark.usefixtures("medical_assistants")
def test_a_table_without_projections_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "projections.csv"
    path.write_text(csv_text([PROJECTION | {"Occupation Code": "99-9999"}]))
    with pytest.raises(ImportRefused, match=r"row 2: occupation 99-9999 “Medical assistants” is unknown"):
        import_projections(path)
    path.write_text(csv_text([{"Occupation Code": "31-9092"}]))
    with pytest.raises(ImportRefused, match=r"is not a table of employment projections .* Missing columns: title"):
        import_projections(path)
    assert not Release.objects.exists()
