"""Search: what job seekers type, and the first result that they should get from the delivered guides."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from django.utils import timezone

from guides.reading.search.answer import Answer, answer
from guides.reading.search.offers import Offer, OfferKind
from tests.helpers.delivered import publish_delivered_everywhere

QUERIES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "files" / "queries.yaml").read_text(encoding="utf-8")
)["queries"]

pytestmark = pytest.mark.django_db


def first_results(answered: Answer) -> list[dict[str, str]]:
    """Return what the first result can be called in the file: a list, its first guide, or a page about one thing."""
    guides = [{"guide": result.card.slug} for result in answered.found.results[:1]]
    if answered.filters:
        return [{"filter": answered.filters.query()}, *guides]
    if answered.above:
        return list(_offered(answered.above[0]))
    if answered.messages:
        return [{"hours": answered.searched}, {"page": "no-answer"}]
    return guides or [{"page": "nothing-found"}]


def _offered(offer: Offer) -> list[dict[str, str]]:
    names = {OfferKind.SKILL: "skill", OfferKind.STARTING_JOB: "start", OfferKind.OCCUPATION: "occupation"}
    found = [{"page": offer.address}, {"pay": offer.address}]
    if offer.kind in names:
        found.append({names[offer.kind]: offer.slug})
    if offer.address.startswith("/guides/"):
        found.append({"guide": offer.address.split("/")[2]})
    if offer.address.startswith("/pay/?place="):
        found.append({"page": "place-choice"})
    return found


@pytest.mark.engine
def test_the_first_result_is_the_one_that_a_job_seeker_means() -> None:
    publish_delivered_everywhere()
    wrong = {}
    for query in QUERIES:
        answered = answer(query["q"], at=timezone.now())
        assert answered is not None
        found = first_results(answered)
        if "unmet" not in query and query["expect"] not in found:
            wrong[query["q"]] = (query["expect"], found)
    assert wrong == {}


def test_the_queries_are_many_and_nearly_all_are_met() -> None:
    assert len({query["q"] for query in QUERIES}) == len(QUERIES) >= 120
    assert sum(query["kind"] == "intent" for query in QUERIES) >= 40
    assert sum("unmet" in query for query in QUERIES) <= 3
