"""How pages travel: compressed, at one address each; and whom to tell of a weakness."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.helpers.factories import an_edition

pytestmark = pytest.mark.django_db

ADDRESS = "/guides/lighthouse-keeper/"


def test_the_desk_is_left_to_gzip_which_hides_lengths(client: Client) -> None:
    client.cookies["sessionid"] = "x"
    assert client.get("/admin/login/", headers={"Accept-Encoding": "br, gzip"}).headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/guides/Lighthouse-KEEPER/", ADDRESS),
        ("/guides/Lighthouse-Keeper.json", "/guides/lighthouse-keeper.json"),
        ("/guides/LIGHTHOUSE-keeper/history/?x=1", f"{ADDRESS}history/?x=1"),
        ("/guides/lighthouse-keeper", ADDRESS),
        ("/skills/Lamps/", "/skills/lamps/"),
        ("/fields/COAST/", "/fields/coast/"),
        ("/paths/A/b/", "/paths/a/b/"),
        ("/guides", "/guides/"),
    ],
)
def test_an_address_in_capitals_or_without_its_slash_leads_to_the_right_one(typed: str, meant: str) -> None:
    an_edition()
    response = Client().get(typed)
    assert (response.status_code, response.headers["Location"]) == (301, meant)


def test_security_txt_names_whom_to_tell(settings: Settings) -> None:
    settings.SECURITY_CONTACT = "mailto:security@careerguide.example"
    response = Client().get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    expires = datetime.fromisoformat(fields.pop("Expires"))
    assert timedelta(days=90) < expires - timezone.now() < timedelta(days=365)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert fields == {
        "Contact": "mailto:security@careerguide.example",
        "Canonical": f"{settings.ADDRESS}/.well-known/security.txt",
        "Preferred-Languages": "en",
    }


def test_without_a_contact_there_is_no_security_txt() -> None:
    assert Client().get("/.well-known/security.txt").status_code == 404
