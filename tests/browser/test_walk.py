"""The whole way of a guide, as authors and editors go it, and once by keyboard alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Keyboard, Site, Watched, make_author, sign_in
from tests.browser.test_editing import open_questions, open_role, publish

pytestmark = pytest.mark.browser

TITLE, OLD, NEW = "Patient Care Manager", "/guides/patient-care-manager/", "/guides/care-manager/"


class Visitor:
    """Somebody without an account, who knows addresses."""

    def __init__(self, browser: Browser, site: Site) -> None:
        self.page = browser.new_context().new_page()
        self.site = site

    def read(self, path: str) -> tuple[int, str]:
        """The status of an address, and what it says."""
        response = self.page.goto(path if path.startswith("http") else f"{self.site.address}{path}")
        assert response
        return response.status, self.page.locator("main").inner_text()


@pytest.fixture
def visitor(chromium: Browser, site: Site) -> Iterator[Visitor]:
    visitor = Visitor(chromium, site)
    yield visitor
    visitor.page.context.close()


@pytest.fixture
def author(chromium: Browser, desk: Watched, site: Site) -> Iterator[Page]:
    """An author, whose account an administrator has just made."""
    make_author(desk.page, site, "author")
    context = chromium.new_context()
    other = context.new_page()
    other.goto(f"{site.address}/admin/")
    sign_in(other, site, "author")
    yield other
    context.close()


def test_the_whole_way_of_a_guide(desk: Watched, author: Page, visitor: Visitor, site: Site) -> None:
    before = visitor.read(OLD)

    # An author edits the live guide, looks at it, shares it, and submits it; visitors see none of that.
    open_role(author, site, TITLE)
    open_questions(author)
    author.locator("#id_faqs-0-answer").fill("A team that stays, and days that end on time.")
    author.get_by_role("button", name="Save and preview").click()
    expect(author.locator("ins", has_text="A team that stays")).to_be_visible()
    author.get_by_role("link", name="Share").click()
    author.get_by_label("For whom").fill("A manager who reads it over")
    author.get_by_role("button", name="Create a link").click()
    link = author.get_by_label("Link for A manager").input_value()
    assert "A team that stays" in visitor.read(link)[1]
    author.get_by_role("link", name="Back to the draft").click()
    author.get_by_role("button", name="Save and submit").click()
    author.get_by_label("What should an editor know?").fill("Read over by a manager.")
    author.get_by_role("button", name="Submit").click()
    expect(author.get_by_text("An editor publishes it")).to_be_visible()
    assert visitor.read(OLD) == before

    # An editor publishes it at a time; visitors see it when that has come.
    page = desk.page
    page.goto(f"{site.address}/admin/")
    page.get_by_role("link", name="1 Submitted for publication").click()
    page.locator("#result_list").get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Save and publish").click()
    expect(page.get_by_text("Read over by a manager.")).to_be_visible()
    expect(page.locator("ins", has_text="A team that stays")).to_be_visible()
    at = datetime.now(UTC) + timedelta(seconds=8)
    page.get_by_label("What changed, in a sentence for readers").fill("What makes a good day.")
    page.get_by_label("When").fill(f"{at:%Y-%m-%dT%H:%M:%S}")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Until then, nothing changes for visitors.")).to_be_visible()
    assert visitor.read(OLD) == before
    page.goto(f"{site.address}/admin/schedule/")
    expect(page.get_by_text("What makes a good day.")).to_be_visible()
    visitor.page.wait_for_timeout(max(0.0, (at - datetime.now(UTC)).total_seconds() * 1_000 + 500))
    status, text = visitor.read(OLD)
    assert (status, "A team that stays" in text, "Edition 2" in text) == (200, True, True)

    # The first edition is restored, and what it replaces is kept.
    open_role(page, site, TITLE)
    page.locator(".object-tools").get_by_role("link", name="Editions").click()
    page.locator("tr", has_text="ended").get_by_role("link", name="Restore into the draft").click()
    expect(page.locator("del", has_text="A team that stays")).to_be_visible()
    page.get_by_role("button", name="Restore into the draft").click()
    expect(page.get_by_text("Its previous content is saved")).to_be_visible()
    publish(page, "As it was.")
    assert "A team that stays" not in visitor.read(OLD)[1]

    # It is renamed: the old address leads on.
    open_role(page, site, TITLE)
    page.get_by_label("Address:").first.fill("care-manager")
    publish(page, "A shorter address.")
    assert visitor.read(OLD)[0] == 200
    assert visitor.page.url == f"{site.address}{NEW}"

    # It is withdrawn: both addresses say so.
    open_role(page, site, TITLE)
    page.get_by_role("link", name="Withdraw", exact=True).click()
    page.get_by_label("Why, in a sentence for readers").fill("It is being written anew.")
    page.get_by_role("button", name="Withdraw").click()
    for address in (OLD, NEW):
        status, text = visitor.read(address)
        assert (status, "It is being written anew." in text) == (410, True)
    assert desk.complaints == []


def test_an_editor_needs_no_mouse(desk: Watched, site: Site) -> None:
    page, keyboard = desk.page, Keyboard(desk.page)
    page.goto(f"{site.address}/admin/guides/role/")
    keyboard.follow("Medical Receptionist")
    keyboard.press("Questions")
    first = page.locator("#faqs-0 .inline_label").inner_text()
    keyboard.press(f"Move {first} down")
    keyboard.press(first)
    keyboard.type("Answer", "By keyboard alone.")
    keyboard.follow("Save and publish")
    keyboard.type("What changed", "Questions in another order.")
    keyboard.follow("Publish")
    expect(page.get_by_text("Visitors see it now.")).to_be_visible()
    response = page.request.get(f"{site.address}/guides/medical-receptionist/")
    assert "By keyboard alone." in response.text()
