"""Choosing a place for pay: the form, its suggestions, and the lists of places."""

import pytest
from django.test import Client

from guides.models import Release
from tests.reading.pay.conftest import AddWage
from tests.reading.test_pages import Outline, page, words

pytestmark = pytest.mark.usefixtures("_places")


@pytest.fixture(autouse=True)
def _wages(_places: None, add_wage: AddWage) -> None:
    add_wage("united-states", "31-9092")
    for slug in ("texas", "new-york", "hill-country"):
        add_wage(slug, "31-9092")
    add_wage("texarkana-tx-ar", "31-9092", employment=500)
    add_wage("dallas-fort-worth-arlington-tx", "31-9092", employment=18_000)


@pytest.mark.engine
def test_states_are_listed_by_name_and_metropolitan_areas_by_size() -> None:
    shown = words(page("/pay/"))
    assert "States and territories New York Texas Largest metropolitan areas" in shown
    largest = "Dallas-Fort Worth-Arlington, TX Texarkana, TX-AR"
    assert f"Largest metropolitan areas {largest} Find all other areas under their state." in shown
    html = page("/pay/")
    assert ['href="/pay/united-states/"' in html, 'href="/pay/texas/"' in html] == [True, True]
    assert "Hill Country" not in shown


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("Texas", "/pay/texas/"),
        ("tx", "/pay/texas/"),
        ("fort worth", "/pay/dallas-fort-worth-arlington-tx/"),
        ("hill-country", "/pay/hill-country/"),
        ("USA", "/pay/united-states/"),
    ],
)
def test_a_clear_place_leads_to_its_page(typed: str, address: str) -> None:
    response = Client().get("/pay/", {"place": typed})
    assert (response.status_code, response.headers["Location"]) == (302, address)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("", "Enter a state or city."),
        ("75001", "We can’t search by ZIP code. Enter a state or city."),
        ("Texsa", "We don’t know a place called “Texsa.” Did you mean one of these? Texas State or city"),
        ("<b>", "We don’t know a place called “<b>.” Try your state or the largest city near you."),
    ],
)
def test_an_unclear_place_gets_an_explanation(typed: str, text: str) -> None:
    response = Client().get("/pay/", {"place": typed})
    html = response.content.decode()
    assert response.status_code == 200
    assert text in words(html)
    assert 'aria-describedby="place-hint place-error" aria-invalid="true"' in html


def test_the_page_is_well_made() -> None:
    html = page("/pay/?place=Texsa")
    outline = Outline(html)
    assert len(outline.ids) == len(set(outline.ids))
    assert set(outline.fragments) <= set(outline.ids)
    assert (outline.levels, outline.inline) == ([1, 2, 2], [])
    assert '<link rel="canonical" href="http://127.0.0.1:8000/pay/" />' in html


def test_every_page_links_to_it() -> None:
    assert '<a href="/pay/">Pay</a>' in page("/skills/")
    assert '<a href="/pay/" aria-current="page">Pay</a>' in page("/pay/")


def test_without_statistics_the_page_says_so() -> None:
    Release.objects.all().delete()
    shown = words(page("/pay/"))
    assert "We have no official statistics yet." in shown
    assert "States and territories" not in shown
