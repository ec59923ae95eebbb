"""Drafts and guides are the same thing said twice: what goes in comes out."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from pytest_django import DjangoAssertNumQueries

from guides import schema
from guides.models import Role, Skill, Source
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.load import load_draft
from guides.publishing.editions.preflight_gate import publish_if_ready
from guides.schema import Guide, InvalidGuide
from tests.helpers.factories import SOURCE, a_guide, a_picture, a_role, an_image, pay
from tests.helpers.hypothesis_profile import examples
from tests.helpers.strategies import IMAGES, LARGEST, guides

pytestmark = pytest.mark.django_db


@examples(60)
@given(guide=guides())
def test_compose_is_the_inverse_of_absorb(guide: Guide) -> None:
    with transaction.atomic():
        for name in IMAGES:
            an_image(name)
        assert compose(load_draft(guide=guide)) == guide
        transaction.set_rollback(True)


def test_a_guide_without_parts_comes_back() -> None:
    empty = Guide(schema_version=3, slug="a", title="A", summary="S")
    assert compose(load_draft(guide=empty)) == empty


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "ß" * 200, "summary": "é" * 1_000},
        {"sections": [{"chapter": "role", "body": "👩🏽‍⚕️" * 4_000}]},
        {"faqs": [{"question": f"Is it {n}?", "answer": "Yes."} for n in range(500)]},
        {"pay": [pay(basis="headline", low=0, high=LARGEST, and_more=True, approximate=True)], "levels": []},
    ],
    ids=["longest lines", "longest prose", "most parts", "largest amounts"],
)
@pytest.mark.engine
def test_extremes_come_back(changes: dict[str, Any]) -> None:
    guide = a_guide(**changes)
    assert compose(load_draft(guide=guide)) == guide


def test_a_picture_that_is_not_here_is_refused_and_one_that_is_comes_back() -> None:
    shown = f"![A lamp](/images/{IMAGES[1]}.webp)"
    guide = a_guide(picture=a_picture(), sections=[{"chapter": "role", "body": f"One. {shown} Two. {shown}"}])
    with pytest.raises(InvalidGuide) as refused:
        load_draft(guide=guide)
    assert [str(fault) for fault in refused.value.issues] == [
        f"{place}: there is no image '{name}' here. Add the picture in the admin, and use the name that it gets there"
        for place, name in (("picture.name", IMAGES[0]), ("sections.0.body", IMAGES[1]))
    ]
    assert not Role.objects.exists()
    for name in IMAGES:
        an_image(name)
    assert compose(load_draft(guide=guide)) == guide
    without = a_guide(picture=None)
    assert compose(load_draft(guide=without)) == without


@pytest.mark.engine
def test_absorbing_replaces_the_draft_and_its_shared_rows() -> None:
    a_role()
    renamed = a_guide(
        title="Keeper of the Light",
        faqs=[],
        skills=[{"slug": "lamps", "name": "Lamps and lanterns", "kind": "technical"}],
        sources=[SOURCE | {"title": "Pay and work, revised"}],
    )
    assert compose(load_draft(guide=renamed)) == renamed
    assert Role.objects.count() == 1
    assert Skill.objects.get(slug="lamps").name == "Lamps and lanterns"
    assert Source.objects.get().title == "Pay and work, revised"


def test_absorbing_one_role_leaves_the_parts_of_others() -> None:
    first = a_role()
    second = a_role(slug="buoy-tender", title="Buoy Tender")
    assert compose(first) == a_guide()
    assert compose(second) == a_guide(slug="buoy-tender", title="Buoy Tender")


def test_a_skill_with_narrower_ones_elsewhere_cannot_get_a_broader_one() -> None:
    lights = {"slug": "lights", "name": "Lights", "kind": "technical"}
    lamps = {"slug": "lamps", "name": "Lamps", "kind": "technical", "broader": {"slug": "lights", "name": "Lights"}}
    first = a_role(skills=[lamps])
    chain = a_guide(slug="buoy-tender", skills=[lights | {"broader": {"slug": "sight", "name": "Sight"}}])
    with pytest.raises(InvalidGuide) as refused:
        load_draft(guide=chain)
    assert [str(fault) for fault in refused.value.issues] == [
        "skills.0.broader: 'lights' is the broader skill of 'lamps', so it cannot have one"
    ]
    assert Skill.objects.get(slug="lights").broader is None
    reordered = a_guide(skills=[lamps | {"broader": None}, chain.skills[0].model_dump()])
    assert compose(load_draft(guide=reordered)) == reordered
    assert compose(first) == reordered


def test_a_broader_skill_that_only_names_another_is_renamed_and_keeps_its_kind() -> None:
    a_role(skills=[{"slug": "lights", "name": "Lights", "kind": "soft"}])
    lamps = {"slug": "lamps", "name": "Lamps", "kind": "tool"}
    guide = a_guide(slug="buoy-tender", skills=[lamps | {"broader": {"slug": "lights", "name": "Lighting"}}])
    assert compose(load_draft(guide=guide)) == guide
    assert Skill.objects.values_list("name", "kind").get(slug="lights") == ("Lighting", "soft")
    role = Role.objects.get(slug="lighthouse-keeper")
    assert role.digest == schema.digest(schema.dump(compose(role)))


def test_composing_tells_every_fault_of_a_draft_with_its_place() -> None:
    role = a_role()
    role.faqs.update(question="two\nlines")
    role.responsibilities.update(title=" ")
    with pytest.raises(InvalidGuide) as refused:
        compose(role)
    assert [str(fault) for fault in refused.value.issues] == [
        "responsibilities.0.title: must not be empty",
        "faqs.0.question: must be a single line",
    ]


def test_loading_a_guide_takes_a_few_queries_per_table(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    guide = a_guide()
    with django_assert_max_num_queries(35):
        load_draft(guide=guide)
    with django_assert_max_num_queries(45):
        load_draft(guide=guide)


def test_loading_a_guide_stores_the_digest_of_what_the_draft_composes_to() -> None:
    role = load_draft(guide=a_guide(title="Lamp  lighter"))
    role.refresh_from_db()
    assert role.digest == schema.digest(schema.dump(compose(role)))


def test_publishing_composes_the_draft_once() -> None:
    role = load_draft(guide=a_guide())
    with CaptureQueriesContext(connection) as queries:
        publish_if_ready(role=role, by="Ada", note="")
    assert sum('FROM "guides_faq"' in query["sql"] for query in queries) == 1
