"""Authors write, editors publish, administrators see to people: each address of the desk, for each of them."""

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from guides.models import Edition, Role
from tests.factories import an_edition
from tests.test_desk import act, change, save

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


OPEN, SENT, SIGN_IN, NO = 200, 302, "sign in", 403

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
    "/admin/guides/role/{pk}/explain/": (NO, NO, SENT, SENT),
    "/admin/guides/role/{pk}/cancel/": (NO, NO, SENT, SENT),
    "/admin/guides/role/{pk}/send-back/": (NO, NO, SENT, SENT),
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


@pytest.mark.parametrize("who", ["anonymous", "visitor", "stranger", "Author"])
@pytest.mark.parametrize("name", ["publish", "withdraw", "explain", "cancel", "send-back"])
def test_nobody_but_editors_changes_what_visitors_see(who: str, name: str) -> None:
    edition = an_edition()
    Role.objects.update(title="Changed")
    sent = {"note": "x", "key": "x", "reason": "x", "edition": "1", "answer": "x"}
    assert client_of(who).post(act(name, edition.role), sent).status_code in {302, 403}
    (only,) = Edition.objects.all()
    assert only.live_until is None


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
