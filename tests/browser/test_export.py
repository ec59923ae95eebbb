"""An exported site, as a server of files sends it, in a real browser."""

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Keyboard, Watched, axe_violations
from tests.helpers.servers import ROOT
from tests.helpers.static_server import served

pytestmark = pytest.mark.browser

PAGES = (
    "/", "/guides/", "/guides/patient-care-coordinator/", "/guides/patient-care-coordinator/toolkit/", "/search/",
    "/search/?q=patient", "/search/?q=zebra", "/skills/epic/", "/about/privacy/", "/about/sources/", "/404.html",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data, folder = tmp_path_factory.mktemp("data"), tmp_path_factory.mktemp("export")
    environment = os.environ | {"CAREERGUIDE_DATA": str(data)}
    environment.pop("DATABASE_URL", None)
    for arguments in (("prepare",), ("export_site", str(folder))):
        command = (sys.executable, "manage.py", *arguments)
        subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    with served(folder) as at:
        yield at


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
def test_names_are_found_where_no_server_searches(watched: Watched, address: str, query: str, first: str) -> None:
    page = watched.page
    page.goto(f"{address}/guides/")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    expect(page.locator(".results h2").first).to_have_text(first)
    expect(page.get_by_role("status")).to_contain_text(f"“{query}”")
    expect(page.get_by_role("searchbox")).to_have_value(query)
    assert watched.complaints == []


def test_a_result_says_what_it_is_and_by_which_name_it_was_found(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(f"{address}/search/?q=navigator")
    result = page.locator(".results li").filter(has_text="Patient Care Coordinator")
    expect(result).to_contain_text("Patient services")
    expect(result).to_contain_text("Also called: Patient Navigator, Care Navigator")
    expect(page.get_by_role("status")).to_have_text("One name fits “navigator”.")
    result.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Patient Care Coordinator")


@pytest.mark.parametrize("query", ["zebra", "patient zebra", "<b>$&</b>", "%", "'", "a"])
def test_what_is_not_found_is_told_and_the_list_is_there(watched: Watched, address: str, query: str) -> None:
    page = watched.page
    page.goto(f"{address}/guides/")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"No name has every word of “{query}”.")
    expect(page.locator(".results")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("link", name="Medical Assistant")).to_be_visible()
    assert watched.complaints == []


def test_without_scripts_all_guides_are_listed_to_look_through(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/guides/")
    page.get_by_role("searchbox").fill("medical assistant")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The search needs scripts.")).to_be_visible()
    main = page.get_by_role("main")
    assert main.locator("h3.letter").all_inner_texts() == ["C", "M", "P"]
    assert main.locator(".index a").all_inner_texts() == [
        "Clinical Coordinator", "Medical Assistant", "Medical Receptionist", "Patient Care Coordinator",
        "Patient Care Manager", "Patient Services Coordinator",
    ]  # fmt: skip
    main.get_by_role("link", name="Medical Assistant").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Medical Assistant")
    context.close()


def test_the_search_needs_no_mouse(watched: Watched, address: str) -> None:
    page, keyboard = watched.page, Keyboard(watched.page)
    page.goto(address)
    keyboard.type("Search the guides", "medical")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    keyboard.follow("Medical Receptionist")
    assert page.url == f"{address}/guides/medical-receptionist/"


@pytest.mark.parametrize("path", PAGES)
def test_exported_pages_fit_and_the_browser_reports_nothing(watched: Watched, address: str, path: str) -> None:
    page = watched.page
    page.goto(f"{address}{path}")
    page.evaluate("document.fonts.ready.then(() => true)")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.fonts.check('600 20px Newsreader')")
    assert watched.complaints == []


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_on_exported_pages(chromium: Browser, address: str, path: str) -> None:
    assert axe_violations(chromium, f"{address}{path}") == []
