"""An editor saves while the database is away: what was typed is not lost."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Watched, a_site, sign_in
from tests.helpers.servers import own_postgresql

pytestmark = pytest.mark.browser


def test_what_was_typed_outlives_an_outage(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    with own_postgresql() as postgresql, a_site(tmp_path, DATABASE_URL=postgresql.address) as site:
        page.goto(f"{site.address}/admin/guides/role/")
        sign_in(page, site)
        page.locator("#result_list").get_by_role("link", name="Clinical Coordinator").click()
        address = page.url
        page.get_by_label("Summary:").first.fill("Typed during an outage.")
        postgresql.stop()
        page.get_by_role("button", name="Save and continue editing").click()
        expect(page.get_by_role("heading", name="The service is temporarily unavailable")).to_be_visible()
        expect(page.get_by_text("was probably not saved")).to_be_visible()
        postgresql.start()

        page.goto(address)
        page.get_by_role("button", name="Restore").click()
        expect(page.get_by_label("Summary:").first).to_have_value("Typed during an outage.")

        postgresql.stop()
        page.get_by_role("button", name="Save and continue editing").click()
        expect(page.get_by_role("heading", name="The service is temporarily unavailable")).to_be_visible()
        postgresql.start()
        page.reload()  # which sends the form again, as the page says
        expect(page.get_by_text("was changed successfully")).to_be_visible()
        expect(page.get_by_label("Summary:").first).to_have_value("Typed during an outage.")
        expect(page.get_by_role("button", name="Restore")).to_have_count(0)
