"""The desk: who may do what, and that prose is previewed for editors only."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from tests.helpers.admin import act, change
from tests.helpers.factories import a_role, an_edition

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/markdownx/markdownify/"


# Who may


def signed_in(*, staff: bool, permission: str = "") -> Client:
    user = User.objects.create_user("bob", is_staff=staff)
    if permission:
        user.user_permissions.add(Permission.objects.get(codename=permission))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("path", ["/markdownx/markdownify/", "/markdownx/upload/"])
def test_markdownx_own_addresses_do_not_exist(path: str) -> None:
    assert Client().post(path).status_code == 404


def test_who_may_edit_may_not_publish_for_that() -> None:
    edition = an_edition()
    client = signed_in(staff=True, permission="change_role")
    answers = [client.post(act(name, edition.role)).status_code for name in ("publish", "withdraw")]
    assert answers == [403, 403]
    page = client.get(change(edition.role)).content.decode()
    assert 'name="_preview"' in page
    assert 'name="_publish"' not in page
    assert client.get(act("preview", edition.role)).status_code == 200
    assert act("publish", edition.role) not in page


def test_a_form_without_its_token_is_refused_in_a_sentence(editor: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    assert "This form has expired" in client.post(act("publish", a_role())).content.decode()
    ajax = client.post(PREVIEW, {"content": "*a*"}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert (ajax.status_code, ajax.content.decode().startswith('<p class="errornote">You are signed out')) == (
        403,
        True,
    )


# Preview and upload of prose


def test_the_preview_is_what_readers_will_see(desk: Client) -> None:
    response = desk.post(PREVIEW, {"content": "**a** <script>b</script> [c](javascript:d)"})
    assert response.content.decode() == "<p><strong>a</strong> &lt;script&gt;b&lt;/script&gt; [c](javascript:d)</p>"


@pytest.mark.parametrize(("content", "status"), [("", 200), ("a" * 20_000, 200), ("a" * 20_001, 400)])
def test_the_preview_is_bounded(desk: Client, content: str, status: int) -> None:
    assert desk.post(PREVIEW, {"content": content}).status_code == status
