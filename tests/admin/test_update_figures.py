"""The update of figures in the admin: a page per role, and an action of the list."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from guides.models import Edition, Role
from guides.publishing.drafts.compose import compose
from guides.publishing.editions.publish import publish
from tests.helpers.admin import act, change
from tests.helpers.factories import a_small_role
from tests.helpers.releases import current_statistics, headline, outdated_role

pytestmark = pytest.mark.django_db

ROLES = "/admin/guides/role/"
CAPTAINS = "Pay, Captains: Its label names none of the role’s occupations. Add the code to the label."
NOTHING = "Nothing could be updated. No figure comes from an older release of an official table."


@pytest.fixture(autouse=True)
def _statistics() -> None:
    current_statistics()


def messages(response: object) -> list[str]:
    return [str(message) for message in response.context["messages"]]  # type: ignore[attr-defined]


def test_the_page_shows_the_changes_before_the_draft_is_updated(desk: Client) -> None:
    role = outdated_role([headline(median=38_000), headline(median=1, label="Captains")])
    before = compose(role)
    page = desk.get(act("update", role))
    shown = [
        (each.part, each.name, each.kind, ["".join(f"{p.kind[0]}{p.text}" for p in f.pieces) for f in each.fields])
        for each in page.context["changes"]
        if each.part == "pay"
    ]
    assert shown == [
        (
            "pay", "Sailors (SOC 53-5011)", "changed",
            ["r$38,000a$39,520", "rBureau: Wages, May 2024aBureau: Wages, May 2025"],
        )
    ]  # fmt: skip
    assert page.context["notes"] == (CAPTAINS,)
    assert compose(role) == before


def test_the_page_updates_the_draft_and_publishes_nothing(desk: Client) -> None:
    role = outdated_role([headline(median=38_000), headline(median=1, label="Captains")])
    publish(role=role, by="ada")
    response = desk.post(act("update", role), follow=True)
    assert messages(response) == ["Updated 1 figure of the draft. Visitors see it after you publish.", CAPTAINS]
    assert response.redirect_chain == [(change(role), 302)]
    assert [band.source for band in compose(role).pay] == ["survey-2025", "wages-2025", "wages-2024"]
    assert Edition.objects.count() == 1


def test_a_role_without_older_figures_says_so(desk: Client) -> None:
    role = outdated_role()
    for method in (desk.get, desk.post):
        response = method(act("update", role), follow=True)
        assert (messages(response), response.redirect_chain) == ([NOTHING], [(change(role), 302)])


def test_an_incomplete_draft_shows_its_errors_instead(desk: Client) -> None:
    role = outdated_role([headline(median=38_000)])
    Role.objects.update(summary="")
    assert [desk.get(act("update", role)).status_code, desk.post(act("update", role)).status_code] == [422, 422]


def test_an_author_may_update_and_a_reader_of_the_admin_may_not() -> None:
    role = outdated_role([headline(median=38_000)])
    answers = []
    for name in ("Author", None):
        user = User.objects.create_user(name or "reader", is_staff=True)
        user.groups.set(Group.objects.filter(name=name))
        client = Client()
        client.force_login(user)
        answers.append(client.get(act("update", role)).status_code)
    assert answers == [200, 403]


def test_the_list_updates_several_roles_and_says_what_happened_to_each(desk: Client) -> None:
    role = outdated_role([headline(median=38_000), headline(median=1, label="Captains")])
    other = a_small_role(slug="tender", title="Tender")
    broken = a_small_role(slug="warden", title="Warden")
    Role.objects.filter(pk=broken.pk).update(summary="")
    selected = {"action": "update_figures", "_selected_action": [role.pk, other.pk, broken.pk]}
    page = desk.post(ROLES, selected)
    assert [str(each) for each in page.context["roles"]] == ["Lighthouse Keeper", "Tender", "Warden"]
    assert compose(role).pay[1].source == "wages-2024"
    page = desk.post(ROLES, selected | {"update_figures": "on"})
    assert [(str(result.role), result.updated, result.notes) for result in page.context["results"]] == [
        ("Lighthouse Keeper", 1, (CAPTAINS,)),
        ("Tender", 0, (NOTHING,)),
        ("Warden", 0, ("The draft is incomplete. Correct its errors first.",)),
    ]
    assert compose(role).pay[1].source == "wages-2025"
    assert not Edition.objects.exists()
