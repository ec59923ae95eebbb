"""The second factor: set up, asked for, lost and removed."""

import re
from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from pytest_django import Settings

from careerguide.accounts import second_factor
from careerguide.accounts.second_factor import CodeRejected
from guides.models import Action, AuditLogEntry
from tests.helpers.admin import change
from tests.helpers.factories import a_role
from tests.helpers.users import PASSWORD, a_person, client_of, code_of, give_code, show_device, sign_in
from tests.project.test_commands import fails, output

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

PAGE = "/admin/second-factor/"
WRONG = "This code is wrong. Your app shows a new one every 30 seconds. Enter the current one."


def key_of(page: str) -> str:
    (spelled,) = re.findall(r'<code class="key">([A-Z2-7 ]+)</code>', page)
    return b32decode(spelled.replace(" ", "")).hex()


def set_up(client: Client, **sent: str) -> str:
    """Set up a second factor as its page says. What it answers."""
    key = key_of(client.get(PAGE).content.decode())
    return client.post(PAGE, {"code": code_of(key), "password": PASSWORD} | sent).content.decode()


def codes_in(page: str) -> list[str]:
    return re.findall(r"<li><code>([a-z2-7]{4}-[a-z2-7]{4})</code></li>", page)


@pytest.fixture
def ada() -> User:
    return a_person("Editor")


@pytest.fixture
def codes(ada: User) -> tuple[str, ...]:
    """The recovery codes of somebody who has a second factor."""
    key = "07" * 20
    return second_factor.set_up(user=ada, key=key, code=code_of(key))[1]


def half_signed_in(at: str = "/admin/") -> Client:
    client = Client()
    assert sign_in(client, "Editor", at=at).headers["Location"] == at
    return client


def next_code() -> str:
    """One that was not used yet, as that of now was when it was set up."""
    return code_of(TOTPDevice.objects.get().key, steps_ahead=1)


def told(client: Client, code: str) -> str:
    return " ".join(give_code(client, code).context["form"].errors.get("code", ()))


# Setting up


def test_a_second_factor_is_set_up_with_a_code_of_its_key() -> None:
    client = client_of("Editor")
    page = set_up(client)
    assert len(set(codes_in(page))) == second_factor.RECOVERY_CODES
    assert client.get("/admin/").status_code == 200
    assert list(AuditLogEntry.objects.values_list("verb", "by", "subject")) == [
        (Action.SECOND_FACTOR_SET_UP, "Editor", "Editor")
    ]


def test_the_key_is_shown_as_a_picture_a_link_and_letters_and_stays_when_the_page_is_loaded_anew() -> None:
    client = client_of("Editor")
    page = client.get(PAGE).content.decode()
    link = re.search(r'href="(otpauth://totp/[^"]+)"', page)
    assert link
    assert "Careerguide%20127.0.0.1" in link[1]
    assert "<svg" in page
    assert "style=" not in page
    assert key_of(client.get(PAGE).content.decode()) == key_of(page)


@pytest.mark.parametrize(
    ("sent", "field", "expected"),
    [
        ({"code": "12345"}, "code", WRONG),
        ({"code": "onetwo"}, "code", WRONG),
        ({"code": ""}, "code", "This field is required."),
        ({"password": "correct horse batterie"}, "password", "The password is wrong."),
    ],
)
def test_nothing_is_set_up_by_a_mistake(sent: dict[str, str], field: str, expected: str) -> None:
    client = client_of("Editor")
    key = key_of(client.get(PAGE).content.decode())
    response = client.post(PAGE, {"code": code_of(key), "password": PASSWORD} | sent)
    assert (response.status_code, response.context["form"].errors[field]) == (422, [expected])
    assert key_of(response.content.decode()) == key
    assert not TOTPDevice.objects.exists()


def test_it_is_set_up_once(ada: User, codes: tuple[str, ...]) -> None:
    with pytest.raises(CodeRejected, match="already set up a second factor"):
        second_factor.set_up(user=ada, key="08" * 20, code=code_of("08" * 20))


def test_from_then_on_other_sessions_are_asked_for_a_code() -> None:
    client, other = client_of("Editor"), Client()
    other.force_login(User.objects.get())
    assert other.get("/admin/").status_code == 200
    set_up(client)
    assert other.get("/admin/", follow=True).redirect_chain[-1] == ("/admin/code/?next=%2Fadmin%2F", 302)


def test_nobody_finds_recovery_codes_in_the_database(codes: tuple[str, ...]) -> None:
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert len(stored) == len(codes)
    assert not stored & {code.replace("-", "") for code in codes}


# Signing in


def test_a_code_opens_what_one_was_on_the_way_to(codes: tuple[str, ...]) -> None:
    there = change(a_role())
    client = half_signed_in(there)
    before = client.session.session_key
    asked = client.get(there, follow=True)
    assert (asked.redirect_chain[-1][0].startswith("/admin/code/"), asked.context["next"]) == (True, there)
    assert give_code(client, next_code(), at=there).headers["Location"] == there
    assert client.get(there).status_code == 200
    assert client.session.session_key != before


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_no_code_leads_to_another_site(address: str, codes: tuple[str, ...]) -> None:
    assert give_code(half_signed_in(), codes[0], at=address).headers["Location"] == "/admin/"


def test_a_password_alone_shows_nothing_of_the_desk(codes: tuple[str, ...]) -> None:
    client = half_signed_in()
    page = client.get("/admin/code/").content.decode()
    assert "nav-sidebar" not in page
    assert "Change password" not in page
    preview = client.post("/admin/markdownx/markdownify/", {"content": "*a*"})
    assert (preview.status_code, "You are signed out" in preview.content.decode()) == (403, True)


def test_whoever_is_half_signed_in_can_sign_out(codes: tuple[str, ...]) -> None:
    client = half_signed_in()
    assert client.post("/admin/logout/").status_code == 200
    assert client.get("/admin/code/").headers["Location"].startswith("/admin/login/")


def test_a_code_of_the_app_opens_once(codes: tuple[str, ...]) -> None:
    code = next_code()
    assert give_code(half_signed_in(), code).status_code == 302
    assert told(half_signed_in(), code) == WRONG


def test_a_recovery_code_opens_once_however_it_is_typed(codes: tuple[str, ...]) -> None:
    client = half_signed_in()
    give_code(client, f" {codes[0].upper().replace('-', ' ')} ")
    assert "9 recovery codes are left." in client.get("/admin/").content.decode()
    assert told(half_signed_in(), codes[0]) == "This recovery code is wrong or was already used."


def test_the_last_recovery_code_is_announced(codes: tuple[str, ...]) -> None:
    for code in codes[:-1]:
        client = half_signed_in()
        give_code(client, code)
    assert "One recovery code is left." in client.get("/admin/").content.decode()


def test_each_mistake_doubles_the_wait_up_to_an_hour(codes: tuple[str, ...]) -> None:
    client, wrong = half_signed_in(), "000000"
    assert told(client, wrong) == WRONG
    assert told(client, wrong) == "Too many wrong codes. Try again in 1 second."
    TOTPDevice.objects.update(throttling_failure_count=6)
    assert re.fullmatch(r"Too many wrong codes. Try again in 3\d seconds.", told(client, next_code()))
    TOTPDevice.objects.update(throttling_failure_count=500)
    assert told(client, next_code()) == "Too many wrong codes. Try again in 35 minutes."
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(hours=1))
    assert give_code(client, next_code()).status_code == 302


def test_a_mistake_in_one_kind_of_code_does_not_delay_the_other(codes: tuple[str, ...]) -> None:
    client = half_signed_in()
    assert told(client, "000000") == WRONG
    assert give_code(client, codes[0]).status_code == 302
    assert StaticDevice.objects.get().throttling_failure_count == 0


def test_somebody_elses_device_opens_nothing(codes: tuple[str, ...]) -> None:
    bob = a_person("Administrator")
    key = "08" * 20
    device, _codes = second_factor.set_up(user=bob, key=key, code=code_of(key))
    client = half_signed_in()
    show_device(client, device)
    assert client.get("/admin/").headers["Location"].startswith("/admin/login/")


# Required of everybody


def test_where_it_is_required_one_is_led_to_set_it_up_and_then_on(settings: Settings, ada: User) -> None:
    settings.SECOND_FACTOR_REQUIRED = True
    there = change(a_role())
    client = half_signed_in(there)
    led = client.get(there, follow=True)
    assert led.redirect_chain[-1][0].startswith(PAGE)
    assert "Set up yours to continue." in led.content.decode()
    assert "nav-sidebar" not in led.content.decode()
    assert f'href="{there}"' in set_up(client, next=there)
    assert client.get(there).status_code == 200


# Renewed and removed


@pytest.fixture
def whole(codes: tuple[str, ...]) -> Client:
    client = half_signed_in()
    give_code(client, codes[0])
    return client


def test_new_recovery_codes_take_the_place_of_all_that_are_left(codes: tuple[str, ...], whole: Client) -> None:
    new = codes_in(whole.post(PAGE, {"password": PASSWORD, "renew": "x"}).content.decode())
    assert len(new) == second_factor.RECOVERY_CODES
    assert told(half_signed_in(), codes[1]) == "This recovery code is wrong or was already used."
    StaticDevice.objects.update(throttling_failure_count=0)
    assert give_code(half_signed_in(), new[0]).status_code == 302
    assert AuditLogEntry.objects.filter(verb=Action.RECOVERY_CODES_RENEWED, by="Editor").count() == 1


def test_after_it_is_removed_the_password_is_enough(whole: Client) -> None:
    page = whole.post(PAGE, {"password": PASSWORD, "remove": "x"}, follow=True).content.decode()
    assert "The second factor is removed" in page
    assert key_of(page)
    assert half_signed_in().get("/admin/").status_code == 200
    assert AuditLogEntry.objects.filter(verb=Action.SECOND_FACTOR_REMOVED, by="Editor", subject="Editor").count() == 1


@pytest.mark.parametrize("act", ["renew", "remove"])
def test_both_ask_for_the_password(act: str, codes: tuple[str, ...], whole: Client) -> None:
    response = whole.post(PAGE, {"password": "not mine at all", act: "x"})
    assert (response.status_code, response.context["form"].errors["password"]) == (422, ["The password is wrong."])
    assert (TOTPDevice.objects.count(), StaticToken.objects.count()) == (1, len(codes) - 1)


def test_an_administrator_removes_one_that_was_lost(codes: tuple[str, ...]) -> None:
    administrator, user = client_of("Administrator"), User.objects.get(username="Editor")
    people = "/admin/auth/user/"
    assert "icon-yes" in administrator.get(people, {"q": "Editor"}).content.decode()
    sent: dict[str, Any] = {"action": "remove_second_factor", "_selected_action": [user.pk]}
    assert "Removed 1 second factor." in administrator.post(people, sent, follow=True).content.decode()
    assert half_signed_in().get("/admin/").status_code == 200
    assert (
        AuditLogEntry.objects.filter(verb=Action.SECOND_FACTOR_REMOVED, by="Administrator", subject="Editor").count()
        == 1
    )
    assert "Removed 0 second factors." in administrator.post(people, sent, follow=True).content.decode()


def test_a_command_removes_one_that_was_lost(codes: tuple[str, ...]) -> None:
    assert output("remove_second_factor", "Editor").startswith("'Editor' can now sign in with the password alone")
    assert half_signed_in().get("/admin/").status_code == 200
    assert AuditLogEntry.objects.filter(by="manage.py remove_second_factor", subject="Editor").count() == 1
    assert fails("remove_second_factor", "Editor")[1] == "'Editor' has no second factor."
    assert fails("remove_second_factor", "Nobody")[1] == "There is no user 'Nobody'."


def test_the_desk_has_no_pages_of_devices_which_would_show_their_secrets() -> None:
    page = client_of("superuser").get("/admin/").content.decode()
    assert not re.findall(r"/admin/(?:otp_\w+|axes)/", page)
