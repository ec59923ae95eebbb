"""Search: misspelled words are corrected, and hyphens and spaces do not matter."""

import pytest
from django.test import Client
from django.utils import timezone

from guides.publishing.editions.withdraw import withdraw
from guides.reading.resume import skill_lookup
from guides.reading.search import engine
from guides.reading.search.answer import answer
from guides.reading.search.suggestions import suggest
from tests.helpers.factories import an_edition
from tests.reading.test_search import found, titles

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("_delivered")
@pytest.mark.engine
def test_misspelled_words_are_corrected_and_the_page_says_so() -> None:
    assert (found("medcal asistant").correction, found("medical assistant").correction) == ("medical assistant", "")
    page = Client().get("/search/", {"q": "cordinator"}).content.decode()
    assert "Showing results for <strong>coordinator</strong>" in page
    assert 'href="/search/?q=cordinator&amp;exact=1"' in page
    assert titles("cordinator", correct=False) == []


SPELLINGS = (
    ("follow up", "follow-up", "followup"),
    ("health care", "health-care", "healthcare"),
    ("e prescribing", "e-prescribing", "eprescribing"),
    ("drop off", "drop‑off", "dropoff"),
)


@pytest.mark.parametrize("spellings", SPELLINGS)
@pytest.mark.engine
def test_hyphens_and_spaces_do_not_matter_in_texts(spellings: tuple[str, ...]) -> None:
    for n, spelled in enumerate(spellings):
        an_edition(slug=f"a{n}", title=f"Warden {n}", faqs=[{"question": "Why?", "answer": f"For {spelled}, daily."}])
    for query in spellings:
        assert sorted(titles(query)) == ["Warden 0", "Warden 1", "Warden 2"]


@pytest.mark.engine
def test_a_compound_is_marked_however_it_is_spelled() -> None:
    answer = "Call-back, call back, callback."
    an_edition(faqs=[{"question": "Why?", "answer": answer}])
    whole = "<mark>Call-back</mark>, <mark>call back</mark>, <mark>callback</mark>."
    apart = "<mark>Call</mark>-<mark>back</mark>, <mark>call</mark> <mark>back</mark>, <mark>callback</mark>."
    marked = {query: str(found(query).results[0].reasons[0].text) for query in ("callbacks", "call back", "call-back")}
    assert marked == {"callbacks": whole, "call back": apart, "call-back": apart}


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_hyphens_and_spaces_do_not_matter_in_titles(spellings: tuple[str, ...]) -> None:
    for n, spelled in enumerate(spellings):
        an_edition(slug=f"a{n}", title=f"{spelled.capitalize()} Warden", alternative_titles=[f"{spelled} officer"])
    an_edition(slug="b", title=f"{spellings[0]} Warden in chief")
    exact = {f"{spelled.capitalize()} Warden" for spelled in spellings}
    for spelled in spellings:
        assert set(titles(f"{spelled} warden")[:3]) == exact
        for begun in (spelled, f"{spelled} war"):
            assert set(suggest(begun, at=timezone.now())) >= exact
        assert {card.title for card in engine.find_by_name(f"{spelled} officer", at=timezone.now())} <= exact
        assert engine.resolve_title(f"{spelled}-warden", at=timezone.now()) is not None


@pytest.mark.parametrize("spellings", SPELLINGS)
def test_hyphens_and_spaces_do_not_matter_where_skills_are_chosen(spellings: tuple[str, ...]) -> None:
    names = {f"Calls {n}": f"{spelled} calls" for n, spelled in enumerate(spellings)}
    an_edition(
        skills=[
            {"slug": f"s{n}", "name": of, "kind": "technical", "aliases": [names[of]]} for n, of in enumerate(names)
        ]
    )
    for spelled in spellings:
        assert {
            (skill.name, skill.is_exact) for skill in skill_lookup.find_skills(f"{spelled} calls", at=timezone.now())
        } == {(name, True) for name in names}
        answered = answer(f"{spelled} calls", at=timezone.now())
        assert answered is not None
        assert {offer.title for offer in answered.above} == set(names)


@pytest.mark.usefixtures("_delivered")
@pytest.mark.parametrize("word", ["retail", "server", "teacher", "servers", "router", "bartender", "collaborated"])
def test_a_real_word_is_not_corrected(word: str) -> None:
    assert found(word).correction == ""


@pytest.mark.usefixtures("_delivered")
@pytest.mark.parametrize(
    ("misspelled", "corrected"),
    [
        ("shceduling", "scheduling"), ("insurence", "insurance"), ("medcal assistent", "medical assistant"),
        ("cordinator", "coordinator"), ("recptionist", "receptionist"), ("phlebotmy", "phlebotomy"),
        ("server cordinator", "server coordinator"),
    ],
)  # fmt: skip
def test_a_misspelled_word_is_corrected(misspelled: str, corrected: str) -> None:
    assert found(misspelled).correction in {corrected, ""}
    assert titles(misspelled) == titles(corrected) != []


def test_a_word_of_the_site_is_not_corrected_to_another_one() -> None:
    withdraw(role=an_edition(slug="zorbex", title="Zorbex Keeper").role, by="Ada")
    an_edition(slug="zorbix", title="Zorbix Keeper")
    assert [found(query).correction for query in ("zorbex", "zorbax")] == ["", "zorbix"]


def test_a_word_of_a_withdrawn_guide_corrects_nothing() -> None:
    edition = an_edition()
    assert found("lighthuose").correction == "lighthouse"
    withdraw(role=edition.role, by="Ada")
    assert found("lighthuose") == engine.SearchResults()
