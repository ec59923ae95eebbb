"""The occupations of a role in the admin: their codes, titles, and relations."""

from typing import Any

import pytest
from django.test import Client

from guides.models import AuditLogEntry, Role
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.snapshots import restore_snapshot, take_snapshot
from tests.helpers.admin import act, change, form_of, save
from tests.helpers.factories import a_small_role
from tests.helpers.statistics import an_occupation

pytestmark = pytest.mark.django_db

ASSISTANT = {"code": "31-9092", "relation": "same", "covers": ""}
RECEPTIONIST = {"code": "43-4171", "relation": "nearest", "covers": "It also covers law firms."}


@pytest.fixture(autouse=True)
def _classification() -> None:
    an_occupation("31-9092", "Medical Assistants")
    an_occupation("31-9093", "Medical Equipment Preparers")
    an_occupation("43-4171", "Receptionists & Information Clerks")


def added(role: Role, **values: Any) -> dict[str, Any]:
    """The data of a form with one more occupation."""
    count = role.occupations.count()
    row = ASSISTANT | values
    data = {f"occupations-{count}-{name}": value for name, value in row.items()}
    return data | {"occupations-TOTAL_FORMS": count + 1, f"occupations-{count}-role": role.pk}


def codes(role: Role) -> list[tuple[str, str]]:
    return [(row.code, row.relation) for row in compose(role).occupations]


def errors(client: Client, role: Role, data: dict[str, Any]) -> list[dict[str, list[str]]]:
    response = client.post(change(role), form_of(client, role) | data)
    formsets = {each.formset.prefix: each.formset for each in response.context["inline_admin_formsets"]}
    return [dict(each) for each in formsets["occupations"].errors]


def test_an_occupation_is_added_changed_and_removed(desk: Client) -> None:
    role = a_small_role()
    save(desk, role, **added(role))
    assert codes(role) == [("31-9092", "same")]
    save(desk, role, **{"occupations-0-relation": "broader", "occupations-0-covers": "It also covers others."})
    assert codes(role) == [("31-9092", "broader")]
    save(desk, role, **{"occupations-0-DELETE": "on"})
    assert codes(role) == []


@pytest.mark.parametrize("typed", ["31-9092", " 319092 ", "31-9092.00", "31 9092", "medical assistants"])
def test_a_code_is_accepted_in_other_spellings_and_by_its_title(desk: Client, typed: str) -> None:
    role = a_small_role()
    save(desk, role, **added(role, code=typed))
    assert codes(role) == [("31-9092", "same")]


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("31-9094", "Similar: 31-9092 Medical Assistants; 31-9093 Medical Equipment Preparers."),
        ("Medical Assistent", "Similar: 31-9092 Medical Assistants."),
        ("ophthalmic assistant", "Similar: 43-4171 Receptionists & Information Clerks."),
        ("zzz", "Look it up under Occupations."),
    ],
)
def test_an_unknown_code_is_refused_with_similar_ones(desk: Client, typed: str, hint: str) -> None:
    role = a_small_role()
    message = f"The classification has no occupation “{typed}”. {hint}"
    assert errors(desk, role, added(role, code=typed)) == [{"code": [message]}]
    assert codes(role) == []


def test_a_stored_code_that_the_classification_lacks_does_not_prevent_saving(desk: Client) -> None:
    role = a_small_role(occupations=[ASSISTANT | {"code": "29-2012"}])
    save(desk, role, title="Keeper")
    assert codes(role) == [("29-2012", "same")]
    assert "The imported classification lacks this code." in desk.get(change(role)).content.decode()


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (
            {"relation": "nearest"},
            {"covers": ["say what else the occupation covers, unless it is the same as the role"]},
        ),
        ({"relation": ""}, {"relation": ["This field is required."]}),
        ({"code": ""}, {"code": ["This field is required."]}),
    ],
)
def test_an_incomplete_occupation_is_refused_at_its_field(
    desk: Client, row: dict[str, str], error: dict[str, list[str]]
) -> None:
    role = a_small_role()
    assert errors(desk, role, added(role, **row)) == [error]


@pytest.mark.parametrize("relation", ["same", "broader"])
def test_only_one_occupation_is_the_role_or_includes_it(desk: Client, relation: str) -> None:
    role = a_small_role(occupations=[ASSISTANT])
    second = added(role, code="43-4171", relation=relation, covers="Others.")
    message = "Only one occupation can be the same as the role or include it."
    assert errors(desk, role, second) == [{}, {"relation": [message]}]
    save(desk, role, **second, **{"occupations-0-DELETE": "on"})
    assert codes(role) == [("43-4171", relation)]


def test_a_code_occurs_once(desk: Client) -> None:
    role = a_small_role(occupations=[ASSISTANT])
    twice = added(role, relation="nearest", covers="Others.")
    message = "Occupation with this Role and SOC code already exists."
    assert errors(desk, role, twice) == [{}, {"__all__": [message]}]
    assert codes(role) == [("31-9092", "same")]


def test_the_page_shows_the_official_titles_and_offers_all_codes_without_scripts(desk: Client) -> None:
    an_occupation("31-9090", "Miscellaneous Assistants")
    page = desk.get(change(a_small_role(occupations=[RECEPTIONIST]))).content.decode()
    assert '<span class="inline_label">43-4171 Receptionists &amp; Information Clerks</span>' in page
    assert page.count('list="occupation-codes"') == 2  # a row, and the empty one
    assert page.count('<option value="31-9092">Medical Assistants</option>') == 1
    assert "31-9090" not in page


def test_the_audit_log_names_code_and_title(desk: Client) -> None:
    role = a_small_role()
    save(desk, role, **added(role))
    save(desk, role, **{"occupations-0-covers": "It also covers others."})
    save(desk, role, **{"occupations-0-DELETE": "on"})
    assert list(AuditLogEntry.objects.order_by("pk").values_list("note", flat=True)) == [
        "Added occupation “31-9092 Medical Assistants”.",
        "Changed What else it covers for occupation “31-9092 Medical Assistants”.",
        "Deleted occupation “31-9092 Medical Assistants”.",
    ]


def test_two_editors_who_change_one_relation_see_a_conflict(desk: Client) -> None:
    role = a_small_role(occupations=[RECEPTIONIST])
    stale = form_of(desk, role)
    save(desk, role, **{"occupations-0-relation": "broader"})
    response = desk.post(change(role), stale | {"occupations-0-relation": "same"})
    assert [conflict[1:] for conflict in response.context["merge_result"].conflicts] == [
        (
            "Occupation “43-4171 Receptionists & Information Clerks”", "Relation",
            "Same as the job", "Includes the job",
        )
    ]  # fmt: skip
    assert codes(role) == [("43-4171", "broader")]


def test_two_editors_who_each_add_a_main_occupation_keep_only_one(desk: Client) -> None:
    role = a_small_role()
    stale = form_of(desk, role)
    save(desk, role, **added(role))
    response = desk.post(change(role), stale | {
        "occupations-TOTAL_FORMS": 1, "occupations-0-code": "43-4171", "occupations-0-relation": "same",
        "occupations-0-role": role.pk,
    })  # fmt: skip
    assert response.status_code == 200
    assert codes(role) == [("31-9092", "same")]


def test_occupations_are_restored_and_compared_by_code_and_title(desk: Client) -> None:
    role = a_small_role(occupations=[ASSISTANT])
    snapshot = take_snapshot(role=role, reason="Test", by="ada")
    save(desk, role, **{"occupations-0-DELETE": "on"})
    page = desk.get(f"{act('restore', role)}?snapshot={snapshot.pk}")
    assert [(each.name, each.kind) for each in page.context["changes"]] == [("31-9092 Medical Assistants", "added")]
    restore_snapshot(snapshot=snapshot, by="ada")
    assert codes(role) == [("31-9092", "same")]


def test_the_publish_page_names_an_occupation_by_code_and_title(desk: Client) -> None:
    role = a_small_role(occupations=[ASSISTANT])
    response = desk.get(act("publish", role))
    names = [each.name for each in response.context["changes"] if each.part == "occupations"]
    assert names == ["31-9092 Medical Assistants"]
