"""What people type for a place, and which area they mean."""

import csv
import io
from zipfile import ZipFile

import pytest

from guides.models import Area
from guides.statistics.importing.areas import AreaReader
from guides.statistics.importing.delivered import FOLDER
from guides.statistics.places import PlaceProblem, Places, in_sentence

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> Places:
    """All areas of the survey."""
    with ZipFile(FOLDER / "wages.zip") as zipped:
        text = zipped.read(zipped.namelist()[0]).decode()
    reader = AreaReader(add_new=True)
    for row in csv.DictReader(io.StringIO(text)):
        reader.code(row["AREA"], row["AREA_TYPE"], row["AREA_TITLE"], row["PRIM_STATE"])
    reader.create_new()
    return Places(Area.objects.all())


def test_a_place_is_found_by_name_city_abbreviation_and_address(places: Places) -> None:
    expected = {
        "Texas": "texas",
        "  texas ": "texas",
        "TX": "texas",
        "Chicago": "chicago-naperville-elgin-il-in",
        "chicago, il": "chicago-naperville-elgin-il-in",
        "Naperville Illinois": "chicago-naperville-elgin-il-in",
        "chicago-naperville-elgin-il-in": "chicago-naperville-elgin-il-in",
        "Portland, OR": "portland-vancouver-hillsboro-or-wa",
        "Portland Maine": "portland-south-portland-me",
        "NYC": "new-york-newark-jersey-city-ny-nj",
        "New York City": "new-york-newark-jersey-city-ny-nj",
        "Washington, D.C.": "washington-arlington-alexandria-dc-va-md-wv",
        "Saint Louis": "st-louis-mo-il",
        "Winston-Salem": "winston-salem-nc",
        "Fort Worth": "dallas-fort-worth-arlington-tx",
        "Mayagüez": "mayaguez-pr",
        "Honolulu": "urban-honolulu-hi",
        "Puerto Rico": "puerto-rico",
        "Northwest Alabama": "northwest-alabama-nonmetropolitan-area",
        "USA": "united-states",
    }
    found = {text: places.find(text) for text in expected}
    assert {text: result.area and result.area.slug for text, result in found.items()} == expected
    assert {result.problem for result in found.values()} == {None}


def test_an_ambiguous_place_gets_suggestions(places: Places) -> None:
    def suggestions(text: str) -> list[str]:
        result = places.find(text)
        assert (result.area, result.problem) == (None, PlaceProblem.AMBIGUOUS)
        return [area.name for area in result.suggestions]

    assert suggestions("Portland") == ["Portland-South Portland, ME", "Portland-Vancouver-Hillsboro, OR-WA"]
    assert suggestions("springfield") == [
        "Eugene-Springfield, OR", "Springfield, IL", "Springfield, MA", "Springfield, MO", "Springfield, OH",
    ]  # fmt: skip
    assert suggestions("New York") == ["New York", "New York-Newark-Jersey City, NY-NJ"]
    assert suggestions("LA") == ["Louisiana", "Los Angeles-Long Beach-Anaheim, CA"]


def test_the_address_of_an_area_is_never_ambiguous(places: Places) -> None:
    result = places.find("washington")
    assert result.area
    assert result.area.states == "WA"
    assert [area.states for area in result.suggestions] == ["DC-VA-MD-WV"]
    slugs = list(Area.objects.values_list("slug", flat=True))
    assert [slug for slug in slugs if (area := places.find(slug).area) is None or area.slug != slug] == []


def test_an_area_is_found_by_its_exact_address_or_primary_key(places: Places) -> None:
    texas = Area.objects.get(code="48")
    assert [places.by_slug("texas"), places.by_pk(texas.pk)] == [texas, texas]
    assert [places.by_slug("Texas"), places.by_slug("tx"), places.by_pk(0)] == [None, None, None]
    assert [area.kind for area in places.all()[:2]] == ["nation", "state"]
    assert len(places.all()) == Area.objects.count()


def test_a_misspelled_place_gets_suggestions(places: Places) -> None:
    expected = {"Pitsburg": "Pittsburgh, PA", "Califronia": "California", "Bosotn": "Boston-Cambridge-Newton, MA-NH"}
    found = {text: places.find(text) for text in expected}
    assert {result.problem for result in found.values()} == {PlaceProblem.UNKNOWN}
    assert {text: result.suggestions[0].name for text, result in found.items()} == expected


def test_the_beginning_of_a_name_is_completed(places: Places) -> None:
    assert places.suggest("mass")[0].name == "Canton-Massillon, OH"
    assert places.suggest("massa")[0].name == "Massachusetts"
    assert places.suggest("sussex")[0].name == "Sussex Delaware nonmetropolitan area"
    assert len(places.suggest("s")) == 8
    assert places.suggest("") == ()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", PlaceProblem.EMPTY),
        (" !? ", PlaceProblem.EMPTY),
        ("60601", PlaceProblem.ZIP_CODE),
        ("60601-1234", PlaceProblem.ZIP_CODE),
        ("zzzzzz", PlaceProblem.UNKNOWN),
        ("x" * 100_000, PlaceProblem.UNKNOWN),
        ("\x00<script>", PlaceProblem.UNKNOWN),
    ],
)
def test_other_text_has_a_problem_and_no_area(text: str, problem: PlaceProblem, places: Places) -> None:
    result = places.find(text)
    assert (result.area, result.problem, result.suggestions) == (None, problem, ())


@pytest.mark.parametrize(
    ("slug", "text"),
    [
        ("texas", "Texas"),
        ("united-states", "the United States"),
        ("district-of-columbia", "the District of Columbia"),
        ("virgin-islands", "the Virgin Islands"),
        ("washington-arlington-alexandria-dc-va-md-wv", "Washington-Arlington-Alexandria, DC-VA-MD-WV"),
        ("northwest-alabama-nonmetropolitan-area", "the Northwest Alabama nonmetropolitan area"),
    ],
)
def test_some_names_have_an_article_in_a_sentence(slug: str, text: str, places: Places) -> None:
    area = places.by_slug(slug)
    assert area
    assert in_sentence(area) == text
