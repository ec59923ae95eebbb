"""The reader's pages in a real browser."""

import pytest
from playwright.sync_api import Browser, expect

from .conftest import Site, Watched, watch

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize(
    "path", ["/", "/guides/patient-care-coordinator/", "/about/", "/guides/clinical-coordinator/history/"]
)
def test_pages_fit_and_the_browser_has_nothing_to_complain_of(
    chromium: Browser, site: Site, path: str, width: int, scheme: str
) -> None:
    context = chromium.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
    page, complaints = watch(context.new_page())
    page.goto(site.address + path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    lightness = float(paper.removeprefix("oklch(").split()[0])
    assert (lightness > 0.9) == (scheme == "light")
    assert page.evaluate("document.fonts.check('600 20px Newsreader')")
    assert complaints == []
    context.close()


def test_the_guide_says_the_same_without_scripts(chromium: Browser, site: Site) -> None:
    def text(*, scripts: bool) -> str:
        context = chromium.new_context(java_script_enabled=scripts)
        page = context.new_page()
        page.goto(site.guide)
        said = page.locator("main").inner_text()
        context.close()
        return said

    assert text(scripts=True) == text(scripts=False)


def test_nothing_comes_from_elsewhere_and_nothing_is_kept(watched: Watched, site: Site) -> None:
    page = watched.page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.guide, wait_until="networkidle")
    assert [url for url in asked if not url.startswith(f"{site.address}/")] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_the_keyboard_reaches_the_content_first(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_contents_and_citations_lead_to_their_places(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="What it pays").click()
    expect(page.get_by_role("heading", name="What it pays")).to_be_in_viewport()
    page.get_by_role("link", name="Source 1").first.click()
    expect(page.locator("#source-1")).to_be_in_viewport()


def test_the_chart_of_levels_shows_every_level_within_its_frame(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    chart = page.locator("figure.chart").first
    frame = chart.bounding_box()
    assert frame is not None
    middles = [
        mark["x"] + mark["width"] / 2
        for mark in (circle.bounding_box() for circle in chart.locator("circle.median").all())
        if mark
    ]
    assert len(middles) == 5
    assert middles == sorted(middles)
    assert all(frame["x"] < middle < frame["x"] + frame["width"] for middle in middles)


def test_print_leaves_out_what_is_of_no_use_on_paper(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Contents")).to_be_hidden()
    expect(page.get_by_role("heading", name="Patient Care Coordinator", level=1)).to_be_visible()


def test_static_files_are_kept_for_ever_and_as_guarded_as_pages(watched: Watched, site: Site) -> None:
    page = watched.page
    headers: list[dict[str, str]] = []
    page.on("response", lambda response: headers.append(response.headers) if "/static/" in response.url else None)
    page.goto(site.guide, wait_until="networkidle")
    assert len(headers) >= 4
    for header in headers:
        assert header["content-security-policy"].startswith("default-src 'self'; ")
        assert (header["x-content-type-options"], "immutable" in header["cache-control"]) == ("nosniff", True)
