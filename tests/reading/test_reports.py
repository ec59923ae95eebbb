"""What readers tell the editors: without cookies or scripts, kept from robots and floods."""

import re
import time
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.contrib.auth.models import Permission, User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from guides.choices import Chapter, Verdict
from guides.models import Edition, Report
from guides.reading.pages import reports
from tests.helpers.factories import an_edition
from tests.reading.test_pages import words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

ADDRESS = "/guides/lighthouse-keeper/report/?section=pay"


@pytest.fixture
def edition() -> Edition:
    return an_edition()


def form(*, seconds_ago: float = 10) -> str:
    """The signed part of a form that was shown so long ago."""
    with mock.patch("time.time", return_value=time.time() - seconds_ago):
        page = Client().get(ADDRESS).content.decode()
    found = re.search('name="origin" value="([^"]+)"', page)
    assert found is not None
    return found[1]


def send(**given: Any) -> HttpResponse:
    sent = {"verdict": "wrong", "text": "It pays more.", "website": ""} | given
    response: Any = Client(enforce_csrf_checks=True).post(ADDRESS, sent | {"origin": sent.get("origin") or form()})
    assert not response.cookies
    return response  # type: ignore[no-any-return]


def kept() -> list[tuple[str, str, str, int]]:
    return [(report.section, report.verdict, report.text, report.edition_id) for report in Report.objects.all()]


def test_a_report_names_its_section_and_the_edition_that_was_read(edition: Edition) -> None:
    response = send()
    assert (response.status_code, response.headers["Location"]) == (302, "/guides/lighthouse-keeper/report/sent/")
    assert "An editor will read your message." in words(Client().get(response.headers["Location"]).content.decode())
    assert kept() == [("pay", "wrong", "It pays more.", edition.pk)]


def test_a_section_offers_to_be_reported(edition: Edition) -> None:
    page = Client().get("/guides/lighthouse-keeper/").content.decode()
    offered = re.findall(r'href="/guides/lighthouse-keeper/report/\?section=([a-z]+)"', page)
    assert offered == [chapter for chapter in Chapter if f'<h2 id="{chapter}">' in page]
    chosen = Client().get(f"{ADDRESS}&verdict=wrong").content.decode()
    assert re.search('value="wrong"[^>]* checked', chosen)


def test_a_reader_need_say_nothing_more_than_useful(edition: Edition) -> None:
    assert send(verdict="useful", text="").status_code == 302
    assert kept() == [("pay", "useful", "", edition.pk)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"text": ""}, "Say in a sentence what is wrong, so an editor can find it."),
        ({"verdict": "bad"}, "Choose one."),
        ({"text": "a" * 1_001}, "at most 1000 characters"),
        ({"text": "a\0b"}, "Null characters are not allowed."),
        ({"origin": "forged"}, "This form has expired. Please send it again."),
    ],
)
@pytest.mark.usefixtures("edition")
def test_what_cannot_be_taken_is_told_and_nothing_typed_is_lost(given: dict[str, str], told: str) -> None:
    response = send(**{"text": "Typed words"} | given)
    assert 400 <= response.status_code < 500
    shown = words(response.content.decode())
    assert told in shown
    assert given.get("text", "Typed words").replace("\0", "") in shown.replace("\0", "")
    assert kept() == []


@pytest.mark.usefixtures("edition")
def test_forms_that_are_filled_in_at_once_or_days_later_are_sent_once_more() -> None:
    for seconds, told in ((0, "That was fast."), (25 * 60 * 60, "This form has expired.")):
        response = send(origin=form(seconds_ago=seconds))
        assert (response.status_code, told in words(response.content.decode())) == (400, True)
    assert kept() == []


@pytest.mark.usefixtures("edition")
def test_a_robot_that_fills_in_the_hidden_field_learns_nothing() -> None:
    assert send(website="https://spam.example").status_code == 302
    assert kept() == []


def test_a_form_is_for_its_own_guide_and_lines_end_as_they_are_counted(edition: Edition) -> None:
    an_edition(slug="tender", title="Tender")
    sent = {"verdict": "wrong", "text": "It pays more.", "website": "", "origin": form()}
    assert Client().post("/guides/tender/report/?section=pay", sent).status_code == 400
    assert send(text=("x" * 99 + "\r\n") * 9 + "x" * 99).status_code == 302
    assert [len(text) for _section, _verdict, text, _pk in kept()] == [999]


@pytest.mark.usefixtures("edition")
def test_a_form_is_taken_once() -> None:
    origin = form()
    assert [send(origin=origin).status_code for _ in range(3)] == [302, 302, 302]
    assert Report.objects.count() == 1


def test_a_flood_is_held_back_and_ends(edition: Edition) -> None:
    now = timezone.now()
    for number in range(reports.MAX_PER_GUIDE):
        reports.store(
            edition=edition, section=Chapter.PAY, verdict=Verdict.USEFUL, text="", form=str(number), at=now
        )  # fmt: skip
    refused = send()
    assert (refused.status_code, "Please try again in an hour." in words(refused.content.decode())) == (429, True)
    Report.objects.update(sent_at=now - timedelta(hours=2))
    assert send().status_code == 302


@pytest.mark.parametrize(
    "address",
    [
        "/guides/lighthouse-keeper/report/",
        f"{ADDRESS}x",
        "/guides/nobody/report/?section=pay",
        "/guides/nobody/report/sent/",
    ],
)
@pytest.mark.usefixtures("edition")
def test_there_is_no_form_for_what_is_not_there(address: str) -> None:
    assert [Client().get(address).status_code, Client().post(address).status_code] in ([404, 404], [404, 405])


def test_editors_deal_with_reports_and_change_none(edition: Edition) -> None:
    send()
    editor = User.objects.create_user("bob", password="x", is_staff=True)
    editor.user_permissions.set(Permission.objects.filter(codename__in=("view_report", "change_report")))
    desk = Client()
    desk.force_login(editor)
    shown = words(desk.get("/admin/guides/report/").content.decode())
    assert ["Something is wrong" in shown, "Lighthouse Keeper, edition 1" in shown, "What it pays" in shown] == [
        True
    ] * 3
    report = Report.objects.get()
    desk.post(f"/admin/guides/report/{report.pk}/change/", {"done": "on", "text": "Forged", "verdict": "useful"})
    report.refresh_from_db()
    assert (report.done, report.text, report.verdict) == (True, "It pays more.", "wrong")
    assert desk.get("/admin/guides/report/add/").status_code == 403
