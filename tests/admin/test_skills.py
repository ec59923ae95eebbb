"""The admin of skills: broader skills and the facts about certificates."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guides import schema
from guides.models import Certificate, Role, Skill, Source
from guides.publishing.drafts.compose import compose
from tests.helpers.factories import SOURCE, a_small_role

pytestmark = pytest.mark.django_db

EHR = {"slug": "ehr", "name": "EHR systems"}
LICENSE = {"slug": "license", "name": "License", "kind": "certificate"}


def page(skill: Skill) -> str:
    return reverse("admin:guides_skill_change", args=(skill.pk,))


def submitted(client: Client, skill: Skill, **changes: Any) -> dict[str, Any]:
    """The data that a browser sends from the page of a skill."""
    context = client.get(page(skill)).context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            if value is not None and value is not False:
                data[field.html_name] = "on" if value is True else value
    return data | changes


def save(client: Client, skill: Skill, **changes: Any) -> dict[str, list[str]]:
    """Save a skill, and return the errors by field."""
    response = client.post(page(skill), submitted(client, skill, **changes))
    if response.status_code == 302:
        return {}
    errors: dict[str, list[str]] = dict(response.context["adminform"].form.errors)
    for inline in response.context["inline_admin_formsets"]:
        errors |= {name: list(of) for form in inline.formset.forms for name, of in form.errors.items()}
        errors |= {"facts": list(inline.formset.non_form_errors())} if inline.formset.non_form_errors() else {}
    return {name: list(of) for name, of in errors.items()}


def of(slug: str) -> Skill:
    return Skill.objects.get(slug=slug)


def digest_is_current(role: Role) -> bool:
    role.refresh_from_db()
    return role.digest == schema.digest(schema.dump(compose(role)))


def test_a_broader_skill_changes_the_drafts_that_use_the_narrower_one(desk: Client) -> None:
    role = a_small_role(skills=[{"slug": "epic", "name": "Epic", "kind": "tool"}])
    ehr = Skill.objects.create(**EHR, kind="tool")
    assert save(desk, of("epic"), broader=ehr.pk) == {}
    assert compose(role).skills[0].broader == schema.SkillName(**EHR)
    assert digest_is_current(role)
    assert save(desk, of("ehr"), name="EHRs") == {}
    assert digest_is_current(role)
    desk.post(reverse("admin:guides_skill_delete", args=(ehr.pk,)), {"post": "yes"})
    assert compose(role).skills[0].broader is None
    assert digest_is_current(role)


def test_deleting_several_skills_refreshes_the_drafts_below_them(desk: Client) -> None:
    role = a_small_role(skills=[{"slug": "epic", "name": "Epic", "kind": "tool", "broader": EHR}])
    chosen = {"action": "delete_selected", "_selected_action": [of("ehr").pk], "post": "yes"}
    desk.post(reverse("admin:guides_skill_changelist"), chosen)
    assert not Skill.objects.filter(slug="ehr").exists()
    assert digest_is_current(role)


def test_broader_skills_are_one_level_deep(desk: Client) -> None:
    a_small_role(skills=[{"slug": "epic", "name": "Epic", "kind": "tool", "broader": EHR}])
    office = Skill.objects.create(slug="office", name="Office", kind="tool")
    assert save(desk, office, broader=office.pk) == {
        "broader": ["A skill cannot be its own broader skill. Choose another one, or none."]
    }
    assert save(desk, office, broader=of("epic").pk) == {
        "broader": [
            "“Epic” has a broader skill itself, and there is only one level. Choose “EHR systems” instead, or clear "
            "the broader skill of “Epic” first."
        ]
    }
    assert save(desk, of("ehr"), broader=office.pk) == {
        "broader": [
            "This skill is the broader one of “Epic”, and there is only one level. Choose none here, or choose "
            "“Office” as the broader skill of those first."
        ]
    }


def test_the_search_for_a_broader_skill_offers_skills_without_one(desk: Client) -> None:
    a_small_role(skills=[{"slug": "epic", "name": "Epic", "kind": "tool", "broader": EHR}])
    query = {"app_label": "guides", "model_name": "skill", "field_name": "broader", "term": "e"}
    found = desk.get(reverse("admin:autocomplete"), query).json()["results"]
    assert [row["text"] for row in found] == ["EHR systems"]


def test_the_facts_about_a_certificate_are_stored_and_refresh_drafts(desk: Client) -> None:
    role = a_small_role(skills=[LICENSE])
    agency = Source.objects.create(slug="agency", publisher="Agency", title="Fees", seen_on="2026-01-31")
    fee = {"certificate-0-fee_low": "$1,250", "certificate-0-fee_high": "1250", "certificate-0-fee_currency": "USD"}
    assert (
        save(desk, of("license"), **{"certificate-0-issuer": "Agency", "certificate-0-source": agency.pk}, **fee) == {}
    )
    (skill,) = compose(role).skills
    assert skill.certificate == schema.Certificate.model_validate(
        {"issuer": "Agency", "source": "agency", "fee": {"low": 1250, "high": 1250, "currency": "USD"}}
    )
    assert digest_is_current(role)
    assert save(desk, of("license"), **{"certificate-0-DELETE": "on"}) == {}
    assert not Certificate.objects.exists()
    assert digest_is_current(role)


def test_a_fee_needs_a_source_and_a_currency(desk: Client) -> None:
    a_small_role(skills=[LICENSE])
    assert save(desk, of("license"), **{"certificate-0-issuer": "Agency", "certificate-0-fee_low": "120"}) == {
        "source": ["This field is required."],
        "fee_currency": ["Choose the unit or currency of the amount."],
    }


def test_only_a_certificate_has_these_facts(desk: Client) -> None:
    certificate = LICENSE | {"certificate": {"issuer": "Agency", "source": "survey-2025"}}
    a_small_role(skills=[certificate, {"slug": "oil", "name": "Oil", "kind": "soft"}], sources=[SOURCE])
    assert not desk.get(page(of("oil"))).context["inline_admin_formsets"]
    message = "Only a certificate has these facts. Choose the kind ‘Certificates’ above, or delete them."
    assert save(desk, of("license"), kind="soft") == {"facts": [message]}
    assert save(desk, of("license"), kind="soft", **{"certificate-0-DELETE": "on"}) == {}
    assert save(desk, of("oil"), kind="certificate") == {}
    assert desk.get(page(of("oil"))).context["inline_admin_formsets"]


def test_requirements_follow_a_certificate_to_its_new_address(desk: Client) -> None:
    way = {"certificate": "license", "source": "survey-2025"}
    role = a_small_role(skills=[LICENSE], requirements=[way], sources=[SOURCE])
    assert save(desk, of("license"), slug="pilot-license") == {}
    assert [each.certificate for each in compose(role).requirements] == ["pilot-license"]
    assert digest_is_current(role)


def test_skills_are_listed_by_what_they_lack(desk: Client) -> None:
    certificate = LICENSE | {"certificate": {"issuer": "Agency", "source": "survey-2025"}}
    epic = {"slug": "epic", "name": "Epic", "kind": "tool", "broader": EHR}
    a_small_role(skills=[certificate, LICENSE | {"slug": "cpr", "name": "CPR"}, epic], sources=[SOURCE])

    def listed(query: str) -> list[str]:
        changelist = desk.get(f"{reverse('admin:guides_skill_changelist')}?{query}").context["cl"]
        return [skill.slug for skill in changelist.result_list]

    assert listed("facts=yes") == ["license"]
    assert listed("facts=no") == ["cpr"]
    assert listed("broader__isempty=0") == ["epic"]
    assert listed("") == ["cpr", "ehr", "epic", "license"]


def test_a_skill_has_few_resume_phrases(desk: Client) -> None:
    a_small_role(skills=[EHR | {"kind": "technical"}])
    skill = of("ehr")
    phrases = [f"chart {chr(letter)}" for letter in range(ord("a"), ord("a") + 13)]
    assert save(desk, skill, wordings="\n".join(phrases)) == {
        "wordings": ["Enter at most 12 phrases. The site finds synonyms and misspellings itself."]
    }
    assert save(desk, skill, wordings="\n".join(phrases[:12])) == {}
    assert list(of("ehr").wordings) == phrases[:12]
