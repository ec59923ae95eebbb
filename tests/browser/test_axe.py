"""Axe on the pages of the admin."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watched, axe_violations, press
from tests.browser.test_editing import open_role

pytestmark = pytest.mark.browser

PAGES = (
    "/admin/",
    "/admin/schedule/",
    "/admin/as-of/",
    "/admin/guides/role/",
    "/admin/guides/role/add/#everything",
    "/admin/guides/skill/",
    "/admin/guides/image/add/",
    "/admin/guides/auditlogentry/",
)
ROLE_PAGES = (
    "change/#everything",
    "preview/",
    "responsive/",
    "preflight/",
    "publish/",
    "share/",
    "submit/",
    "withdraw/",
    "editions/",
    "restore/?edition=1",
)


def open_details(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")


def test_axe_finds_nothing_where_editors_sign_in(watched: Watched, site: Site) -> None:
    watched.page.goto(f"{site.address}/admin/")
    assert axe_violations(watched.page) == []


def test_axe_finds_nothing_on_the_pages_of_the_admin(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    of_role = page.url.removesuffix("change/")
    violations = []
    for address in (*(f"{site.address}{path}" for path in PAGES), *(f"{of_role}{path}" for path in ROLE_PAGES)):
        page.goto(address)
        open_details(page)
        violations += axe_violations(page)
    assert violations == []


@pytest.mark.parametrize(("model", "action"), [("role", "bulk_edit"), ("role", "update_figures"), ("skill", "merge")])
def test_axe_finds_nothing_where_an_action_of_a_list_needs_input(
    desk: Watched, site: Site, model: str, action: str
) -> None:
    page = desk.page
    page.goto(f"{site.address}/admin/guides/{model}/")
    for row in (0, 1):
        page.locator("input.action-select").nth(row).check()
    page.locator("select[name=action]").first.select_option(action)
    with page.expect_navigation():
        page.get_by_role("button", name="Run").first.click()
    expect(page.locator(f"input[type=hidden][name={action}]")).to_be_attached()
    assert axe_violations(page) == []


def test_axe_finds_nothing_where_two_editors_changed_a_field(desk: Watched, site: Site, title: str) -> None:
    page, other = desk.page, desk.page.context.new_page()
    for each in (page, other):
        open_role(each, site, title)
    for each, text in ((other, "By somebody else."), (page, "By me.")):
        each.get_by_label("Summary:").first.fill(text)
        press(each, "Save and continue editing")
    expect(page.locator(".conflict")).to_be_visible()
    assert axe_violations(page) == []
