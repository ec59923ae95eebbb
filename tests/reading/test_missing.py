"""The pages for missing and withdrawn guides suggest guides with similar titles."""

import re

import pytest
from django.test import Client

from guides.publishing.editions.withdraw import withdraw
from tests.helpers.factories import an_edition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _guides() -> None:
    for title, other in (("Harbor Pilot", "River Guide"), ("Ship Pilot", "Steersman"), ("Cook", "Chef")):
        an_edition(slug=title.lower().replace(" ", "-"), title=title, alternative_titles=[other], levels=[], pay=[])


def suggested(path: str) -> tuple[int, list[str]]:
    response = Client().get(path)
    titles = re.findall(r'class="card-title"><a href="/guides/([^/]*)/"', response.content.decode())
    return response.status_code, titles


@pytest.mark.parametrize(
    ("path", "titles"),
    [
        ("/guides/river-guide/", ["harbor-pilot"]),
        ("/guides/harbor-pilots/", ["harbor-pilot"]),
        ("/guides/harbr-pilot/", ["harbor-pilot"]),
        ("/guides/senior-harbor-pilot/", ["harbor-pilot"]),
        ("/guides/canal-pilot/", ["harbor-pilot", "ship-pilot"]),
        ("/guides/chef.json", ["cook"]),
        ("/guides/chef/pay/", ["cook"]),
        ("/guides/xyzzy/", []),
        (f"/guides/{'pilot-' * 30}x/", []),
        ("/wp-login.php", []),
        ("/nothing/", []),
    ],
)
def test_a_missing_page_suggests_guides_with_a_similar_title(path: str, titles: list[str]) -> None:
    assert suggested(path) == (404, titles)


def test_a_missing_page_has_one_search_form() -> None:
    page = Client().get("/guides/chef/").content.decode()
    assert page.count('role="search"') == 1


def test_a_withdrawn_guide_suggests_guides_with_a_similar_title() -> None:
    withdraw(role=an_edition(slug="canal-pilot", title="Canal Pilot", levels=[], pay=[]).role, by="Ada")
    status, titles = suggested("/guides/canal-pilot/")
    assert (status, {"harbor-pilot", "ship-pilot"} <= set(titles)) == (410, True)
