"""Files that are not a whole published table: one message that says what to do, and nothing changed."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from guides.models import Release, Wage
from guides.statistics.importing import ImportRefused
from guides.statistics.importing.wages import import_wages
from guides.statistics.importing.workbooks import MAX_PART_BYTES
from tests.helpers.statistics import (
    WAGE_ROW,
    a_workbook,
    an_area,
    an_occupation,
    row_counts,
    stored_wages,
    wage_file,
    zipped,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _known() -> None:
    an_occupation()
    an_area()


@pytest.fixture
def refused() -> Callable[..., str]:
    """Return why a file is refused, and check that nothing was changed."""

    def refuse(path: Path, **options: Any) -> str:
        before = row_counts()
        with pytest.raises(ImportRefused) as error:
            import_wages(path, **options)
        assert row_counts() == before
        return str(error.value)

    return refuse


FORMS: dict[str, Callable[[Path], Path]] = {
    "CSV": wage_file,
    "zipped CSV": lambda folder: zipped(folder / "oesm25all.zip", wage_file(folder)),
    "columns in another order and case": lambda folder: _reordered(folder),
    "with a byte order mark": lambda folder: _marked(folder),
    "workbook": lambda folder: _workbook(folder),
    "zipped workbook": lambda folder: zipped(folder / "oesm25all.zip", _workbook(folder)),
    "workbook after notes": lambda folder: _workbook(folder, notes=[["All May 2025 data"], [""]]),
}


def _reordered(folder: Path) -> Path:
    path = wage_file(folder)
    head, row = (line.split(";") for line in _semicolons().splitlines())
    order = list(range(len(head)))[::-1]
    lines = [",".join(head[n].lower() for n in order), ",".join(f'"{row[n]}"' for n in order)]
    path.write_text("\n".join(lines) + "\n")
    return path


def _semicolons() -> str:
    return f"{';'.join(WAGE_ROW)}\n{';'.join(WAGE_ROW.values())}"


def _marked(folder: Path) -> Path:
    path = wage_file(folder)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    return path


def _workbook(folder: Path, notes: list[list[str]] | None = None) -> Path:
    """The publisher's workbooks have numbers as numbers, so codes lose their zeros, and notes on another sheet."""
    row = [_number(value) if name != "NAICS" else value for name, value in WAGE_ROW.items()]
    sheets: dict[str, list[list[Any]]] = {
        "Field descriptions": [["Field", "Description"], ["area", "Area code"]],
        "All May 2025 data": [*(notes or []), list(WAGE_ROW), row],
    }
    return a_workbook(folder / "all_data_M_2025.xlsx", sheets)


def _number(text: str) -> Any:
    try:
        return float(text.replace(",", ""))
    except ValueError:
        return text


@pytest.mark.parametrize("form", FORMS)
def test_a_table_is_read_in_each_form(form: str, tmp_path: Path) -> None:
    import_wages(FORMS[form](tmp_path))
    wage = Wage.objects.select_related("area", "occupation", "release").get()
    assert (wage.area.code, wage.occupation.code, wage.release.key) == ("48", "31-9092", "wages 2025-05")
    assert (wage.employment, wage.jobs_per_million, wage.location_quotient) == (88_300, 6_214, 122)
    assert (wage.hourly_p50, wage.yearly_p50, wage.flags, wage.paid_by) == (1_900, 39_520, "", "")


def test_a_large_workbook_is_read_in_parts(tmp_path: Path) -> None:
    """With more XML than one part holds, every row is there once."""
    codes = [f"31-{number:04}" for number in range(6_000)]
    row = [_number(value) if name != "NAICS" else value for name, value in WAGE_ROW.items()]
    place, title = list(WAGE_ROW).index("OCC_CODE"), list(WAGE_ROW).index("OCC_TITLE")
    rows = [[*row[:place], code, "Assistants " + "x" * 150, *row[title + 1 :]] for code in codes]
    path = a_workbook(tmp_path / "all_data_M_2025.xlsx", {"All": [list(WAGE_ROW), *rows]})
    with ZipFile(path) as workbook:
        assert workbook.getinfo("xl/worksheets/sheet1.xml").file_size > MAX_PART_BYTES
    assert import_wages(path, add_new=True).added == 6_000
    stored = Wage.objects.order_by("occupation__code").values_list("occupation__code", flat=True)
    assert list(stored) == codes


def test_a_missing_file_is_reported(refused: Callable[..., str], tmp_path: Path) -> None:
    assert refused(tmp_path / "none.csv") == f"{tmp_path}/none.csv cannot be read: No such file or directory."
    assert refused(tmp_path) == f"{tmp_path} cannot be read: Is a directory."


def test_a_file_without_a_month_needs_one(refused: Callable[..., str], tmp_path: Path) -> None:
    path = wage_file(tmp_path, name="table.csv")
    assert refused(path) == "The name of table.csv does not say its month. Add it: --month 2025-05."


def test_missing_columns_are_named(refused: Callable[..., str], tmp_path: Path) -> None:
    path = wage_file(tmp_path)
    path.write_text(path.read_text().replace("A_MEDIAN", "A_MIDDLE").replace("H_PCT90,", "H_TOP,"))
    message = refused(path)
    assert message.startswith(
        "all_data_M_2025.csv is not a table of wages and employment (OEWS), or not a whole one."
        " Missing columns: h_pct90, a_median. Headings found: area, area_title,"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "Missing columns: area, area_title"),
        (b"Dear all,\nhere is the table.\n", "Headings found: dear all."),
        (b'"GeoFIPS","GeoName"\n"48000","Texas"\n', "Headings found: geofips, geoname."),
        ("Área,Größe\n".encode("cp1252") * 3, "is not UTF-8 text: byte 0xc1 cannot be read. Save it as “CSV UTF-8”"),
        ("AREA,AREA_TITLE\n".encode("utf-16"), "is not UTF-8 text: byte 0xff cannot be read."),
        (b'"AREA,\n' * 50_000, "is not a whole CSV file"),
        (b"PK\x03\x04 and then nothing", "is damaged or was cut off"),
    ],
    ids=["empty", "a letter", "another table", "cp1252", "UTF-16", "an open quote", "not a ZIP file"],
)
def test_another_file_is_refused(content: bytes, reason: str, refused: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "all_data_M_2025.csv"
    path.write_bytes(content)
    assert reason in refused(path)


def test_a_table_that_was_cut_off_is_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    path = wage_file(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"43,680") - 2])
    assert "The file may have been cut off" in refused(path)
    path.write_bytes(whole[: whole.index(b"43,680") + 2])
    assert "is not a whole CSV file: unexpected end of data" in refused(path)


@pytest.mark.parametrize("form", ["zipped CSV", "workbook", "zipped workbook"])
def test_a_zip_file_that_was_cut_off_or_damaged_is_refused(
    form: str, refused: Callable[..., str], tmp_path: Path
) -> None:
    path = FORMS[form](tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert "is damaged or was cut off" in refused(path)
    flipped = bytes(byte ^ 0xFF for byte in whole[100:140])
    path.write_bytes(whole[:100] + flipped + whole[140:])
    assert "Download it again" in refused(path)


def test_a_zip_file_must_have_one_table(refused: Callable[..., str], tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n")
    (tmp_path / "b.csv").write_text("b\n")
    (tmp_path / "note.txt").write_text("note\n")
    assert "It has: a.csv, b.csv. Unpack it first." in refused(
        zipped(tmp_path / "two_M_2025.zip", tmp_path / "a.csv", tmp_path / "b.csv")
    )
    assert "It has: none." in refused(zipped(tmp_path / "none_M_2025.zip", tmp_path / "note.txt"))


def test_an_endless_line_is_not_read(refused: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "all_data_M_2025.csv"
    with path.open("wb") as file:
        file.write(b"AREA,")
        file.truncate(100_000_000)
    assert "has a line with more than 100,000 characters. This is not a published table." in refused(path)


def test_a_bomb_is_not_unpacked(refused: Callable[..., str], tmp_path: Path) -> None:
    """A ZIP file of a few kilobytes that unpacks to more than a table, or to a row without an end."""
    large, endless = tmp_path / "large_M_2025.zip", tmp_path / "endless_M_2025.xlsx"
    with ZipFile(large, "w", ZIP_DEFLATED) as target, target.open("table.csv", "w") as member:
        for _ in range(1_001):
            member.write(bytes(1_000_000))
    assert "unpacks to 1,001,000,000 bytes. A table has at most 1,000,000,000." in refused(large)
    with ZipFile(endless, "w", ZIP_DEFLATED) as target:
        target.writestr("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row>" + bytes(20_000_000))
    assert "has a row without an end" in refused(endless)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"A_MEDIAN": "forty"}, "'forty' is not a number"),
        ({"A_MEDIAN": "39,52"}, "'39,52' is not a number"),
        ({"A_MEDIAN": "-39520"}, "'-39520' is negative"),
        ({"A_MEDIAN": "39520.5"}, "'39520.5' has more than 0 decimals"),
        ({"A_MEDIAN": "9999999999"}, "'9999999999' is not a number"),
        ({"H_MEAN": "0.00"}, "a wage is zero"),
        ({"H_MEDIAN": "35.00"}, "percentiles are not in ascending order"),
        ({"ANNUAL": "TRUE"}, "has wages for another unit of time, although it is marked as paid by the year"),
        ({"OCC_CODE": "31-909"}, "'31-909' is not an occupation code such as 43-6013"),
        ({"OCC_CODE": "99-9999"}, "occupation 99-9999 “Medical Assistants” is unknown. If the publisher added it, use"),
        ({"AREA": "03"}, "area 03 “Texas” is unknown. If the publisher added it, use --add-new"),
        ({"AREA": "4x"}, "area '4x' “Texas” is not a state with a code of 2 digits"),
        ({"AREA_TYPE": "9"}, "area type '9' is unknown. Types are 1, 2, 3, 4 and 6"),
        ({"AREA_TYPE": "1"}, "area 48 is a state here, not a nation"),
    ],
)
def test_faulty_rows_are_listed(
    change: dict[str, str], fault: str, refused: Callable[..., str], tmp_path: Path
) -> None:
    message = refused(wage_file(tmp_path, change))
    assert message.startswith("all_data_M_2025.csv was not imported. Faulty rows: 1.\n  row 2: ")
    assert fault in message
    assert message.endswith("or run the command with --skip-faults to import the other rows.")


def test_other_rows_can_be_imported(tmp_path: Path) -> None:
    path = wage_file(tmp_path, {}, {"A_MEDIAN": "?"}, {"OCC_CODE": "99-9999"}, {"OCC_CODE": "99-9999", "AREA": "48"})
    report = import_wages(path, skip_faults=True)
    assert list(report.lines()) == [
        "wages and employment by area, May 2025: 1 added, 0 changed, 0 unchanged.",
        "Skipped 3 faulty rows:",
        "  row 3: '?' is not a number",
        "  row 4: occupation 99-9999 “Medical Assistants” is unknown. If the publisher added it, use --add-new"
        " (and 1 more)",
    ]
    assert Wage.objects.count() == 1


def test_the_report_of_faults_is_bounded(refused: Callable[..., str], tmp_path: Path) -> None:
    message = refused(wage_file(tmp_path, *({"A_MEDIAN": f"x{number}"} for number in range(500))))
    assert len(message.splitlines()) == 23
    assert "Faulty rows: 500." in message
    assert "  … and 480 more with other faults" in message


def test_random_bytes_are_refused(refused: Callable[..., str], tmp_path: Path) -> None:
    whole = FORMS["CSV"](tmp_path).read_bytes()
    chance = random.Random(16)
    path = tmp_path / "damaged_M_2025.csv"
    for _ in range(50):
        content = bytearray(whole)
        for _ in range(20):
            content[chance.randrange(len(content))] = chance.randrange(256)
        path.write_bytes(content)
        refused(path)
    assert not Release.objects.exists()
    assert stored_wages() == []
