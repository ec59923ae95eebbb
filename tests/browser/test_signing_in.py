"""Signing in with a second factor, as people do it; with axe on each page."""

from base64 import b32decode
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Watched, make_author, sign_in, watch
from tests.helpers.users import code_of

pytestmark = pytest.mark.browser

NAME = "grace"


@pytest.fixture
def grace(chromium: Browser, desk: Watched, site: Site) -> Iterator[Page]:
    """An author, who has just signed in for the first time."""
    make_author(desk.page, site, NAME)
    context = chromium.new_context(reduced_motion="reduce")
    watched = watch(context.new_page())
    watched.page.goto(f"{site.address}/admin/")
    sign_in(watched.page, site, NAME)
    yield watched.page
    assert [told for told in watched.complaints if "status of 4" not in told] == []
    context.close()


def looked_over(page: Page) -> None:
    """Nothing that axe finds, in the light and in the dark."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.wait_for_timeout(400)  # colors of links fade in the admin
        found = Axe().run(page).response["violations"]
        assert [(each["id"], [node["target"] for node in each["nodes"]]) for each in found] == []


def set_up(page: Page, site: Site) -> tuple[str, list[str]]:
    """Set up a second factor. Its key, and the recovery codes."""
    page.get_by_role("link", name="Second factor").click()
    looked_over(page)
    key = b32decode(page.locator(".key").inner_text().replace(" ", "")).hex()
    page.get_by_label("The code that the app shows").fill("000000")
    page.get_by_label("Your password").fill(site.password)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_text("This code is wrong.")).to_be_visible()
    page.get_by_label("The code that the app shows").fill(code_of(key))
    page.get_by_label("Your password").fill(site.password)
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    looked_over(page)
    return key, page.locator(".recovery-codes code").all_inner_texts()


def again(page: Page, site: Site) -> None:
    """Sign out, and in as far as the password goes."""
    page.get_by_role("button", name="Log out").click()
    page.goto(f"{site.address}/admin/guides/role/")
    sign_in(page, site, NAME)
    expect(page.get_by_role("heading", name="Enter a code")).to_be_visible()


def give(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Continue", exact=True).click()


def test_a_second_factor_is_set_up_asked_for_and_removed(grace: Page, site: Site) -> None:
    page = grace
    key, codes = set_up(page, site)
    page.get_by_role("link", name="I have saved them").click()
    expect(page).to_have_url(f"{site.address}/admin/")

    again(page, site)
    looked_over(page)
    page.goto(f"{site.address}/admin/guides/role/")
    expect(page.get_by_role("heading", name="Enter a code")).to_be_visible()
    give(page, "000000")
    expect(page.get_by_text("This code is wrong.")).to_be_visible()
    page.wait_for_timeout(1100)  # one mistake, one second
    give(page, code_of(key, steps_ahead=1))
    expect(page).to_have_url(f"{site.address}/admin/guides/role/")

    again(page, site)
    give(page, codes[3])
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()
    again(page, site)
    give(page, codes[3])
    expect(page.get_by_text("This recovery code is wrong or was already used.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()

    page.goto(f"{site.address}/admin/second-factor/")
    sign_in(page, site, NAME)
    page.wait_for_timeout(1100)
    give(page, codes[4])
    looked_over(page)
    page.get_by_label("Your password").fill(site.password)
    page.get_by_role("button", name="Remove the second factor").click()
    expect(page.get_by_text("The second factor is removed")).to_be_visible()


def test_too_many_mistakes_are_told_with_what_to_do(watched: Watched, site: Site) -> None:
    page = watched.page
    for _attempt in range(5):
        page.goto(f"{site.address}/admin/login/")
        sign_in(page, site, "nobody")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    looked_over(page)
    page.goto(f"{site.address}/admin/login/")
    sign_in(page, site)
    expect(page.get_by_role("link", name="Second factor")).to_be_visible()  # another name is not locked
