"""Rows of official statistics, and files in the publishers' layouts."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from guides.models import Area, Occupation, PriceLevel, Projection, Release, Source, Wage
from guides.models.statistics import StatisticsTable
from guides.pay import headline
from guides.schema import Guide
from guides.statistics.headline import PayHeadline

EXCERPT = Path(__file__).resolve().parents[2] / "fixtures" / "statistics"


def own_headline(guide: Guide) -> PayHeadline | None:
    """The guide's own figure as its headline."""
    band = headline(guide)
    return PayHeadline(band, next(each for each in guide.sources if each.slug == band.source)) if band else None


ASSISTANTS, CLERKS = "31-9092", "43-6013"


def a_release(table: str = "wages", first: date = date(2025, 5, 1), last: date = date(2025, 5, 31)) -> Release:
    source, _created = Source.objects.get_or_create(
        slug="bls-oews-2025", defaults={"publisher": "Bureau", "title": "Survey", "seen_on": date(2026, 11, 30)}
    )
    top_hourly = 11_500 if table == StatisticsTable.WAGES else None
    return Release.objects.create(
        table=table, covers_from=first, covers_to=last, source=source, top_hourly=top_hourly,
        imported_at=datetime(2026, 11, 30, tzinfo=UTC),
    )  # fmt: skip


def an_occupation(code: str = "31-9092", title: str = "Medical Assistants") -> Occupation:
    return Occupation.objects.create(code=code, title=title, group="detailed", titles=["Ophthalmic Assistant"])


def an_area(
    kind: str = "state", code: str = "48", name: str = "Texas", slug: str = "texas", states: str = "TX"
) -> Area:
    return Area.objects.create(kind=kind, code=code, name=name, slug=slug, states=states)


def a_wage(
    release: Release | None = None, occupation: Occupation | None = None, area: Area | None = None, **values: Any
) -> Wage:
    """A row with all figures, or with the values that are passed."""
    figures: dict[str, Any] = {
        "employment": 88_300, "jobs_per_million": 6_214, "location_quotient": 122, "hourly_mean": 1_950,
        "yearly_mean": 40_560, "hourly_p10": 1_500, "hourly_p25": 1_700, "hourly_p50": 1_900, "hourly_p75": 2_100,
        "hourly_p90": 2_400, "yearly_p10": 31_200, "yearly_p25": 35_360, "yearly_p50": 39_520, "yearly_p75": 43_680,
        "yearly_p90": 49_920,
    }  # fmt: skip
    return Wage.objects.create(
        release=release or a_release(),
        occupation=occupation or an_occupation(),
        area=area or an_area(),
        **figures | values,
    )


def statistics_of_everything() -> None:
    """A row in every table of statistics."""
    wage = a_wage()
    projections = a_release("projections", date(2024, 1, 1), date(2034, 12, 31))
    Projection.objects.create(release=projections, occupation=wage.occupation, growth_permille=125, openings=112_300)
    prices = a_release("state-prices", date(2008, 1, 1), date(2023, 12, 31))
    PriceLevel.objects.create(release=prices, region="48000", year=2023, index_thousandths=97_200)


WAGE_ROW = {
    "AREA": "48", "AREA_TITLE": "Texas", "AREA_TYPE": "2", "PRIM_STATE": "TX", "NAICS": "000000",
    "NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry", "OWN_CODE": "1235", "OCC_CODE": "31-9092",
    "OCC_TITLE": "Medical Assistants", "O_GROUP": "detailed", "TOT_EMP": "88,300", "EMP_PRSE": "1.2",
    "JOBS_1000": "6.214", "LOC_QUOTIENT": "1.22", "PCT_TOTAL": "", "PCT_RPT": "", "H_MEAN": "19.50", "A_MEAN": "40,560",
    "MEAN_PRSE": "0.5", "H_PCT10": "15.00", "H_PCT25": "17.00", "H_MEDIAN": "19.00", "H_PCT75": "21.00",
    "H_PCT90": "24.00", "A_PCT10": "31,200", "A_PCT25": "35,360", "A_MEDIAN": "39,520", "A_PCT75": "43,680",
    "A_PCT90": "49,920", "ANNUAL": "", "HOURLY": "",
}  # fmt: skip
"""A row of the publisher's table that `a_wage` equals."""

YEARLY_ONLY = dict.fromkeys(("H_MEAN", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90"), "*") | {
    "ANNUAL": "TRUE"
}


def csv_text(rows: Iterable[Mapping[str, str]]) -> str:
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def wage_file(folder: Path, *changes: Mapping[str, str], name: str = "all_data_M_2025.csv") -> Path:
    """A table with a row per change of `WAGE_ROW`."""
    path = folder / name
    path.write_text(csv_text([WAGE_ROW | dict(change) for change in changes or ({},)]), encoding="utf-8")
    return path


def zipped(path: Path, *members: Path) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for member in members:
            target.write(member, member.name)
    return path


def row_counts() -> dict[type, int]:
    """How many rows each table has."""
    return {model: model.objects.count() for model in (Release, Occupation, Area, Wage, Projection, PriceLevel)}


def stored_wages() -> list[dict[str, Any]]:
    return [dict(row) for row in Wage.objects.order_by("release", "occupation", "area").values()]


def a_workbook(path: Path, sheets: Mapping[str, list[list[Any]]]) -> Path:
    """A workbook with inline text and numbers, as small as a reader accepts."""

    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value}</v></c>"
        if not value:
            return "<c/>"
        return f'<c t="inlineStr"><is><t>{escape(value)}</t></is></c>'

    def sheet(rows: list[list[Any]]) -> str:
        return "".join(f'<row r="{n}">{"".join(map(cell, row))}</row>' for n, row in enumerate(rows, start=1))

    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        target.writestr("xl/workbook.xml", f'<workbook xmlns="{main}"/>')
        for number, rows in enumerate(sheets.values(), start=1):
            body = f'<worksheet xmlns="{main}"><sheetData>{sheet(rows)}</sheetData></worksheet>'
            target.writestr(f"xl/worksheets/sheet{number}.xml", body)
    return path
