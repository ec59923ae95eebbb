"""Search: the same first result on both engines, misspellings corrected, reasons told."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides import words as words_module
from guides.publishing.editions.publish import publish
from guides.reading.search import engine
from guides.reading.search.answer import answer
from guides.reading.search.suggestions import suggest
from tests.helpers.factories import an_edition

pytestmark = pytest.mark.django_db

FIRST = {
    "patient care coordinator": "Patient Care Coordinator",
    "Patient Care Coordinator": "Patient Care Coordinator",
    "patient-care-coordinator": "Patient Care Coordinator",
    "patient navigator": "Patient Care Coordinator",
    "care navigator": "Patient Care Coordinator",
    "patient resource coordinator": "Patient Services Coordinator",
    "medical receptionist": "Medical Receptionist",
    "medical receptionists": "Medical Receptionist",
    "receptionist": "Medical Receptionist",
    "reception": "Medical Receptionist",
    "front desk": "Medical Receptionist",
    "hospital receptionist": "Medical Receptionist",
    "clinic receptionist": "Medical Receptionist",
    "medical assistant": "Medical Assistant",
    "MEDICAL ASSISTANTS": "Medical Assistant",
    "médical assistant": "Medical Assistant",
    "CMA": "Medical Assistant",
    "rma": "Medical Assistant",
    "certified medical assistant": "Medical Assistant",
    "medical assistant salary": "Medical Assistant",
    "how much does a medical assistant earn": "Medical Assistant",
    "how do I become a medical assistant": "Medical Assistant",
    "blood draw": "Medical Assistant",
    "vital signs": "Medical Assistant",
    "sterilization": "Medical Assistant",
    "patient services coordinator": "Patient Services Coordinator",
    "patient access coordinator": "Patient Services Coordinator",
    "patient services representative": "Patient Services Coordinator",
    "complaints": "Medical Receptionist",
    "clinical coordinator": "Clinical Coordinator",
    "rehabilitation": "Clinical Coordinator",
    "care coordinator": "Clinical Coordinator",
    "patient care manager": "Patient Care Manager",
    "nurse manager": "Patient Care Manager",
    "clinical manager": "Patient Care Manager",
    "budget": "Patient Care Manager",
    "tableau": "Patient Care Manager",
    "hiring": "Patient Care Manager",
    "quickbooks": "Medical Receptionist",
    "billing": "Medical Receptionist",
    "telehealth": "Patient Care Coordinator",
    "insurance verification": "Medical Receptionist",
    "crm": "Patient Care Specialist",
    "patient care specialist": "Patient Care Specialist",
    "patient coordinator": "Patient Coordinator",
    "surgery coordinator": "Patient Coordinator",
    "cordinator": "Clinical Coordinator",
    "patient care cordinator": "Patient Care Coordinator",
    "recepcionist": "Medical Receptionist",
    "medcal asistant": "Medical Assistant",
    "clinical cordinater": "Clinical Coordinator",
    "nurse maneger": "Patient Care Manager",
    "recep": "Medical Receptionist",
    "assist": "Medical Assistant",
    "medical, assistant!": "Medical Assistant",
    '"medical assistant"': "Medical Assistant",
    "medical AND assistant": "Medical Assistant",
    "patient care co-ordinator": "Patient Care Coordinator",
    "patient care co ordinator": "Patient Care Coordinator",
    "patientcare coordinator": "Patient Care Coordinator",
    "frontdesk": "Medical Receptionist",
    "front-desk": "Medical Receptionist",
    "tele health": "Patient Care Coordinator",
    "quick-books": "Medical Receptionist",
}


def found(query: str, **options: Any) -> engine.SearchResults:
    answer = engine.find(query, at=timezone.now(), **options)
    assert answer is not None
    return answer


def titles(query: str, **options: Any) -> list[str]:
    return [result.card.title for result in found(query, **options).results]


@pytest.mark.usefixtures("_delivered")
@pytest.mark.engine
def test_the_first_result_is_the_one_that_was_meant() -> None:
    assert {query: next(iter(titles(query)), "") for query in FIRST} == FIRST


@pytest.mark.engine
def test_an_exact_title_is_first_and_an_exact_other_title_next() -> None:
    for n in range(3):
        an_edition(
            slug=f"deputy-{n}", title=f"Deputy Keeper of the Keeper’s Light {n}", alternative_titles=["Keeper, acting"]
        )
    an_edition(slug="warden", title="Warden", alternative_titles=["Keeper"])
    an_edition(slug="keeper", title="Keeper", alternative_titles=[])
    assert titles("KEEPER!")[:2] == ["Keeper", "Warden"]


@pytest.mark.engine
def test_each_result_shows_why_it_was_found() -> None:
    an_edition(faqs=[{"question": "Is it lonely?", "answer": "The gulls are *company* enough."}])

    def told(query: str) -> list[tuple[str, str]]:
        return [(reason.where, str(reason.text)) for reason in found(query).results[0].reasons]

    assert {query: told(query) for query in ("lighthouses", "wickie", "lantern", "gull", "keeper lamp")} == {
        "lighthouses": [],
        "wickie": [("Also called", "<mark>Wickie</mark>")],
        "lantern": [("Needs", "Lamps (<mark>Lanterns</mark>)")],
        "gull": [("From the guide", "The <mark>gulls</mark> are company enough.")],
        "keeper lamp": [("Needs", "<mark>Lamps</mark> (Lanterns)")],
    }
    assert str(found("lighthouse").results[0].title) == "<mark>Lighthouse</mark> Keeper"


def test_text_that_was_found_stays_text() -> None:
    an_edition(title="Keeper <b>", faqs=[{"question": "<i>foghorn</i>?", "answer": "a & b"}])
    page = Client().get("/search/", {"q": "foghorn keeper"}).content.decode()
    assert "&lt;i&gt;<mark>foghorn</mark>&lt;/i&gt;?" in page
    assert "<mark>Keeper</mark> &lt;b&gt;" in page


@pytest.mark.engine
def test_accents_and_other_scripts_are_found() -> None:
    an_edition(slug="a", title="Wächter", alternative_titles=["灯台 守", "Хранитель маяка"])
    assert [titles(query) for query in ("wachter", "WÄCHTER", "灯台", "хранитель")] == [["Wächter"]] * 4


@pytest.mark.engine
def test_guides_with_some_of_the_words_do_where_none_has_all() -> None:
    an_edition()
    answer = found("lighthouse zebra")
    assert (answer.partial, answer.total) == (True, 1)
    assert answer.results[0].reasons == ()  # the title has the one, and nothing the other


@pytest.mark.engine
def test_only_what_is_live_is_found() -> None:
    edition = an_edition()
    edition.role.title = "Beacon Warden"
    edition.role.save()
    publish(role=edition.role, by="Ada")
    assert (titles("lighthouse"), titles("beacon")) == ([], ["Beacon Warden"])


@pytest.mark.parametrize(
    "query",
    ["", " ", "!?&|()", "'", '"', "%", "_", "\0", "a\0b", "* OR *", "NEAR(a b)", "title:keeper", "a" * 10_000,
     "a " * 5_000, "-keeper", "keeper*", "':*&!", "\\", "{title} : x", "ﷺ", "🦜", "٣", "²", "ナース", "हिन्दी"],
)  # fmt: skip
@pytest.mark.engine
def test_any_query_gets_a_sensible_page(query: str) -> None:
    an_edition()
    answers = [Client().get(page, {"q": query}) for page in ("/search/", "/search/suggestions/")]
    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.engine
def test_a_query_that_is_no_text_gets_a_sensible_page() -> None:
    assert Client().get("/search/?q=%ED%A0%80%FF").status_code == 200


@pytest.mark.parametrize(
    ("page", "status"), [("1", 200), ("2", 404), ("0", 200), ("x", 200), ("9" * 400, 200), ("٢", 200)]
)
def test_a_page_that_is_not_there_is_not_found(page: str, status: int) -> None:
    an_edition()
    assert Client().get("/search/", {"q": "keeper", "page": page}).status_code == status


@pytest.mark.engine
def test_titles_are_suggested_while_one_types() -> None:
    an_edition()
    an_edition(slug="tender", title="Light Tender", alternative_titles=[])

    def suggested(query: str) -> Any:
        return json.loads(Client().get("/search/suggestions/", {"q": query}).content)

    assert [suggested(query) for query in ("lig", "lighthouse", "keeper li", "wic", "zebra", "")] == [
        ["lig", ["Light Tender", "Lighthouse Keeper"]],
        ["lighthouse", ["Lighthouse Keeper"]],
        ["keeper li", ["Lighthouse Keeper"]],
        ["wic", ["Wickie"]],
        ["zebra", []],
        ["", []],
    ]


def test_browsers_are_told_how_to_search_here() -> None:
    response = Client().get("/opensearch.xml")
    assert response.headers["Content-Type"] == "application/opensearchdescription+xml"
    assert "http://127.0.0.1:8000/search/?q={searchTerms}" in response.content.decode()


def test_an_empty_search_leads_on() -> None:
    an_edition()
    page = Client().get("/search/", {"q": "zebra"}).content.decode()
    assert "No results for “zebra”" in page
    assert 'href="/fields/coast/"' in page


@pytest.mark.engine
def test_a_search_for_a_skill_leads_to_it() -> None:
    an_edition()

    def skills(query: str) -> list[tuple[str, str]]:
        answered = answer(query, at=timezone.now())
        assert answered is not None
        return [(offer.slug, offer.title) for offer in answered.above]

    assert {query: skills(query) for query in ("lamps", "LANTERN", "telescop", "wickie")} == {
        "lamps": [("lamps", "Lamps")],
        "LANTERN": [("lamps", "Lamps")],
        "telescop": [("telescope", "Telescope")],
        "wickie": [],
    }
    assert '<a href="/skills/lamps/">Lamps</a>' in Client().get("/search/?q=lamps").content.decode()


@pytest.mark.engine
def test_a_name_means_the_guides_that_are_called_so() -> None:
    an_edition()
    an_edition(slug="tender", title="Light Tender", alternative_titles=["Keeper of Lights"])

    def meant(name: str) -> list[str]:
        return [card.slug for card in engine.find_by_name(name, at=timezone.now())]

    assert {name: meant(name) for name in ("WICKIE", "lighthuose keper", "keeper", "lamps", "zebra", "")} == {
        "WICKIE": ["lighthouse-keeper"],
        "lighthuose keper": ["lighthouse-keeper"],
        "keeper": ["tender", "lighthouse-keeper"],
        "lamps": [],
        "zebra": [],
        "": [],
    }


def test_a_guide_is_found_by_its_field_and_says_so() -> None:
    an_edition()
    assert [(reason.where, reason.text) for reason in found("coast").results[0].reasons] == [
        ("Field of work", "<mark>Coast</mark>")
    ]


@pytest.mark.engine
def test_scripts_keep_their_letters_and_accents_may_be_typed_apart() -> None:
    an_edition(slug="nurse", title="간호사", alternative_titles=["Wächter"])
    assert (titles("간호사"), titles("강하수"), titles("Wa\u0308chter")) == (["간호사"], [], ["간호사"])


@pytest.mark.engine
def test_letters_that_a_database_might_split_are_found() -> None:
    an_edition(title="ab\u19b0cd", alternative_titles=[])
    assert titles("ab\u19b0cd") == ["ab\u19b0cd"]


def test_stems_are_right_in_many_threads_at_once() -> None:
    spelled = [f"{word}ing{n}" for word in ("schedul", "coordinat", "manag") for n in range(50)] + list(FIRST)
    alone = [words_module.stem.__wrapped__(word) for word in spelled]
    with ThreadPoolExecutor(8) as pool:
        together = pool.map(lambda _: [words_module.stem.__wrapped__(word) for word in spelled], range(40))
        assert all(stems == alone for stems in together)


def test_a_word_begins_as_its_stem_says(root: Path) -> None:
    spelled = "agencies dying early happily lying nurse's skies studies tying ugly Wächter"
    text = " ".join((spelled, *(path.read_text() for path in (root / "fixtures").glob("*.yaml"))))
    begins = {word: words_module.stem_prefix(words_module.stem_uncached(word)) for word in words_module.words(text)}
    assert len(begins) > 1_000
    assert [word for word, beginning in begins.items() if not word.startswith(beginning)] == []


def test_what_is_to_come_is_not_found_yet() -> None:
    an_edition(at=timezone.now() + timedelta(days=1))
    assert (found("lighthouse").total, suggest("lig", at=timezone.now())) == (0, ())
    assert [Client().get(address).status_code for address in ("/skills/lamps/", "/fields/coast/")] == [404, 404]


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/search/", ["q"]), ("/search/suggestions/", ["q"]), ("/compare/", ["add"]), ("/paths/", ["from", "to"]),
        ("/match/", ["q", "add"]), ("/match/suggestions/", ["q"]), ("/match/resume/", ["text"]),
    ],
)  # fmt: skip
def test_words_that_a_visitor_types_stay_out_of_the_cache_of_stems(address: str, names: list[str]) -> None:
    words_module.stem.cache_clear()
    an_edition()

    def stems_after(typed: str) -> int:
        client = Client()
        (client.post if names == ["text"] else client.get)(address, dict.fromkeys(names, typed))
        return words_module.stem.cache_info().currsize

    # Words of the guide itself may be added, so the first request is not compared.
    assert stems_after("zarquon lighthouse flibbering") == stems_after("quuxly lighthouse wibbled")
