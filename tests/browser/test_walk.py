"""The whole way of a guide, as authors and editors go it, and once by keyboard alone."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.text import slugify
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Keyboard, Site, Visitor, Watched, make_author, press, sign_in, watched_page
from tests.browser.test_editing import open_questions, open_role, publish
from tests.helpers.servers import until

pytestmark = pytest.mark.browser


@pytest.fixture
def author(chromium: Browser, desk: Watched, site: Site) -> Iterator[Page]:
    """An author, whose account an administrator has just made."""
    make_author(desk.page, site, "author")
    with watched_page(chromium) as (page, _):
        page.goto(f"{site.address}/admin/")
        sign_in(page, "author")
        yield page


def test_the_whole_way_of_a_guide(desk: Watched, author: Page, visitor: Visitor, site: Site, title: str) -> None:
    old, new = f"/guides/{slugify(title)}/", "/guides/sailor/"
    before = visitor.read(old)

    # An author edits the live guide, previews it, shares it, and submits it. Visitors see none of that.
    open_role(author, site, title)
    open_questions(author)
    author.locator("#id_faqs-0-answer").fill("A team that stays, and days that end on time.")
    press(author, "Save and preview")
    expect(author.locator("ins", has_text="A team that stays")).to_be_visible()
    author.get_by_role("link", name="Share").click()
    author.get_by_label("For whom").fill("A manager who reads it over")
    press(author, "Create a link")
    link = author.get_by_label("Link for A manager").input_value()
    assert "A team that stays" in visitor.read(link)[1]
    author.get_by_role("link", name="Back to the draft").click()
    press(author, "Save and submit …")
    author.get_by_label("What should an editor know?").fill("Read over by a manager.")
    press(author, "Submit")
    expect(author.get_by_text("An editor publishes it")).to_be_visible()
    assert visitor.read(old) == before

    # An editor schedules it, and sees the site as it will be then. Visitors still see nothing.
    page = desk.page
    page.goto(f"{site.address}/admin/")
    page.get_by_role("link", name="1 Submitted for publication").click()
    page.locator("#result_list").get_by_role("link", name=title).click()
    press(page, "Save and publish …")
    expect(page.get_by_text("Read over by a manager.")).to_be_visible()
    expect(page.locator("ins", has_text="A team that stays")).to_be_visible()
    at = datetime.now(UTC) + timedelta(days=30)
    page.get_by_label("What changed, in a sentence for readers").fill("What makes a good day.")
    page.get_by_label("When").fill(f"{at:%Y-%m-%dT%H:%M:00}")
    press(page, "Publish")
    expect(page.get_by_text("Until then, nothing changes for visitors.")).to_be_visible()
    page.goto(f"{site.address}/admin/as-of/{at:%Y%m%d-%H%M}{old}")
    expect(page.get_by_role("main")).to_contain_text("A team that stays")
    assert visitor.read(old) == before

    # The editor does not want to wait, cancels it on the schedule, and publishes now.
    page.goto(f"{site.address}/admin/schedule/")
    change = page.locator("tr", has_text="What makes a good day.")
    with page.expect_navigation():
        change.get_by_role("button", name="Cancel").click()
    open_role(page, site, title)
    publish(page, "What makes a good day.")
    assert visitor.wait_for(old, "A team that stays")[0] == 200

    # The first edition is restored, and what it replaces is kept.
    open_role(page, site, title)
    page.locator(".object-tools").get_by_role("link", name="Editions").click()
    page.locator("tr", has_text="ended").get_by_role("link", name="Restore into the draft").click()
    expect(page.locator("del", has_text="A team that stays")).to_be_visible()
    press(page, "Restore into the draft")
    expect(page.get_by_text("Its previous content is saved")).to_be_visible()
    publish(page, "As it was.")
    assert "A team that stays" not in visitor.wait_for(old, "At times.")[1]

    # It is renamed: the old address redirects.
    open_role(page, site, title)
    page.get_by_label("Address:").first.fill("sailor")
    publish(page, "A shorter address.")
    until(lambda: visitor.read(old)[0] == 200 and visitor.page.url == f"{site.address}{new}")

    # It is withdrawn: both addresses say so.
    open_role(page, site, title)
    page.get_by_role("link", name="Withdraw", exact=True).click()
    page.get_by_label("Why, in a sentence for readers").fill("It is being rewritten.")
    press(page, "Withdraw")
    assert [visitor.wait_for(address, "It is being rewritten.")[0] for address in (old, new)] == [410, 410]
    assert desk.complaints == []


def test_an_editor_needs_no_mouse(desk: Watched, visitor: Visitor, site: Site, title: str) -> None:
    page, keyboard = desk.page, Keyboard(desk.page)
    page.goto(f"{site.address}/admin/guides/role/")
    keyboard.follow(title)
    keyboard.press("Questions")
    first = page.locator("#faqs-0 .inline_label").inner_text()
    keyboard.press(f"Move {first} down")
    keyboard.press(first)
    keyboard.type("Answer", "By keyboard alone.")
    keyboard.follow("Save and publish")
    keyboard.type("What changed", "Questions in another order.")
    keyboard.follow("Publish")
    expect(page.get_by_text("Visitors see it now.")).to_be_visible()
    assert visitor.wait_for(f"/guides/{slugify(title)}/", "By keyboard alone.")[0] == 200
