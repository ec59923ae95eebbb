"""Search: what the page says of the meaning of a query, and results that are not guides."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import SearchIntent, StartingJob
from guides.reading.search.amounts import amount_at
from guides.reading.search.answer import Answer, answer
from tests.helpers.factories import an_edition

pytestmark = pytest.mark.django_db


def answered(query: str, **options: Any) -> Answer:
    found = answer(query, at=timezone.now(), **options)
    assert found is not None
    return found


def offers(query: str) -> list[tuple[str, str]]:
    return [(offer.kind.value, offer.slug) for offer in answered(query).above]


def guides(query: str) -> list[str]:
    return [result.card.slug for result in answered(query).found.results]


def an_intent(*phrases: str, target: str, message: str = "As you wish", order: int = 1) -> SearchIntent:
    return SearchIntent.objects.create(order=order, phrases=list(phrases), target=target, message=message)


@pytest.mark.parametrize(
    ("text", "yearly"),
    [
        ("50k", 50_000), ("50000", 50_000), ("$62,400", 62_400), ("62400", 0), ("90210", 0), ("40 thousand", 40_000),
        ("$20/hr", 41_600), ("25 an hour", 52_000), ("20 dollars an hour", 41_600), ("$18.50", 38_480), ("20", 0),
        ("6 figure", 100_000), ("six figures", 100_000), ("45000 a year", 45_000), ("$0", 0), ("99999999999", 0),
        ("12 hour shifts", 0), ("40 hour week", 0),
    ],
)  # fmt: skip
def test_an_amount_is_pay_a_year(text: str, yearly: int) -> None:
    an_intent("{amount}", target="/guides/?pay_from={amount}")
    filters = answered(text).filters
    assert (filters.pay_from if filters else 0) == yearly


def test_an_hourly_amount_is_named_by_the_year_and_the_hour() -> None:
    amount = amount_at(0, ("25", "dollars", "an", "hour"))
    assert amount
    assert (amount.text, amount.length) == ("$52,000 a year ($25 an hour)", 4)


@pytest.mark.engine
def test_the_page_says_what_it_shows_and_links_to_the_list_and_the_plain_search() -> None:
    an_edition(requirements=[{"education": "high-school", "source": "survey-2025"}])
    an_edition(slug="master", title="Master", requirements=[{"education": "master", "source": "survey-2025"}])
    an_intent("no degree", "without a degree", target="/guides/?education=high-school", message="Showing easy jobs")
    page = Client().get("/search/", {"q": "jobs without any degree"}).content.decode()
    assert "Showing easy jobs" in page
    assert re.findall(r'<h2 class="card-title"><a href="([^"]*)"', page) == ["/guides/lighthouse-keeper/"]
    assert 'href="/guides/?education=high-school"' in page
    assert 'href="/search/?q=jobs%20without%20any%20degree&amp;exact=1"' in page
    plain = Client().get("/search/", {"q": "without degree", "exact": "1"}).content.decode()
    assert "Showing easy jobs" not in plain


@pytest.mark.engine
def test_intents_combine_and_other_words_are_searched_within_the_list() -> None:
    requirements = [{"education": "high-school", "source": "survey-2025"}]
    remote = [{"kind": "setting", "text": "There", "settings": ["remote"], "source": "survey-2025"}]
    for slug, facts in (("lamp-keeper", remote), ("oar-keeper", remote), ("lamp-warden", [])):
        title = slug.replace("-", " ").title()
        an_edition(slug=slug, title=title, alternative_titles=[], facts=facts, requirements=requirements)
    an_intent("remote", target="/guides/?setting=remote", message="From home")
    an_intent("no degree", target="/guides/?education=high-school", message="No degree", order=2)
    both = answered("remote no degree")
    assert both.messages == ("From home", "No degree")
    assert both.list_address == "/guides/?education=high-school&setting=remote"
    assert (guides("remote jobs"), guides("remote oar")) == (["lamp-keeper", "oar-keeper"], ["oar-keeper"])
    assert (guides("remote zebra"), answered("remote zebra").unused) == (["lamp-keeper", "oar-keeper"], "zebra")
    assert guides("remote lamp warden")[0] == "lamp-warden"  # a guide that the query names comes before the list


def test_the_longest_phrase_wins_and_pages_that_do_not_exist_are_left_out() -> None:
    an_edition()
    an_intent("home", target="/guides/?setting=remote", message="From home")
    an_intent("nursing home", target="/guides/?setting=care-home", message="In a nursing home", order=2)
    an_intent("zebra", target="/skills/zebra/", order=3)
    an_intent("lamp", target="/skills/lamps/", order=4)
    assert [answered(query).messages for query in ("nursing home jobs", "home")] == [
        ("In a nursing home",),
        ("From home",),
    ]
    assert (offers("zebra"), offers("about a lamp")) == ([], [("skill", "lamps")])


def test_a_changed_intent_counts_at_once() -> None:
    an_edition()
    assert answered("from home").messages == ()
    an_intent("from home", target="/guides/?setting=remote", message="From home")
    assert answered("from home").messages == ("From home",)


@pytest.mark.engine
def test_initials_of_titles_are_found() -> None:
    an_edition(title="Patient Care Coordinator", slug="pcc", alternative_titles=["Health Navigator (HN)"])
    an_edition(title="Pier Crane Captain", slug="crane", alternative_titles=["Master of Port Cranes"])
    assert [guides(query) for query in ("PCC", "hn", "MOPC", "pc")] == [["pcc", "crane"], ["pcc"], ["crane"], []]


@pytest.mark.engine
def test_a_starting_job_is_a_result_unless_a_guide_has_the_title() -> None:
    an_edition()
    StartingJob.objects.create(slug="deckhand", title="Deckhand (ship)", other_titles=["Sailor"])
    StartingJob.objects.create(slug="wickie", title="Wickie", other_titles=[])
    assert [offers(query) for query in ("deckhand", "SAILORS", "sailor jobs", "sialor", "wickie", "zebra")] == [
        [("starting-job", "deckhand")],
        [("starting-job", "deckhand")],
        [("starting-job", "deckhand")],
        [("starting-job", "deckhand")],
        [],
        [],
    ]
    assert guides("wickie") == ["lighthouse-keeper"]
    assert 'href="/match/?role=deckhand"' in Client().get("/search/", {"q": "sailor"}).content.decode()


@pytest.mark.engine
def test_words_next_to_each_other_rank_above_words_apart() -> None:
    texts = {"partly": "You learn partly at sea. Take your time.", "apart": "A part of your time is free."}
    for slug, body in texts.items():
        an_edition(slug=slug, title=f"A {slug}", faqs=[{"question": "Why?", "answer": body}])
    an_edition(slug="zealous", title="Zealous", faqs=[{"question": "Why?", "answer": "You work part-time."}])
    assert [guides(query)[0] for query in ("part time", "part-time", "parttime")] == ["zealous"] * 3


@pytest.mark.usefixtures("_delivered")
@pytest.mark.engine
def test_titles_skills_jobs_and_places_are_suggested() -> None:
    def suggested(query: str) -> list[str]:
        names: list[str] = json.loads(Client().get("/search/suggestions/", {"q": query}).content)[1]
        return names

    first = {
        query: suggested(query)[0] for query in ("mana", "manage", "manager", "hipaa", "epi", "cmaa", "cash", "tex")
    }
    assert first == {
        "mana": "Patient Care Manager",
        "manage": "Patient Care Manager",
        "manager": "Patient Care Manager",
        "hipaa": "HIPAA",
        "epi": "Epic",
        "cmaa": "CMAA",
        "cash": "Cashier",
        "tex": "Texas",
    }


@pytest.mark.usefixtures("_delivered")
@pytest.mark.engine
def test_a_job_without_a_guide_leads_to_its_official_occupation() -> None:
    found = {query: offers(query) for query in ("nurse", "school nurse", "electricians", "engineer", "nurse manager")}
    assert found == {
        "nurse": [("occupation", "29-1141")],
        "school nurse": [("occupation", "29-1141")],
        "electricians": [("occupation", "47-2111")],
        "engineer": [],  # twenty titles end with this word
        "nurse manager": [],
    }
    page = Client().get("/search/", {"q": "nurse"}).content.decode()
    assert "We have no guide for this job yet." in page
    assert 'href="https://www.bls.gov/oes/current/oes291141.htm"' in page
