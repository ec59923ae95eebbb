"""The reader's pages in a real browser."""

from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.browser.conftest import (
    PHONE,
    Site,
    Watched,
    axe_violations,
    faults_of_fonts,
    faults_of_layout,
    open_page,
    watched_page,
)

pytestmark = pytest.mark.browser

PAGES = (
    "/",
    "/guides/",
    "/guides/?education=high-school&sort=pay",
    "/guides/patient-care-coordinator/",
    "/guides/clinical-coordinator/history/",
    "/guides/patient-care-coordinator/report/?section=pay",
    "/guides/medical-assistant/pay/",
    "/guides/patient-care-coordinator/pay/?occupation=29-2099&sort=jobs",
    "/guides/patient-care-coordinator/pay/texas/?offer=19.50&per=hour",
    "/guides/medical-assistant/pay/texas/?offer=abc&per=hour",
    "/search/?q=cordinator",
    "/search/?q=zebra",
    "/fields/patient-services/",
    "/skills/",
    "/skills/epic/",
    "/pay/",
    "/pay/?place=portland",
    "/pay/texas/",
    "/compare/",
    "/compare/?guide=medical-assistant&guide=patient-care-coordinator&guide=patient-care-manager",
    "/paths/",
    "/paths/medical-receptionist/patient-care-manager/",
    "/guides/patient-care-coordinator/skills-check/",
    "/guides/patient-care-coordinator/skills-check/?have=epic,organization&not-yet=hipaa-compliance&years=3",
    "/guides/patient-care-coordinator/toolkit/",
    "/guides/patient-care-coordinator/toolkit/resume/?have=epic,organization",
    "/guides/patient-care-coordinator/toolkit/resume-example/",
    "/guides/patient-care-coordinator/toolkit/interview/",
    "/match/",
    "/match/?have=epic,medical-terminology&role=medical-receptionist",
    "/match/?q=microsoft",
    "/match/resume/",
    "/about/",
    "/about/sources/",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_at_every_width_and_axe_and_the_browser_report_nothing(
    reader: Watched, site: Site, path: str
) -> None:
    open_page(reader, site.address + path)
    faults = [*faults_of_layout(reader.page), *faults_of_fonts(reader.page), *reader.complaints]
    assert faults + axe_violations(reader.page) == []


def test_the_guide_says_the_same_without_scripts(chromium: Browser, site: Site) -> None:
    def text(*, scripts: bool) -> str:
        with watched_page(chromium, java_script_enabled=scripts) as (page, _):
            page.goto(site.guide)
            return page.locator("main").inner_text()

    assert text(scripts=True) == text(scripts=False)


class Visit(NamedTuple):
    """What a browser exchanges with a site on its first visit to a guide."""

    responses: list[Response]
    bytes_of_guide: int
    bytes_in_all: float
    stored: list[Any]


@pytest.fixture(scope="module")
def visit(chromium: Browser, site: Site) -> Visit:
    with watched_page(chromium) as (page, _):
        responses, sizes = list[Response](), list[float]()
        page.on("response", lambda response: responses.append(response))
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        guide = page.goto(site.guide, wait_until="networkidle")
        assert guide is not None
        stored = [
            *page.context.cookies(),
            *page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"),
        ]
        return Visit(responses, int(guide.headers["content-length"]), sum(sizes), stored)


def test_nothing_comes_from_elsewhere_and_nothing_is_kept(visit: Visit, site: Site) -> None:
    assert [one.url for one in visit.responses if not one.url.startswith(f"{site.address}/")] == []
    assert visit.stored == []


def test_a_first_visit_is_light(visit: Visit) -> None:
    assert visit.bytes_of_guide < 22_000  # the server compresses it better, by a seventh, once it is popular
    assert visit.bytes_in_all < 100_000


def test_static_files_are_kept_for_ever_and_as_guarded_as_pages(visit: Visit) -> None:
    headers = [one.headers for one in visit.responses if "/static/" in one.url]
    assert len(headers) >= 4
    for header in headers:
        assert header["content-security-policy"].startswith("default-src 'self'; ")
        assert (header["x-content-type-options"], "immutable" in header["cache-control"]) == ("nosniff", True)


def test_the_keyboard_reaches_the_content_first(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


def test_contents_and_citations_lead_to_their_places(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    page.get_by_role("navigation", name="Contents").get_by_role("link", name="What it pays").click()
    expect(page.get_by_role("heading", name="What it pays")).to_be_in_viewport()
    page.get_by_role("link", name="Source 2").first.click()
    expect(page.locator("#source-2")).to_be_in_viewport()


def test_the_chart_of_levels_shows_every_level_within_its_frame(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    chart = page.locator("figure.chart[aria-labelledby=pay-levels-table]")
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


def test_contents_fold_on_a_phone_and_stand_open_on_a_desk(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.guide)
    contents = page.get_by_role("navigation", name="Contents")
    expect(contents.get_by_role("link", name="Outlook")).to_be_visible()
    page.set_viewport_size({"width": 390, "height": 800})
    expect(contents.get_by_role("link", name="Outlook")).to_be_hidden()
    contents.get_by_text("Contents").click()
    contents.get_by_role("link", name="Outlook").click()
    expect(page.get_by_role("heading", name="Outlook")).to_be_in_viewport()


def test_titles_are_offered_while_one_types(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(site.address)
    page.get_by_role("combobox").press_sequentially("navig")
    expect(page.locator("#suggested option")).to_have_count(2)
    expect(page.locator("#suggested option").first).to_have_attribute("value", "Care Navigator")
    page.get_by_role("combobox").fill("patient navigator")
    page.keyboard.press("Enter")
    expect(page.locator(".results li").first).to_contain_text("Patient Care Coordinator")
    expect(page.locator(".results li").first).to_contain_text("Also called: Patient Navigator")
    assert watched.complaints == []


def test_guides_are_filtered_by_keyboard_and_without_scripts(chromium: Browser, site: Site) -> None:
    with watched_page(chromium, java_script_enabled=False, viewport=PHONE) as (page, _):
        page.goto(f"{site.address}/guides/")
        page.locator("summary", has_text="Filter").press("Enter")
        page.get_by_label("Certificate or vocational training").press("Space")
        page.get_by_label("Minimum", exact=True).fill("$40,000")
        page.get_by_label("Minimum", exact=True).press("Enter")
        page.wait_for_url(f"{site.address}/guides/?education=postsecondary&pay_from=40000")
        expect(page.get_by_role("status")).to_have_text("1 guide matches.")
        page.get_by_role("link", name="Remove the filter Certificate or vocational training").press("Enter")
        page.wait_for_url(f"{site.address}/guides/?pay_from=40000")


def test_roles_are_compared_one_after_the_other(watched: Watched, site: Site) -> None:
    page = watched.page
    page.goto(f"{site.address}/compare/")
    for name in ("medical asistant", "receptionist"):
        page.get_by_role("main").get_by_role("combobox").fill(name)
        page.keyboard.press("Enter")
        page.wait_for_url("**guide=**" if name.startswith("medical") else "**guide=**guide=**")
    page.wait_for_url("**/compare/?guide=medical-assistant&guide=medical-receptionist")
    expect(page.get_by_role("columnheader", name="Medical Receptionist").first).to_be_visible()


def test_something_wrong_is_reported_without_scripts_and_reaches_the_desk(
    chromium: Browser, desk: Watched, site: Site
) -> None:
    with watched_page(chromium, java_script_enabled=False) as (page, _):
        page.goto(site.guide)
        pay = page.locator("section", has=page.get_by_role("heading", name="What it pays"))
        pay.get_by_role("link", name="Send feedback on “What it pays”").click()
        page.wait_for_url("**/report/**")
        page.get_by_role("radio", name="Something is wrong").check()
        page.wait_for_timeout(2_500)  # a form that is sent at once is taken for one of a robot
        page.get_by_role("textbox", name="Tell us what is wrong").fill("It pays more than that.")
        page.get_by_role("button", name="Send").click()
        expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
        assert page.context.cookies() == []
    desk.page.goto(f"{site.address}/admin/guides/report/")
    expect(desk.page.locator("#result_list")).to_contain_text("It pays more than that.")
    expect(desk.page.locator("#result_list")).to_contain_text("What it pays")
