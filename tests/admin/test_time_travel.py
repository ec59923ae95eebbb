"""The whole site as of a moment, for the desk: the readers' own pages, by another clock, and nothing leaks."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any
from unittest import mock
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import get_script_prefix
from django.utils import timezone
from pytest_django import Settings

from guides.models import Edition, Report
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.reading import clock
from guides.reading.clock import Moment
from tests.admin.test_access import signed_in
from tests.helpers.factories import an_edition, day
from tests.publishing.test_publish import retitle
from tests.reading.test_addresses import move
from tests.reading.test_pages import Outline, words

pytestmark = pytest.mark.django_db

COMING = (timezone.now() + timedelta(days=30)).replace(hour=9, minute=0, second=0, microsecond=0)
HOME = f"/admin/as-of/{COMING:%Y%m%d-%H%M}/"
GUIDE = f"{HOME}guides/lighthouse-keeper/"


def two_editions() -> Edition:
    """One that is live, and one that goes live at the moment that is to come."""
    edition = an_edition(at=day(1))
    return publish(role=retitle(edition.role, "Keeper of Tomorrow"), by="Ada", at=COMING)


def heading(client: Client, address: str) -> str:
    found = re.search("<h1>(.*?)</h1>", client.get(address).content.decode())
    return found[1] if found else ""


def test_pages_are_those_that_visitors_see_then(desk: Client) -> None:
    two_editions()
    before = (COMING - timedelta(minutes=1)).strftime("%Y%m%d-%H%M")
    assert heading(desk, GUIDE) == "Keeper of Tomorrow"
    assert heading(desk, f"/admin/as-of/{before}/guides/lighthouse-keeper/") == "Lighthouse Keeper"
    assert "Keeper of Tomorrow" in words(desk.get(HOME).content.decode())
    assert b"Keeper of Tomorrow" in desk.get(f"{HOME}guides/lighthouse-keeper.json").content
    assert "Keeper of Tomorrow" in words(desk.get(f"{HOME}search/?q=tomorrow").content.decode())
    assert "We haven’t published any guides yet." in desk.get("/admin/as-of/20200101-0000/").content.decode()


PUBLIC = (
    "/", "/guides/", "/guides/?sort=latest", "/fields/coast/", "/search/?q=tomorrow", "/search/suggestions/?q=keep",
    "/skills/", "/skills/oars/", "/match/?have=oars", "/guides/lighthouse-keeper/skills-check/?have=oars",
    "/guides/lighthouse-keeper/toolkit/", "/guides/lighthouse-keeper/toolkit/resume/",
    "/compare/?guide=lighthouse-keeper&guide=tender",
    "/paths/?from=Keeper+of+Tomorrow&to=Tender", "/paths/lighthouse-keeper/tender/", "/guides/lighthouse-keeper/",
    "/guides/lighthouse-keeper.json", "/guides/lighthouse-keeper.md", "/guides/lighthouse-keeper/card-2-v4.png",
    "/guides/lighthouse-keeper/feed/", "/guides/lighthouse-keeper/history/", "/guides/tender/report/sent/",
    "/guides/gone/", "/guides/moved/", "/about/sources/", "/feed/", "/sitemap.xml", "/llms.txt",
)  # fmt: skip


def test_pages_are_letter_by_letter_what_visitors_will_get(desk: Client) -> None:
    two_editions()
    oars = [{"slug": "oars", "name": "Oars", "kind": "tool"}]
    for slug in ("tender", "pilot"):
        an_edition(at=COMING, slug=slug, title=slug.title(), skills=oars)
    withdraw(role=an_edition(slug="gone", title="Gone").role, by="Ada", at=COMING)
    move(an_edition(slug="moved", title="Moved"), "elsewhere", at=COMING)
    for address in PUBLIC:
        shown = desk.get(f"{HOME}{address[1:]}")
        with mock.patch("django.utils.timezone.now", return_value=COMING):
            then = Client().get(address)
        body = re.sub(rb'<aside class="preview-bar".*?</aside>\n', b"", shown.content, flags=re.DOTALL)
        location = shown.headers.get("Location", "").replace(HOME, "/")
        assert (shown.status_code, location) == (then.status_code, then.headers.get("Location", "")), address
        assert body.replace(HOME.encode(), b"/") == then.content, address
        assert Client().get(address).content != then.content, address


def test_nothing_of_a_moment_stays_behind(desk: Client) -> None:
    two_editions()
    pages = ("/", "/guides/", "/guides/lighthouse-keeper/", "/guides/lighthouse-keeper.md", "/feed/", "/sitemap.xml")
    now = [Client().get(address).content for address in pages]
    for address in pages:
        desk.get(f"{HOME}{address[1:]}")
    assert [Client().get(address).content for address in pages] == now
    assert get_script_prefix() == "/"


def test_nothing_of_a_moment_stays_behind_where_a_page_fails(editor: Any) -> None:
    broken = two_editions()
    Edition.objects.create(
        role=an_edition(at=COMING, slug="gone", title="G").role, number=2, slug="broken", title="T", summary="S",
        content="{}", html={}, published_by="Ada", published_at=day(1), live_from=day(1), live_until=COMING,
    )  # fmt: skip
    client = Client(raise_request_exception=False)
    client.force_login(editor)
    moment = (COMING - timedelta(minutes=1)).strftime("%Y%m%d-%H%M")
    assert client.get(f"/admin/as-of/{moment}/guides/broken/").status_code == 500
    assert (get_script_prefix(), heading(Client(), f"/guides/{broken.slug}/")) == ("/", "Lighthouse Keeper")
    assert abs(clock.now() - timezone.now()) < timedelta(minutes=1)


def test_another_thread_has_a_clock_of_its_own() -> None:
    with clock.travel_to(Moment(COMING, back="/")), ThreadPoolExecutor(1) as pool:
        assert clock.now() == COMING
        assert pool.submit(clock.now).result() < COMING


def test_every_link_stays_within_the_moment(desk: Client) -> None:
    two_editions()
    prose = [{"chapter": "role", "body": "See [all](/guides/), [it](/guides/tender/) and [home](/)."}]
    an_edition(at=COMING, slug="tender", title="Tender", sections=prose)
    waiting, seen = [HOME], set()
    while waiting:
        address = waiting.pop()
        seen.add(address)
        response = desk.get(address)
        assert response.status_code in {200, 301, 302}, address
        html = response.content.decode() if "html" in response.headers["Content-Type"] else ""
        links = re.findall(r' (?:href|action|data-suggestions)="([^"#]+)', html)
        if "Location" in response.headers:
            links.append(response.headers["Location"])
        paths = {urljoin(address, unescape(link)) for link in links if not re.match("https?:|mailto:", link)}
        assert {path for path in paths if not path.startswith((HOME, "/static/"))} <= {"/admin/as-of/"}
        waiting += {path for path in paths if path.startswith(HOME) and path not in seen | set(waiting)}
    plain = {urlsplit(address).path.removeprefix(HOME[:-1]) for address in seen}
    assert {"/guides/tender/", "/guides/lighthouse-keeper/history/", "/skills/lamps/", "/feed/", "/compare/"} <= plain


def test_a_bar_says_which_moment_it_is_and_leads_back(desk: Client) -> None:
    two_editions()
    for address in (HOME, GUIDE, f"{HOME}about/", f"{HOME}nowhere/", f"{HOME}guides/nobody/"):
        html = desk.get(address).content.decode()
        told = f"This is what visitors see on {COMING:%B} {COMING.day}, {COMING:%Y}, 09:00 UTC. Forms do not work here."
        assert told in words(html)
        assert '<a href="/admin/as-of/">Back to the admin</a>' in html
        outline = Outline(html)
        assert (len(outline.ids), outline.inline) == (len(set(outline.ids)), [])
    assert "Back to the admin" not in Client().get("/").content.decode()


def test_programs_are_told_the_addresses_that_visitors_have(desk: Client) -> None:
    two_editions()
    html = desk.get(GUIDE).content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/guides/lighthouse-keeper/" />' in html
    assert "/admin/" not in re.findall("<script type=.application/ld.json.>(.*?)</script>", html, flags=re.DOTALL)[0]
    field = desk.get(f"{HOME}fields/coast/").content.decode()
    assert '<link rel="canonical" href="http://127.0.0.1:8000/fields/coast/" />' in field


@pytest.mark.parametrize(
    ("end", "status"),
    [
        ("", 200),
        ("guides/lighthouse-keeper/", 200),
        ("guides/lighthouse-keeper.json", 200),
        ("guides/lighthouse-keeper/card-1-v4.png", 200),
        ("guides/lighthouse-keeper/feed/", 200),
        ("guides/lighthouse-keeper/report/?section=pay", 200),
        ("sitemap.xml", 200),
        ("robots.txt", 200),
        ("guides/LIGHTHOUSE-keeper/", 301),
        ("guides", 301),
        ("guides/nobody/", 404),
        ("admin/", 404),
        ("admin/as-of/20261201-0900/", 404),
        ("//example.org/", 404),
    ],
)
def test_no_answer_is_kept_or_found_by_a_search(desk: Client, end: str, status: int) -> None:
    two_editions()
    response = desk.get(f"{HOME}{end}")
    assert (response.status_code, response.headers["Cache-Control"], response.headers["X-Robots-Tag"]) == (
        status, "no-store", "noindex"
    )  # fmt: skip


def test_addresses_that_are_mended_moved_or_withdrawn_stay_within(desk: Client) -> None:
    edition, leaving, successor = two_editions(), an_edition(slug="leaving"), an_edition(slug="successor")
    move(edition, "keeper", at=COMING)
    withdraw(role=leaving.role, by="Ada", at=COMING, leads_to=successor.role)
    withdraw(role=an_edition(slug="gone", title="Gone").role, by="Ada", at=COMING)
    given: list[Any] = [
        desk.get(f"{HOME}{end}")
        for end in (
            "guides/Lighthouse-Keeper/", "guides?x=1", "guides/lighthouse-keeper.json?x=1", "guides/leaving/",
            "paths/leaving/lighthouse-keeper/", "compare/?guide=lighthouse-keeper", "guides/?field=", "guides/gone/",
        )
    ]  # fmt: skip
    assert [(response.status_code, response.headers.get("Location", "")) for response in given] == [
        (301, GUIDE),
        (301, f"{HOME}guides/?x=1"),
        (301, f"{HOME}guides/keeper.json?x=1"),
        (302, f"{HOME}guides/successor/"),
        (302, f"{HOME}paths/successor/keeper/"),
        (301, f"{HOME}compare/?guide=keeper"),
        (302, f"{HOME}guides/"),
        (410, ""),
    ]
    assert f'href="{HOME}guides/"' in given[-1].content.decode()


def test_nothing_can_be_sent(editor: Any) -> None:
    two_editions()
    client = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    address = f"{GUIDE}report/?section=pay"
    assert client.head(address).status_code == 200
    answers = [getattr(client, method)(address).status_code for method in ("post", "put", "patch", "delete", "options")]
    assert answers == [405] * 5
    assert not Report.objects.exists()


def test_who_is_not_signed_in_is_asked_to_and_who_may_not_see_drafts_is_refused() -> None:
    two_editions()
    for address in (GUIDE, "/admin/as-of/"):
        assert Client().get(address).headers["Location"] == f"/admin/login/?next={address}"
        assert Client().get(address).status_code == 302
    client = signed_in(staff=True)
    assert [client.get(address).status_code for address in (GUIDE, "/admin/as-of/")] == [403, 403]


def test_who_may_see_roles_may_look_ahead() -> None:
    two_editions()
    client = signed_in(staff=True, permission="view_role")
    assert [client.get(address).status_code for address in (GUIDE, "/admin/as-of/")] == [200, 200]


@pytest.mark.parametrize(
    "moment",
    ["20261301-0900", "20260230-0900", "20261201-2400", "20261201-0960", "20261201-900", "2026-12-01", "00010101-0000",
     "99991231-2359", "٢٠٢٦١٢٠١-0900", "now", "20260308-0230"],
)  # fmt: skip
def test_what_is_no_moment_is_not_found(desk: Client, settings: Settings, moment: str) -> None:
    settings.TIME_ZONE = "America/New_York"  # whose clocks skipped an hour on March 8
    assert desk.get(f"/admin/as-of/{moment}/").status_code == 404
    assert desk.get("/admin/as-of/20260308-0330/").status_code == 200


def test_moments_are_told_by_the_clocks_of_the_site(desk: Client, settings: Settings) -> None:
    an_edition(at=datetime(2026, 2, 1, 14, 0, tzinfo=UTC))
    settings.TIME_ZONE = "America/New_York"
    pages = [desk.get(f"/admin/as-of/20260201-{time}/guides/lighthouse-keeper/") for time in ("0859", "0900")]
    assert [page.status_code for page in pages] == [404, 200]
    assert "This is what visitors see on February 1, 2026, 09:00 EST." in words(pages[1].content.decode())


def test_the_form_leads_to_the_site_as_of_a_moment(desk: Client, settings: Settings) -> None:
    settings.TIME_ZONE = "America/New_York"
    assert "Times are in the zone America/New_York." in words(desk.get("/admin/as-of/").content.decode())
    for typed in ("2026-12-01 09:00", " 2026-12-01 9:00 ", "2026-12-01T14:00Z"):
        response = desk.get("/admin/as-of/", {"moment": typed})
        assert (response.status_code, response.headers["Location"]) == (302, "/admin/as-of/20261201-0900/")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("", "This field is required."),
        ("tomorrow", "Enter a date and a time, such as 2026-12-01 09:00."),
        ("2026-02-30 09:00", "Enter a date and a time, such as 2026-12-01 09:00."),
        ("2026-03-08 02:30", "because of the clock change"),
        ("1999-12-31", "Enter a year between 2000 and 2099."),
        ("9999-12-31 23:59", "Enter a year between 2000 and 2099."),
    ],
)
def test_what_is_no_moment_is_told_in_the_form(desk: Client, settings: Settings, typed: str, told: str) -> None:
    settings.TIME_ZONE = "America/New_York"
    page = desk.get("/admin/as-of/", {"moment": typed})
    assert (page.status_code, told in words(page.content.decode())) == (200, True)
    assert page.context["form"]["moment"].value() == typed
