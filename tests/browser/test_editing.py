"""An editor's way: edit, preview, publish, withdraw, in a real browser under the strict policy."""

import pytest
from django.utils.text import slugify
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Site, Visitor, Watched, press, sign_in
from tests.helpers.servers import until

pytestmark = pytest.mark.browser

ATTACK = "Yes. <img src=x onerror=\"document.title='hacked'\">"
LINK = "[x](javascript:document.title='hacked')"


def open_role(page: Page, site: Site, title: str) -> None:
    page.goto(f"{site.address}/admin/guides/role/")
    page.locator("#result_list").get_by_role("link", name=title).click()
    page.wait_for_url("**/change/")  # and until its scripts have run


def open_questions(page: Page) -> None:
    show(page, "Questions", "faqs-0")


def show(page: Page, group: str, part: str) -> None:
    page.get_by_role("navigation", name="Groups of parts").get_by_role("link", name=group, exact=True).click()
    page.locator(f"#{part} summary").click()


def publish(page: Page, note: str) -> None:
    press(page, "Save and publish …")
    page.get_by_label("What changed, in a sentence for readers").fill(note)
    press(page, "Publish")
    expect(page.get_by_text("Visitors see it now.")).to_be_visible()


def test_the_editor_of_prose_previews_safely_and_lets_the_keyboard_go(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    open_questions(page)
    answer, preview = page.locator("#id_faqs-0-answer"), page.locator("#faqs-0 .markdownx-preview")
    answer.focus()
    expect(preview).not_to_be_empty()
    answer.fill(f"**Bold.** {ATTACK} {LINK}")
    expect(preview.locator("strong")).to_have_text("Bold.")
    expect(preview.locator("img, a")).to_have_count(0)
    page.keyboard.press("Tab")
    expect(answer).not_to_be_focused()
    assert answer.input_value() == f"**Bold.** {ATTACK} {LINK}"
    assert "hacked" not in page.title()
    assert desk.complaints == []


def test_an_added_row_has_a_preview_and_a_lost_session_says_so(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    open_questions(page)
    before = page.locator("#faqs-group .dynamic-faqs").count()
    page.locator("#faqs-group .add-row a").click()
    answer, preview = (
        page.locator(f"#id_faqs-{before}-answer"),
        page.locator(f"#faqs-{before} .markdownx-preview"),
    )
    answer.focus()
    answer.press_sequentially("*New*")
    expect(preview.locator("em")).to_have_text("New")
    assert desk.complaints == []
    page.context.clear_cookies(name="sessionid")
    answer.press_sequentially("er")
    expect(preview).to_contain_text("You are signed out, so there is no preview.")
    assert answer.input_value() == "*New*er"


def test_visitors_see_what_is_published_and_nothing_sooner(
    desk: Watched, visitor: Visitor, site: Site, title: str
) -> None:
    page, guide = desk.page, f"/guides/{slugify(title)}/"
    open_role(page, site, title)
    open_questions(page)
    page.locator("#id_faqs-0-answer").fill(f"A diploma *helps*. {ATTACK}")
    press(page, "Save and preview")
    expect(page.get_by_text("Preview of the draft. Visitors do not see this.")).to_be_visible()
    expect(page.locator("em", has_text="helps")).to_be_visible()
    assert "A diploma helps." not in visitor.read(guide)[1]
    page.get_by_role("link", name="Back to the draft").click()
    publish(page, "A shorter answer.")
    assert "(edition 2)" in visitor.wait_for(guide, "A diploma helps.")[1]
    assert ["hacked" in each.title() for each in (page, visitor.page)] == [False, False]
    assert desk.complaints == []


def test_a_mistake_is_told_at_its_field(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    show(page, "Pay and levels", "salary_bands-1")
    page.locator("#id_salary_bands-1-low").fill("90000")
    press(page, "Save")
    expect(page.get_by_text("Please correct the error")).to_be_visible()
    error = page.locator("#salary_bands-1 .errorlist")
    expect(error).to_contain_text("low (90000) is above high (55000)")
    expect(error).to_be_visible()


def test_typing_survives_a_closed_tab_and_a_lost_session(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    address = page.url
    open_questions(page)
    page.locator("#id_faqs-0-answer").fill("Typed, and not saved.")
    until(lambda: "Typed, and not saved." in page.evaluate("JSON.stringify(localStorage)"))
    page.close()

    again = desk.page.context.new_page()
    again.goto(address)
    press(again, "Restore")
    expect(again.get_by_text("Check them and save")).to_be_visible()
    expect(again.locator("#id_faqs-0-answer")).to_have_value("Typed, and not saved.")
    again.context.clear_cookies(name="sessionid")
    press(again, "Save")
    sign_in(again)
    again.goto(address)
    press(again, "Restore")
    press(again, "Save")
    expect(again.get_by_text("was changed successfully")).to_be_visible()
    again.goto(address)
    expect(again.locator("#id_faqs-0-answer")).to_have_value("Typed, and not saved.")
    expect(again.get_by_role("button", name="Restore")).to_have_count(0)


def test_two_editors_see_both_versions_and_choose(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    other = page.context.new_page()
    other.goto(page.url)
    show(other, "Questions", "faqs-1")
    other.locator("#id_faqs-1-answer").fill("As the other one has it.")
    press(other, "Save")
    show(page, "Questions", "faqs-1")
    page.locator("#id_faqs-1-answer").fill("As I have it.")
    press(page, "Save")
    expect(page.get_by_role("heading", name="saved this draft while you edited it")).to_be_visible()
    expect(page.locator(".conflict")).to_contain_text("As the other one has it.")
    page.get_by_label("Yours").check()
    press(page, "Save")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    open_role(page, site, title)
    expect(page.locator("#id_faqs-1-answer")).to_have_value("As I have it.")


def test_parts_are_put_in_order_by_drag_and_by_buttons(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    page.get_by_role("link", name="Questions", exact=True).click()
    names = page.locator("#faqs-group .part:not(.empty-form) .inline_label")
    first, second, third, *rest = names.all_inner_texts()
    page.get_by_role("button", name=f"Move {first} down").click()
    expect(page.get_by_text(f"{first} is now 2 of {len(rest) + 3}.")).to_be_attached()
    page.locator("#faqs-2 .part-handle").hover()
    page.mouse.down()
    page.mouse.move(*top_of(page, "#faqs-1"), steps=8)
    page.mouse.up()
    expect(names).to_have_text([third, second, first, *rest])
    press(page, "Save and continue editing")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(names).to_have_text([third, second, first, *rest])


def top_of(page: Page, part: str) -> tuple[float, float]:
    box = page.locator(part).bounding_box()
    assert box
    return box["x"] + box["width"] - 80, box["y"] + 2


def test_new_typing_leaves_what_is_still_offered(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    address = page.url
    for field, text in (("Title:", "First"), ("Summary:", "Second")):
        page.goto(address)
        page.get_by_label(field).first.fill(text)
        page.goto(f"{site.address}/admin/")
    page.goto(address)
    offers = page.get_by_role("button", name="Restore")
    expect(offers).to_have_count(2)
    for _ in range(2):
        page.get_by_role("button", name="Discard").first.click()
    page.goto(address)
    expect(offers).to_have_count(0)


def test_what_the_desk_has_to_say_is_in_sight_after_saving(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    show(page, "Pay and levels", "salary_bands-0")
    press(page, "Save and continue editing")
    expect(page.get_by_text("was changed successfully")).to_be_in_viewport()
    page.locator("#salary_bands-0 summary").click()
    page.locator("#id_salary_bands-0-median").fill("many")
    press(page, "Save and continue editing")
    expect(page.get_by_text("Please correct the error")).to_be_in_viewport()
    expect(page.locator("#salary_bands-0 .errorlist").first).to_be_visible()


def test_the_fields_of_a_part_fit_on_a_phone(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    page.set_viewport_size(PHONE)
    show(page, "Pay and levels", "salary_bands-0")
    right_ends = page.evaluate(
        "[...document.querySelectorAll('#salary_bands-0 :is(input, select, textarea):not([type=hidden])')]"
        ".map((each) => each.getBoundingClientRect().right)"
    )
    part = page.locator("#salary_bands-0").bounding_box()
    assert part is not None
    assert max(right_ends) <= part["x"] + part["width"]
