"""The desk: what an editor does there, and that it is done."""

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from guides.models import (
    FAQ,
    CareerLevel,
    Certificate,
    DraftSnapshot,
    Edition,
    FieldOfWork,
    FullText,
    Generation,
    Listing,
    PreviewLink,
    PriceLevel,
    Projection,
    Role,
    SalaryBand,
    Skill,
    Source,
    Submission,
    Term,
    Wage,
    Waiver,
    Word,
    Wording,
)  # fmt: skip
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.snapshots import revert_to_edition
from guides.publishing.editions.publish import publish
from tests.helpers.admin import act, change, form_of, save
from tests.helpers.delivered import publish_delivered
from tests.helpers.factories import a_guide, a_role, a_small_role, an_edition
from tests.helpers.work import at_most

pytestmark = pytest.mark.django_db


# The role's page


def test_every_model_has_its_place_at_the_desk() -> None:
    inlines = {inline.model for inline in admin.site.get_model_admin(Role).inlines}
    registered = {model for model in apps.get_app_config("guides").get_models() if admin.site.is_registered(model)}
    derived = {Listing, Term, Word, Wording, FullText, Generation}
    elsewhere = {Certificate, Submission, Waiver, DraftSnapshot, PreviewLink, Wage, Projection, PriceLevel}
    assert inlines | registered | derived | elsewhere == set(apps.get_app_config("guides").get_models())


def test_saving_the_delivered_guide_unchanged_changes_nothing(desk: Client) -> None:
    publish_delivered()
    role = Role.objects.get(slug="patient-care-coordinator")
    before = compose(role)
    save(desk, role)
    assert compose(Role.objects.get(pk=role.pk)) == before


def test_an_editor_changes_adds_and_removes_parts(desk: Client) -> None:
    role = a_role(
        faqs=[{"question": "Is it lonely?", "answer": "At times."}, {"question": "Is it dark?", "answer": "Yes."}]
    )
    save(
        desk, role,
        **{
            "alternative_titles": "Wickie\n\n  Lightkeeper \n",
            "faqs-0-answer": "*Never*.",
            "faqs-1-DELETE": "on",
            "faqs-TOTAL_FORMS": "3",
            "faqs-2-question": "Is it high?",
            "faqs-2-answer": "Yes.",
            "faqs-2-role": role.pk,
        },
    )  # fmt: skip
    guide = compose(Role.objects.get())
    assert guide.alternative_titles == ("Wickie", "Lightkeeper")
    assert [(faq.question, faq.answer) for faq in guide.faqs] == [
        ("Is it lonely?", "*Never*."),
        ("Is it high?", "Yes."),
    ]
    assert list(FAQ.objects.values_list("order", flat=True)) == [1, 2]


@pytest.mark.parametrize(
    ("positions", "titles"),
    [
        (("2", "1", "3"), ["b", "a", "c"]),
        (("3", "2", "1"), ["c", "b", "a"]),
        (("2.5", "2", "3"), ["b", "a", "c"]),
        (("", "2", "3"), ["b", "c", "a"]),
        (("1", "1", "1"), ["a", "b", "c"]),
        (("-5", "-7", "100"), ["b", "a", "c"]),
    ],
)
def test_parts_stand_by_their_positions(desk: Client, positions: tuple[str, ...], titles: list[str]) -> None:
    role = a_small_role(responsibilities=[{"title": title} for title in "abc"])
    save(desk, role, **{f"responsibilities-{n}-position": position for n, position in enumerate(positions)})
    assert [duty.title for duty in compose(role).responsibilities] == titles


def test_parts_that_somebody_added_meanwhile_come_last(desk: Client) -> None:
    role = a_small_role(faqs=[{"question": "a?", "answer": "a"}, {"question": "b?", "answer": "b"}])
    stale = form_of(desk, role)
    for question in ("c?", "d?"):
        data = form_of(desk, role)
        count = int(data["faqs-TOTAL_FORMS"])
        data |= {
            f"faqs-{count}-question": question,
            f"faqs-{count}-answer": "x",
            f"faqs-{count}-role": role.pk,
        }
        assert desk.post(change(role), data | {"faqs-TOTAL_FORMS": count + 1}).status_code == 302
    assert desk.post(change(role), stale | {"faqs-0-answer": "first"}).status_code == 302
    assert [faq.question for faq in compose(role).faqs] == ["a?", "b?", "c?", "d?"]
    assert list(FAQ.objects.values_list("order", flat=True)) == [1, 2, 3, 4]


def test_an_invalid_form_keeps_its_positions_and_changes_none(desk: Client) -> None:
    role = a_small_role(responsibilities=[{"title": title} for title in "abc"])
    changes = {f"responsibilities-{n}-position": str(3 - n) for n in range(3)} | {"title": ""}
    response = desk.post(change(role), form_of(desk, role) | changes)
    shown = {i.formset.prefix: i.formset for i in response.context["inline_admin_formsets"]}["responsibilities"]
    assert [form["position"].value() for form in shown.forms] == ["3", "2", "1"]
    assert [duty.title for duty in compose(role).responsibilities] == ["a", "b", "c"]


def test_a_level_that_has_pay_is_not_deleted(desk: Client) -> None:
    role = a_role()
    response = desk.post(change(role), form_of(desk, role) | {"career_levels-0-DELETE": "on"})
    assert "would require deleting the following protected related objects" in response.content.decode()
    assert compose(role) == a_guide()


def test_a_role_that_was_never_published_can_be_deleted(desk: Client) -> None:
    desk.post(reverse("admin:guides_role_delete", args=(a_role().pk,)), {"post": "yes"})
    assert not Role.objects.exists()


def test_what_is_no_number_is_told_and_erases_nothing(desk: Client) -> None:
    role = a_role()
    page = desk.get(change(role))
    shown = {i.formset.prefix: i.formset for i in page.context["inline_admin_formsets"]}["salary_bands"].forms[0]
    assert 'type="number"' not in page.content.decode()
    assert shown["median"].value() == "40000"
    response = desk.post(change(role), form_of(desk, role) | {"salary_bands-0-median": "30-35"})
    formset = {i.formset.prefix: i.formset for i in response.context["inline_admin_formsets"]}["salary_bands"]
    assert formset.errors[0]["median"] == ["Enter a number."]
    assert formset.forms[0]["median"].value() == "30-35"


def test_a_form_that_claims_millions_of_parts_is_cut_off(desk: Client) -> None:
    role = a_role()
    sent = form_of(desk, role)
    with at_most(5_000_000):
        response = desk.post(change(role), sent | {"faqs-TOTAL_FORMS": "99999999"})
    assert response.status_code == 302


@pytest.mark.parametrize("names", ["x" * 201, "\n".join(map(str, range(51))), "a\x00b"], ids=["long", "many", "NUL"])
def test_names_that_no_guide_takes_are_refused_at_their_field(desk: Client, names: str) -> None:
    role = a_role()
    response = desk.post(change(role), form_of(desk, role) | {"alternative_titles": names})
    assert list(response.context["adminform"].form.errors) == ["alternative_titles"]


@pytest.mark.parametrize("note", ["a\x00b", "x" * 1_001], ids=["NUL", "long"])
def test_a_note_that_cannot_be_stored_is_refused(desk: Client, note: str) -> None:
    role = a_role()
    assert desk.post(act("publish", role), {"note": note}).status_code == 422
    assert not Edition.objects.exists()


@pytest.mark.parametrize("typed", ["$90,000", "90 000", "90000.0", "$ 90000"])
def test_amounts_are_taken_as_people_write_them(desk: Client, typed: str) -> None:
    role = a_role()
    save(desk, role, **{"salary_bands-0-median": typed})
    assert compose(role).pay[0].median == 90_000


def test_an_owner_who_has_left_owns_until_somebody_else_does(desk: Client, editor: User) -> None:
    edition = an_edition()
    Role.objects.update(owner=User.objects.create_user("gone", is_staff=True))
    User.objects.filter(username="gone").update(is_active=False)
    save(desk, edition.role, title="Keeper")
    revert_to_edition(edition=edition, by="Ada")
    assert Role.objects.get().owner == User.objects.get(username="gone")


@pytest.mark.parametrize("value", ["x", "9" * 20, "9" * 5_000, "-1", "٣"])
def test_keys_that_are_none_are_passed_over_or_refused(desk: Client, value: str) -> None:
    role = an_edition().role
    odd = {"edition": value, "withdrawal": value, "revoke": value, "revision": value, "key": value}
    answers = [desk.post(act(name, role), odd).status_code for name in ("cancel", "share", "waive", "publish")]
    answers += [desk.get("/admin/guides/role/", {"owner": value, "state": value}).status_code]
    sent = {"picture": value, "role_skills-0-skill": value, "salary_bands-1-level": value, "owner": value}
    answers += [desk.post(change(role), form_of(desk, role) | sent).status_code]
    assert answers == [302, 422, 302, 422, 200, 200]


def test_what_is_published_is_what_was_looked_at(desk: Client) -> None:
    role = an_edition().role
    save(desk, role, title="Keeper")
    seen = Role.objects.get().revision
    save(desk, role, title="Somebody else's")
    refused = desk.post(act("publish", role), {"note": "A title.", "revision": seen})
    assert "Somebody saved the draft after you opened" in refused.content.decode()
    assert Edition.objects.count() == 1
    again = {"note": "A title.", "revision": refused.context["role"].revision}
    assert desk.post(act("publish", role), again).status_code == 302


def test_a_text_of_half_a_megabyte_is_refused_at_its_field_and_changes_nothing(desk: Client) -> None:
    role = a_role()
    response = desk.post(change(role), form_of(desk, role) | {"faqs-0-answer": "word " * 100_000})
    shown = {i.formset.prefix: i.formset for i in response.context["inline_admin_formsets"]}["faqs"]
    assert shown.errors[0]["answer"] == ["Ensure this value has at most 20000 characters (it has 499999)."]
    assert compose(role) == a_guide()


def test_lists_are_found_by_letters_beyond_ascii(desk: Client) -> None:
    a_role(alternative_titles=["Wächter"])
    assert "Lighthouse Keeper" in desk.get(reverse("admin:guides_role_changelist"), {"q": "Wächter"}).content.decode()


def test_errors_stand_at_their_fields(desk: Client) -> None:
    role = a_role()
    data = form_of(desk, role) | {
        "salary_bands-0-low": "90000",
        "salary_bands-0-high": "10",
        "salary_bands-0-currency": "XYZ",
        "career_levels-0-years_to": "0",
        "career_levels-0-years_from": "3",
        "education_routes-0-cost_currency": "",
        "key_facts-0-value_unit": "",
    }
    response = desk.post(change(role), data)
    formsets = {f.formset.prefix: f.formset for f in response.context["inline_admin_formsets"]}
    assert dict(formsets["salary_bands"].errors[0]) == {
        "currency": ["Enter the three letters of an ISO 4217 currency, such as USD."],
        "low": ["low (90000) is above median (40000)", "low (90000) is above high (10)"],
        "median": ["median (40000) is above high (10)"],
    }
    assert dict(formsets["career_levels"].errors[0]) == {"years_from": ["years_from (3) is above years_to (0)"]}
    assert dict(formsets["education_routes"].errors[0]) == {
        "cost_currency": ["Choose the unit or currency of the amount."]
    }
    assert dict(formsets["key_facts"].errors[0]) == {"value_unit": ["Choose the unit or currency of the amount."]}
    assert compose(role) == a_guide()


def test_a_band_takes_levels_of_its_own_role_only(desk: Client) -> None:
    role = a_role()
    a_role(slug="buoy-tender", title="Buoy Tender")
    foreign = CareerLevel.objects.exclude(role=role).first()
    assert foreign is not None
    response = desk.post(change(role), form_of(desk, role) | {"salary_bands-1-level": foreign.pk})
    assert response.status_code == 200
    assert SalaryBand.objects.filter(level=foreign, role=role).count() == 0


def test_a_role_can_be_added_with_its_parts(desk: Client) -> None:
    context = desk.get(reverse("admin:guides_role_add")).context
    data: dict[str, Any] = {"title": "Buoy Tender", "slug": "buoy-tender", "summary": "Tends buoys."}
    for inline in context["inline_admin_formsets"]:
        data |= {field.html_name: field.value() for field in inline.formset.management_form}
    parts = {"faqs-TOTAL_FORMS": 1, "faqs-0-question": "Is it wet?", "faqs-0-answer": "Yes."}
    assert desk.post(reverse("admin:guides_role_add"), data | parts).status_code == 302
    assert [faq.question for faq in compose(Role.objects.get()).faqs] == ["Is it wet?"]


# View on site


def test_a_role_links_to_its_page_only_while_it_is_live(desk: Client) -> None:
    role = a_role()
    assert desk.get(change(role)).context["absolute_url"] is None
    publish(role=role, by="Ada")
    Role.objects.update(slug="keeper")  # the page stays at the address of the edition until the draft is published
    assert desk.get(change(role)).context["absolute_url"] == "/guides/lighthouse-keeper/"


@pytest.mark.parametrize(
    ("model", "slug", "url"),
    [
        (FieldOfWork, "coast", "/fields/coast/"),
        (Skill, "lamps", "/skills/lamps/"),
        (Source, "survey-2025", "/about/sources/#survey-2025"),
    ],
)
def test_a_shared_row_links_to_its_page(desk: Client, model: Any, slug: str, url: str) -> None:
    an_edition()
    row = model.objects.get(slug=slug)
    page = desk.get(reverse(f"admin:guides_{model._meta.model_name}_change", args=(row.pk,)))
    assert desk.get(page.context["absolute_url"]).headers["Location"] == f"http://testserver{url}"
    assert desk.get(url).status_code == 200
