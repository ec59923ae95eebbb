"""How pages travel: compressed, at one address each."""

import brotli
import pytest
from django.test import Client

from tests.factories import an_edition

pytestmark = pytest.mark.django_db

ADDRESS = "/guides/lighthouse-keeper/"


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=0.5, br;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.0,gzip", "gzip"),
        ("gzip", "gzip"),
        ("brown", None),
        ("", None),
    ],
)
def test_a_page_is_compressed_as_its_reader_can_take_it(accepted: str, encoding: str | None) -> None:
    an_edition()
    plain = Client().get(ADDRESS)
    response = Client().get(ADDRESS, headers={"Accept-Encoding": accepted})
    assert (response.headers.get("Content-Encoding"), response.headers["Vary"]) == (encoding, "Accept-Encoding")
    if encoding == "br":
        assert brotli.decompress(response.content) == plain.content
        assert int(response.headers["Content-Length"]) == len(response.content) < len(plain.content) / 2


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
