"""Signing in: how often it may fail, how long a session lasts, and what passwords are taken."""

from datetime import timedelta
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from careerguide import settings as own
from careerguide.client_address import client_address
from tests.helpers.factories import a_role, an_edition
from tests.helpers.users import PASSWORD, a_person, client_of, sign_in
from tests.project.test_commands import output

pytestmark = pytest.mark.django_db


# Failures


def fail(times: int, *, name: str = "Editor", of: str = "198.51.100.1") -> list[int]:
    """What so many wrong passwords are answered."""
    return [sign_in(Client(REMOTE_ADDR=of), name, password="wrong").status_code for _ in range(times)]


def opens(*, name: str = "Editor", of: str) -> bool:
    return bool(sign_in(Client(REMOTE_ADDR=of), name).status_code == 302)


def test_five_mistakes_at_a_name_lock_their_address_out_for_a_quarter_of_an_hour() -> None:
    a_person("Editor")
    assert fail(6) == [200, 200, 200, 200, 429, 429]
    response = sign_in(Client(REMOTE_ADDR="198.51.100.1"), "Editor")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes" in response.content.decode()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15))
    assert opens(of="198.51.100.1")


def test_whoever_goes_on_locks_nobody_else_out() -> None:
    a_person("Editor")
    fail(100)
    assert opens(of="198.51.100.2")


def test_guesses_at_a_name_from_everywhere_are_few() -> None:
    a_person("Editor")
    a_person("Author")
    for address in range(10):
        fail(5, of=f"198.51.100.{address}")
    assert not opens(of="203.0.113.1")
    assert opens(name="Author", of="203.0.113.1")


def test_guesses_from_an_address_at_many_names_are_few() -> None:
    a_person("Editor")
    for name in range(30):
        fail(1, name=f"name{name}")
    assert not opens(of="198.51.100.1")
    assert opens(of="198.51.100.2")


def test_other_browsers_and_spellings_of_an_address_are_the_same_guesser() -> None:
    a_person("Editor")
    for attempt in range(5):
        client = Client(REMOTE_ADDR=f"2001:db8:0:1::{attempt}")
        sign_in(client, "Editor", password="wrong", **{"User-Agent": f"Browser {attempt}"})
    assert not opens(of="2001:db8:0:1:ffff::1")
    assert opens(of="2001:db8:0:2::1")


def test_a_wrong_password_at_the_desk_counts_as_well() -> None:
    client = client_of("Editor")
    statuses = [client.post("/admin/second-factor/", {"password": "wrong", "code": "1"}).status_code for _ in range(5)]
    assert statuses == [422, 422, 422, 422, 429]


def test_of_a_failure_little_is_kept_and_not_for_long() -> None:
    sign_in(Client(REMOTE_ADDR="2001:db8:0:1::7"), "Editor", password="nearly right", **{"User-Agent": "Browser"})
    (kept,) = AccessAttempt.objects.values("username", "ip_address", "user_agent", "http_accept", "post_data")
    assert "nearly right" not in kept.pop("post_data")
    assert kept == {"username": "Editor", "ip_address": "2001:db8:0:1::", "user_agent": "", "http_accept": ""}
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15))
    fail(1, name="Author")
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["Author"]


@pytest.mark.parametrize(
    ("proxies", "told", "expected"),
    [
        (0, "203.0.113.1", "198.51.100.1"),
        (1, None, "198.51.100.1"),
        (1, "203.0.113.1", "203.0.113.1"),
        (1, "192.0.2.66, 203.0.113.1", "203.0.113.1"),  # the first was written by the client
        (2, "192.0.2.66, 203.0.113.1, 203.0.113.2", "203.0.113.1"),
        (2, "203.0.113.1", "203.0.113.1"),
        (1, "::ffff:203.0.113.1", "203.0.113.1"),
        (1, "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (1, "unknown", "0.0.0.0"),
        (1, "", "198.51.100.1"),
    ],
)
def test_an_address_is_what_our_proxies_saw(proxies: int, told: str | None, expected: str, settings: Settings) -> None:
    settings.PROXIES = proxies
    headers = {} if told is None else {"X-Forwarded-For": told}
    request = RequestFactory(REMOTE_ADDR="198.51.100.1").get("/", headers=headers)
    assert client_address(request) == expected


# Sessions


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Sets what time it is: so many hours from now."""
    begin = timezone.now()

    def at(hours: float) -> None:
        monkeypatch.setattr(timezone, "now", lambda: begin + timedelta(hours=hours))

    return at


def test_a_session_ends_four_hours_after_its_last_use(clock: Any) -> None:
    client = client_of("Editor")
    for hours, status in ((0, 200), (3.9, 200), (7.8, 200), (11.9, 302)):
        clock(hours)
        assert client.get("/admin/").status_code == status


def test_a_session_ends_after_twelve_hours_however_it_is_used(clock: Any) -> None:
    client = client_of("Editor")
    for hours, status in ((0, 200), (3, 200), (6, 200), (9, 200), (11.9, 200), (12.1, 302)):
        clock(hours)
        assert client.get("/admin/").status_code == status


def test_a_session_in_use_is_seldom_written(clock: Any) -> None:
    client, writes = client_of("Editor"), []
    client.get("/admin/")
    for minutes in (1, 4, 6, 7):
        clock(minutes / 60)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get("/admin/")
        writes.append(sum('UPDATE "django_session"' in query["sql"] for query in asked))
    assert writes == [0, 0, 1, 0]


def test_another_password_ends_the_other_sessions() -> None:
    client, other = client_of("Editor"), Client()
    other.force_login(User.objects.get())
    new = "another horse battery"
    sent = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/admin/password_change/", sent).status_code == 302
    assert [each.get("/admin/").status_code for each in (client, other)] == [200, 302]


def test_signing_out_ends_the_session_wherever_its_cookie_is() -> None:
    client, thief = client_of("Editor"), Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    client.post("/admin/logout/")
    assert thief.get("/admin/").status_code == 302
    assert not Session.objects.exists()


def test_prepare_clears_sessions_that_have_ended() -> None:
    client_of("Editor")
    client_of("Author")
    ended = Session.objects.order_by("pk")[0]
    Session.objects.filter(pk=ended.pk).update(expire_date=timezone.now() - timedelta(seconds=1))
    a_role()  # or it would publish the first guides, which takes seconds
    output("prepare")
    assert Session.objects.count() == 1


@pytest.mark.parametrize(
    "address", ["/", "/guides/lighthouse-keeper/", "/search/?q=lamp", "/match/resume/", "/nowhere/"]
)
def test_visitors_pages_ask_no_session_even_where_there_is_one(address: str) -> None:
    an_edition()
    client = client_of("Editor")
    Client().get(address)  # what is remembered of the guides is read first
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert not [query for query in asked if "django_session" in query["sql"] or "auth_user" in query["sql"]]
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


# Passwords


@pytest.mark.parametrize("password", ["short one 1", "password1234", "123456789012345", "AdaLovelace1815"])
def test_a_password_that_is_easily_guessed_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password, User(username="adalovelace1815"))


def test_passwords_from_before_become_scrypts_when_they_are_used(settings: Settings) -> None:
    user = a_person("Editor")
    settings.PASSWORD_HASHERS = own.PASSWORD_HASHERS
    User.objects.update(password=make_password(PASSWORD, hasher="pbkdf2_sha256"))
    assert opens(of="198.51.100.1")
    user.refresh_from_db()
    assert user.password.startswith("scrypt$")
