"""Authors write, editors publish, administrators see to people: each address of the desk, for each of them."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.utils import timezone

from guides.models import Act, Role, Skill
from guides.publishing.publish import publish
from guides.publishing.submit import submit
from tests.desk import act, change, save
from tests.factories import a_role, an_edition, guide_data
from tests.test_ready import FALLING, the_error

pytestmark = pytest.mark.django_db

WHO = ("anonymous", "visitor", "stranger", "Author", "Editor", "Administrator")
"""Not signed in; signed in without the desk; at the desk without a group; and the groups."""


def client_of(who: str) -> Client:
    client = Client()
    if who == "anonymous":
        return client
    user = User.objects.create_user(who, password="correct horse battery", is_staff=who != "visitor")
    if who not in {"visitor", "stranger"}:
        user.groups.add(Group.objects.get(name=who))
    client.force_login(user)
    return client


OPEN, ON, SIGN_IN, NO = 200, 302, "sign in", 403

ADDRESSES: dict[str, tuple[int | str, ...]] = {
    # address: what a GET gives to a stranger at the desk, an author, an editor, an administrator
    "/admin/": (OPEN, OPEN, OPEN, OPEN),
    "/admin/schedule/": (NO, OPEN, OPEN, OPEN),
    "/admin/as-of/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/add/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/change/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/preview/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/frame/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/share/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/submit/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/preflight/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/editions/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/look/?edition=1": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/restore/?edition=1": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/role/{pk}/publish/": (NO, NO, OPEN, OPEN),
    "/admin/guides/role/{pk}/withdraw/": (NO, NO, OPEN, OPEN),
    "/admin/guides/role/{pk}/explain/": (NO, NO, ON, ON),
    "/admin/guides/role/{pk}/cancel/": (NO, NO, ON, ON),
    "/admin/guides/role/{pk}/send-back/": (NO, NO, ON, ON),
    "/admin/guides/skill/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/source/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/fieldofwork/add/": (NO, NO, OPEN, OPEN),
    "/admin/guides/image/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/image/add/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/edition/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/edition/add/": (NO, NO, NO, NO),
    "/admin/guides/withdrawal/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/act/": (NO, OPEN, OPEN, OPEN),
    "/admin/guides/act/add/": (NO, NO, NO, NO),
    "/admin/guides/report/": (NO, OPEN, OPEN, OPEN),
    "/admin/auth/user/": (NO, NO, NO, OPEN),
    "/admin/auth/group/": (NO, NO, NO, OPEN),
}


@pytest.mark.parametrize("who", WHO)
def test_each_address_opens_for_whom_it_is(who: str) -> None:
    edition = an_edition()
    client, expected, seen = client_of(who), {}, {}
    for address, answers in ADDRESSES.items():
        response = client.get(address.format(pk=edition.role.pk))
        to_sign_in = response.headers.get("Location", "").startswith("/admin/login/")
        seen[address] = SIGN_IN if to_sign_in else response.status_code
        expected[address] = SIGN_IN if who in WHO[:2] else answers[WHO.index(who) - 2]
    assert seen == expected


SENT = {"note": "x", "reason": "x", "edition": "2", "answer": "x"}


def post_of(who: str, name: str) -> tuple[int, bool]:
    """What a POST answers, and whether it is on record that it did something."""
    role = an_edition().role
    a_role(title="Changed", pay=FALLING if name == "explain" else guide_data()["pay"])
    if name == "cancel":
        publish(role=role, by="Ada", at=timezone.now() + timedelta(days=1))
    if name == "send-back":
        submit(role=role, by="Ada")
    key = the_error(Role.objects.get()).key if name == "explain" else ""
    before = Act.objects.count()
    answer = client_of(who).post(act(name, role), SENT | {"key": key})
    to_sign_in = answer.headers.get("Location", "").startswith("/admin/login/")
    return 401 if to_sign_in else answer.status_code, Act.objects.count() > before


@pytest.mark.parametrize("name", ["publish", "withdraw", "explain", "cancel", "send-back"])
@pytest.mark.parametrize(
    ("who", "expected"),
    [("anonymous", (401, False)), ("visitor", (401, False)), ("stranger", (403, False)), ("Author", (403, False)),
     ("Editor", (302, True))],
)  # fmt: skip
def test_nobody_but_editors_changes_what_visitors_see(who: str, expected: tuple[int, bool], name: str) -> None:
    assert post_of(who, name) == expected


def test_an_author_writes_and_submits_and_an_editor_publishes() -> None:
    edition = an_edition()
    author, editor = client_of("Author"), client_of("Editor")
    page = author.get(change(edition.role)).content.decode()
    assert 'name="_submit"' in page
    assert 'name="_publish"' not in page
    save(author, edition.role, title="Keeper")
    author.post(act("submit", edition.role), {"note": "Shorter."})
    assert "Submitted by Author" in editor.get(act("publish", edition.role)).content.decode()
    editor.post(act("publish", edition.role), {"note": "A shorter title."})
    assert "<h1>Keeper</h1>" in Client().get("/guides/lighthouse-keeper/").content.decode()


def test_an_author_deletes_no_role() -> None:
    edition = an_edition()
    client = client_of("Author")
    assert client.get(f"/admin/guides/role/{edition.role.pk}/delete/").status_code == 403


def test_an_author_merges_no_skills_as_that_deletes_some() -> None:
    a_role()
    chosen = {"action": "merge", "_selected_action": list(Skill.objects.values_list("pk", flat=True)), "merge": "on"}
    client_of("Author").post("/admin/guides/skill/", chosen | {"skill": Skill.objects.all()[0].pk})
    assert Skill.objects.count() == 3
