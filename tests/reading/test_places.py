"""The place that a visitor names: which area it means, what the form shows, and which suggestions there are."""

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.http import urlencode

from guides.reading.places import PlaceChoice, PlaceForm, read_place
from guides.statistics.places import PlaceProblem
from guides.templatetags.served import for_export
from tests.helpers.statistics import a_release, a_wage, an_area, an_occupation
from tests.reading.test_pages import Outline, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _areas() -> None:
    areas = [
        an_area("nation", "99", "United States", "united-states", ""),
        an_area(),
        an_area("state", "36", "New York", "new-york", "NY"),
    ]
    for code, name, slug, states in (
        ("35620", "New York-Newark-Jersey City, NY-NJ", "new-york-newark-jersey-city-ny-nj", "NY-NJ"),
        ("38860", "Portland-South Portland, ME", "portland-south-portland-me", "ME"),
        ("38900", "Portland-Vancouver-Hillsboro, OR-WA", "portland-vancouver-hillsboro-or-wa", "OR-WA"),
    ):
        areas.append(an_area("metropolitan", code, name, slug, states))
    release, occupation = a_release(), an_occupation()
    for area in areas:
        a_wage(release, occupation, area)
    an_area("state", "66", "Guam", "guam", "GU")  # without wages in the current release


def read(query: str) -> PlaceChoice:
    return read_place(QueryDict(query), at=timezone.now())


def shown(query: str, **others: str) -> str:
    form = PlaceForm("/guides/keeper/", read(query), tuple(others.items()))
    return render_to_string("guides/pay/_place_form.html", {"place_form": form})


def test_a_query_without_a_place_has_neither_an_area_nor_a_problem() -> None:
    assert read("") == PlaceChoice()


@pytest.mark.parametrize(
    ("typed", "slug", "label"),
    [
        ("texas", "texas", "Texas"),
        ("+TX+", "texas", "Texas"),
        ("NYC", "new-york-newark-jersey-city-ny-nj", "New York-Newark-Jersey City, NY-NJ"),
        ("Portland,+OR", "portland-vancouver-hillsboro-or-wa", "Portland-Vancouver-Hillsboro, OR-WA"),
        ("new-york", "new-york", "New York (state)"),
        ("usa", "united-states", "United States"),
    ],
)
def test_a_place_is_read_into_its_area(typed: str, slug: str, label: str) -> None:
    choice = read(f"place={typed}")
    assert (choice.slug, choice.label, choice.problem, choice.is_canonical) == (slug, label, None, typed == slug)


def test_a_repeated_place_is_not_canonical() -> None:
    choice = read("place=new-york&place=texas")
    assert (choice.slug, choice.is_canonical) == ("texas", False)


@pytest.mark.parametrize(
    ("typed", "problem", "error", "suggestions"),
    [
        ("", PlaceProblem.EMPTY, "Enter a state or city.", []),
        (
            "10001", PlaceProblem.ZIP_CODE,
            "We can’t search by ZIP code. Enter a state or city.", [],
        ),
        (
            "Portland", PlaceProblem.AMBIGUOUS, "“Portland” could be more than one place. Choose one.",
            ["Portland-South Portland, ME", "Portland-Vancouver-Hillsboro, OR-WA"],
        ),
        (
            "New York", PlaceProblem.AMBIGUOUS, "“New York” could be more than one place. Choose one.",
            ["New York (state)", "New York-Newark-Jersey City, NY-NJ"],
        ),
        (
            "Texsa", PlaceProblem.UNKNOWN,
            "We don’t know a place called “Texsa.” Did you mean one of these?", ["Texas"],
        ),
        (
            "Guam", PlaceProblem.UNKNOWN,
            "We don’t know a place called “Guam.” Try your state or the largest city near you.", [],
        ),
        (
            "\0Atlantis", PlaceProblem.UNKNOWN,
            "We don’t know a place called “Atlantis.” Try your state or the largest city near you.", [],
        ),
    ],
)  # fmt: skip
def test_other_text_has_a_problem(typed: str, problem: PlaceProblem, error: str, suggestions: list[str]) -> None:
    choice = read(urlencode({"place": typed}))
    assert (choice.slug, choice.problem, choice.error) == ("", problem, error)
    assert [label for _area, label in choice.suggestions] == suggestions


def test_the_form_marks_a_wrong_place_and_links_to_suggestions() -> None:
    html = shown("place=portland&sort=jobs", sort="jobs")
    assert "“portland” could be more than one place." in words(html)
    assert 'aria-describedby="place-hint place-error" aria-invalid="true"' in html
    assert 'href="/guides/keeper/?sort=jobs&amp;place=portland-south-portland-me"' in html
    assert '<input type="hidden" name="sort" value="jobs" />' in html
    assert {"place", "place-hint", "place-error"} == set(Outline(html).ids)


def test_the_form_shows_the_chosen_place() -> None:
    html = shown("place=new-york")
    assert 'value="New York (state)"' in html
    assert ["aria-invalid" in html, "place-error" in html] == [False, False]
    assert "aria-invalid" not in shown("")


def test_a_typed_place_is_escaped() -> None:
    html = shown("place=%22%3E%3Cscript%3E")
    assert "<script" not in html
    assert 'value="&quot;&gt;&lt;script&gt;"' in html


def test_an_export_has_no_form() -> None:
    with for_export():
        assert shown("place=portland").strip() == ""


def test_suggestions_are_names_that_the_form_accepts() -> None:
    response = Client().get("/pay/suggestions/", {"q": "new y"})
    text, names = response.json()
    assert (text, names) == ("new y", ["New York (state)", "New York-Newark-Jersey City, NY-NJ"])
    assert [read(urlencode({"place": name})).label for name in names] == names
    assert Client().get("/pay/suggestions/").json() == ["", []]
