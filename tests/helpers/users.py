"""People who sign in, for tests: by their groups, and with a second factor."""

import time
from binascii import unhexlify
from typing import Any

import django_otp
from django.contrib.auth.models import Group, User
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

PASSWORD = "correct horse battery"
GROUPS = ("Author", "Editor", "Administrator")


def a_person(who: str) -> User:
    """By a group's name of that group; else a visitor with an account, a stranger at the desk, or a superuser."""
    user = User.objects.create_user(who, password=PASSWORD, is_staff=who != "visitor", is_superuser=who == "superuser")
    if who in GROUPS:
        user.groups.add(Group.objects.get(name=who))
    return user


def client_of(who: str, **options: Any) -> Client:
    """Signed in by password alone; `anonymous` is not."""
    client = Client(**options)
    if who != "anonymous":
        client.force_login(a_person(who))
    return client


def a_device(user: User) -> Any:
    return TOTPDevice.objects.create(user=user, name="app")


def code_of(key: str, *, steps_ahead: int = 0) -> str:
    """What an app shows, now or in so many half minutes."""
    totp = TOTP(unhexlify(key))
    totp.time = time.time() + 30 * steps_ahead
    return f"{totp.token():06d}"


def show_device(client: Client, device: Any) -> None:
    """As if the session had been opened with a code of it."""
    session = client.session
    session[django_otp.DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()


def sign_in(client: Client, name: str, *, password: str = PASSWORD, at: str = "/admin/", **where: str) -> Any:
    """Send the first form of signing in, on the way to an address."""
    return client.post(f"/admin/login/?next={at}", {"username": name, "password": password}, headers=where or None)


def give_code(client: Client, code: str, *, at: str = "/admin/") -> Any:
    """Send the second form."""
    return client.post("/admin/code/", {"code": code, "next": at})
