"""Every public form that is refused says so in the title, in a summary with links, and at the field."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.reading.test_pages import assert_well_made, words

pytestmark = pytest.mark.usefixtures("_delivered")

GUIDE = "/guides/patient-care-coordinator/"
REPORT = f"{GUIDE}report/?section=pay"
NOT_YEARS = "“many” isn’t a number of years. Enter one from 0 to 80, or leave it empty."


class Fields(HTMLParser):
    """The attributes of all elements with an ID, the text of each, and the elements that have the focus at first."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.attributes: dict[str, dict[str, str | None]] = {}
        self.texts: dict[str, str] = {}
        self.focused: list[dict[str, str | None]] = []
        self.links: list[str] = []
        self.title = ""
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if own := found.get("id"):
            self.attributes[own] = found
        if "autofocus" in found:
            self.focused.append(found)
        if tag == "a" and any(own == "form-errors" for _tag, own in self._open):
            self.links.append(str(found["href"]).removeprefix("#"))
        if tag not in {"input", "link", "meta", "br", "hr", "img", "rect"}:
            self._open.append((tag, found.get("id") or ""))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag, own in self._open:
            if own:
                self.texts[own] = " ".join(f"{self.texts.get(own, '')} {data}".split())
            if tag == "title":
                self.title += data


REFUSED = [
    ("/search/?q=", "q", "Enter a job, a skill, or a place."),
    ("/guides/?pay_from=a+lot", "pay_from", "“a lot” isn’t a dollar amount. Enter one, such as 40000."),
    (
        "/pay/?place=Texsa",
        "place",
        "We don’t know a place called “Texsa.” Did you mean one of these?",
    ),
    (f"{GUIDE}?place=10001", "place", "We can’t search by ZIP code. Enter a state or city."),
    (f"{GUIDE}pay/?place=", "place", "Enter a state or city."),
    (
        f"{GUIDE}pay/texas/?offer=&per=hour",
        "offer-amount",
        "Enter an amount, such as 19.50 an hour or 40,000 a year.",
    ),
    (f"{GUIDE}pay/texas/?offer=20&per=day", "offer-per", "Choose whether the offer is for an hour or a year."),
    ("/compare/?add=", "add", "Enter a job first."),
    ("/compare/?add=xyzzy", "add", "We don’t have a guide called “xyzzy.” Try another name for the job."),
    ("/match/?q=xyzzy", "skill", "No guide lists a skill called “xyzzy.” Try another name, or choose from the list."),
    (
        "/match/?add=xyzzy",
        "add",
        "We don’t know a job called “xyzzy.” Try another name, or pick the skills you used in that job.",
    ),
    ("/match/?education=wizard", "education", "Choose your education from the list."),
    (f"{GUIDE}skills-check/?years=many", "years", NOT_YEARS),
    ("/paths/?from=&to=Medical+Assistant", "from", "Enter the job you have now or had before."),
    ("/paths/?from=Cashier&to=", "to", "Enter the job you want."),
]  # fmt: skip
"""Addresses of forms that were sent with one wrong field, its ID, and the message."""

SENT: list[tuple[str, dict[str, Any], str, str]] = [
    ("/match/resume/", {}, "id_text", "Paste your résumé, or upload a file."),
    (
        "/match/resume/",
        {"file": SimpleUploadedFile("cv.txt", b"")},
        "id_file",
        "The file is empty. Choose another one, or paste the text.",
    ),
    (REPORT, {"origin": "x"}, "id_verdict_0", "Choose one."),
    (REPORT, {"verdict": "wrong"}, "id_text", "Say in a sentence what is wrong, so an editor can find it."),
]


def check(html: str, field: str, message: str) -> None:
    found = Fields(html)
    assert found.title.startswith("Error: ")
    assert [each["id"] for each in found.focused] == ["form-errors"]
    assert found.attributes["form-errors"]["tabindex"] == "-1"
    assert (found.texts["form-errors"], found.links) == (f"There is a problem {message}", [field])
    # A group of radio buttons is invalid as a whole.
    marked = found.attributes["verdict" if field == "id_verdict_0" else field]
    assert marked["aria-invalid"] == "true"
    assert message in [found.texts.get(each) for each in (marked["aria-describedby"] or "").split()]
    assert_well_made(html)


@pytest.mark.parametrize(("address", "field", "message"), REFUSED)
def test_a_refused_form_leads_to_its_field(address: str, field: str, message: str) -> None:
    check(Client().get(address).content.decode(), field, message)


@pytest.mark.parametrize(("address", "data", "field", "message"), SENT)
def test_a_refused_form_that_was_posted_leads_to_its_field(
    address: str, data: dict[str, Any], field: str, message: str
) -> None:
    response = Client().post(address, data)
    assert response.status_code == 422
    check(response.content.decode(), field, message)


def test_each_problem_of_a_form_is_listed() -> None:
    html = Client().get("/paths/?from=&to=").content.decode()
    found = Fields(html)
    assert found.texts["form-errors"] == (
        "There are 2 problems Enter the job you have now or had before. Enter the job you want."
    )
    assert found.links == ["from", "to"]
    assert_well_made(html)


def test_years_of_a_step_on_a_path_are_checked() -> None:
    address = "/paths/medical-receptionist/patient-care-manager/"
    field = next(iter(name for name in Fields(page_of(address)).attributes if name.startswith("experience-")))
    check(page_of(f"{address}?{field}=many"), field, NOT_YEARS)


def page_of(address: str) -> str:
    return Client().get(address).content.decode()


def test_a_form_that_has_expired_says_so_without_a_field() -> None:
    html = Client().post(REPORT, {"verdict": "useful", "origin": "x"}).content.decode()
    found = Fields(html)
    assert found.texts["form-errors"] == "There is a problem This form has expired. Please send it again."
    assert (found.title.startswith("Error: "), found.links) == (True, [])


@pytest.mark.parametrize(
    "address", ["/search/", "/guides/", "/pay/", GUIDE, "/compare/", "/match/", "/paths/", "/match/resume/", REPORT]
)
def test_an_unsent_form_shows_no_error(address: str) -> None:
    html = page_of(address)
    assert "Error:" not in words(html)
    assert ("aria-invalid" in html, "form-errors" in html) == (False, False)
