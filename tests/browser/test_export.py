"""An exported site, as a server of files sends it, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import (
    Keyboard,
    Watched,
    axe_violations,
    faults_of_fonts,
    faults_of_layout,
    open_page,
    watched_page,
)
from tests.helpers.servers import delivered_site, run
from tests.helpers.static_server import served

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/guides/", "/guides/patient-care-coordinator/", "/guides/patient-care-coordinator/toolkit/", "/search/",
    "/search/?q=patient", "/search/?q=zebra", "/skills/epic/", "/about/privacy/", "/about/sources/", "/404.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data, folder = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("export")
    delivered_site(data)
    run("export_site", folder, data)
    with served(folder) as at:
        yield at


def search(page: Page, query: str) -> None:
    if not page.get_by_role("searchbox").is_visible():  # on a phone, the search is a page
        page.get_by_role("link", name="Search", exact=True).click()
    page.get_by_role("searchbox").fill(query)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Medical Assistant", "Medical Assistant"),
        ("medical assistants", "Medical Assistant"),
        ("patient navigator", "Patient Care Coordinator"),  # another title of it
        ("patient ca", "Patient Care Coordinator"),
        ("the receptionist", "Medical Receptionist"),
        ("assistant medical", "Medical Assistant"),
        ("EPIC", "Epic"),
        ("èpic", "Epic"),
        ("epic systems", "Epic"),  # another name of it
        ("patient services", "Patient services"),  # a field of work
    ],
)
def test_names_are_found_where_no_server_searches(reader: Watched, address: str, query: str, first: str) -> None:
    page = open_page(reader, f"{address}/guides/")
    search(page, query)
    expect(page.locator(".results h2").first).to_have_text(first)
    expect(page.get_by_role("status")).to_contain_text(f"“{query}.”")
    expect(page.get_by_role("searchbox")).to_have_value(query)
    assert reader.complaints == []


def test_a_result_says_what_it_is_and_by_which_name_it_was_found(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/search/?q=navigator")
    result = page.locator(".results li").filter(has_text="Patient Care Coordinator")
    expect(result).to_contain_text("Patient services")
    expect(result).to_contain_text("Also called: Patient Navigator, Care Navigator")
    expect(page.get_by_role("status")).to_have_text("1 result for “navigator.”")
    result.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Patient Care Coordinator")


@pytest.mark.parametrize("query", ["zebra", "patient zebra", "<b>$&</b>", "%", "'", "a"])
def test_what_is_not_found_is_told_and_the_list_is_there(reader: Watched, address: str, query: str) -> None:
    page = open_page(reader, f"{address}/guides/")
    search(page, query)
    expect(page.get_by_role("status")).to_contain_text(f"No results for “{query}.”")
    expect(page.locator(".results")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("link", name="Medical Assistant")).to_be_visible()
    assert reader.complaints == []


def test_without_scripts_all_guides_are_listed_to_look_through(chromium: Browser, address: str) -> None:
    with watched_page(chromium, java_script_enabled=False) as (page, _):
        page.goto(f"{address}/guides/")
        search(page, "medical assistant")
        expect(page.get_by_text("needs JavaScript")).to_be_visible()
        main = page.get_by_role("main")
        assert main.locator("h3.letter").all_inner_texts() == ["C", "M", "P"]
        assert main.locator(".index a").all_inner_texts() == [
            "Clinical Coordinator", "Medical Assistant", "Medical Receptionist", "Patient Care Coordinator",
            "Patient Care Manager", "Patient Care Specialist", "Patient Coordinator", "Patient Services Coordinator",
        ]  # fmt: skip
        main.get_by_role("link", name="Medical Assistant").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Medical Assistant")


def test_the_search_needs_no_mouse(watched: Watched, address: str) -> None:
    page, keyboard = watched.page, Keyboard(watched.page)
    page.goto(address)
    keyboard.type("Search the guides", "medical")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keyboard.follow("Medical Receptionist")
    assert page.url == f"{address}/guides/medical-receptionist/"


@pytest.mark.parametrize("path", PAGES)
def test_an_exported_page_fits_and_axe_and_the_browser_report_nothing(reader: Watched, address: str, path: str) -> None:
    open_page(reader, f"{address}{path}")
    faults = [*faults_of_layout(reader.page), *faults_of_fonts(reader.page), *reader.complaints]
    assert faults + axe_violations(reader.page) == []
