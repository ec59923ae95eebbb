"""All guides: filters that combine, counts, sorts, pages; fields of work and skills."""

import re
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides.publishing.editions.withdraw import withdraw
from guides.reading.search import browse
from guides.reading.search.browse import BrowsePage
from guides.reading.search.filters import Filters
from tests.helpers.factories import an_edition, day, pay
from tests.reading.test_pages import words

pytestmark = pytest.mark.django_db

COAST = {"slug": "coast", "name": "Coast", "summary": "Work by the sea."}
TOWN = {"slug": "town", "name": "Town"}
OAR = {"slug": "oar", "name": "Oar", "kind": "tool"}
LAMP = {"slug": "lamp", "name": "Lamp", "kind": "technical", "aliases": ["Lantern"], "summary": "It shines.",
        "purpose": "To *see*."}  # fmt: skip


def facts(*, settings: list[str], growth: str | None = None) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = [
        {"kind": "setting", "text": "There", "settings": settings, "source": "survey-2025"},
    ]
    measure = {"low": growth, "high": growth, "unit": "share"}
    return [*told, {"kind": "growth", "value": measure, "source": "survey-2025"}] if growth else told


@pytest.fixture(autouse=True)
def _three_guides() -> None:
    for month, slug, field, skills, median, education, of_facts in (
        (1, "keeper", COAST, [LAMP], 40_000, "high-school", facts(settings=["outdoors"], growth="0.02")),
        (2, "tender", COAST, [LAMP, OAR], 60_000, "bachelor", facts(settings=["outdoors", "office"])),
        (3, "lamplighter", TOWN, [LAMP], 50_000, "high-school", facts(settings=["road"], growth="0.12")),
    ):
        an_edition(
            slug=slug, title=slug.title(), field=field, skills=skills, facts=of_facts, at=day(month), levels=[],
            pay=[pay(basis="headline", median=median)],
            requirements=[{"education": education, "source": "survey-2025"}],
        )  # fmt: skip


def results(query: str = "") -> BrowsePage:
    answer = browse.browse(Filters.read(QueryDict(query)), at=timezone.now())
    assert answer is not None
    return answer


def slugs(query: str = "") -> list[str]:
    return [card.slug for _heading, cards in results(query).sections for card in cards]


def counts(query: str = "") -> dict[str, dict[str, int]]:
    return {group.name: {choice.slug: choice.guides for choice in group.choices} for group in results(query).groups}


@pytest.mark.engine
def test_filters_combine() -> None:
    assert {query: slugs(query) for query in (
        "", "field=coast", "field=coast&field=town", "education=high-school&field=coast", "skill=lamp&skill=oar",
        "setting=office", "growth=10-and-more", "pay_from=45000", "pay_to=45000", "pay_from=45000&pay_to=55000",
        "pay_from=55000&pay_to=$45,000", "field=coast&growth=10-and-more", "skill=unheard-of",
    )} == {
        "": ["keeper", "lamplighter", "tender"],
        "field=coast": ["keeper", "tender"],
        "field=coast&field=town": ["keeper", "lamplighter", "tender"],
        "education=high-school&field=coast": ["keeper"],
        "skill=lamp&skill=oar": ["tender"],
        "setting=office": ["tender"],
        "growth=10-and-more": ["lamplighter"],
        "pay_from=45000": ["lamplighter", "tender"],
        "pay_to=45000": ["keeper"],
        "pay_from=45000&pay_to=55000": ["lamplighter"],
        "pay_from=55000&pay_to=$45,000": ["lamplighter"],
        "field=coast&growth=10-and-more": [],
        "skill=unheard-of": [],
    }  # fmt: skip


@pytest.mark.engine
def test_sorts() -> None:
    assert {sort: slugs(f"sort={sort}") for sort in ("title", "field", "pay", "growth", "latest", "nonsense")} == {
        "title": ["keeper", "lamplighter", "tender"],
        "field": ["keeper", "tender", "lamplighter"],
        "pay": ["tender", "lamplighter", "keeper"],
        "growth": ["lamplighter", "keeper", "tender"],
        "latest": ["lamplighter", "tender", "keeper"],
        "nonsense": ["keeper", "lamplighter", "tender"],
    }
    assert [heading for heading, _cards in results("sort=field").sections] == ["Coast", "Town"]
    assert [heading for heading, _cards in results().sections] == ["K", "L", "T"]


@pytest.mark.engine
def test_counts_say_how_many_guides_a_choice_would_give() -> None:
    assert counts() == {
        "field": {"coast": 2, "town": 1},
        "education": {"high-school": 2, "bachelor": 1},
        "setting": {"outdoors": 2, "road": 1, "office": 1},
        "growth": {"10-and-more": 1, "below-5": 1},
        "skill": {"lamp": 3, "oar": 1},
        "without": {"experience": 3, "certificate": 3},
    }
    # Of the field that is chosen, others may be chosen too; of what else there is, only what is left counts.
    assert counts("field=coast") == {
        "field": {"coast": 2, "town": 1},
        "education": {"high-school": 1, "bachelor": 1},
        "setting": {"outdoors": 2, "office": 1},
        "growth": {"below-5": 1},
        "skill": {"lamp": 2, "oar": 1},
        "without": {"experience": 2, "certificate": 2},
    }


@pytest.mark.engine
def test_a_list_can_leave_out_guides_that_require_experience_or_a_certificate() -> None:
    permit = {"slug": "license", "name": "License", "kind": "certificate"}
    for slug, skills, way in (
        ("pilot", [permit], {"certificate": "license", "education": "high-school"}),
        ("master", [], {"education": "bachelor", "years_from": 2, "experience": "work on ships"}),
        ("deckhand", [], {"education": "high-school", "years_from": 1, "experience": "work on ships"}),
    ):
        an_edition(
            slug=slug,
            title=slug.title(),
            skills=skills,
            levels=[],
            pay=[pay(basis="headline", median=1)],
            requirements=[way | {"source": "survey-2025"}],
        )
    ways = ("without=experience", "without=certificate", "without=certificate&without=experience", "without=zebra")
    assert {query: slugs(query) for query in ways} == {
        "without=experience": ["keeper", "lamplighter", "pilot", "tender"],
        "without=certificate": ["deckhand", "keeper", "lamplighter", "master", "tender"],
        "without=certificate&without=experience": ["keeper", "lamplighter", "tender"],
        "without=zebra": ["deckhand", "keeper", "lamplighter", "master", "pilot", "tender"],
    }
    assert slugs("sort=entry") == ["keeper", "lamplighter", "pilot", "deckhand", "tender", "master"]
    assert [active.text for active in results("without=experience").active_filters] == ["without experience"]


def test_a_choice_leads_to_as_many_guides_as_it_says() -> None:
    for group in results().groups:
        for choice in group.choices:
            assert len(slugs(f"{group.name}={choice.slug}")) == choice.guides


def test_pay_in_another_currency_or_period_is_not_compared() -> None:
    for slug, changes in {"a": {"currency": "GBP"}, "b": {"period": "hour"}}.items():
        an_edition(slug=slug, title=slug, levels=[], pay=[pay(basis="headline", median=50_000, **changes)])
    assert slugs("pay_from=1") == ["keeper", "lamplighter", "tender"]
    assert slugs("sort=pay")[-2:] == ["a", "b"]


def test_only_live_guides_are_listed_and_counted() -> None:
    edition = an_edition(slug="pilot", title="Pilot", skills=[OAR])
    assert (slugs("skill=oar"), counts()["skill"]["oar"]) == (["pilot", "tender"], 2)
    withdraw(role=edition.role, by="Ada")
    assert (slugs("skill=oar"), counts()["skill"]["oar"]) == (["tender"], 1)


def test_a_page_of_the_catalogue_has_its_filters_in_its_address() -> None:
    page = Client().get("/guides/?education=high-school&sort=pay").content.decode()
    assert words(page).count("2 guides match.") == 1
    chip = re.search('<a href="([^"]*)" aria-label="Remove the filter High school diploma">', page)
    assert chip is not None
    assert unescape(chip[1]) == "/guides/?sort=pay"
    assert 'name="education" value="high-school" checked' in page
    assert '<link rel="canonical" href="http://127.0.0.1:8000/guides/" />' in page


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("field=&pay_from=&pay_to=&sort=title", "/guides/"),
        ("utm_source=x&page=1&sort=pay", "/guides/?sort=pay"),
        ("field=town&field=coast&field=town", "/guides/?field=coast&field=town"),
        ("field=%00&skill=A+B&education=../x", "/guides/"),
        ("pay_to=10&pay_from=20", "/guides/?pay_from=10&pay_to=20"),
        ("pay_from=$50K&pay_to=60,000", "/guides/?pay_from=50000&pay_to=60000"),
        ("page=" + "9" * 5_000, "/guides/"),
        ("&".join(f"skill=s{n:02}" for n in range(99)), "/guides/?" + "&".join(f"skill=s{n:02}" for n in range(10))),
    ],
)
def test_one_choice_has_one_address(given: str, address: str) -> None:
    response = Client().get(f"/guides/?{given}")
    assert (response.status_code, response.headers["Location"]) == (302, address)
    assert Client().get(address).status_code == 200


def test_an_amount_that_cannot_be_read_is_told() -> None:
    response = Client().get("/guides/", {"pay_from": "a lot", "field": "coast"})
    assert response.status_code == 200
    assert "“a lot” isn’t a dollar amount. Enter one, such as 40000." in words(response.content.decode())


def test_pages_of_the_catalogue() -> None:
    for n in range(browse.PAGE_SIZE):
        an_edition(slug=f"deputy-{n}", title=f"Deputy {n}")
    page = Client().get("/guides/?sort=latest&page=2").content.decode()
    assert Client().get("/guides/?sort=latest&page=3").status_code == 404
    assert "Page 2 of 2" in words(page)
    assert '<a href="?sort=latest&amp;page=1" rel="prev">' in page


def test_the_queries_of_a_list_do_not_grow(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    Client().get("/guides/")  # what all live guides have in common is read once
    with django_assert_num_queries(2):  # whether it is still so, and the cards
        Client().get("/guides/?field=coast&skill=lamp")


def test_a_field_has_a_page() -> None:
    page = words(Client().get("/fields/coast/").content.decode())
    assert ["Work by the sea." in page, "2 guides." in page, "Keeper" in page, "Lamplighter" in page] == [
        True, True, True, False
    ]  # fmt: skip
    assert [Client().get(f"/fields/{name}/").status_code for name in ("nowhere", "coast/x")] == [404, 404]


def test_skills_are_listed_by_kind_with_the_number_of_roles() -> None:
    page = words(Client().get("/skills/").content.decode())
    assert re.search("Technical skills Lamp 3 Tools Oar 1", page)


def test_a_skill_tells_what_it_is_and_what_roles_need_it_for() -> None:
    page = Client().get("/skills/lamp/").content.decode()
    shown = words(page)
    assert ["also called Lantern" in shown, "It shines." in shown] == [True, True]
    assert "Often needed with it" not in shown  # as one role alone asks for an oar
    an_edition(slug="pilot", title="Pilot", skills=[LAMP, OAR])
    assert "Often needed with it Oar 2" in words(Client().get("/skills/lamp/").content.decode())
    assert page.count("<p>To <em>see</em>.</p>") == 3
    assert Client().get("/skills/unheard-of/").status_code == 404
    assert Client().get("/skills/lamp/?page=2").status_code == 404


def test_a_skill_shows_how_to_learn_it_with_the_guides_that_say_so() -> None:
    for number, slug in enumerate(("pilot", "rower")):
        an_edition(slug=slug, title=slug.title(), skills=[OAR | {"gained": "Row *often*."}], at=day(4 + number))
    an_edition(slug="captain", title="Captain", skills=[OAR | {"gained": "At sea."}], at=day(6))
    shown = words(Client().get("/skills/oar/").content.decode())
    assert "How to learn it Row often. From the guide to: Pilot, Rower At sea. From the guide to: Captain" in shown


def test_a_skill_leads_to_broader_and_narrower_ones() -> None:
    lantern = {"slug": "ship-lantern", "name": "Ship lantern", "kind": "tool"}
    an_edition(slug="pilot", skills=[lantern | {"broader": {"slug": "lamp", "name": "Lamp"}}], at=day(4))
    narrow, broad = (Client().get(f"/skills/{slug}/").content.decode() for slug in ("ship-lantern", "lamp"))
    assert 'If you have it, you also have <a href="/skills/lamp/">Lamp</a>.' in narrow
    assert 'It includes <a href="/skills/ship-lantern/">Ship lantern</a>' in " ".join(broad.split())


def test_a_certificate_shows_its_facts_and_their_source() -> None:
    facts = {
        "issuer": "Harbor Board", "eligibility": "Anyone over 18.", "renewal": "Every two years.",
        "fee": {"low": 90, "high": 90, "currency": "USD"}, "training": {"low": 20, "unit": "hour"},
        "address": "https://harbor.example/exam", "source": "survey-2025",
    }  # fmt: skip
    pilot = {"slug": "pilot-license", "name": "Pilot license", "kind": "certificate", "certificate": facts}
    an_edition(slug="pilot", title="Pilot", skills=[pilot], at=day(4))
    page = Client().get("/skills/pilot-license/").content.decode()
    assert (
        "The certificate Issued by Harbor Board Who can take the examAnyone over 18. Required training20 hours or more "
        "Exam fee$90 RenewalEvery two years. Source: Bureau of Surveys, 2025, accessed"
    ) in words(page)
    assert '<a href="https://harbor.example/exam" rel="noopener">Harbor Board</a>' in page
    assert "Issued by Harbor Board. The exam costs $90." in words(Client().get("/guides/pilot/").content.decode())


def test_a_choice_that_leaves_no_guide_keeps_its_name() -> None:
    page = words(Client().get("/guides/?field=town&setting=office&skill=unheard-of").content.decode())
    assert "Town × Office × unheard-of ×" in " ".join(page.replace("Remove the filter", "").split())
    assert "No guides match all your filters." in page
