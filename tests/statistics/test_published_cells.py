"""Cells that were copied by hand from the publisher's file, as they are after an import."""

from decimal import Decimal
from pathlib import Path

import pytest

from guides.choices import Period
from guides.models import Wage
from guides.models.wages import Flag
from guides.statistics.figures import Figure, figure_of, percentiles
from guides.statistics.importing.delivered import import_delivered
from guides.statistics.importing.wages import import_wages

MARKS = Path(__file__).parent.parent / "files" / "oews_marks_M_2025.csv"
"""Rows of occupations without a guide: with #, with one unit of time, and with collapsed percentiles."""

NUMBERS = (
    # nation
    ("99", "31-9092", "employment", "817870"),
    ("99", "31-9092", "hourly_p50", "21.97"),
    ("99", "31-9092", "yearly_p50", "45690"),
    ("99", "31-9092", "yearly_p90", "59310"),
    ("99", "29-1141", "yearly_mean", "101420"),
    ("99", "29-1141", "hourly_p10", "33.14"),
    ("99", "29-2099", "yearly_p50", "50290"),
    ("99", "29-2099", "hourly_mean", "28.23"),
    # states and territories
    ("48", "31-9092", "yearly_p50", "39520"),
    ("48", "31-9092", "hourly_p90", "23.68"),
    ("48", "31-9092", "jobs_per_million", "5.354"),
    ("17", "43-6013", "location_quotient", "0.73"),
    ("17", "43-6013", "yearly_p25", "40320"),
    ("06", "29-1141", "hourly_p90", "102.56"),
    ("06", "29-1141", "yearly_p90", "213320"),
    ("15", "21-1022", "employment", "660"),
    ("15", "21-1022", "yearly_p50", "85420"),
    ("36", "11-9111", "yearly_p90", "340990"),
    ("72", "43-4051", "hourly_p10", "10.50"),
    ("66", "43-6014", "location_quotient", "2.21"),
    ("78", "43-4171", "yearly_p75", "38550"),
    # metropolitan and nonmetropolitan areas
    ("16980", "31-9092", "hourly_p50", "22.73"),
    ("16980", "31-9092", "jobs_per_million", "3.465"),
    ("35620", "43-4171", "employment", "74190"),
    ("0100001", "31-9092", "yearly_p10", "27280"),
    ("13820", "43-6013", "yearly_p50", "39150"),
    ("14540", "43-4111", "hourly_p25", "19.47"),
    # above the highest wage that is published, and numbers all the same
    ("24340", "29-1211", "yearly_p75", "384800"),
    ("12540", "33-2011", "yearly_p90", "470940"),
    ("99", "27-2011", "hourly_p90", "143.68"),
    ("99", "25-2021", "yearly_p50", "63970"),
)
TOP_HOUR, TOP_YEAR = Decimal("115.00"), Decimal("239200.00")
MARKED = (
    # **: employment is not available
    ("13820", "43-6013", "employment", Flag.NOT_AVAILABLE, None),
    ("13820", "43-6013", "jobs_per_million", Flag.NOT_AVAILABLE, None),
    ("14540", "43-4111", "location_quotient", Flag.NOT_AVAILABLE, None),
    ("10900", "29-1224", "employment", Flag.NOT_AVAILABLE, None),
    # *: the wage is not available
    ("15540", "21-1022", "yearly_p50", Flag.NOT_AVAILABLE, None),
    ("19500", "29-2099", "hourly_mean", Flag.NOT_AVAILABLE, None),
    ("99", "27-2011", "yearly_p50", Flag.NOT_AVAILABLE, None),
    ("99", "25-2021", "hourly_p90", Flag.NOT_AVAILABLE, None),
    # #: at or above the highest wage that is published
    ("10540", "29-1215", "hourly_p10", Flag.AT_OR_ABOVE, TOP_HOUR),
    ("10540", "29-1215", "yearly_mean", Flag.AT_OR_ABOVE, TOP_YEAR),
    ("24340", "29-1211", "yearly_p90", Flag.AT_OR_ABOVE, TOP_YEAR),
    ("06", "27-2021", "yearly_p90", Flag.AT_OR_ABOVE, TOP_YEAR),
    # an empty cell: the nation has no concentration
    ("99", "31-9092", "location_quotient", Flag.EMPTY, None),
    ("99", "43-4171", "jobs_per_million", Flag.EMPTY, None),
)


@pytest.mark.django_db
@pytest.mark.engine
def test_published_cells_are_as_they_were_published() -> None:
    import_delivered()
    import_wages(MARKS, add_new=True)

    def wage(area: str, occupation: str) -> Wage:
        rows = Wage.objects.select_related("release", "area", "occupation")
        return rows.get(area__code=area, occupation__code=occupation)

    expected = {
        **{(area, code, field): Figure(Decimal(amount)) for area, code, field, amount in NUMBERS},
        **{(area, code, field): Figure(None, flag, bound) for area, code, field, flag, bound in MARKED},
    }
    assert len(expected) == len(NUMBERS) + len(MARKED) >= 40
    assert {cell: figure_of(wage(*cell[:2]), cell[2]) for cell in expected} == expected

    def shown(area: str, occupation: str) -> list[str | None]:
        per_year = percentiles(wage(area, occupation), Period.YEAR)
        return [str(each.figure.amount or each.figure.bound) if each.is_displayable else None for each in per_year]

    assert {
        "Bakersfield firefighters": shown("12540", "33-2011"),
        "Southeast Oklahoma registrars": shown("4000004", "29-9021"),
        "Bowling Green interviewers": shown("14540", "43-4111"),
        "Grand Rapids anesthesiologists": shown("24340", "29-1211"),
        "Albany family physicians": shown("10540", "29-1215"),
        "Burlington social workers": shown("15540", "21-1022"),
    } == {
        "Bakersfield firefighters": ["49120", "57710", "72410", None, None],
        "Southeast Oklahoma registrars": [None, None, "41130", "46800", "62230"],
        "Bowling Green interviewers": ["38210", "40490", "40490", "41300", "42480"],
        "Grand Rapids anesthesiologists": ["185960", "197150", "228760", "384800", "384800"],
        "Albany family physicians": ["239200.00"] * 5,
        "Burlington social workers": [None] * 5,
    }
