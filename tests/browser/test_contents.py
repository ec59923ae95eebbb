"""The contents of a guide on a phone: a bar that stays in sight, and a list that covers nothing."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Site, Watched, watched_page
from tests.helpers.servers import until

pytestmark = pytest.mark.browser

SCREENS = ((360, 640), (320, 256))
"""A small phone, and a desktop of 1280 pixels at 400 % zoom."""

CLEAR = """heading => {
    const box = heading.getBoundingClientRect();
    const corners = [[box.left + 1, box.top + 1], [box.left + 1, box.bottom - 1]];
    return corners.every(([x, y]) => document.elementFromPoint(x, y) === heading);
}"""
"""Whether a heading is on the screen from its first line to its last, with nothing in front of it."""

COVERED = """() => {
    const [focused, bar] = [document.activeElement, document.querySelector(".contents")];
    const [box, cover] = [focused.getBoundingClientRect(), bar.getBoundingClientRect()];
    const isOnScreen = box.top >= 0 && box.bottom <= innerHeight + 1; // where a line ends between two pixels
    const isFree = bar.contains(focused) || box.top >= cover.bottom || box.bottom <= cover.top;
    const isLarge = box.height > innerHeight - cover.height && box.bottom > cover.bottom && box.top < innerHeight;
    return (isOnScreen && isFree) || isLarge ? "" : focused.outerHTML.slice(0, 120);
}"""
"""The focused element if a part of it is hidden for which there is room on the screen, else ''."""


@pytest.fixture(params=SCREENS, ids=lambda screen: "x".join(map(str, screen)))
def phone(request: pytest.FixtureRequest, chromium: Browser, site: Site) -> Iterator[Watched]:
    width, height = request.param
    with watched_page(chromium, viewport={"width": width, "height": height}) as watched:
        watched.page.goto(site.guide)
        yield watched


def bar(page: Page) -> Locator:
    return page.locator(".contents summary")


def entries(page: Page) -> Locator:
    return page.locator(".contents a")


def wait_until_clear(heading: Locator) -> None:
    until(lambda: heading.evaluate(CLEAR) is True)


def test_each_entry_closes_the_list_and_leads_to_a_heading_in_plain_sight(phone: Watched) -> None:
    page = phone.page
    for entry in entries(page).all():
        bar(page).click()
        entry.click()
        expect(bar(page).locator("..")).not_to_have_attribute("open", "")
        wait_until_clear(page.locator(entry.get_attribute("href") or ""))
    assert phone.complaints == []


def test_an_entry_chosen_by_keyboard_leads_the_keyboard_to_its_section(phone: Watched) -> None:
    page = phone.page
    bar(page).press("Enter")
    entries(page).filter(has_text="Outlook").press("Enter")
    page.keyboard.press("Tab")
    section = page.locator("section", has=page.get_by_role("heading", name="Outlook"))
    expect(section.locator(":focus")).to_be_in_viewport()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_the_bar_never_covers_what_the_keyboard_reaches(phone: Watched, key: str) -> None:
    page = phone.page
    stops = page.locator("a[href], input, button, summary, [tabindex='0']").count()
    page.locator(".wordmark" if key == "Tab" else ".site-foot a >> nth=-1").focus()
    covered = []
    for _ in range(stops):
        page.keyboard.press(key)
        covered.append(page.evaluate(COVERED))
    assert [each for each in covered if each] == []


def test_the_keyboard_brings_the_whole_bar_onto_the_screen(phone: Watched) -> None:
    page = phone.page
    page.get_by_role("link", name="What changed").focus()
    bar(page).evaluate("bar => scrollBy(0, bar.getBoundingClientRect().top - innerHeight + 10)")
    page.keyboard.press("Tab")
    expect(bar(page)).to_be_focused()
    expect(bar(page)).to_be_in_viewport(ratio=1)


def test_the_bar_stays_in_sight_shows_its_list_and_leads_back(phone: Watched) -> None:
    page = phone.page
    heading = page.get_by_role("heading", name="Outlook")
    heading.scroll_into_view_if_needed()
    expect(bar(page)).to_be_in_viewport(ratio=1)
    place = page.evaluate("scrollY")
    bar(page).click()
    expect(entries(page).first).to_be_in_viewport(ratio=1)
    bar(page).click()
    expect(entries(page).first).to_be_hidden()
    until(lambda: page.evaluate("scrollY") == place)


def test_an_open_list_covers_nothing(phone: Watched) -> None:
    page = phone.page
    bar(page).click()
    heading = page.get_by_role("heading", name="What it pays")
    heading.evaluate("heading => heading.scrollIntoView()")
    wait_until_clear(heading)


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_list_needs_no_scripts(chromium: Browser, site: Site, width: int, height: int) -> None:
    viewport = {"width": width, "height": height}
    with watched_page(chromium, viewport=viewport, java_script_enabled=False) as (page, _):
        page.goto(site.guide)
        bar(page).click()
        entries(page).filter(has_text="What it pays").click()
        wait_until_clear(page.get_by_role("heading", name="What it pays"))
        expect(bar(page)).not_to_be_in_viewport()
