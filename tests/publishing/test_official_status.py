"""Drafts that differ from official statistics, as the dashboard counts them and the list of roles filters them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from guides.models import Area, Occupation, Release, Role, Source, Wage
from guides.preflight import preflight, surroundings_of
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.official_status import far_from_official, with_older_release
from tests.helpers.factories import a_role, pay
from tests.helpers.releases import (
    RIGGER,
    SAILOR,
    current_statistics,
    growth,
    headline,
    occupation,
    openings,
    outdated_role,
)

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


@pytest.fixture(autouse=True)
def _statistics() -> None:
    current_statistics()


def agrees(role: Role, rule: str, find: Callable[[QuerySet[Role]], QuerySet[Role]]) -> bool:
    """Return whether a role has a finding, and check that the preflight and the query agree."""
    guide = compose(role)
    places = [
        each.place for each in preflight(guide, surroundings_of(role, guide, at=timezone.now())) if each.rule == rule
    ]
    assert find(Role.objects.all()).filter(pk=role.pk).exists() == bool(places)
    return bool(places)


NEAREST = [occupation(code, "nearest") for code in (SAILOR, RIGGER)]
SAME = [occupation(relation="same")]


@pytest.mark.parametrize(
    ("bands", "occupations", "is_far"),
    [
        ([{"median": 40_000}], SAME, False),
        ([{"median": 60_000}], SAME, True),
        ([{"mean": 20_000}], SAME, True),
        ([{"low": 10_000, "high": 20_000}], SAME, True),
        ([{"low": 10_000, "high": 20_000, "and_more": True}], SAME, False),
        ([{"low": 60_000}], SAME, True),
        ([{"median": 60, "period": "hour"}], SAME, True),
        ([{"median": 20, "period": "hour"}], SAME, False),
        ([{"median": 9_000, "period": "month"}], SAME, True),
        ([{"median": 60_000, "currency": "EUR"}], SAME, False),
        ([{"median": 60_000, "label": "Lighthouse keepers"}], SAME, True),
        ([{"median": 60_000, "low": 1, "label": "Captains"}], SAME, False),
        ([{"median": 60_000, "label": "Riggers (SOC 49-9096)"}], [*SAME, NEAREST[1]], True),
        ([{"median": 60_000, "label": "RIGGERS"}], [*SAME, NEAREST[1]], True),
        ([{"median": 60_000, "label": "Captains (SOC 53-5021)"}], SAME, False),
        ([{"median": 40_000}, {"median": 60_000}], NEAREST, True),
        ([{"median": 60_000}], [], False),
    ],
)
def test_pay_far_from_the_official_one_is_found(
    bands: list[dict[str, Any]], occupations: list[dict[str, str]], is_far: bool
) -> None:
    role = a_role(pay=[pay(basis="headline", **band) for band in bands], occupations=occupations)
    assert agrees(role, "far-from-official", far_from_official) == is_far


def test_pay_between_those_of_similar_occupations_is_not_far() -> None:
    Wage.objects.filter(occupation__code=RIGGER).update(yearly_p10=80_000, yearly_p25=80_000, yearly_p50=80_000,
                                                        yearly_p75=80_000, yearly_p90=90_000)  # fmt: skip
    role = a_role(pay=[pay(basis="headline", median=60_000)], occupations=NEAREST)
    assert not agrees(role, "far-from-official", far_from_official)


def test_pay_below_a_percentile_without_a_yearly_figure_is_found() -> None:
    none = dict.fromkeys(("yearly_p10", "yearly_p25", "yearly_p50", "yearly_p75", "yearly_p90"))
    Wage.objects.update(**none, flags="." * 10 + "*" * 5)
    role = a_role(pay=[pay(basis="headline", median=20_000)], occupations=SAME)
    assert agrees(role, "far-from-official", far_from_official)


@pytest.mark.parametrize(
    ("facts", "occupations", "is_far"),
    [
        ([growth("0.05")], SAME, False),
        ([growth("0.2")], SAME, True),
        ([growth("0.04")], [occupation(RIGGER)], True),
        ([growth("0.05")], NEAREST, False),
        ([growth("0.2")], NEAREST, True),
        ([growth("0.2")], [*SAME, NEAREST[1]], True),
        ([growth("0.2")], [], False),
        ([openings(2_000)], SAME, True),
        ([openings(2_000)], [occupation()], False),
        ([openings(9_000)], [occupation()], True),
        ([growth("0.04"), growth("0.2")], SAME, True),
    ],
)
def test_facts_far_from_the_projection_are_found(
    facts: list[dict[str, Any]], occupations: list[dict[str, str]], is_far: bool
) -> None:
    facts = [fact | {"source": "survey-2025"} for fact in facts]
    role = a_role(facts=facts, pay=[pay(basis="headline", median=40_000)], occupations=occupations)
    assert agrees(role, "far-from-official", far_from_official) == is_far


def test_figures_from_an_older_release_are_found() -> None:
    assert agrees(outdated_role([headline(median=40_000)]), "older-release", with_older_release)
    assert agrees(outdated_role(facts=[growth("0.04")]), "older-release", with_older_release)
    Source.objects.filter(slug="projections-2033").update(publisher="BUREAU")
    assert agrees(Role.objects.get(), "older-release", with_older_release)
    Source.objects.filter(slug="projections-2033").update(publisher="Bureau, quoted by Himalayas")
    assert not agrees(Role.objects.get(), "older-release", with_older_release)


def test_no_draft_is_found_without_statistics() -> None:
    role = outdated_role([headline(median=1)], facts=[growth("0.9")])
    Wage.objects.all().delete()
    Release.objects.all().delete()
    Occupation.objects.all().delete()
    Area.objects.all().delete()
    assert [list(find(Role.objects.all())) for find in (far_from_official, with_older_release)] == [[], []]
    assert not agrees(role, "far-from-official", far_from_official)


def test_the_dashboard_counts_and_the_list_filters(desk: Client) -> None:
    outdated_role([headline(median=90_000)])
    a_role(slug="tender", title="Tender", occupations=[])
    page = desk.get("/admin/")
    queues = {
        queue.title: (queue.item_count, queue.url) for queue in page.context["queues"] if "official=" in queue.url
    }
    assert queues == {
        "With figures far from the official ones": (1, "/admin/guides/role/?official=far"),
        "With figures from an older release": (1, "/admin/guides/role/?official=older"),
    }
    listed = {
        value: [str(role) for role in desk.get("/admin/guides/role/", {"official": value}).context["cl"].result_list]
        for value in ("far", "older", "none")
    }
    assert listed == {"far": ["Lighthouse Keeper"], "older": ["Lighthouse Keeper"], "none": ["Tender"]}


def test_thousands_of_drafts_take_no_query_for_each(django_assert_max_num_queries: Any) -> None:
    for number in range(3):
        a_role(slug=f"keeper-{number}", pay=[pay(basis="headline", median=90_000)], occupations=SAME)
    with django_assert_max_num_queries(14):
        assert far_from_official(Role.objects.all()).count() == 3
        assert with_older_release(Role.objects.all()).count() == 0
