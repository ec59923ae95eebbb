"""Publishing: what visitors see, and from when on."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from guides.models import Edition, Role
from guides.publishing import PublishingError
from guides.publishing.editions.publish import NothingNew, publish
from guides.publishing.editions.withdraw import withdraw
from guides.schema import InvalidGuide
from tests.helpers.factories import a_guide, a_role, an_edition, day

pytestmark = pytest.mark.django_db


def intervals() -> list[tuple[int, datetime, datetime | None]]:
    return [(e.number, e.live_from, e.live_until) for e in Edition.objects.order_by("number")]


def retitle(role: Role, title: str) -> Role:
    role.title = title
    role.save()
    return role


@pytest.mark.engine
def test_an_edition_holds_the_guide_and_its_prose_as_html() -> None:
    edition = publish(role=a_role(), by="Ada", note="First.", at=day(1))
    assert edition.guide == a_guide()
    assert (edition.number, edition.slug, edition.title, edition.summary, edition.published_by, edition.note) == (
        1, "lighthouse-keeper", "Lighthouse Keeper", "Keeps the light.", "Ada", "First."
    )  # fmt: skip
    assert edition.html["sections.0.body"] == "<p>You <strong>keep</strong> the light.</p>"
    assert edition.html["facts.0.text"] == "Slower than <em>most</em>"


def test_publishing_is_now_unless_told_otherwise() -> None:
    before = timezone.now()
    edition = an_edition()
    assert before <= edition.live_from == edition.published_at <= timezone.now()


@pytest.mark.engine
def test_the_next_edition_begins_where_the_last_one_ends() -> None:
    role = a_role()
    publish(role=role, by="Ada", at=day(1))
    publish(role=retitle(role, "Keeper"), by="Ada", at=day(2))
    assert intervals() == [(1, day(1), day(2)), (2, day(2), None)]


def test_what_is_stored_is_published_whatever_the_caller_holds() -> None:
    stale = a_role()
    Role.objects.update(title="Keeper")
    assert publish(role=stale, by="Ada").title == "Keeper"


def test_editing_a_draft_changes_no_edition() -> None:
    edition = an_edition()
    retitle(edition.role, "Other")
    edition.role.sections.all().delete()
    assert Edition.objects.get().guide == a_guide()


def test_a_draft_without_news_is_not_published_again() -> None:
    edition = an_edition(at=day(1))
    with pytest.raises(NothingNew, match=r"^Nothing has changed since Lighthouse Keeper, edition 1\.$"):
        publish(role=edition.role, by="Ada", at=day(2))
    assert intervals() == [(1, day(1), None)]


@pytest.mark.engine
def test_publishing_later_leaves_the_live_edition_until_then() -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    edition = an_edition(at=day(1))
    publish(role=retitle(edition.role, "Keeper"), by="Ada", at=tomorrow)
    assert intervals() == [(1, day(1), tomorrow), (2, tomorrow, None)]
    assert Edition.objects.live(at=timezone.now()).get().title == "Lighthouse Keeper"
    assert Edition.objects.live(at=tomorrow).get().title == "Keeper"


def test_publishing_now_keeps_what_is_set_for_later() -> None:
    now = timezone.now()
    tomorrow = now + timedelta(days=1)
    edition = an_edition(at=day(1))
    publish(role=retitle(edition.role, "Tomorrow's"), by="Ada", at=tomorrow)
    publish(role=retitle(edition.role, "Today's"), by="Ada", at=now)
    assert intervals() == [(1, day(1), now), (2, tomorrow, None), (3, now, tomorrow)]


@pytest.mark.engine
def test_an_address_that_another_live_guide_holds_is_refused() -> None:
    edition = an_edition(at=day(1))
    edition.role.slug = "old-keeper"
    edition.role.save()
    newcomer = a_role(title="Modern Lighthouse Keeper")
    with pytest.raises(
        PublishingError, match="The address 'lighthouse-keeper' belongs to Lighthouse Keeper, edition 1"
    ):
        publish(role=newcomer, by="Ada", at=day(2))
    withdraw(role=edition.role, by="Ada")
    assert publish(role=newcomer, by="Ada").slug == "lighthouse-keeper"


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("a\x0bb", "holds a character that cannot be shown (U+000B)."),
        ("x" * 1_001, "is longer than it may be."),
    ],
    ids=["unprintable", "long"],
)
@pytest.mark.engine
def test_a_note_that_cannot_be_stored_is_refused(note: str, told: str) -> None:
    with pytest.raises(PublishingError) as refused:
        publish(role=a_role(), by="Ada", note=note)
    assert str(refused.value) == f"The note on what changed is invalid: it {told}"
    assert not Edition.objects.exists()


def test_a_faulty_draft_is_refused_and_changes_nothing() -> None:
    edition = an_edition(at=day(1))
    retitle(edition.role, "")
    with pytest.raises(InvalidGuide, match=r"^title: must not be empty$"):
        publish(role=edition.role, by="Ada", at=day(2))
    assert intervals() == [(1, day(1), None)]


@pytest.mark.engine
def test_where_the_clock_was_put_back_the_last_publication_still_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    edition = an_edition()
    monkeypatch.setattr(timezone, "now", lambda: edition.live_from - timedelta(seconds=2))
    Role.objects.update(summary="Keeps the light, and the log.")
    second = publish(role=edition.role, by="Ada")
    assert second.live_from == edition.live_from + timedelta(microseconds=1)
    assert list(Edition.objects.live(at=edition.live_from + timedelta(days=1))) == [second]
