"""Two at once, on PostgreSQL, where they really are at once; SQLite lets one writer in at a time."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides import schema
from guides.models import Edition, Role, Skill, Withdrawal
from guides.publishing import PublishingError
from guides.publishing.drafts import status
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.load import load_draft
from guides.publishing.editions.indexing import index
from guides.publishing.editions.publish import publish
from guides.publishing.editions.schedule import cancel, cancel_withdrawal, upcoming_changes
from guides.publishing.editions.withdraw import withdraw
from tests.helpers.admin import change, form_of
from tests.helpers.factories import a_guide, a_role, an_edition, day
from tests.helpers.servers import HANGS, until

pytestmark = [
    pytest.mark.engine,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each came to, or the error that it ended in."""
    results: list[object] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(index: int, act: Callable[[], object]) -> None:
        gate.wait()
        try:
            results[index] = act()
        except Exception as error:  # noqa: BLE001 -- the test looks at it
            results[index] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(index, act)) for index, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=HANGS)
    return results


def waiting() -> list[int]:
    """Return the processes of PostgreSQL that wait for a lock in the tests' own database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # which a transaction would look at for ever
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def wait_for(event: threading.Event) -> None:
    assert event.wait(timeout=HANGS)


def test_of_several_publications_one_makes_the_edition() -> None:
    role = a_role()
    results = at_once(*[lambda: publish(role=role, by="Ada")] * 4)
    assert sorted(type(result).__name__ for result in results) == ["Edition", "NothingNew", "NothingNew", "NothingNew"]
    assert Edition.objects.count() == 1


def test_of_two_guides_that_want_one_address_one_gets_it() -> None:
    first, second = a_role(), a_role(slug="buoy-tender", title="Buoy Tender")
    publish(role=first, by="Ada")
    Role.objects.filter(pk=first.pk).update(slug="away")
    Role.objects.filter(pk=second.pk).update(slug="lighthouse-keeper")
    results = at_once(lambda: withdraw(role=first, by="Ada"), lambda: publish(role=second, by="Ada"))
    assert isinstance(results[1], Edition | PublishingError)
    assert Edition.objects.live(at=timezone.now()).filter(slug="lighthouse-keeper").count() <= 1


def test_of_several_withdrawals_one_takes_the_guide_away() -> None:
    role = an_edition(at=day(1)).role
    results = at_once(*[lambda: withdraw(role=role, by="Ada")] * 4)
    assert sorted(type(result).__name__ for result in results) == ["NotLive", "NotLive", "NotLive", "Withdrawal"]
    assert Withdrawal.objects.count() == 1


def test_a_listing_is_made_in_turn_with_whoever_publishes_or_withdraws() -> None:
    edition, made = an_edition(at=day(1)), threading.Event()

    def make() -> None:
        try:
            index(edition=edition)
            made.set()
        finally:
            connection.close()

    thread = threading.Thread(target=make)
    with transaction.atomic():
        Role.objects.select_for_update().get(pk=edition.role_id)
        thread.start()
        until(lambda: bool(waiting()))
        assert not made.is_set()
        Edition.objects.filter(pk=edition.pk).update(live_until=timezone.now())
    thread.join(timeout=HANGS)
    assert made.is_set()


def test_two_guides_that_are_to_take_each_others_place_do_not_lock_each_other_out() -> None:
    first, second = an_edition(at=day(1)).role, an_edition(slug="buoy-tender", title="Buoy Tender", at=day(1)).role
    results = at_once(
        lambda: withdraw(role=first, by="Ada", leads_to=second), lambda: withdraw(role=second, by="Ada", leads_to=first)
    )
    assert sorted(type(result).__name__ for result in results) == ["PublishingError", "Withdrawal"]
    assert Edition.objects.live(at=timezone.now()).count() == 1


def test_what_is_to_come_is_called_off_once() -> None:
    tomorrow, later = (timezone.now() + timedelta(days=days) for days in (1, 2))
    edition = an_edition(at=tomorrow)
    withdrawal = withdraw(role=edition.role, by="Ada", at=later)
    results = at_once(
        *[lambda: cancel(edition=edition, by="Ada")] * 2,
        *[lambda: cancel_withdrawal(withdrawal=withdrawal, by="Ada")] * 2,
    )
    names = sorted(type(result).__name__ for result in results)
    assert names == ["NoneType", "NoneType", "NotScheduled", "NotScheduled"]
    assert upcoming_changes(at=timezone.now()) == ()


def test_publishing_waits_for_an_edit_and_takes_it_whole() -> None:
    role = a_role()
    stale = Role.objects.get()
    written = threading.Event()

    def edit() -> None:
        with transaction.atomic():
            Role.objects.filter(pk=role.pk).update(title="Keeper")
            written.set()
            role.faqs.all().delete()

    def publish_meanwhile() -> Edition:
        wait_for(written)
        return publish(role=stale, by="Ada")

    _, edition = at_once(edit, publish_meanwhile)
    assert isinstance(edition, Edition)
    assert (edition.title, edition.guide.faqs) == ("Keeper", ())


def test_imports_of_the_same_skills_do_not_lock_each_other_out() -> None:
    skills = [{"slug": f"skill-{n}", "name": f"Skill {n}", "kind": "soft"} for n in range(40)]
    a_role(skills=skills)
    renamed = [skill | {"name": f"{skill['name']}, renamed"} for skill in skills]
    guides = [
        a_guide(slug=f"keeper-{n}", skills=order)
        for n, order in enumerate((renamed, renamed[::-1], skills, skills[::-1]))
    ]
    results = at_once(*(lambda guide=guide: load_draft(guide=guide) for guide in guides))
    assert [type(result).__name__ for result in results] == ["Role"] * 4
    assert Role.objects.count() == 5
    assert all(len(compose(role).skills) == 40 for role in Role.objects.all())


def test_a_database_that_is_lost_in_the_middle_of_publishing_is_told_and_changes_nothing(desk: Client) -> None:
    desk.raise_request_exception = False
    role = a_role()
    address = reverse("admin:guides_role_publish", args=(role.pk,))

    def cut_off() -> None:
        """Hold the role until the publication waits for it, and end the session that it waits in."""
        with transaction.atomic(), connection.cursor() as cursor:
            Role.objects.select_for_update().get()
            gate.set()
            until(lambda: bool(waiting()))
            cursor.execute("SELECT pg_terminate_backend(%s)", waiting())

    def publish_meanwhile() -> object:
        wait_for(gate)
        return desk.post(address, {"note": "First."})

    gate = threading.Event()
    failed, answer = at_once(cut_off, publish_meanwhile)
    assert failed is None
    assert isinstance(answer, HttpResponse)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert not Edition.objects.exists()
    assert desk.post(address, {"note": "First."}).status_code == 302


def test_of_two_editors_who_publish_in_the_same_second_one_makes_the_edition(editor: User) -> None:
    role = a_role()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(editor)
    address = reverse("admin:guides_role_publish", args=(role.pk,))
    answers = at_once(*[lambda client=client: client.post(address, {"note": "First."}) for client in clients])
    assert [answer.status_code for answer in answers if isinstance(answer, HttpResponse)] == [302, 302]
    assert Edition.objects.get().note == "First."


def test_two_editors_who_save_at_once_are_told_of_each_other(editor: User) -> None:
    role = a_role()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(editor)
    data = form_of(clients[0], role)
    answers = at_once(
        *[
            lambda client=client, n=n: client.post(change(role), data | {"title": f"Keeper {n}"})
            for n, client in enumerate(clients)
        ]
    )
    assert sorted(answer.status_code for answer in answers if isinstance(answer, HttpResponse)) == [200, 302]


def test_a_draft_that_waits_for_another_change_is_noted_as_it_is_then() -> None:
    role = a_role()
    renamed = threading.Event()

    def rename_a_skill() -> None:
        with transaction.atomic():
            skill = Skill.objects.get(slug="lamps")
            skill.name = "Lights"
            skill.save()
            renamed.set()
            status.refresh(roles=status.roles_using((skill,)))

    def retitle() -> None:
        with transaction.atomic():
            held = Role.objects.select_for_update().get(pk=role.pk)
            held.title = "Keeper"
            held.save()
            status.refresh(roles=(held,))
            wait_for(renamed)
            until(lambda: bool(waiting()))  # the other one, for this role

    assert at_once(rename_a_skill, retitle) == [None, None]
    role.refresh_from_db()
    assert role.digest == schema.digest(schema.dump(compose(role)))
