"""An editor's way: edit, preview, publish, withdraw, in a real browser under the strict policy."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Site, Watched

pytestmark = pytest.mark.browser

ATTACK = "Yes. <img src=x onerror=\"document.title='hacked'\"> [x](javascript:document.title='hacked')"


def open_role(page: Page, site: Site, title: str = "Patient Care Coordinator") -> None:
    page.goto(f"{site.address}/admin/guides/role/")
    page.locator("#result_list").get_by_role("link", name=title).click()


def open_questions(page: Page) -> None:
    page.locator("#faq_parts-group summary").click()


def read(page: Page, site: Site) -> str:
    """What a visitor, who is not signed in, reads."""
    context = page.context.browser.new_context()  # type: ignore[union-attr]
    visitor = context.new_page()
    response = visitor.goto(site.guide)
    assert response is not None
    text = visitor.locator("main").inner_text() if response.ok else str(response.status)
    context.close()
    return text


def test_the_editor_of_prose_previews_safely_and_lets_the_keyboard_go(desk: Watched, site: Site) -> None:
    page = desk.page
    open_role(page, site)
    open_questions(page)
    answer, preview = page.locator("#id_faq_parts-0-answer"), page.locator("#faq_parts-0 .markdownx-preview")
    answer.focus()
    expect(preview).not_to_be_empty()
    answer.fill(f"**Bold.** {ATTACK}")
    expect(preview.locator("strong")).to_have_text("Bold.")
    expect(preview.locator("img, a")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(answer).not_to_be_focused()
    assert answer.input_value() == f"**Bold.** {ATTACK}"
    assert "hacked" not in page.title()
    assert desk.complaints == []


def test_an_added_row_has_a_preview_and_a_lost_session_says_so(desk: Watched, site: Site) -> None:
    page = desk.page
    open_role(page, site)
    open_questions(page)
    before = page.locator("#faq_parts-group .dynamic-faq_parts").count()
    page.locator("#faq_parts-group .add-row a").click()
    answer, preview = (
        page.locator(f"#id_faq_parts-{before}-answer"),
        page.locator(f"#faq_parts-{before} .markdownx-preview"),
    )
    answer.focus()
    answer.press_sequentially("*New*")
    expect(preview.locator("em")).to_have_text("New")
    assert desk.complaints == []
    page.context.clear_cookies(name="sessionid")
    answer.press_sequentially("er")
    expect(preview).to_contain_text("You are signed out, so there is no preview.")
    assert answer.input_value() == "*New*er"


def test_visitors_see_what_is_published_and_nothing_sooner(desk: Watched, site: Site) -> None:
    page = desk.page
    open_role(page, site)
    open_questions(page)
    page.locator("#id_faq_parts-0-answer").fill(f"A diploma *helps*. {ATTACK}")
    page.get_by_role("button", name="Save and preview").first.click()
    expect(page.get_by_text("Preview of the draft. Visitors do not see this.")).to_be_visible()
    expect(page.locator("em", has_text="helps")).to_be_visible()
    assert "A diploma helps." not in read(page, site)

    page.get_by_role("link", name="Back to the draft").click()
    page.get_by_role("button", name="Save and publish").first.click()
    page.get_by_label("What changed, in a sentence").fill("A shorter answer.")
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("Visitors see it now.")).to_be_visible()
    published = read(page, site)
    assert "A diploma helps." in published
    assert "Edition 2, published" in published
    assert "hacked" not in page.title()

    page.get_by_role("link", name="Withdraw", exact=True).click()
    page.get_by_role("button", name="Withdraw now").click()
    assert read(page, site) == "410"

    page.get_by_role("button", name="Save and publish").first.click()
    page.get_by_role("button", name="Publish now").click()
    assert "Edition 3, published" in read(page, site)
    assert desk.complaints == []


def test_a_mistake_is_told_at_its_field(desk: Watched, site: Site) -> None:
    page = desk.page
    open_role(page, site)
    page.locator("#salaryband_parts-group summary").click()
    page.locator("#id_salaryband_parts-1-low").fill("90000")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Please correct the error")).to_be_visible()
    expect(page.locator("#salaryband_parts-1 .errorlist")).to_contain_text("low (90000) is above high (55000)")
