"""A picture's way: dropped into prose, described, published, seen; and what is no picture, refused."""

import base64

import pytest
from django.utils.text import slugify
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, Watched
from tests.browser.test_editing import open_questions, open_role, publish
from tests.helpers.images import a_drawing, as_file

pytestmark = pytest.mark.browser

ANSWER, ROW = "#id_faqs-0-answer", "#faqs-0"
DROP = """([field, files, kind]) => {
    const carried = new DataTransfer();
    for (const [name, content] of files) {
        const bytes = typeof content === "number" ? new Uint8Array(content)
            : Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
        carried.items.add(new File([bytes], name, {type: "image/png"}));
    }
    if (kind === "office") carried.setData("text/plain", "words");
    const options = {bubbles: true, cancelable: true};
    return document.querySelector(field).dispatchEvent(
        kind === "drop" ? new DragEvent("drop", {dataTransfer: carried, ...options})
        : new ClipboardEvent("paste", {clipboardData: carried, ...options})
    );
}"""


def drop(page: Page, *files: bytes | int, kind: str = "drop") -> bool:
    """Drop or paste files, or files of so many bytes, into the text. Return whether the browser inserts them itself."""
    named = [
        (f"{number}.png", base64.b64encode(file).decode() if isinstance(file, bytes) else file)
        for number, file in enumerate(files)
    ]
    return page.evaluate(DROP, [ANSWER, named, kind]) is True


def test_a_picture_is_dropped_into_prose_described_and_seen_by_visitors(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    open_questions(page)
    answer, note = page.locator(ANSWER), page.locator(f"{ROW} .prose-note")
    answer.fill("Look: ")
    drop(page, as_file(a_drawing()))
    expect(note).to_have_text(
        "The image is in the text. Describe it between the brackets for people who cannot see it."
    )
    assert note.get_attribute("role") == "status"
    expect(answer).to_be_focused()
    page.keyboard.type("Red and blue")
    text = answer.input_value()
    assert text.startswith("Look: \n\n![Red and blue](/images/")
    expect(page.locator(f"{ROW} .markdownx-preview img")).to_have_attribute("alt", "Red and blue")

    publish(page, "With a picture.")
    page.goto(f"{site.address}/guides/{slugify(title)}/")
    shown = page.get_by_role("img", name="Red and blue")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("image => [image.naturalWidth > 400, image.currentSrc]") == [
        True,
        f"{site.address}{text.partition('(')[2].removesuffix('.webp)')}-960w.webp",
    ]
    assert shown.evaluate("image => image.width <= image.closest('.prose').clientWidth")
    assert desk.complaints == []


def test_what_is_no_picture_is_refused_in_words_and_leaves_the_text(desk: Watched, site: Site, title: str) -> None:
    page = desk.page
    open_role(page, site, title)
    open_questions(page)
    answer, note = page.locator(ANSWER), page.locator(f"{ROW} .prose-note")
    answer.focus()
    before = answer.input_value()
    drop(page, b"<script>alert(1)</script>")
    expect(note).to_have_text("This file is not a PNG, JPEG, or WebP image, whatever its name is. "
                              "Save it in one of these formats.")  # fmt: skip
    assert note.get_attribute("role") == "alert"
    drop(page, 20_000_001)
    expect(note).to_have_text("An image may have at most 20 MB. Make it smaller and try again.")
    assert answer.input_value() == before
    desk.complaints.clear()  # the browser tells of every answer that is no success

    drop(page, as_file(a_drawing(40, 20)), b"x", as_file(a_drawing(20, 40)), kind="paste")
    expect(note).to_contain_text("This file is not a PNG, JPEG, or WebP image")
    assert answer.input_value().count("![](/images/") == 2
    inserted = answer.input_value()
    assert drop(page, as_file(a_drawing(50, 20)), kind="office")  # it inserts the words
    assert answer.input_value() == inserted

    page.context.clear_cookies()
    drop(page, as_file(a_drawing()))
    expect(note).to_contain_text("sign in again in another tab. Your text stays here.")
    assert answer.input_value() == inserted


def test_a_picture_of_60_mb_is_refused_at_the_form_in_words(desk: Watched, site: Site) -> None:
    page = desk.page
    page.goto(f"{site.address}/admin/guides/image/add/")
    page.get_by_label("Image:").evaluate(
        """field => {
            const files = new DataTransfer();
            files.items.add(new File([new Uint8Array(60_000_000)], "film.png", {type: "image/png"}));
            field.files = files.files;
        }"""
    )
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("The file has 60 MB, and the limit is 20 MB.")).to_be_visible()
    assert desk.complaints == []
