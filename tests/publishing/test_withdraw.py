"""Withdrawing, now or later, calling off what is to come, and what visitors find instead."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from guides.models import Edition, Role, Withdrawal
from guides.publishing import PublishingError
from guides.publishing.editions.publish import publish
from guides.publishing.editions.schedule import NotScheduled, cancel, cancel_withdrawal, upcoming_changes
from guides.publishing.editions.validation import refuse_past
from guides.publishing.editions.withdraw import NotLive, withdraw
from guides.reading.redirects import MAX_REPLACEMENTS
from tests.helpers.factories import a_role, an_edition, day
from tests.publishing.test_publish import intervals, retitle
from tests.reading.test_addresses import answer, move
from tests.reading.test_pages import Outline, words

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TOMORROW, NEXT_WEEK, NEXT_MONTH = (NOW + timedelta(days=days) for days in (1, 7, 30))
ADDRESS = "/guides/lighthouse-keeper/"


def other(slug: str, **changes: Any) -> Edition:
    """A live guide to another role."""
    return an_edition(slug=slug, title=slug.title(), at=day(1), **changes)


# Withdrawing


def test_a_withdrawn_guide_is_live_no_more_and_can_come_back() -> None:
    edition = an_edition(at=day(1))
    withdrawal = withdraw(role=edition.role, by="Ada", note="We know too little of it.")
    assert (withdrawal.by, withdrawal.note, withdrawal.leads_to, withdrawal.at) == (
        "Ada", "We know too little of it.", None, withdrawal.made_at
    )  # fmt: skip
    assert answer(ADDRESS) == (410, "")
    again = publish(role=edition.role, by="Ada")
    assert answer(ADDRESS) == (200, "")
    assert intervals() == [(1, day(1), withdrawal.at), (2, again.live_from, None)]


def test_a_guide_can_be_withdrawn_later() -> None:
    edition = an_edition(at=day(1))
    withdraw(role=edition.role, by="Ada", at=TOMORROW)
    assert [answer(ADDRESS, at=at) for at in (NOW, TOMORROW)] == [(200, ""), (410, "")]
    assert intervals() == [(1, day(1), TOMORROW)]


def test_what_is_published_before_a_withdrawal_ends_with_it() -> None:
    edition = an_edition(at=day(1))
    withdraw(role=edition.role, by="Ada", at=NEXT_WEEK)
    publish(role=retitle(edition.role, "Keeper"), by="Ada", at=TOMORROW)
    assert intervals() == [(1, day(1), TOMORROW), (2, TOMORROW, NEXT_WEEK)]


def test_withdrawing_cancels_what_was_to_come() -> None:
    edition = an_edition(at=day(1))
    later = withdraw(role=edition.role, by="Ada", at=NEXT_WEEK)
    publish(role=edition.role, by="Ada", at=NEXT_MONTH)
    withdrawal = withdraw(role=edition.role, by="Ada", at=TOMORROW)
    assert intervals() == [(1, day(1), TOMORROW), (2, NEXT_MONTH, NEXT_MONTH)]
    assert Withdrawal.objects.filter(cancelled=True).get() == later
    assert [change.withdrawal for change in upcoming_changes(at=NOW)] == [withdrawal]


def test_what_is_not_live_cannot_be_withdrawn() -> None:
    edition = an_edition(at=TOMORROW)
    with pytest.raises(NotLive, match=r"^The guide 'Lighthouse Keeper' is not live, so it cannot be withdrawn\.$"):
        withdraw(role=edition.role, by="Ada")
    assert intervals() == [(1, TOMORROW, None)]
    withdraw(role=edition.role, by="Ada", at=NEXT_WEEK)
    assert intervals() == [(1, TOMORROW, NEXT_WEEK)]


def test_the_past_is_not_changed() -> None:
    edition = an_edition(at=day(1))
    past = timezone.now() - timedelta(seconds=1)
    for refused in (lambda: withdraw(role=edition.role, by="Ada", at=past), lambda: refuse_past(at=past)):
        with pytest.raises(PublishingError, match=r"^This time is in the past\. Enter a future time, or none for"):
            refused()
    assert intervals() == [(1, day(1), None)]


def test_only_another_guide_that_is_live_then_takes_the_place() -> None:
    role = an_edition(at=day(1)).role
    ending = other("ending").role
    withdraw(role=ending, by="Ada", at=TOMORROW)
    for leads_to, told in (
        (role, "A guide cannot redirect to itself. Choose another guide, or none."),
        (
            ending,
            "The guide 'Ending' is not live then, so visitors cannot be redirected to it. Choose another, or none.",
        ),
    ):
        with pytest.raises(PublishingError) as refused:
            withdraw(role=role, by="Ada", at=NEXT_WEEK, leads_to=leads_to)
        assert str(refused.value) == told
    assert withdraw(role=role, by="Ada", leads_to=ending).leads_to == ending


@pytest.mark.parametrize(
    ("note", "told"),
    [("a\x0bb", "holds a character that cannot be shown (U+000B)."), ("x" * 1_001, "is longer than it may be.")],
    ids=["unprintable", "long"],
)
def test_a_note_that_cannot_be_stored_is_refused(note: str, told: str) -> None:
    edition = an_edition(at=day(1))
    with pytest.raises(PublishingError) as refused:
        withdraw(role=edition.role, by="Ada", note=note)
    assert str(refused.value) == f"The note for visitors is invalid: it {told}"
    assert intervals() == [(1, day(1), None)]


@pytest.mark.engine
def test_no_writer_makes_a_guide_lead_to_itself_or_withdraws_it_twice() -> None:
    role = an_edition(at=day(1)).role
    kept = {"role": role, "at": TOMORROW, "by": "Ada", "made_at": NOW}
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(**kept, leads_to=role)
    Withdrawal.objects.create(**kept)
    with pytest.raises(IntegrityError), transaction.atomic():
        Withdrawal.objects.create(**kept)
    Withdrawal.objects.create(**kept, cancelled=True)


# What visitors find


def test_a_page_says_what_was_withdrawn_when_and_why() -> None:
    edition = an_edition(at=day(1))
    other("tender")
    withdrawal = withdraw(role=edition.role, by="Ada", at=TOMORROW, note="Lights turn <by> themselves.")
    Edition.objects.filter(pk=edition.pk).update(live_until=day(2))
    Withdrawal.objects.filter(pk=withdrawal.pk).update(at=day(2))
    response = Client().get(ADDRESS)
    html = response.content.decode()
    assert response.status_code == 410
    shown = words(html)
    assert "Lighthouse Keeper We withdrew this guide on February 1, 2026. Lights turn <by> themselves." in shown
    assert '<meta name="robots" content="noindex" />' in html
    assert [f'<a href="{path}">' in html for path in ("/guides/tender/", "/fields/coast/", "/guides/")] == [True] * 3
    outline = Outline(html)
    assert (outline.levels.count(1), outline.inline, set(outline.fragments) <= set(outline.ids)) == (1, [], True)


def test_a_field_without_live_guides_is_not_led_to() -> None:
    withdraw(role=an_edition(at=day(1)).role, by="Ada")
    assert "/fields/coast/" not in Client().get(ADDRESS).content.decode()


def test_an_address_from_before_a_move_tells_the_title_that_the_guide_had_last() -> None:
    edition = an_edition(at=day(1))
    retitle(edition.role, "Keeper")
    moved = move(edition, "keeper", at=day(2))
    withdraw(role=moved.role, by="Ada")
    assert "<h1>Keeper</h1>" in Client().get(ADDRESS).content.decode()


@pytest.mark.parametrize("end", ["/", ".json", ".md", "/card-1-v4.png", "/history/", "/feed/", "/report/?section=pay"])
def test_all_addresses_of_a_withdrawn_guide_answer_alike(end: str) -> None:
    role, successor = an_edition(at=day(1)).role, other("tender").role
    withdraw(role=role, by="Ada", at=TOMORROW)
    withdraw(role=successor, by="Ada", at=NEXT_WEEK)
    address = f"/guides/lighthouse-keeper{end}"
    assert answer(address, at=TOMORROW) == (410, "")
    withdraw(role=Role.objects.get(slug="lighthouse-keeper"), by="Ada", leads_to=successor)
    assert answer(address, at=TOMORROW) == (302, f"/guides/tender{end}")
    assert answer(address, at=NEXT_WEEK) == (410, "")


def test_the_picture_of_a_withdrawn_guide_leads_to_the_newest_of_the_other() -> None:
    edition, successor = an_edition(at=day(1)), other("tender")
    publish(role=retitle(successor.role, "Tender of Buoys"), by="Ada")
    withdraw(role=edition.role, by="Ada", leads_to=successor.role)
    assert answer("/guides/lighthouse-keeper/card-1-v4.png") == (302, "/guides/tender/card-2-v4.png")


def test_what_takes_the_place_is_followed_through_moves_and_further_withdrawals() -> None:
    first, second, third = an_edition(at=day(1)), other("second"), other("third")
    withdraw(role=first.role, by="Ada", leads_to=second.role)
    move(second, "moved")
    assert answer(ADDRESS) == (302, "/guides/moved/")
    withdraw(role=second.role, by="Ada", leads_to=third.role)
    assert [answer(address) for address in (ADDRESS, "/guides/second/", "/guides/moved/")] == [
        (302, "/guides/third/")
    ] * 3
    assert answer("/compare/?guide=lighthouse-keeper") == (302, "/compare/?guide=third")
    publish(role=first.role, by="Ada")
    assert answer(ADDRESS) == (200, "")


def test_guides_that_lead_to_each_other_end_at_a_page() -> None:
    first, second = an_edition(at=day(1)), other("second")
    withdraw(role=second.role, by="Ada", at=NEXT_WEEK, leads_to=first.role)
    withdraw(role=first.role, by="Ada", at=TOMORROW, leads_to=second.role)
    assert [answer(ADDRESS, at=at) for at in (NOW, TOMORROW, NEXT_WEEK)] == [
        (200, ""),
        (302, "/guides/second/"),
        (410, ""),
    ]


def test_so_many_guides_in_place_of_each_other_are_followed_and_no_more() -> None:
    roles = [other(f"role-{number:02}").role for number in range(MAX_REPLACEMENTS + 2)]
    for role, successor in pairwise(roles):
        withdraw(role=role, by="Ada", leads_to=successor)
    last = f"/guides/{roles[-1].slug}/"
    assert [answer(f"/guides/{role.slug}/") for role in roles] == [
        (410, ""), *[(302, last)] * MAX_REPLACEMENTS, (200, "")
    ]  # fmt: skip


def test_an_older_edition_that_ended_without_a_withdrawal_is_gone_too() -> None:
    edition = an_edition(at=day(1))
    Edition.objects.filter(pk=edition.pk).update(live_until=day(2))
    response = Client().get(ADDRESS)
    assert response.status_code == 410
    assert "We withdrew this guide on February 1, 2026. See all guides" in words(response.content.decode())


# What is to come


@pytest.mark.engine
def test_the_schedule_tells_all_that_will_change_in_order_of_time() -> None:
    first, second = an_edition(at=day(1)), other("second")
    leaving = withdraw(role=second.role, by="Ada", at=NEXT_WEEK, leads_to=first.role)
    last = publish(role=retitle(first.role, "Last"), by="Ada", at=NEXT_MONTH)
    next_one = publish(role=retitle(first.role, "Next"), by="Ada", at=TOMORROW)
    assert [tuple(change) for change in upcoming_changes(at=NOW)] == [
        (TOMORROW, first.role, next_one, None),
        (NEXT_WEEK, second.role, None, leaving),
        (NEXT_MONTH, first.role, last, None),
    ]
    assert [change.at for change in upcoming_changes(at=TOMORROW)] == [NEXT_WEEK, NEXT_MONTH]


@pytest.mark.engine
def test_an_edition_that_is_cancelled_leaves_its_time_to_the_one_before() -> None:
    edition = an_edition(at=day(1))
    second = publish(role=retitle(edition.role, "Second"), by="Ada", at=TOMORROW)
    publish(role=retitle(edition.role, "Third"), by="Ada", at=NEXT_WEEK)
    cancel(edition=second, by="Ada")
    assert intervals() == [(1, day(1), NEXT_WEEK), (2, TOMORROW, TOMORROW), (3, NEXT_WEEK, None)]


def test_the_first_edition_of_all_can_be_cancelled() -> None:
    cancel(edition=an_edition(at=TOMORROW), by="Ada")
    assert (intervals(), upcoming_changes(at=NOW)) == ([(1, TOMORROW, TOMORROW)], ())


def test_what_is_not_to_come_is_not_cancelled() -> None:
    edition = an_edition(at=day(1))
    second = publish(role=retitle(edition.role, "Second"), by="Ada", at=TOMORROW)
    cancel(edition=second, by="Ada")
    for each in (edition, second):
        with pytest.raises(NotScheduled, match=r"is not scheduled, so it cannot be canceled\.$"):
            cancel(edition=each, by="Ada")
    assert intervals() == [(1, day(1), None), (2, TOMORROW, TOMORROW)]


def test_an_edition_does_not_go_on_at_an_address_that_was_given_away() -> None:
    edition = an_edition(at=day(1))
    moving = move(edition, "keeper", at=TOMORROW)
    an_edition(at=NEXT_WEEK, title="Newcomer")
    with pytest.raises(PublishingError, match="The address 'lighthouse-keeper' belongs to Newcomer, edition 1"):
        cancel(edition=moving, by="Ada")
    assert [answer(f"/guides/{slug}/", at=TOMORROW)[0] for slug in ("lighthouse-keeper", "keeper")] == [301, 200]


def test_a_withdrawal_holds_again_where_the_publication_that_overtook_it_is_cancelled() -> None:
    edition = an_edition(at=day(1))
    withdrawal = withdraw(role=edition.role, by="Ada", at=TOMORROW)
    again = publish(role=edition.role, by="Ada", at=TOMORROW)
    assert [change.edition for change in upcoming_changes(at=NOW)] == [again]
    cancel(edition=again, by="Ada")
    assert [change.withdrawal for change in upcoming_changes(at=NOW)] == [withdrawal]
    assert intervals() == [(1, day(1), TOMORROW), (2, TOMORROW, TOMORROW)]


@pytest.mark.engine
def test_a_withdrawal_can_be_called_off_and_cancels_no_less_for_that() -> None:
    edition = an_edition(at=day(1))
    publish(role=retitle(edition.role, "Second"), by="Ada", at=NEXT_MONTH)
    withdrawal = withdraw(role=edition.role, by="Ada", at=TOMORROW)
    cancel_withdrawal(withdrawal=withdrawal, by="Ada")
    assert (intervals(), upcoming_changes(at=NOW)) == ([(1, day(1), None), (2, NEXT_MONTH, NEXT_MONTH)], ())
    with pytest.raises(NotScheduled, match=r"^This withdrawal is not scheduled, so it cannot be canceled\.$"):
        cancel_withdrawal(withdrawal=withdrawal, by="Ada")


def test_an_edition_that_goes_on_ends_where_the_next_one_begins() -> None:
    edition = an_edition(at=day(1))
    withdrawal = withdraw(role=edition.role, by="Ada", at=TOMORROW)
    publish(role=edition.role, by="Ada", at=NEXT_WEEK)
    cancel_withdrawal(withdrawal=withdrawal, by="Ada")
    assert intervals() == [(1, day(1), NEXT_WEEK), (2, NEXT_WEEK, None)]


def test_a_withdrawal_that_gave_an_address_away_is_not_called_off() -> None:
    edition = an_edition(at=day(1))
    withdrawal = withdraw(role=edition.role, by="Ada", at=TOMORROW)
    Role.objects.filter(pk=edition.role_id).update(slug="old")
    publish(role=a_role(title="Newcomer"), by="Ada", at=NEXT_WEEK)
    with pytest.raises(PublishingError, match="The address 'lighthouse-keeper' belongs to Newcomer, edition 1"):
        cancel_withdrawal(withdrawal=withdrawal, by="Ada")
    withdrawal.refresh_from_db()
    assert (withdrawal.cancelled, answer(ADDRESS, at=TOMORROW)) == (False, (410, ""))


def test_a_withdrawal_that_has_happened_is_not_called_off() -> None:
    edition = an_edition(at=day(1))
    with pytest.raises(NotScheduled):
        cancel_withdrawal(withdrawal=withdraw(role=edition.role, by="Ada"), by="Ada")
    assert answer(ADDRESS) == (410, "")
