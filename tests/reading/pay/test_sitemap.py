"""The pages of pay in the sitemap: all areas, all guides with wages, and each guide in each area with a figure."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from guides.models.wages import HOURLY, YEARLY
from guides.reading.index.live_data import live_data
from guides.reading.pay.pages import EXPORTED_KINDS, GuidesInAreas
from tests.helpers.factories import an_edition
from tests.reading.pay.conftest import AddWage
from tests.reading.test_pages import page

pytestmark = pytest.mark.usefixtures("_places")

DALLAS = "dallas-fort-worth-arlington-tx"
EMPTY = dict.fromkeys(("employment", "jobs_per_million", "location_quotient", "hourly_mean", "yearly_mean", *HOURLY,
                       *YEARLY))  # fmt: skip


@pytest.fixture(autouse=True)
def _guides(_places: None, add_wage: AddWage) -> None:
    """An assistant with wages everywhere but in New York, a coordinator of two occupations, and two without wages."""
    for slug in ("united-states", "texas", DALLAS):
        add_wage(slug, "31-9092")
    add_wage("new-york", "31-9092", **EMPTY, flags="*" * 15)
    add_wage("united-states", "43-6013")
    add_wage("new-york", "43-6013", **EMPTY | {"employment": 500}, flags="." + "*" * 14)
    add_wage("hill-country", "27-2011")  # without national wages
    for slug, codes in {
        "assistant": ["31-9092"],
        "coordinator": ["43-6013", "31-9092"],
        "actor": ["27-2011"],
        "keeper": [],
    }.items():
        occupations = [{"code": code, "relation": "nearest", "covers": "Others."} for code in codes]
        an_edition(slug=slug, title=slug.title(), occupations=occupations)


def in_areas(*kinds: str) -> GuidesInAreas:
    known = live_data(at=timezone.now())
    return GuidesInAreas(known, kinds) if kinds else GuidesInAreas(known)


@pytest.mark.engine
def test_guides_are_listed_in_each_area_that_has_a_figure() -> None:
    assert list(in_areas()) == [
        ("assistant", "united-states"), ("assistant", "texas"), ("assistant", DALLAS),
        ("coordinator", "united-states"), ("coordinator", "new-york"), ("coordinator", "texas"),
        ("coordinator", DALLAS),
    ]  # fmt: skip
    assert list(in_areas(*EXPORTED_KINDS)) == [
        ("assistant", "united-states"), ("assistant", "texas"),
        ("coordinator", "united-states"), ("coordinator", "new-york"), ("coordinator", "texas"),
    ]  # fmt: skip


def test_a_part_of_the_list_is_what_is_there_in_the_whole() -> None:
    pages, whole = in_areas(), list(in_areas())
    assert len(pages) == len(whole)
    cuts = range(len(whole) + 3)
    assert [pages[start:stop] for start in cuts for stop in cuts] == [
        whole[start:stop] for start in cuts for stop in cuts
    ]


def test_without_guides_the_list_is_empty() -> None:
    known = live_data(at=timezone.now().replace(year=2020))
    pages = GuidesInAreas(known)
    assert (len(pages), list(pages), pages[0:10]) == (0, [], [])


def addresses(html: str) -> list[str]:
    return re.findall(r"<loc>https?://[^/]+([^<]+)</loc>", html)


def test_the_sitemap_has_every_page_of_pay_and_each_is_there() -> None:
    pay = [address for address in addresses(page("/sitemap.xml")) if "/pay/" in address]
    assert pay == [
        "/pay/",
        *(f"/pay/{slug}/" for slug in ("united-states", "new-york", "texas", DALLAS, "hill-country")),
        "/guides/assistant/pay/", "/guides/coordinator/pay/",
        *(f"/guides/{guide}/pay/{area}/" for guide, area in in_areas()),
    ]  # fmt: skip
    assert {address: Client().get(address).status_code for address in pay} == dict.fromkeys(pay, 200)
    assert [Client().get(f"/guides/{slug}/pay/").status_code for slug in ("actor", "keeper")] == [404, 404]
    assert [Client().get(f"/guides/assistant/pay/{slug}/").status_code for slug in ("new-york", "hill-country")] == [
        404, 404,
    ]  # fmt: skip


def test_guides_in_areas_are_a_section() -> None:
    assert addresses(page("/sitemap-role-pay-places.xml")) == [
        f"/guides/{guide}/pay/{area}/" for guide, area in in_areas()
    ]
    assert Client().get("/sitemap-role-pay-places.xml?p=2").status_code == 404
