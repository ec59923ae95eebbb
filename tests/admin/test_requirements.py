"""Requirements and related roles on the page of a role: certificates, kinds of experience, and starting jobs."""

from typing import Any

import pytest
from django.test import Client

from guides.models import RelatedRole, Requirement, Role, StartingJob
from guides.publishing.drafts.compose import compose
from tests.helpers.admin import change, form_of, save
from tests.helpers.factories import SOURCE, a_small_role

pytestmark = pytest.mark.django_db

LICENSE = {"slug": "license", "name": "License", "kind": "certificate"}
WAY = {"education": "high-school", "source": "survey-2025"}


def errors(client: Client, role: Role, prefix: str, **changes: Any) -> list[dict[str, list[str]]]:
    response = client.post(change(role), form_of(client, role) | changes)
    formsets = {each.formset.prefix: each.formset for each in response.context["inline_admin_formsets"]}
    return [dict(each) for each in formsets[prefix].errors]


def fields(client: Client, role: Role, prefix: str) -> Any:
    context = client.get(change(role)).context
    return (
        next(each.formset for each in context["inline_admin_formsets"] if each.formset.prefix == prefix).forms[0].fields
    )


def a_role_with_a_requirement(**changes: Any) -> Role:
    return a_small_role(**{"skills": [LICENSE], "requirements": [WAY], "sources": [SOURCE]} | changes)


def test_a_certificate_is_chosen_among_those_of_the_role_and_others(desk: Client) -> None:
    a_small_role(slug="tender", skills=[{"slug": "cpr", "name": "CPR", "kind": "certificate"}])
    role = a_role_with_a_requirement()
    assert fields(desk, role, "requirements")["certificate"].choices == [
        ("", "---------"),
        ("Skills of this role", [("license", "License")]),
        ("Others, which are not skills of this role yet", [("cpr", "CPR")]),
    ]
    save(desk, role, **{"requirements-0-certificate": "license"})
    assert [way.certificate for way in compose(role).requirements] == ["license"]
    assert errors(desk, role, "requirements", **{"requirements-0-certificate": "no-such"}) == [
        {"certificate": ["Select a valid choice. no-such is not one of the available choices."]}
    ]


def test_kinds_of_experience_in_use_are_offered(desk: Client) -> None:
    at_sea = {"years_from": 1, "experience": "work at sea", "source": "survey-2025"}
    a_small_role(slug="tender", requirements=[at_sea], sources=[SOURCE])
    role = a_role_with_a_requirement()
    assert fields(desk, role, "requirements")["experience"].kinds == ["work at sea"]
    html = desk.get(change(role)).content.decode()
    assert 'list="kinds-of-experience"' in html
    assert html.count('<datalist id="kinds-of-experience">') == 1
    save(desk, role, **{"requirements-0-experience": "work on land", "requirements-0-years_from": "2"})
    assert [(way.years_from, way.experience) for way in compose(role).requirements] == [(2, "work on land")]


def test_years_need_a_kind_of_experience(desk: Client) -> None:
    role = a_role_with_a_requirement()
    assert errors(desk, role, "requirements", **{"requirements-0-years_from": "2"}) == [
        {"experience": ["goes with years, and only with them"]}
    ]


def test_a_starting_job_is_chosen_and_goes_without_a_guide(desk: Client) -> None:
    StartingJob.objects.create(slug="sailor", title="Sailor")
    role = a_small_role(related=[{"relation": "from", "title": "Sailor"}])
    assert fields(desk, role, "related_roles")["starting_job"].choices == [("", "---------"), ("sailor", "Sailor")]
    save(desk, role, **{"related_roles-0-starting_job": "sailor"})
    assert [each.starting_job for each in compose(role).related] == ["sailor"]
    assert errors(desk, role, "related_roles", **{"related_roles-0-slug": "tender"}) == [
        {"starting_job": ["goes without the address of a guide"]}
    ]


def test_a_reference_to_a_deleted_row_does_not_prevent_saving(desk: Client) -> None:
    role = a_role_with_a_requirement(related=[{"relation": "from", "title": "Sailor", "starting_job": "sailor"}])
    Requirement.objects.update(certificate="gone")
    choices = fields(desk, role, "related_roles")["starting_job"].choices
    assert choices == [("", "---------"), ("sailor", "sailor (does not exist)")]
    save(desk, role, **{"related_roles-0-note": "At sea.", "requirements-0-note": "On land."})
    assert RelatedRole.objects.values_list("starting_job", "note").get() == ("sailor", "At sea.")
    assert Requirement.objects.values_list("certificate", "note").get() == ("gone", "On land.")
