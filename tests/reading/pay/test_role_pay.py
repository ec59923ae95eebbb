"""The page and the file of a role's pay in all areas, with published figures."""

import csv
import io
import re
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import Area, Occupation, Release, Wage
from guides.reading.page_cache.cache import known_parameters
from guides.reading.pay.role_pay import AreaPay
from guides.reading.pay.role_pay_csv import write_csv
from guides.templatetags.served import for_export
from tests.helpers.factories import an_edition
from tests.reading.pay.test_role_pay_place import rows_of, title_of
from tests.reading.test_pages import assert_well_made, page, words

pytestmark = pytest.mark.usefixtures("_delivered_pay")

ASSISTANT = "/guides/medical-assistant/pay/"
COORDINATOR = "/guides/patient-care-coordinator/pay/"


@pytest.mark.parametrize(
    ("address", "title"),
    [
        (ASSISTANT, "Medical Assistant pay by state and city, May 2025"),
        (
            "/guides/patient-care-manager/pay/",
            "Patient Care Manager: pay of Medical and Health Services Managers by state and city, May 2025",
        ),
        (COORDINATOR, "Patient Care Coordinator: pay of similar occupations by state and city, May 2025"),
    ],
)
def test_a_title_says_whose_pay_it_is(address: str, title: str) -> None:
    html = page(address)
    assert title_of(html) == title
    assert_well_made(html)


def test_the_first_figures_are_those_of_the_nation_and_of_the_highest_and_the_lowest_state() -> None:
    text = words(page(ASSISTANT))
    assert "Typical pay (median) in the nation $45,690 a year $21.97 an hour U.S. Bureau of Labor Statistics" in text
    assert "Highest state median $59,290 Washington Lowest state median $33,570 Guam" in text
    assert "Medical Assistants 31-9092 It also covers chiropractic, " in text


def test_the_map_and_the_table_have_the_same_figures() -> None:
    html = page(ASSISTANT)
    rows = rows_of(html, "states")
    assert len(rows) == 54
    assert dict(zip(["Alabama", "Texas"], [rows[0], rows[45]], strict=True)) == {
        "Alabama": ["Alabama", "$36,100 $17.35", "$40,124", "13,300", "1.2"],
        "Texas": ["Texas", "$39,520 $19.00", "$40,669", "75,340", "1.02"],
    }
    tiles = re.findall(
        r'<a class="tile shade-([1-5])" href="([^"]+)">(\w\w)<span class="visually-hidden"> ([^<]+)', html
    )
    assert {text for *_rest, text in tiles} == {f"{row[0]}, {row[1].split()[0]}" for row in rows}
    shades = {postal: (int(shade), address) for shade, address, postal, _text in tiles}
    assert [shades[postal] for postal in ("GU", "TX", "WA")] == [
        (1, f"{ASSISTANT}guam/"), (2, f"{ASSISTANT}texas/"), (5, f"{ASSISTANT}washington/"),
    ]  # fmt: skip
    assert "Median pay a year, Medical Assistants (31-9092), May 2025." in words(html)
    assert "$33,570–$39,510 $39,520–$43,920" in words(html)


def test_a_state_without_a_figure_has_a_tile_without_a_link() -> None:
    Wage.objects.filter(area__states="VI", area__kind="state", occupation__code="31-9092").delete()
    wage = Wage.objects.get(area__code="66", occupation__code="31-9092")
    Release.objects.get(table="wages").wages.filter(pk=wage.pk).update(
        **dict.fromkeys(("hourly_p50", "yearly_p50")), flags=".......*....*.."
    )
    html = page(ASSISTANT)
    assert '<span class="tile shade-0">VI<span class="visually-hidden"> Virgin Islands, not published</span>' in html
    assert (
        '<a class="tile shade-0" href="/guides/medical-assistant/pay/guam/">GU<span class="visually-hidden"> Guam, n'
        in html
    )
    assert "Lowest state median $35,360 Mississippi" in words(html)


@pytest.mark.parametrize(
    ("sort", "first", "column", "values"),
    [
        ("", "Vallejo, CA", 1, ["$77,410 $37.22", "$64,820 $31.16"]),
        ("jobs", "New York-Newark-Jersey City, NY-NJ", 3, ["44,060", "39,770", "20,560"]),
        ("concentration", "Lake Charles, LA", 4, ["2.83", "2.57", "2.4"]),
        ("purchasing-power", "Vallejo, CA", 2, ["$71,359", "$63,027"]),
    ],
)
def test_metropolitan_areas_are_sorted(sort: str, first: str, column: int, values: list[str]) -> None:
    html = page(f"{ASSISTANT}?sort={sort}" if sort else ASSISTANT)
    rows = rows_of(html, "cities")
    assert (rows[0][0], [row[column] for row in rows[: len(values)]]) == (first, values)
    amounts = [Decimal(re.sub(r"[$,]|\s.*", "", row[column])) for row in rows]
    assert amounts == sorted(amounts, reverse=True)
    assert f'href="{ASSISTANT}{f"?sort={sort}" if sort else ""}#cities" aria-current="true"' in html


def test_purchasing_power_names_both_years() -> None:
    text = words(page(ASSISTANT))
    assert "by metropolitan area, May 2025; purchasing power at prices of 2024" in text
    assert "by state, May 2025; purchasing power at prices of 2023" in text


def test_areas_without_a_figure_come_last() -> None:
    clinical = "/guides/clinical-coordinator/pay/?occupation=29-1141"
    rows = rows_of(page(f"{clinical}&page=8"), "cities")
    assert [row[1] for row in rows[-2:]] == ["not available"] * 2


def test_a_table_of_areas_has_pages_that_keep_the_order() -> None:
    first, second = page(f"{ASSISTANT}?sort=jobs"), page(f"{ASSISTANT}?sort=jobs&page=2")
    assert [len(rows_of(html, "cities")) for html in (first, second)] == [50, 50]
    assert 'href="?sort=jobs&amp;page=2" rel="next"' in first
    assert "Page 2 of 8" in words(second)
    assert len(rows_of(page(f"{ASSISTANT}?page=8"), "cities")) == 39
    assert Client().get(f"{ASSISTANT}?page=9").status_code == 404


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("sort=pay", ""),
        ("sort=nonsense&occupation=11-1111", ""),
        ("page=abc", ""),
        ("page=1&sort=jobs", "?sort=jobs"),
        ("occupation=31-9092", ""),
        ("sort=jobs&fbclid=1", "?sort=jobs"),
    ],
)
def test_each_choice_has_one_address(query: str, canonical: str) -> None:
    response = Client().get(f"{ASSISTANT}?{query}")
    assert (response.status_code, response.headers.get("Location")) == (302, f"{ASSISTANT}{canonical}")


def test_a_role_with_several_occupations_shows_one_at_a_time() -> None:
    first, second = page(COORDINATOR), page(f"{COORDINATOR}?occupation=29-2099")
    assert "Medical Secretaries and Administrative Assistants 43-6013 The survey doesn’t count this job" in words(first)
    assert "Health Technologists and Technicians, All Other 29-2099 The survey doesn’t count this job" in words(second)
    assert "It combines patient representatives with dialysis technicians, perfusionists" in words(second)
    texas = [dict(row[:2] for row in rows_of(html, "states"))["Texas"] for html in (first, second)]
    assert texas == ["$42,910 $20.63", "$47,870 $23.01"]
    assert f'href="{COORDINATOR}?occupation=29-2099">' in first
    assert f'href="{COORDINATOR}?occupation=29-2099" aria-current="true">' in second
    assert f'href="{COORDINATOR}?occupation=29-2099&amp;sort=jobs#cities"' in second


def test_the_pay_of_an_hourly_occupation_is_compared_by_the_hour() -> None:
    wage = Wage.objects.get(occupation__code="27-2011")
    wage.pk, wage.area = None, Area.objects.get(slug="texas")
    wage.save()
    an_edition(occupations=[{"code": "27-2011", "relation": "same"}])
    html = page("/guides/lighthouse-keeper/pay/")
    assert "Median pay an hour, Actors (27-2011), May 2025." in words(html)
    assert '<span class="visually-hidden"> Texas, $29.05</span>' in html


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("texas", "texas/"),
        ("Chicago", "chicago-naperville-elgin-il-in/"),
    ],
)
def test_a_typed_place_leads_to_its_page(place: str, expected: str) -> None:
    response = Client().get(ASSISTANT, {"place": place})
    assert (response.status_code, response.headers.get("Location")) == (302, f"{ASSISTANT}{expected}")


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        ("Atlantis", "We don’t know a place called “Atlantis.”"),
        ("10001", "We can’t search by ZIP code."),
        ("Portland", "“Portland” could be more than one place."),
        ("ithaca-ny", "There is no pay data for Patient Care Coordinator in Ithaca, NY."),
    ],
)
def test_a_place_without_a_page_is_explained(place: str, sentence: str) -> None:
    html = Client().get(COORDINATOR, {"place": place}).content.decode()
    assert sentence in words(html)
    assert_well_made(html)


@pytest.mark.parametrize(
    ("path", "query", "cached"),
    [
        (ASSISTANT, "sort=jobs&fbclid=1", "sort=jobs"),
        (ASSISTANT, "occupation=x&page=2&place=texas", "occupation=x&page=2&place=texas"),
        (f"{ASSISTANT}texas/", "offer=20&per=hour&sort=jobs", "offer=20&per=hour"),
        ("/guides/medical-assistant/pay.csv", "sort=jobs", ""),
    ],
)
def test_the_page_cache_knows_the_parameters(path: str, query: str, cached: str) -> None:
    assert known_parameters(path, query) == cached


def test_a_page_takes_three_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    page(ASSISTANT)
    with django_assert_num_queries(3):  # the generation, the edition, and the wages
        page(ASSISTANT)


def test_an_export_has_neither_forms_nor_links_that_need_a_server() -> None:
    with for_export():
        html = page(ASSISTANT)
    assert ['name="place"' in html, "?sort=" in html] == [False, False]
    assert_well_made(html)


# The file


def read_csv(address: str) -> list[dict[str, str]]:
    response = Client().get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/csv; charset=utf-8")
    assert response["Content-Disposition"] == f'attachment; filename="{address.split("/")[2]}-pay.csv"'
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_file_has_every_area_of_every_occupation() -> None:
    rows = read_csv("/guides/patient-care-coordinator/pay.csv")
    codes = [row["occupation_code"] for row in rows]
    assert (codes.count("43-6013"), codes.count("29-2099"), codes[0], codes[-1]) == (579, 508, "43-6013", "29-2099")
    assert [row["area_kind"] for row in rows[:2]] == ["nation", "state"]
    texas = next(row for row in read_csv("/guides/medical-assistant/pay.csv") if row["area"] == "Texas")
    assert texas == {
        "occupation_code": "31-9092", "occupation": "Medical Assistants", "relation": "same", "area_code": "48",
        "area": "Texas", "area_kind": "state", "states": "TX", "jobs": "75340", "jobs_per_1000": "5.354",
        "location_quotient": "1.02", "hourly_p10": "15.00", "hourly_p25": "17.56", "hourly_p50": "19.00",
        "hourly_p75": "22.20", "hourly_p90": "23.68", "yearly_p10": "31200", "yearly_p25": "36520",
        "yearly_p50": "39520", "yearly_p75": "46180", "yearly_p90": "49260", "price_level": "97.2",
        "price_level_year": "2023", "median_purchasing_power": "40669", "marks": "",
        "publisher": "U.S. Bureau of Labor Statistics", "table": "Occupational Employment and Wage Statistics",
        "period": "May 2025",
    }  # fmt: skip


def test_a_gap_is_an_empty_cell_with_a_reason() -> None:
    rows = {row["area"]: row for row in read_csv("/guides/patient-care-coordinator/pay.csv")}
    decatur = rows["Decatur, IL"]
    assert (decatur["yearly_p50"], decatur["jobs"]) == ("", "30")
    assert "yearly_p50: not available" in decatur["marks"]


def test_collapsed_percentiles_and_bounds_are_no_numbers() -> None:
    bounds = Wage.objects.get(area__code="10540", occupation__code="29-1215")
    bounds.pk, bounds.area = None, Area.objects.get(code="99")
    bounds.save()
    an_edition(occupations=[{"code": code, "relation": "nearest", "covers": "x"} for code in ("29-9021", "29-1215")])
    rows = {(row["occupation_code"], row["area_code"]): row for row in read_csv("/guides/lighthouse-keeper/pay.csv")}
    collapsed, bound = rows["29-9021", "4000004"], rows["29-1215", "10540"]
    assert [collapsed[f"yearly_p{percent}"] for percent in (10, 25, 50)] == ["", "", "41130"]
    assert "yearly_p10: not shown, because it equals its neighbor and is far from the median" in collapsed["marks"]
    assert (bound["yearly_p50"], bound["median_purchasing_power"]) == ("", "")
    assert "yearly_p50: $239,200 or more" in bound["marks"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(start: str) -> None:
    wage = Wage.objects.select_related("release__source", "area").get(area__slug="texas", occupation__code="31-9092")
    wage.occupation = Occupation(code="31-9092", title=f"{start}cmd|' /C calc'!A0")
    text = write_csv([("same", AreaPay(wage.area, wage, None))])
    _head, row = csv.reader(io.StringIO(text, newline=""))
    assert row[:3] == ["31-9092", f"'{start}cmd|' /C calc'!A0", "same"]
