"""The commands: arguments in, reports out."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from guides.models import Release, Wage
from guides.statistics.importing.delivered import FOLDER
from tests.helpers.statistics import a_release, an_area, an_occupation, statistics_of_everything, wage_file

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> tuple[str, str, str]:
    """Return what a command prints, its errors, and its last word if it fails."""
    out, err = StringIO(), StringIO()
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), err.getvalue(), str(error)
    return out.getvalue(), err.getvalue(), ""


def test_wages_are_imported_file_by_file(tmp_path: Path) -> None:
    an_occupation()
    an_area()
    (tmp_path / "2024").mkdir()
    good, bad = wage_file(tmp_path), wage_file(tmp_path / "2024", {"AREA": "03"}, name="all_data_M_2024.csv")
    out, err, last = run("import_wages", str(bad), str(good), "--top", "100")
    counts = "1 added, 0 changed, 0 unchanged"
    assert out == f"[2/2] all_data_M_2025.csv: wages and employment by area, May 2025: {counts}.\n"
    assert err.startswith("[1/2] all_data_M_2024.csv was not imported. Faulty rows: 1.\n  row 2: area 03 “Texas” is")
    assert last == "1 of 2 refused, which changed nothing."
    assert Release.objects.get().top_hourly == 10_000
    out, err, last = run("import_wages", str(bad), "--add-new", "--month", "2024-11")
    assert (err, last) == ("", "")
    assert out.splitlines()[1:] == ["New areas: 03 Texas."]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("--month", "May"), "May is not a month such as 2025-05"),
        (("--top", "-1"), "-1 is not an hourly wage such as 115"),
        (("--top", "NaN"), "NaN is not an hourly wage such as 115"),
        ((), "the following arguments are required: FILE"),
    ],
)
def test_bad_arguments_are_explained(arguments: tuple[str, ...], reason: str) -> None:
    files = ("table.csv",) if arguments else ()
    assert reason in run("import_wages", *files, *arguments)[2]


def test_projections_and_price_levels_are_imported() -> None:
    out, _err, last = run("import_projections", str(FOLDER / "projections.zip"), "--add-new")
    assert (out.splitlines()[0], last) == (
        "[1/1] projections.zip: employment projections, 2024–34: 1,113 added, 0 changed, 0 unchanged.",
        "",
    )
    out, _err, last = run("import_price_levels", *(str(FOLDER / f"{name}.zip") for name in ("sarpp", "marpp", "parpp")))
    assert (len(out.splitlines()), last) == (5, "")


def test_a_release_is_removed() -> None:
    statistics_of_everything()
    assert run("remove_release", "wages", "2025-05") == ("Removed wages 2025-05 with 1 values.\n", "", "")
    assert not Wage.objects.exists()
    left = "projections 2024-2034, state-prices 2008-2023"
    assert run("remove_release", "wages", "2025-05")[2] == f"There is no release “wages 2025-05”. Releases: {left}."
    assert "invalid choice: 'pay'" in run("remove_release", "pay", "2025-05")[2]


def test_editors_look_up_codes_and_change_nothing(desk: Client) -> None:
    a_release()
    an_occupation()
    an_area()
    for name, query in (("release", "?table=wages"), ("occupation", "?q=ophthalmic"), ("area", "?q=texas")):
        page = desk.get(f"/admin/guides/{name}/{query}")
        assert (page.status_code, page.context["cl"].result_count) == (200, 1)
        assert desk.get(f"/admin/guides/{name}/add/").status_code == 403
