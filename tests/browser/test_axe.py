"""Axe on the pages of the desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import COLORS, Scheme, Site, sign_in, watch
from tests.browser.test_editing import open_role

pytestmark = pytest.mark.browser

DESK = (
    "/admin/",
    "/admin/schedule/",
    "/admin/as-of/",
    "/admin/guides/role/",
    "/admin/guides/role/add/#everything",
    "/admin/guides/role/1/change/#everything",
    "/admin/guides/role/1/preview/",
    "/admin/guides/role/1/responsive/",
    "/admin/guides/role/1/preflight/",
    "/admin/guides/role/1/publish/",
    "/admin/guides/role/1/share/",
    "/admin/guides/role/1/submit/",
    "/admin/guides/role/1/withdraw/",
    "/admin/guides/role/1/editions/",
    "/admin/guides/role/1/restore/?edition=1",
    "/admin/guides/skill/",
    "/admin/guides/image/add/",
    "/admin/guides/auditlogentry/",
)


def faults(page: Page, scheme: Scheme) -> list[str]:
    """What is wrong with a page; in the dark nothing but colors is another."""
    found = Axe().run(page, options=COLORS if scheme == "dark" else None).response["violations"]
    return [f"{page.url} {each['id']}: {node['html'][:150]}" for each in found for node in each["nodes"][:3]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_of_the_desk(chromium: Browser, site: Site, scheme: Scheme) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page, _ = watch(context.new_page())
    page.goto(f"{site.address}/admin/")
    found = faults(page, scheme)
    sign_in(page, site)
    for path in DESK:
        page.goto(site.address + path, wait_until="load")
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        found += faults(page, scheme)
    context.close()
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_where_a_list_or_a_clash_asks(chromium: Browser, site: Site, scheme: Scheme) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page, other = context.new_page(), context.new_page()
    page.goto(f"{site.address}/admin/")
    sign_in(page, site)

    for model, action in (("role", "bulk_edit"), ("skill", "merge")):
        page.goto(f"{site.address}/admin/guides/{model}/")
        for row in (0, 1):
            page.locator("input.action-select").nth(row).check()
        page.locator("select[name=action]").first.select_option(action)
        page.get_by_role("button", name="Run").first.click()
        page.wait_for_load_state()
        expect(page.locator(f"input[type=hidden][name={action}]")).to_be_attached()
        assert faults(page, scheme) == []
    for one in (page, other):
        open_role(one, site, "Patient Services Coordinator")
    for one in (other, page):
        one.get_by_label("Summary:").first.fill(f"Told by {'me' if one is page else 'somebody'} in {scheme}.")
        one.get_by_role("button", name="Save and continue editing").click()
        one.wait_for_load_state()
    expect(page.locator(".conflict")).to_be_visible()
    assert faults(page, scheme) == []
    context.close()
