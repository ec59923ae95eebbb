"""Redirects from former addresses of guides and skills."""

import re
import time
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import Edition, Report, Role
from guides.publishing.editions.publish import publish
from guides.publishing.editions.schedule import cancel
from guides.publishing.editions.withdraw import withdraw
from guides.reading import clock
from guides.reading.clock import Moment
from tests.helpers.factories import an_edition, day

pytestmark = pytest.mark.django_db


def move(edition: Edition, slug: str, *, at: datetime | None = None) -> Edition:
    """Publish the next edition of the same role at another address."""
    Role.objects.filter(pk=edition.role_id).update(slug=slug)
    return publish(role=edition.role, by="Ada", at=at)


def answer(address: str, *, at: datetime | None = None) -> tuple[int, str]:
    """Return the status and the redirect target, or '', of an address at a moment."""
    with clock.travel_to(Moment(at or timezone.now(), back="")):
        response = Client().get(address)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.parametrize(
    "end",
    [
        "/", ".json", ".md", "/card-1-v4.png", "/history/", "/feed/", "/report/?section=pay&verdict=wrong",
        "/?utm_source=x",
    ],
)  # fmt: skip
def test_all_addresses_of_a_guide_redirect_permanently(end: str) -> None:
    move(an_edition(at=day(1)), "keeper", at=day(2))
    assert answer(f"/guides/lighthouse-keeper{end}") == (301, f"/guides/keeper{end}")
    assert answer(f"/guides/keeper{end}") == (200, "")


def test_an_address_in_capitals_redirects_too() -> None:
    move(an_edition(at=day(1)), "keeper", at=day(2))
    response = Client().get("/guides/Lighthouse-Keeper.json?x=1", follow=True)
    assert [address for address, _status in response.redirect_chain] == [
        "/guides/lighthouse-keeper.json?x=1",
        "/guides/keeper.json?x=1",
    ]


@pytest.mark.engine
def test_one_redirect_is_enough_however_often_a_guide_moves() -> None:
    edition = an_edition(at=day(1))
    for month, slug in enumerate(("b", "c", "d"), start=2):
        move(edition, slug, at=day(month))
    assert [answer(f"/guides/{slug}/") for slug in ("lighthouse-keeper", "b", "c", "d")] == [
        *[(301, "/guides/d/")] * 3,
        (200, ""),
    ]


def test_a_guide_that_moves_back_makes_no_loop() -> None:
    edition = an_edition(at=day(1))
    move(edition, "keeper", at=day(2))
    move(edition, "lighthouse-keeper", at=day(3))
    assert answer("/guides/lighthouse-keeper/") == (200, "")
    assert answer("/guides/keeper/") == (301, "/guides/lighthouse-keeper/")


def test_redirects_are_revalidated_because_an_address_can_change_hands() -> None:
    move(an_edition(at=day(1)), "keeper", at=day(2))
    assert Client().get("/guides/lighthouse-keeper/").headers["Cache-Control"] == "no-cache"


def test_the_live_guide_of_an_address_comes_before_its_past() -> None:
    move(an_edition(at=day(1)), "keeper", at=day(2))
    an_edition(at=day(3), title="Another Keeper")
    assert answer("/guides/lighthouse-keeper/") == (200, "")
    assert "<h1>Another Keeper</h1>" in Client().get("/guides/lighthouse-keeper/").content.decode()


@pytest.mark.engine
def test_an_address_leads_to_the_guide_that_had_it_last() -> None:
    move(an_edition(at=day(1)), "first", at=day(2))
    move(an_edition(at=day(3)), "second", at=day(4))
    assert answer("/guides/lighthouse-keeper/") == (301, "/guides/second/")
    assert answer("/guides/lighthouse-keeper/", at=day(2, 15)) == (301, "/guides/first/")


def test_an_address_moves_at_its_moment() -> None:
    now = timezone.now()
    tomorrow = now + timedelta(days=1)
    move(an_edition(at=day(1)), "keeper", at=tomorrow)
    addresses = ("/guides/lighthouse-keeper/", "/guides/keeper/")
    assert [answer(address, at=now) for address in addresses] == [(200, ""), (404, "")]
    assert [answer(address, at=tomorrow) for address in addresses] == [(301, "/guides/keeper/"), (200, "")]
    assert [answer(address, at=day(1) - timedelta(days=1)) for address in addresses] == [(404, ""), (404, "")]


def test_an_address_that_never_went_live_is_not_found() -> None:
    edition = an_edition(at=day(1))
    tomorrow = timezone.now() + timedelta(days=1)
    cancel(edition=move(edition, "keeper", at=tomorrow), by="Ada")
    assert [answer("/guides/keeper/", at=at) for at in (None, tomorrow)] == [(404, ""), (404, "")]
    assert answer("/guides/lighthouse-keeper/", at=tomorrow) == (200, "")


def test_a_form_that_was_open_while_its_guide_moved_is_accepted() -> None:
    edition = an_edition(at=day(1))
    address = "/guides/lighthouse-keeper/report/?section=pay"
    with mock.patch("time.time", return_value=time.time() - 10):
        origin = re.search('name="origin" value="([^"]+)"', Client().get(address).content.decode())
    assert origin is not None
    move(edition, "keeper")
    sent = Client().post(address, {"verdict": "wrong", "text": "It pays more.", "origin": origin[1]}, follow=True)
    assert sent.redirect_chain == [
        ("/guides/keeper/report/?section=pay", 308),
        ("/guides/keeper/report/sent/", 302),
    ]
    assert Report.objects.get().edition == edition


def test_a_path_follows_both_of_its_ends() -> None:
    for slug in ("a", "b"):
        move(an_edition(slug=slug, title=slug, at=day(1)), f"new-{slug}", at=day(2))
    assert answer("/paths/a/b/") == (301, "/paths/new-a/new-b/")
    assert answer("/paths/new-a/b/?x=1") == (301, "/paths/new-a/new-b/?x=1")
    assert answer("/paths/new-a/new-b/") == (200, "")
    assert answer("/paths/a/nobody/") == (404, "")


def test_a_comparison_follows_its_roles() -> None:
    for slug in ("a", "b"):
        move(an_edition(slug=slug, title=slug, at=day(1)), f"new-{slug}", at=day(2))
    assert answer("/compare/?guide=a&guide=new-b") == (301, "/compare/?guide=new-a&guide=new-b")
    assert answer("/compare/?guide=b&guide=a&guide=new-a") == (301, "/compare/?guide=new-b&guide=new-a")
    assert answer("/compare/?guide=new-b&guide=new-a") == (200, "")
    assert answer("/compare/?guide=a&add=new-b") == (301, "/compare/?guide=new-a&add=new-b")


def test_paths_and_comparisons_report_guides_that_are_gone() -> None:
    for slug in ("a", "b"):
        an_edition(slug=slug, title=slug)
    withdraw(role=Role.objects.get(slug="b"), by="Ada")
    assert answer("/paths/a/b/") == (410, "")
    compared = Client().get("/compare/?guide=a&guide=b").content.decode()
    assert "We left out “b” because there is no such guide." in compared


def skill(slug: str, *aliases: str) -> dict[str, object]:
    return {"slug": slug, "name": slug.title(), "kind": "soft", "aliases": list(aliases)}


def test_the_address_of_a_merged_skill_leads_to_the_one_that_has_its_name() -> None:
    an_edition(skills=[skill("lamps", "Oil Lanterns & Wicks", "Beacons")])
    assert answer("/skills/oil-lanterns-wicks/?page=1") == (301, "/skills/lamps/?page=1")
    assert answer("/skills/beacons/") == (301, "/skills/lamps/")
    assert answer("/skills/oil-lanterns/") == (404, "")


def test_the_address_of_a_live_skill_does_not_redirect() -> None:
    an_edition(skills=[skill("lamps", "Beacons")])
    edition = an_edition(slug="tender", title="Tender", skills=[skill("beacons")])
    assert answer("/skills/beacons/") == (200, "")
    withdraw(role=edition.role, by="Ada")
    assert answer("/skills/beacons/") == (301, "/skills/lamps/")
