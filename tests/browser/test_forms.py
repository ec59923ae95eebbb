"""What browsers tell assistive technology of the fields of a form."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watched
from tests.browser.test_reading import PAGES

pytestmark = pytest.mark.browser


SENT = ("?offer=abc&per=hour", "?place=portland")
"""Queries of forms that were sent with something invalid or ambiguous."""


def properties(page: Page, role: str) -> dict[str, dict[str, Any]]:
    """What the accessibility tree says of the nodes with a role, by their names."""
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return {
        node["name"]["value"]: {each["name"]: each["value"].get("value") for each in node["properties"]}
        for node in nodes
        if node["role"]["value"] == role
    }


def test_no_field_is_invalid_before_its_form_is_sent(watched: Watched, site: Site) -> None:
    page = watched.page
    invalid = []
    for path in PAGES:
        if any(path.endswith(sent) for sent in SENT):
            continue
        page.goto(site.address + path)
        fields = page.locator("main, header").locator(":is(input, textarea, select):is(:invalid, [aria-invalid=true])")
        invalid += [(path, field.evaluate("field => field.name")) for field in fields.all()]
    assert invalid == []


def test_a_report_needs_an_answer_and_says_so_once_it_was_sent_without(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(f"{site.guide}report/?section=pay")

    def states() -> set[str]:
        return {radio["invalid"] for radio in properties(page, "radio").values()}

    assert properties(page, "radiogroup")["What’s your feedback?"]["required"] is True
    assert states() == {"false"}
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("alert")).to_have_text("There is a problem Choose one.")
    expect(page.get_by_role("alert")).to_be_focused()
    assert states() == {"true"}


def test_no_part_of_the_field_for_robots_shows_on_a_phone(watched: Watched, site: Site) -> None:
    page = watched.page
    page.set_viewport_size({"width": 360, "height": 640})
    page.goto(f"{site.guide}report/?section=pay")
    assert page.locator(".unseen").evaluate("field => field.getBoundingClientRect().right") <= 0
