"""The page of a role's pay in one place, with published figures."""

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from guides.models import Area, Occupation, Release
from guides.publishing.editions.withdraw import withdraw
from guides.templatetags.served import for_export
from tests.helpers.factories import an_edition
from tests.helpers.statistics import a_release, a_wage
from tests.reading.test_pages import assert_well_made, page, words

pytestmark = pytest.mark.usefixtures("_delivered_pay")

TEXAS = "/guides/medical-assistant/pay/texas/"
CHICAGO = "chicago-naperville-elgin-il-in"


def title_of(html: str) -> str:
    found = re.search("<title>(.*?) · Careerguide</title>", html)
    assert found
    return unescape(found[1])


def rows_of(html: str, label: str) -> list[list[str]]:
    """Return the texts of the cells of a table, row by row, without its head."""
    found = re.search(rf'class="table"[^>]* aria-labelledby="{label}-table".*?<tbody>(.*?)</tbody>', html, re.DOTALL)
    assert found
    return [
        [words(cell).strip() for cell in re.findall(r"<t[hd].*?>(.*?)</t[hd]>", row, re.DOTALL)]
        for row in re.findall("<tr>(.*?)</tr>", found[1], re.DOTALL)
    ]


def things_of(html: str) -> list[dict[str, Any]]:
    found = re.search('<script type="application/ld\\+json">(.*?)</script>', html)
    assert found
    things: list[dict[str, Any]] = json.loads(found[1])["@graph"]
    return things


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("medical-assistant/pay/texas", "Medical Assistant pay in Texas, May 2025"),
        (f"medical-assistant/pay/{CHICAGO}", "Medical Assistant pay in Chicago-Naperville-Elgin, IL-IN, May 2025"),
        ("medical-assistant/pay/united-states", "Medical Assistant pay in the United States, May 2025"),
        (
            "medical-assistant/pay/west-montana-nonmetropolitan-area",
            "Medical Assistant pay in the West Montana nonmetropolitan area, May 2025",
        ),
        (
            "patient-care-manager/pay/guam",
            "Patient Care Manager: pay of Medical and Health Services Managers in Guam, May 2025",
        ),
        (
            "patient-care-coordinator/pay/texas",
            "Patient Care Coordinator: pay of similar occupations in Texas, May 2025",
        ),
    ],
)
def test_a_title_has_the_role_the_place_and_the_month(address: str, title: str) -> None:
    html = page(f"/guides/{address}/")
    assert title_of(html) == title
    assert f"<h1>{title}</h1>" in unescape(html)
    assert_well_made(html)


def test_percentiles_are_shown_by_the_year_and_by_the_hour_next_to_the_nation() -> None:
    assert rows_of(page(TEXAS), "percentiles-1") == [
        ["A tenth earn less than", "$31,200 $15.00", "$36,050 $17.33"],
        ["A quarter earn less than", "$36,520 $17.56", "$38,470 $18.50"],
        ["Typical pay (median)", "$39,520 $19.00", "$45,690 $21.97"],
        ["A quarter earn more than", "$46,180 $22.20", "$49,180 $23.65"],
        ["A tenth earn more than", "$49,260 $23.68", "$59,310 $28.52"],
    ]


def test_a_median_is_compared_with_the_nation_before_and_after_prices() -> None:
    text = words(page(TEXAS))
    assert "Compared with the nation $6,170 a year less" in text
    assert "Prices here are 2.8% lower than in the nation (2023). After prices: $5,021 a year less." in text
    assert rows_of(page(TEXAS), "prices-1") == [
        ["Texas", "$39,520", "97.2", "$40,669", "75,340"],
        ["United States", "$45,690", "100", "$45,690", "817,870"],
    ]


def test_a_metropolitan_area_is_compared_with_its_states_in_the_year_that_all_have() -> None:
    html = page(f"/guides/medical-assistant/pay/{CHICAGO}/")
    assert [row[:3] for row in rows_of(html, "prices-1")] == [
        ["Chicago-Naperville-Elgin, IL-IN", "$47,270", "102.5"],
        ["Illinois", "$46,090", "98.9"],
        ["Indiana", "$45,110", "92.2"],
        ["United States", "$45,690", "100"],
    ]
    assert "In 2023, prices in Chicago-Naperville-Elgin, IL-IN were 2.5% higher than in the nation." in words(html)
    crumbs = re.search(r'<nav class="crumbs".*?</nav>', html, re.DOTALL)
    assert crumbs
    assert words(crumbs[0]).strip() == "Guides › Medical Assistant › Pay by place › Illinois"


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        ("texas", "75,340 About as many jobs per worker as in the nation."),
        ("lake-charles-la", "2.8 times as many jobs per worker as in the nation."),
        (CHICAGO, "15,640 34% fewer jobs per worker than in the nation."),
    ],
)
def test_concentration_is_explained(area: str, sentence: str) -> None:
    assert sentence in words(page(f"/guides/medical-assistant/pay/{area}/"))


def test_a_place_without_a_price_level_says_so() -> None:
    html = page("/guides/medical-assistant/pay/virgin-islands/")
    assert "The publisher has no price level for Virgin Islands, so its pay can’t be adjusted." in words(html)
    assert rows_of(html, "prices-1")[0] == ["Virgin Islands", "$38,130", "not published", "unknown", "120"]


def test_each_nearest_occupation_has_its_own_figures_and_what_else_it_covers() -> None:
    html = page(f"/guides/patient-care-coordinator/pay/{CHICAGO}/")
    text = words(html)
    assert [row[1] for label in ("percentiles-1", "percentiles-2") for row in rows_of(html, label)[2:3]] == [
        "$47,680 $22.92",
        "$50,240 $24.15",
    ]
    assert "Medical Secretaries and Administrative Assistants 43-6013 The survey doesn’t count this job" in text
    assert "It combines patient representatives with dialysis technicians, perfusionists" in text


def test_a_broader_occupation_is_never_called_the_role_s_own_pay() -> None:
    text = words(page("/guides/patient-care-manager/pay/texas/"))
    assert "These figures are for the whole group. It also covers administrators of hospitals" in text
    assert "Patient Care Manager pay" not in text


@pytest.mark.parametrize("address", ["", "texas/"])
def test_figures_that_editors_do_not_trust_are_shown_with_a_warning(address: str) -> None:
    an_edition(occupations=[{"code": "31-9092", "relation": "same"}], pay_is_representative=False)
    sentence = "Our editors think that these figures don’t represent this job well."
    assert sentence in words(page(f"/guides/lighthouse-keeper/pay/{address}"))
    assert sentence not in words(page(f"/guides/medical-assistant/pay/{address}"))


def test_other_places_of_the_state_come_first_by_pay_and_the_nearest_by_distance() -> None:
    html = page(f"/guides/medical-assistant/pay/{CHICAGO}/")
    others, nearest = rows_of(html, "others"), rows_of(html, "nearest")
    assert [others[0], len(others)] == [["Springfield, IL", "$45,140 $21.70", "790", "1.49"], 15]
    assert [row[1] for row in nearest] == sorted(
        (row[1] for row in nearest), key=lambda pay: abs(int(pay[1:7].replace(",", "")) - 47_270)
    )
    assert len(nearest) == 6
    assert "Chicago-Naperville-Elgin, IL-IN" not in {row[0] for row in (*others, *nearest)}
    assert [row[0] for row in rows_of(page(TEXAS), "nearest")][:2] == ["Kansas", "Tennessee"]


def test_every_figure_has_publisher_table_release_area_and_code() -> None:
    text = words(page(TEXAS))
    assert "Medical Assistants (31-9092) in Texas, May 2025" in text
    assert (
        "Pay and jobs: U.S. Bureau of Labor Statistics, Occupational Employment and Wage Statistics, May 2025." in text
    )
    assert "U.S. Bureau of Economic Analysis, Regional price parities by state, 2008–2023." in text


# Gaps, bounds, and collapsed percentiles


def test_a_wage_that_is_not_available_is_a_gap_and_not_zero() -> None:
    html = page("/guides/clinical-coordinator/pay/bellingham-wa/")
    nurses = [row[1] for row in rows_of(html, "percentiles-2")]
    assert nurses == ["not available"] * 5
    assert "Typical pay (median) not available U.S. Bureau" in words(html)
    assert "1,850" in words(html)
    assert "They never mean zero." in words(html)


def test_collapsed_percentiles_are_not_shown() -> None:
    an_edition(occupations=[{"code": "29-9021", "relation": "same"}])
    html = page("/guides/lighthouse-keeper/pay/southeast-oklahoma-nonmetropolitan-area/")
    assert [row[1] for row in rows_of(html, "percentiles-1")] == [
        "not shown", "not shown", "$41,130 $19.78", "$46,800 $22.50", "$62,230 $29.92",
    ]  # fmt: skip
    assert "19,060" not in html


def test_wages_at_or_above_the_highest_published_one_are_bounds() -> None:
    release = Release.objects.get(table="wages")
    a_wage(release, Occupation.objects.get(code="29-1215"), Area.objects.get(code="99"))
    an_edition(occupations=[{"code": "29-1215", "relation": "same"}])
    html = page("/guides/lighthouse-keeper/pay/albany-or/")
    assert [row[1] for row in rows_of(html, "percentiles-1")] == ["$239,200 or more $115.00 or more"] * 5
    assert "Typical pay (median) $239,200 or more a year $115.00 or more an hour U.S. Bureau" in words(html)
    (_page, occupation) = things_of(html)
    assert "estimatedSalary" not in occupation


def test_an_occupation_that_is_paid_by_the_year_has_no_hourly_figures() -> None:
    an_edition(occupations=[{"code": "25-2021", "relation": "same"}])
    text = words(page("/guides/lighthouse-keeper/pay/united-states/?offer=40&per=hour"))
    assert "Typical pay (median) $63,970 a year U.S. Bureau" in text
    assert "The publisher has these wages by the year only. Enter the pay for a year." in text


def test_an_occupation_that_is_paid_by_the_hour_has_no_yearly_figures() -> None:
    an_edition(occupations=[{"code": "27-2011", "relation": "same"}])
    text = words(page("/guides/lighthouse-keeper/pay/united-states/"))
    assert "Typical pay (median) $29.05 an hour U.S. Bureau" in text


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "/guides/medical-assistant/pay/nowhere/",
        "/guides/nobody/pay/texas/",
        "/guides/patient-care-coordinator/pay/ithaca-ny/",  # neither of its occupations has figures there
        "/guides/lighthouse-keeper/pay/texas/",  # no occupation
        "/guides/lighthouse-keeper/pay/",
        "/guides/lighthouse-keeper/pay.csv",
    ],
)
def test_what_has_no_figures_is_not_found(address: str) -> None:
    an_edition(occupations=[])
    assert Client().get(address).status_code == 404


def test_a_place_that_only_an_earlier_release_has_is_not_found() -> None:
    before = a_release(first=date(2024, 5, 1), last=date(2024, 5, 31))
    gone = Area.objects.create(kind="metropolitan", code="10000", name="Gone, TX", slug="gone-tx", states="TX")
    a_wage(before, Occupation.objects.get(code="31-9092"), gone)
    assert Client().get("/guides/medical-assistant/pay/gone-tx/").status_code == 404


def test_an_address_with_capitals_and_a_withdrawn_guide_lead_on() -> None:
    response = Client().get("/guides/Medical-Assistant/pay/Texas/?offer=20")
    assert (response.status_code, response["Location"]) == (301, f"{TEXAS}?offer=20")
    edition = an_edition(occupations=[{"code": "31-9092", "relation": "same"}])
    withdraw(role=edition.role, by="Ada")
    assert Client().get("/guides/lighthouse-keeper/pay/texas/").status_code == 410


def test_a_page_takes_few_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for address in (TEXAS, f"/guides/patient-care-coordinator/pay/{CHICAGO}/"):
        page(address)
        with django_assert_max_num_queries(4):  # the generation, the edition, wages, and the nearest medians
            page(address)


def test_a_page_does_not_read_the_whole_guide() -> None:
    with CaptureQueriesContext(connection) as queries:
        page(TEXAS)
    assert [query["sql"] for query in queries if '"guides_edition"."content"' in query["sql"]] == []


# Metadata


def test_the_role_has_a_salary_in_its_place_for_search_engines() -> None:
    html = page(f"/guides/medical-assistant/pay/{CHICAGO}/")
    of_page, occupation = things_of(html)
    address = f"http://127.0.0.1:8000/guides/medical-assistant/pay/{CHICAGO}/"
    assert [(item["name"], item["item"]) for item in of_page["breadcrumb"]["itemListElement"]][2:] == [
        ("Pay by place", "http://127.0.0.1:8000/guides/medical-assistant/pay/"),
        ("Chicago-Naperville-Elgin, IL-IN", address),
    ]
    assert occupation == {
        "@type": "Occupation",
        "name": "Medical Assistant",
        "occupationalCategory": "31-9092 Medical Assistants",
        "occupationLocation": [
            {
                "@type": "AdministrativeArea",
                "name": "Chicago-Naperville-Elgin, IL-IN",
                "containedInPlace": [{"@type": "State", "name": "Illinois"}, {"@type": "State", "name": "Indiana"}],
            }
        ],
        "estimatedSalary": [
            {
                "@type": "MonetaryAmountDistribution", "name": "Medical Assistant",
                "currency": "USD", "duration": "P1Y",
                "percentile10": 36_600, "percentile25": 40_690, "median": 47_270, "percentile75": 50_260,
                "percentile90": 57_360,
            },
            {
                "@type": "MonetaryAmountDistribution", "name": "Medical Assistant",
                "currency": "USD", "duration": "PT1H",
                "percentile10": 17.6, "percentile25": 19.56, "median": 22.73, "percentile75": 24.16,
                "percentile90": 27.58,
            },
        ],
    }  # fmt: skip
    assert f'<link rel="canonical" href="{address}" />' in html
    assert (
        '<meta name="description" content="Typical pay in Chicago-Naperville-Elgin, IL-IN, May 2025. '
        'Medical Assistant: $47,270 a year, $22.73 an hour." />'
    ) in html


def test_search_engines_never_read_another_occupation_under_the_role_s_name() -> None:
    _page, *occupations = things_of(page("/guides/patient-care-coordinator/pay/texas/"))
    names = {name for each in occupations for name in (each["name"], each["estimatedSalary"][0]["name"])}
    assert names == {
        "Medical Secretaries and Administrative Assistants",
        "Health Technologists and Technicians, All Other",
    }


def test_an_export_has_no_form() -> None:
    with for_export():
        html = page(TEXAS)
    assert ['name="offer"' in html, 'name="place"' in html] == [False, False]
    assert_well_made(html)
