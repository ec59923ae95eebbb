"""Two editors at one draft: nothing typed is lost, and who was alone is asked nothing."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from guides.models import FAQ, Role
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.load import load_draft
from tests.helpers.admin import change, form_of
from tests.helpers.factories import SOURCE, a_guide, a_role, a_small_role, pay

pytestmark = pytest.mark.django_db

FAQS = [
    {"question": "Is it lonely?", "answer": "At times."},
    {"question": "Is it dark?", "answer": "At night."},
    {"question": "Is it high?", "answer": "Yes."},
]


@pytest.fixture
def bob(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("bob", password="correct horse battery"))
    return client


def send(client: Client, role: Role, data: dict[str, Any], **changes: Any) -> Any:
    return client.post(change(role), data | changes)


def answers() -> list[str]:
    return list(FAQ.objects.values_list("answer", flat=True))


def merge_result(response: Any) -> Any:
    assert response.status_code == 200, "it was saved"
    return response.context["merge_result"]


def resent(response: Any, data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What the browser sends of the form that was shown again."""
    context = response.context
    forms = [context["adminform"].form]
    for inline in context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    again = {"seen": context["seen"], "pending": [conflict.name for conflict in context["merge_result"].conflicts]}
    for form in forms:
        for field in form:
            if field.value() not in (None, False):
                again[field.html_name] = "on" if field.value() is True else field.value()
    return again | changes


def test_who_is_alone_is_asked_nothing(desk: Client) -> None:
    role = a_small_role(faqs=FAQS)
    first, second = form_of(desk, role), form_of(desk, role)
    assert send(desk, role, first).status_code == 302
    assert send(desk, role, second, **{"faqs-0-answer": "Never."}).status_code == 302
    assert answers() == ["Never.", "At night.", "Yes."]


def test_saving_without_a_change_disturbs_nobody(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role))
    response = desk.post(change(role), mine | {"faqs-0-answer": "Never."}, follow=True)
    assert "Bob saved" not in response.content.decode()
    assert answers()[0] == "Never."


def test_fields_that_one_of_two_changed_are_all_kept_and_it_is_told(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), title="Keeper", **{"faqs-1-answer": "Seldom."})
    response = desk.post(change(role), mine | {"summary": "Trims it.", "faqs-0-answer": "Never."}, follow=True)
    assert (
        "Bob saved this draft while you edited it. These changes are merged with yours: Role “Keeper”: Title; "
        "Question “Is it dark?”: Answer." in response.content.decode().replace("&#x27;", "'")
    )
    guide = compose(Role.objects.get())
    assert (guide.title, guide.summary) == ("Keeper", "Trims it.")
    assert answers() == ["Never.", "Seldom.", "Yes."]


@pytest.mark.parametrize(("choice", "stored"), [("mine", "Never."), ("theirs", "Always.")])
def test_a_field_that_both_changed_is_chosen(desk: Client, bob: Client, choice: str, stored: str) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-answer": "Always."})
    asked = send(desk, role, mine, **{"faqs-0-answer": "Never.", "summary": "Trims it."})
    (conflict,) = merge_result(asked).conflicts
    assert (conflict.part, conflict.label, conflict.mine, conflict.theirs) == (
        "Question “Is it lonely?”", "Answer", "Never.", "Always.",
    )  # fmt: skip
    assert asked.context["who"] == "bob"
    assert answers() == ["Always.", "At night.", "Yes."]
    undecided = send(desk, role, resent(asked, mine))
    assert [each.name for each in merge_result(undecided).conflicts] == [conflict.name]
    assert send(desk, role, resent(undecided, mine), **{conflict.name: choice}).status_code == 302
    assert answers() == [stored, "At night.", "Yes."]
    assert compose(Role.objects.get()).summary == "Trims it."


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_a_choice_is_of_the_versions_that_were_shown(desk: Client, bob: Client, choice: str) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-answer": "Always."})
    asked = send(desk, role, mine, **{"faqs-0-answer": "Never."})
    send(bob, role, form_of(bob, role), **{"faqs-0-answer": "Forever."})
    again = send(desk, role, resent(asked, mine), **{merge_result(asked).conflicts[0].name: choice})
    assert [conflict.theirs for conflict in merge_result(again).conflicts] == ["Forever."]
    assert answers()[0] == "Forever."


def test_a_part_that_others_merely_moved_along_is_deleted_without_a_question(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-DELETE": "on"})
    assert send(desk, role, mine, **{"faqs-1-DELETE": "on"}).status_code == 302
    assert answers() == ["Yes."]


def test_moving_parts_brings_none_back_that_was_deleted_meanwhile(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-DELETE": "on"})
    moved = {f"faqs-{n}-position": str(3 - n) for n in range(3)}
    assert send(desk, role, mine, **moved).status_code == 302
    assert answers() == ["Yes.", "At night."]


def test_of_two_orders_one_holds_whole(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-position": "9"})
    told = desk.post(change(role), mine | {"faqs-2-position": "0.5"}, follow=True)
    assert "your order instead of theirs: questions" in told.content.decode()
    assert answers() == ["Yes.", "At times.", "At night."]
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-position": "9"})
    send(desk, role, mine, title="Keeper")
    assert answers() == ["At times.", "At night.", "Yes."]


def test_a_new_part_that_was_merely_given_a_place_is_no_part(desk: Client) -> None:
    role = a_small_role(faqs=FAQS)
    added = {"faqs-TOTAL_FORMS": "4", "faqs-3-position": "4", "faqs-3-question": ""}
    assert send(desk, role, form_of(desk, role), **added).status_code == 302
    assert len(answers()) == 3


@pytest.mark.parametrize("number", ["sNaN", "NaN", "1e9999999", "Infinity"])
def test_what_is_far_from_any_number_is_told(desk: Client, bob: Client, number: str) -> None:
    role = a_small_role(pay=[pay(basis="headline", median=40_000)], sources=[SOURCE])
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), title="Keeper")
    response = send(desk, role, mine, **{"salary_bands-0-median": number, "salary_bands-0-position": number})
    formset = {i.formset.prefix: i.formset for i in response.context["inline_admin_formsets"]}["salary_bands"]
    assert formset.errors[0]["median"] == formset.errors[0]["position"] == ["Enter a number."]


def test_what_both_changed_alike_is_no_clash(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    for client in (bob, desk):
        assert send(client, role, mine, **{"faqs-0-answer": "Never.\r\nWell."}).status_code == 302


def test_text_typed_into_a_part_that_was_deleted_meanwhile_is_kept(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-DELETE": "on", "faqs-2-DELETE": "on"})
    asked = send(desk, role, mine, **{"faqs-0-answer": "Never."})
    assert merge_result(asked).notices == ("deleted a question that you changed. Your version is below as a new one.",)
    assert answers() == ["At night."]
    assert send(desk, role, resent(asked, mine)).status_code == 302
    assert sorted(answers()) == ["At night.", "Never."]


def test_a_part_that_was_changed_meanwhile_is_not_deleted_unseen(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    mine = form_of(desk, role)
    send(bob, role, form_of(bob, role), **{"faqs-0-answer": "Always."})
    asked = send(desk, role, mine, **{"faqs-0-DELETE": "on", "faqs-1-DELETE": "on"})
    assert merge_result(asked).notices == (
        "changed “Is it lonely?”, which you deleted. It is shown again below, with that change.",
    )
    assert len(answers()) == 3
    assert send(desk, role, resent(asked, mine), **{"faqs-1-DELETE": "on"}).status_code == 302
    assert answers() == ["Always.", "Yes."]


def test_a_draft_that_was_imported_meanwhile_loses_nothing_typed(desk: Client) -> None:
    role = a_role(faqs=FAQS)
    mine = form_of(desk, role)
    load_draft(guide=a_guide(faqs=[{"question": "Is it wet?", "answer": "Yes."}]))
    asked = send(desk, role, mine, **{"faqs-1-answer": "Seldom."})
    assert len(merge_result(asked).notices) == 1
    assert send(desk, role, resent(asked, mine)).status_code == 302
    assert [(faq.question, faq.answer) for faq in compose(Role.objects.get()).faqs] == [
        ("Is it wet?", "Yes."),
        ("Is it dark?", "Seldom."),
    ]


def test_typing_that_a_browser_kept_is_shown_and_not_saved(desk: Client, bob: Client) -> None:
    role = a_small_role(faqs=FAQS)
    kept = form_of(desk, role) | {"faqs-0-answer": "Never.", "typing": "abc"}
    send(bob, role, form_of(bob, role), title="Keeper")
    shown = send(desk, role, kept, _restore="on")
    assert shown.status_code == 200
    assert "Check them and save" in shown.content.decode()
    assert "Please correct" not in shown.content.decode()
    assert shown.context["adminform"].form["title"].value() == "Keeper"
    assert answers()[0] == "At times."
    saved = send(desk, role, resent_form(shown), typing="abc")
    assert (saved.status_code, saved.cookies["typing-saved"].value) == (302, "abc")
    assert answers()[0] == "Never."


def resent_form(response: Any) -> dict[str, Any]:
    data = {"seen": response.context["seen"]}
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for field in form:
            if field.value() not in (None, False):
                data[field.html_name] = "on" if field.value() is True else field.value()
    return data


@pytest.mark.parametrize("seen", ["", "x", "[]", "[1,2,3]", '[1,"2026-01-01T00:00:00",{}]', "[" * 10_000,
    '[1,"0001-01-01T00:00:00+23:59",{}]', '[1,"9999-12-31T23:59:59-23:00",{}]'])  # fmt: skip
def test_a_form_that_does_not_say_what_it_showed_is_taken_as_it_is(desk: Client, seen: str) -> None:
    role = a_small_role(faqs=FAQS)
    assert send(desk, role, form_of(desk, role), seen=seen, title="Keeper").status_code == 302
    assert Role.objects.get().title == "Keeper"


def test_rows_are_stored_however_a_browser_numbers_them(desk: Client) -> None:
    """A new part that was moved up stands before stored ones."""
    role = a_small_role(faqs=FAQS)
    data = form_of(desk, role)
    moved = {name.replace("faqs-0-", "faqs-3-"): value for name, value in data.items()}
    moved |= {"faqs-0-question": "Is it new?", "faqs-0-answer": "Yes.", "faqs-0-position": "1"}
    moved |= {"faqs-3-position": "2", "faqs-1-position": "3", "faqs-2-position": "4"}
    moved |= {"faqs-TOTAL_FORMS": "4"}
    for name in ("id", "role"):
        moved.pop(f"faqs-0-{name}", None)
    assert send(desk, role, moved).status_code == 302
    assert [faq.question for faq in compose(role).faqs] == [
        "Is it new?", "Is it lonely?", "Is it dark?", "Is it high?",
    ]  # fmt: skip
