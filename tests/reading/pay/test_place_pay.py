"""All guides in one place: figures, order, pages, and what readers see where there is no figure."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from guides.models import Wage
from guides.models.wages import HOURLY, YEARLY
from guides.reading.pay.place_pay import PAGE_SIZE
from tests.helpers.factories import an_edition
from tests.reading.pay.conftest import AddWage
from tests.reading.test_pages import Outline, page, words

pytestmark = pytest.mark.usefixtures("_places")


def occupations(*codes: str, relation: str = "same") -> list[dict[str, Any]]:
    return [{"code": code, "relation": relation, "covers": "Others." if relation != "same" else ""} for code in codes]


def a_role(title: str, *codes: str, relation: str = "same", **changes: Any) -> None:
    slug = title.lower().replace(" ", "-")
    an_edition(slug=slug, title=title, occupations=occupations(*codes, relation=relation), **changes)


@pytest.fixture(autouse=True)
def _roles(_places: None, add_wage: AddWage) -> None:
    """Four roles with pay in Texas, and two without."""
    add_wage("united-states", "27-2011")
    add_wage("texas", "31-9092", employment=75_340)
    add_wage(
        "texas", "29-1141", employment=271_380, yearly_p10=70_010, yearly_p25=80_010, yearly_p50=90_010,
        yearly_p75=99_990, yearly_p90=110_000, hourly_p10=3_366, hourly_p25=3_847, hourly_p50=4_327, hourly_p75=4_807,
        hourly_p90=5_288,
    )  # fmt: skip
    add_wage(
        "texas", "43-6013", employment=None, yearly_p10=30_000, yearly_p50=42_910, hourly_p50=2_063,
        flags="*..............",
    )  # fmt: skip
    add_wage("dallas-fort-worth-arlington-tx", "31-9092", employment=18_000)
    a_role("Assistant", "31-9092")
    a_role("Nurse Leader", "29-1141", relation="broader")
    a_role("Coordinator", "43-6013", "31-9092", relation="nearest")
    a_role("Clerk", "43-6013", relation="nearest")
    a_role("Actor", "27-2011")
    an_edition(slug="keeper", title="Keeper", occupations=[])


def titles(address: str) -> list[str]:
    return re.findall(r'class="card-title"><a href="/guides/[^"]*">([^<]*)</a>', page(address))


@pytest.mark.engine
def test_every_guide_has_its_pay_by_the_year_and_by_the_hour() -> None:
    shown = words(page("/pay/texas/"))
    assert "Pay in Texas 4 of 6 jobs in our guides have official pay data here." in shown
    assert [text in shown for text in (
        "Nurse Leader $70,010–$90,010 a year · $33.66–$43.27 an hour "
        "10th percentile to median: Registered Nurses (29-1141), 271,380 jobs",
        "Assistant $39,520 a year · $19.00 an hour Median: Medical Assistants (31-9092), 75,340 jobs",
        "Coordinator $39,520–$42,910 a year · $19.00–$20.63 an hour "
        "Lowest to highest median: Medical Secretaries (43-6013); Medical Assistants (31-9092), 75,340 jobs",
        "Clerk $35,360–$43,680 a year · $17.00–$21.00 an hour "
        "25th to 75th percentile: Medical Secretaries (43-6013)",
    )] == [True] * 4  # fmt: skip


@pytest.mark.engine
def test_guides_are_sorted_by_pay_and_those_without_come_last_in_every_order() -> None:
    assert {sort: titles(f"/pay/texas/?sort={sort}") for sort in ("pay", "jobs", "title", "nonsense")} == {
        "pay": ["Nurse Leader", "Assistant", "Coordinator", "Clerk", "Actor", "Keeper"],
        "jobs": ["Nurse Leader", "Assistant", "Coordinator", "Clerk", "Actor", "Keeper"],
        "title": ["Assistant", "Clerk", "Coordinator", "Nurse Leader", "Actor", "Keeper"],
        "nonsense": ["Nurse Leader", "Assistant", "Coordinator", "Clerk", "Actor", "Keeper"],
    }


def test_a_guide_without_pay_says_why() -> None:
    a_role("Sailor", "31-9092", relation="broader", pay_is_representative=False)
    shown = words(page("/pay/texas/"))
    assert re.search(
        r"No official pay in Texas Actor The publisher has no pay data for this occupation here\. Actors \(27-2011\) "
        r"Keeper No official occupation matches this job\. "
        r"Sailor The official pay of its occupations doesn’t represent this job\. Medical Assistants",
        shown,
    )


def test_wages_by_the_hour_only_come_after_those_by_the_year(add_wage: AddWage) -> None:
    add_wage("texas", "27-2011", **dict.fromkeys(("yearly_mean", *YEARLY)), flags="...._....._____", paid_by="hour")
    shown = words(page("/pay/texas/"))
    assert titles("/pay/texas/")[-2:] == ["Actor", "Keeper"]
    assert "Actor $19.00 an hour Median: Actors (27-2011)" in shown
    assert "5 of 6 jobs" in shown


def test_a_top_coded_median_is_never_a_figure(add_wage: AddWage) -> None:
    top = dict.fromkeys((*HOURLY[2:], *YEARLY[2:]))
    add_wage("texas", "27-2011", **top, flags=".......###..###")
    assert titles("/pay/texas/")[3:5] == ["Clerk", "Actor"]
    assert "Actor $31,200 or more a year · $15.00 or more an hour 10th to 90th percentile: Actors" in words(
        page("/pay/texas/")
    )


def test_equal_pay_is_in_title_order() -> None:
    a_role("Aide", "31-9092")
    assert titles("/pay/texas/")[:3] == ["Nurse Leader", "Aide", "Assistant"]


@pytest.mark.usefixtures("_price_levels")
def test_pay_is_shown_at_national_prices_with_the_year() -> None:
    shown = words(page("/pay/texas/"))
    assert "$39,520 a year · $19.00 an hour Buys $40,669 a year at national prices (2023) Median" in shown
    assert "Buys $72,045–$92,627 a year at national prices (2023)" in shown
    assert "In 2023, prices in Texas were 2.8% lower than in the nation." in shown
    assert "Price levels of 2023: Bureau, Survey, 2008–2023." in shown
    dallas = words(page("/pay/dallas-fort-worth-arlington-tx/"))
    assert "In 2024, prices in Dallas-Fort Worth-Arlington, TX were 3.3% higher than in the nation." in dallas
    assert "at national prices" not in words(page("/pay/united-states/"))


def test_figures_have_publisher_table_release_and_area() -> None:
    shown = words(page("/pay/texas/"))
    assert "have official pay data here. Bureau, May 2025 State or city" in shown
    assert "Pay and jobs in Texas: Bureau, Survey, May 2025." in shown
    assert "Pay and jobs in the United States: Bureau, Survey, May 2025." in words(page("/pay/united-states/"))


def test_links_to_guides_keep_the_place() -> None:
    assert '<a href="/guides/assistant/?place=texas">Assistant</a>' in page("/pay/texas/")
    assert '<a href="/guides/actor/">Actor</a>' in page("/pay/united-states/")


def test_guides_with_pay_link_to_all_their_figures_in_the_place(add_wage: AddWage) -> None:
    add_wage("united-states", "31-9092")
    html = page("/pay/texas/")
    assert '<a href="/guides/assistant/pay/texas/">Assistant: all figures in Texas</a>' in html
    assert "/guides/actor/pay/" not in html
    assert Client().get("/guides/assistant/pay/texas/").status_code == 200


def test_a_release_without_national_wages_has_pay_in_places() -> None:
    Wage.objects.filter(area__kind="nation").delete()
    assert "4 of 6 jobs in our guides have official pay data here. Bureau, May 2025" in words(page("/pay/texas/"))


def test_a_place_links_to_larger_and_smaller_places() -> None:
    texas, dallas = page("/pay/texas/"), page("/pay/dallas-fort-worth-arlington-tx/")
    assert 'Pay</a> › <a href="/pay/united-states/">United States</a>' in texas
    assert "Areas in Texas Dallas-Fort Worth-Arlington, TX" in words(texas)
    assert '› <a href="/pay/united-states/">United States</a> › <a href="/pay/texas/">Texas</a>' in dallas
    assert "Areas in" not in words(dallas)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/pay/TEXAS/", "/pay/texas/"),
        ("/pay/tx/?sort=jobs", "/pay/texas/?sort=jobs"),
        ("/pay/dallas/", "/pay/dallas-fort-worth-arlington-tx/"),
    ],
)
def test_other_names_of_a_place_lead_to_its_address(asked: str, address: str) -> None:
    response = Client().get(asked)
    assert response.headers["Location"] == address


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("texsa", "We don’t know a place called “texsa.” Did you mean one of these? Texas"),
        ("75001", "We can’t search by ZIP code."),
        ("new-york", "We don’t know a place called “new-york.”"),  # without wages in the current release
    ],
)
def test_an_unknown_place_is_not_found_and_gets_suggestions(slug: str, text: str) -> None:
    response = Client().get(f"/pay/{slug}/")
    assert response.status_code == 404
    assert text in words(response.content.decode())


def test_guides_are_paged_in_every_order() -> None:
    for number in range(PAGE_SIZE):
        a_role(f"Deputy {number:02}", "31-9092")
    pages = [titles(f"/pay/texas/?page={number}") for number in (1, 2)]
    assert list(map(len, pages)) == [PAGE_SIZE, 6]
    assert len({title for titles in pages for title in titles}) == PAGE_SIZE + 6
    assert pages[1][-2:] == ["Actor", "Keeper"]
    assert '<a href="?page=1" rel="prev">' in page("/pay/texas/?page=2")
    assert Client().get("/pay/texas/?page=3").status_code == 404


@pytest.mark.engine
def test_a_place_takes_three_queries_for_any_number_of_guides(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        a_role(f"Deputy {number:02}", "31-9092")
    page("/pay/texas/")
    with django_assert_num_queries(3):  # whether anything has changed, the wages here, and the titles
        page("/pay/texas/?sort=jobs")


def test_the_page_is_well_made() -> None:
    html = page("/pay/texas/")
    outline = Outline(html)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.fragments) <= set(outline.ids)
    assert (outline.levels, outline.inline) == ([1, 2, 2, 2, 2, 2, 3, 3, 2, 2], [])
    assert '<link rel="canonical" href="http://127.0.0.1:8000/pay/texas/" />' in page("/pay/texas/?sort=jobs")
    assert '"@type":"CollectionPage"' in html
