"""Imports: again, next to each other, undone, and of codes that are new or withdrawn."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from guides.models import Area, Generation, Occupation, PriceLevel, Projection, Release, Source, Wage
from guides.models.statistics import StatisticsTable
from guides.statistics.figures import figure_of
from guides.statistics.importing import ImportRefused
from guides.statistics.importing.delivered import FOLDER, import_delivered
from guides.statistics.importing.releases import remove_release
from guides.statistics.importing.wages import import_wages
from guides.statistics.releases import current_wage, current_wages, withdrawn_codes
from tests.helpers.statistics import (
    YEARLY_ONLY,
    an_area,
    an_occupation,
    row_counts,
    stored_wages,
    wage_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture
def medical_assistants() -> Occupation:
    return an_occupation()


@pytest.fixture
def texas() -> Area:
    return an_area()


def current() -> str | None:
    release = Release.objects.current(StatisticsTable.WAGES).first()
    return release.key if release else None


# Wages


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_importing_again_changes_nothing(tmp_path: Path) -> None:
    path = wage_file(tmp_path)
    assert list(import_wages(path).lines()) == [
        "wages and employment by area, May 2025: 1 added, 0 changed, 0 unchanged."
    ]
    before = (stored_wages(), list(Release.objects.values()), Generation.current())
    report = import_wages(path)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 1)
    assert (stored_wages(), list(Release.objects.values()), Generation.current()) == before


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_a_corrected_table_changes_its_rows_and_the_generation(tmp_path: Path) -> None:
    import_wages(wage_file(tmp_path))
    mark = Generation.current()
    report = import_wages(wage_file(tmp_path, {"A_PCT90": "#", "TOT_EMP": "**"}))
    assert (report.added, report.changed, report.unchanged) == (0, 1, 0)
    wage = Wage.objects.get()
    assert (wage.employment, wage.yearly_p90, wage.flags) == (None, None, "*.............#")
    assert Generation.current() not in {mark, ""}


@pytest.mark.usefixtures("medical_assistants")
def test_a_smaller_table_adds_to_the_release_and_removes_nothing(texas: Area, tmp_path: Path) -> None:
    an_area(code="22", name="Louisiana", slug="louisiana", states="LA")
    other = {"AREA": "22", "AREA_TITLE": "Louisiana", "PRIM_STATE": "LA"}
    import_wages(wage_file(tmp_path))
    assert import_wages(wage_file(tmp_path, other)).added == 1
    assert Wage.objects.filter(area=texas).count() == Wage.objects.exclude(area=texas).count() == 1


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_the_period_decides_which_release_is_current(tmp_path: Path) -> None:
    import_wages(wage_file(tmp_path, {"A_MEDIAN": "40,000"}, name="all_data_M_2026.xlsx.csv"))
    assert current() == "wages 2026-05"
    import_wages(wage_file(tmp_path))
    import_wages(wage_file(tmp_path, name="state_M2024_dl.csv"))
    assert Release.objects.count() == 3
    assert current() == "wages 2026-05"
    wage = current_wages(["31-9092"]).get()
    assert (wage.release.key, wage.yearly_p50) == ("wages 2026-05", 40_000)
    import_wages(wage_file(tmp_path), month=date(2026, 11, 1))
    assert current() == "wages 2026-11"


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_each_release_has_a_source_and_uses_the_one_that_guides_cite(tmp_path: Path) -> None:
    cited = Source.objects.create(slug="bls-oews-2025", publisher="BLS", title="Wages", seen_on=date(2026, 1, 1))
    import_wages(wage_file(tmp_path))
    import_wages(wage_file(tmp_path, name="all_data_M_2024.csv"))
    sources = {release.key: release.source for release in Release.objects.all()}
    assert sources["wages 2025-05"] == cited
    assert (sources["wages 2024-05"].slug, str(sources["wages 2024-05"].covers_to)) == ("bls-oews-2024", "2024-05-31")


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_rows_for_other_industries_or_ownerships_are_skipped_and_counted(tmp_path: Path) -> None:
    others = ({"NAICS": "622000", "I_GROUP": "3-digit"}, {"OWN_CODE": "5"}, {"NAICS": "000001"})
    report = import_wages(wage_file(tmp_path, {}, *others))
    assert list(report.lines())[1:] == ["Skipped 3 rows: for other industries or ownerships."]
    assert Wage.objects.count() == 1
    with pytest.raises(ImportRefused, match=r"has no rows for all industries and ownerships. Take another table\.$"):
        import_wages(wage_file(tmp_path, *others))


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_marks_keep_their_meaning_and_never_become_zero(tmp_path: Path) -> None:
    marks = {"TOT_EMP": "**", "JOBS_1000": "-", "LOC_QUOTIENT": "", "H_PCT10": "~", "A_PCT10": "*", "A_PCT90": "#"}
    import_wages(wage_file(tmp_path, marks))
    wage = Wage.objects.select_related("release").get()
    assert wage.flags == "*-_..~....*...#"
    fields = ("employment", "jobs_per_million", "location_quotient", "hourly_p10", "yearly_p10", "yearly_p90")
    assert [getattr(wage, field) for field in fields] == [None] * 6
    figures = [figure_of(wage, field) for field in fields]
    assert [figure.flag for figure in figures] == ["*", "-", "_", "~", "*", "#"]
    assert [figure.bound for figure in figures] == [None] * 5 + [Decimal("239200.00")]


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_the_highest_published_wage_belongs_to_the_release(tmp_path: Path) -> None:
    import_wages(wage_file(tmp_path, {"H_PCT90": "#"}, name="all_data_M_2021.csv"), top_hourly=10_000)
    assert figure_of(Wage.objects.get(), "hourly_p90").bound == Decimal(100)


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_occupations_paid_by_one_unit_of_time_are_marked(tmp_path: Path) -> None:
    import_wages(wage_file(tmp_path, YEARLY_ONLY))
    wage = Wage.objects.get()
    assert (wage.paid_by, wage.hourly_p50, wage.yearly_p50) == ("year", None, 39_520)


def test_areas_and_occupations_that_the_publisher_added_are_accepted_on_request(tmp_path: Path) -> None:
    rows = (
        {"AREA": "99", "AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US"},
        {"AREA": "1", "AREA_TITLE": "Alabama", "PRIM_STATE": "AL"},
        {"AREA": "66", "AREA_TITLE": "Guam", "AREA_TYPE": "3", "PRIM_STATE": "GU"},
        {"AREA": "16980", "AREA_TITLE": "Chicago-Naperville-Elgin, IL-IN", "AREA_TYPE": "4", "PRIM_STATE": "IL"},
        {
            "AREA": "100001",
            "AREA_TITLE": "Northwest Alabama nonmetropolitan area",
            "AREA_TYPE": "6",
            "PRIM_STATE": "AL",
        },
    )
    report = import_wages(wage_file(tmp_path, *rows), add_new=True)
    assert report.new_occupations == ("31-9092 Medical Assistants",)
    assert len(report.new_areas) == 5
    assert list(Area.objects.order_by("code").values_list("code", "kind", "name", "slug", "states")) == [
        ("01", "state", "Alabama", "alabama", "AL"),
        ("0100001", "nonmetropolitan", "Northwest Alabama nonmetropolitan area",
         "northwest-alabama-nonmetropolitan-area", "AL"),
        ("16980", "metropolitan", "Chicago-Naperville-Elgin, IL-IN", "chicago-naperville-elgin-il-in", "IL-IN"),
        ("66", "state", "Guam", "guam", "GU"),
        ("99", "nation", "United States", "united-states", ""),
    ]  # fmt: skip


@pytest.mark.usefixtures("medical_assistants")
def test_an_area_takes_the_name_of_the_current_release_and_keeps_its_address(tmp_path: Path) -> None:
    newer = {"AREA": "16980", "AREA_TYPE": "4", "PRIM_STATE": "IL", "AREA_TITLE": "Chicago-Naperville-Elgin, IL-IN"}
    import_wages(wage_file(tmp_path, newer), add_new=True)
    older = newer | {"AREA_TITLE": "Chicago-Naperville-Elgin, IL-IN-WI"}
    import_wages(wage_file(tmp_path, older, name="all_data_M_2023.csv"))
    assert Area.objects.get().name == "Chicago-Naperville-Elgin, IL-IN"
    newest = newer | {"AREA_TITLE": "Chicago-Naperville-Schaumburg, IL-IN"}
    import_wages(wage_file(tmp_path, newest, name="all_data_M_2026.csv"))
    area = Area.objects.get()
    assert (area.name, area.slug) == ("Chicago-Naperville-Schaumburg, IL-IN", "chicago-naperville-elgin-il-in")


@pytest.mark.usefixtures("medical_assistants")
def test_areas_with_the_same_name_get_different_addresses(tmp_path: Path) -> None:
    same = {"AREA_TYPE": "6", "AREA_TITLE": "Eastern nonmetropolitan area"}
    import_wages(wage_file(tmp_path, same | {"AREA": "100001"}, same | {"AREA": "200001"}), add_new=True)
    slugs = Area.objects.order_by("code").values_list("slug", flat=True)
    assert list(slugs) == ["eastern-nonmetropolitan-area", "eastern-nonmetropolitan-area-0200001"]


def test_a_code_that_a_newer_classification_withdrew_is_known(texas: Area, tmp_path: Path) -> None:
    import_wages(wage_file(tmp_path, {}, {"OCC_CODE": "43-6013"}), add_new=True)
    import_wages(wage_file(tmp_path, {"OCC_CODE": "43-6013"}, name="all_data_M_2029.csv"))
    assert current_wage("31-9092", texas) is None
    assert current_wage("43-6013", texas) is not None
    withdrawn = withdrawn_codes(["31-9092", "43-6013", "99-9999"])
    assert {code: release.key for code, release in withdrawn.items()} == {"31-9092": "wages 2025-05"}


# Undoing


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_an_import_can_be_undone(tmp_path: Path) -> None:
    import_wages(wage_file(tmp_path))
    before = stored_wages()
    import_wages(wage_file(tmp_path, name="all_data_M_2026.csv"))
    mark = Generation.current()
    assert remove_release("wages", "2026-05") == 1
    assert stored_wages() == before
    assert current() == "wages 2025-05"
    assert Generation.current() not in {mark, ""}


@pytest.mark.usefixtures("medical_assistants", "texas")
def test_an_unknown_release_is_not_removed(tmp_path: Path) -> None:
    import_wages(wage_file(tmp_path))
    with pytest.raises(ImportRefused, match=r"no release “wages 2020-05”. Releases: wages 2025-05\.$"):
        remove_release("wages", "2020-05")
    assert Wage.objects.count() == 1


# The delivered excerpts


def test_the_delivered_excerpts_are_imported_once() -> None:
    assert sorted(release.key for release in import_delivered()) == [
        "metropolitan-prices 2008-2024",
        "nonmetropolitan-prices 2008-2024",
        "projections 2024-2034",
        "state-prices 2008-2023",
        "wages 2025-05",
    ]
    assert row_counts() == {Release: 5, Occupation: 1_453, Area: 583, Wage: 6_377, Projection: 1_113, PriceLevel: 8_241}
    technicians = Occupation.objects.get(code="29-2099")
    assert (technicians.title, technicians.group) == ("Health Technologists and Technicians, All Other", "detailed")
    assert technicians.titles == [
        "Dialysis Technician",
        "Electroencephalogram (EEG) Technologist",
        "Electroneurodiagnostic Technologist",
        "Encephalographer",
        "Perfusionist",
        "Polysomnograph Tech",
    ]
    remove_release("wages", "2025-05")
    assert import_delivered() == ()


def test_the_delivered_excerpts_are_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.glob("*.zip")]
    assert len(sizes) == 7
    assert sum(sizes) < 1_000_000
