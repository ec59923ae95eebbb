"""An editor saves while the database is away: what was typed is not lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watched, add_small_roles, press, sign_in
from tests.browser.small_roles import TITLES
from tests.browser.test_editing import open_role
from tests.helpers.servers import ROOT, Database, collect_static, manage, own_postgresql, served

pytestmark = pytest.mark.browser


def test_what_was_typed_outlives_an_outage(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    with own_postgresql() as postgresql:
        variables = {"DATABASE_URL": postgresql.address}
        assert manage(ROOT, tmp_path, "prepare", **variables).returncode == 0
        add_small_roles(tmp_path, **variables)
        collect_static(tmp_path)
        with served(tmp_path, **variables) as server:
            save_during_an_outage(page, Site(server.address), postgresql)


def save_during_an_outage(page: Page, site: Site, postgresql: Database) -> None:
    page.goto(f"{site.address}/admin/")
    sign_in(page)
    open_role(page, site, TITLES[0])
    address = page.url
    page.get_by_label("Summary:").first.fill("Typed during an outage.")
    postgresql.stop()
    press(page, "Save and continue editing")
    expect(page.get_by_role("heading", name="The site is temporarily unavailable")).to_be_visible()
    expect(page.get_by_text("We may not have saved your data.")).to_be_visible()
    postgresql.start()

    page.goto(address)
    press(page, "Restore")
    expect(page.get_by_label("Summary:").first).to_have_value("Typed during an outage.")

    postgresql.stop()
    press(page, "Save and continue editing")
    expect(page.get_by_role("heading", name="The site is temporarily unavailable")).to_be_visible()
    postgresql.start()
    page.reload()  # which sends the form again, as the page says
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.get_by_label("Summary:").first).to_have_value("Typed during an outage.")
    expect(page.get_by_role("button", name="Restore")).to_have_count(0)
