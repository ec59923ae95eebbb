"""Official figures in the formats of a guide other than its page."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from guides.models import Area, Occupation
from tests.helpers.factories import an_edition
from tests.helpers.factories import an_occupation as of_role
from tests.helpers.statistics import ASSISTANTS, a_release, a_wage, an_occupation
from tests.reading.test_pages import ADDRESS, page
from tests.rendering.test_formats import jsonld_of

pytestmark = pytest.mark.django_db


def same(**changes: Any) -> list[dict[str, Any]]:
    return [of_role(relation="same") | changes]


@pytest.mark.usefixtures("wages")
def test_json_ld_estimates_the_salary_of_the_same_occupation_alone() -> None:
    def salaries(relation: str) -> Any:
        an_edition(slug=relation, title=relation, occupations=[of_role(relation=relation)], pay=[], facts=[], levels=[])
        return jsonld_of(f"/guides/{relation}/")["Occupation"].get("estimatedSalary")

    of_all = {"@type": "MonetaryAmountDistribution", "name": "Medical Assistants", "currency": "USD"}
    names = ("percentile10", "percentile25", "median", "percentile75", "percentile90")
    assert salaries("same") == [
        of_all | {"duration": "P1Y"} | dict(zip(names, (31_200, 35_360, 39_520, 43_680, 49_920), strict=True)),
        of_all | {"duration": "PT1H"} | dict(zip(names, (15, 17, 19, 21, 24), strict=True)),
    ]
    assert jsonld_of("/guides/same/")["Occupation"]["occupationLocation"] == [
        {"@type": "Country", "name": "United States"}
    ]
    assert [salaries(relation) for relation in ("broader", "nearest")] == [None, None]


def test_json_ld_has_no_collapsed_or_missing_percentile(nation: Area) -> None:
    wide = {"yearly_p75": 99_000, "yearly_p90": 99_000}
    top = {"hourly_p75": None, "hourly_p90": None, "flags": "........##....."}
    a_wage(a_release(), an_occupation(), nation, **wide, **top)
    an_edition(occupations=same(), pay=[], facts=[], levels=[])
    found = jsonld_of(ADDRESS)["Occupation"]["estimatedSalary"]
    assert [set(each) & {"percentile75", "percentile90"} for each in found] == [set(), set()]


@pytest.mark.usefixtures("projections")
def test_the_markdown_has_the_same_figures() -> None:
    an_edition(occupations=same(), pay=[], facts=[], levels=[], routes=[], requirements=[], sources=[])
    text = Client().get(f"{ADDRESS[:-1]}.md").content.decode()
    assert (
        "- **Pay:** $39,520 a year · $19.00 an hour, median, 10th to 90th percentile $31,200–$49,920 · $15.00–$24.00"
        " \\[1\\]\n- **Growth 2024–34:** 12.5%, all jobs: 3.1% \\[1\\]\n- **Openings:** 112,300 a year \\[1\\]\n"
    ) in text
    assert "| Typical pay (median) | $39,520 · $19.00 |\n" in text
    assert "### Medical Assistants (31-9092)\n\nIt also includes *sailors*.\n\n| Of these jobs |" in text
    assert "| Openings | 112,300 a year |\n" in text


@pytest.mark.usefixtures("wages")
def test_the_job_description_compares_with_the_headline() -> None:
    an_edition(occupations=[of_role()], pay=[], facts=[], levels=[])
    text = Client().get(f"{ADDRESS}toolkit/job-description.md").content.decode()
    assert (
        "Pay range: [$31,200–$39,520 a year · $15.00–$19.00 an hour]\n\n[These are published figures for comparison: "
        "10th percentile to median; Medical Assistants; Bureau"
    ) in text


@pytest.mark.usefixtures("wages")
def test_a_new_release_gives_the_picture_a_new_address(nation: Area) -> None:
    def address() -> str:
        (found,) = re.findall(r'og:image" content="http://127.0.0.1:8000([^"]*)"', page())
        return str(found)

    an_edition(occupations=same(), pay=[], facts=[], levels=[])
    before = address()
    assert re.fullmatch(r"/guides/lighthouse-keeper/card-1-v4-[0-9a-f]{8}\.png", before)
    assert Client().get(before).headers["Content-Type"] == "image/png"
    newer = a_release("wages", date(2026, 5, 1), date(2026, 5, 31))
    a_wage(newer, Occupation.objects.get(code=ASSISTANTS), nation, yearly_p50=40_000, hourly_p50=1_923)
    after = address()
    assert after != before
    for former in (before, "/guides/lighthouse-keeper/card-1-v4.png"):
        response = Client().get(former)
        assert (response.status_code, response.headers["Location"]) == (302, after)
