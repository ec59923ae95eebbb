"""Signing in with a second factor, as people do it; with axe on each page."""

from base64 import b32decode
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site, Watched, axe_violations, make_author, press, sign_in, watched_page
from tests.helpers.users import PASSWORD, code_of

pytestmark = pytest.mark.browser

NAME = "grace"


@pytest.fixture
def grace(chromium: Browser, desk: Watched, site: Site) -> Iterator[Page]:
    """An author, who has just signed in for the first time."""
    make_author(desk.page, site, NAME)
    with watched_page(chromium) as (page, complaints):
        page.goto(f"{site.address}/admin/")
        sign_in(page, NAME)
        yield page
        assert [complaint for complaint in complaints if "status of 4" not in complaint] == []


def set_up(page: Page, site: Site) -> tuple[str, list[str]]:
    """Set up a second factor. Its key, and the recovery codes."""
    with page.expect_navigation():
        page.get_by_role("link", name="Second factor").click()
    assert axe_violations(page) == []
    key = b32decode(page.locator(".key").inner_text().replace(" ", "")).hex()
    page.get_by_label("The code that the app shows").fill("000000")
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Set up")
    expect(page.get_by_text("This code is wrong.")).to_be_visible()
    page.get_by_label("The code that the app shows").fill(code_of(key))
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Set up")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert axe_violations(page) == []
    return key, page.locator(".recovery-codes code").all_inner_texts()


def again(page: Page, site: Site) -> None:
    """Sign out, and in as far as the password goes."""
    press(page, "Log out")
    page.goto(f"{site.address}/admin/guides/role/")
    sign_in(page, NAME)
    expect(page.get_by_role("heading", name="Enter a code")).to_be_visible()


def give(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    press(page, "Continue")


def test_a_second_factor_is_set_up_asked_for_and_removed(grace: Page, site: Site) -> None:
    page = grace
    key, codes = set_up(page, site)
    page.get_by_role("link", name="I have saved them").click()
    expect(page).to_have_url(f"{site.address}/admin/")

    again(page, site)
    assert axe_violations(page) == []
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
    press(page, "Sign out")
    expect(page.get_by_role("heading", name="Logged out")).to_be_visible()

    page.goto(f"{site.address}/admin/second-factor/")
    sign_in(page, NAME)
    page.wait_for_timeout(1100)
    give(page, codes[4])
    assert axe_violations(page) == []
    page.get_by_label("Your password").fill(PASSWORD)
    press(page, "Remove the second factor")
    expect(page.get_by_text("The second factor is removed")).to_be_visible()


def test_too_many_mistakes_are_told_with_what_to_do(watched: Watched, site: Site) -> None:
    page = watched.page
    for _attempt in range(5):
        page.goto(f"{site.address}/admin/login/")
        sign_in(page, "nobody")
    expect(page.get_by_role("heading", name="Too many attempts")).to_be_visible()
    assert axe_violations(page) == []
    page.goto(f"{site.address}/admin/login/")
    sign_in(page)
    expect(page.get_by_role("link", name="Second factor")).to_be_visible()  # another name is not locked
