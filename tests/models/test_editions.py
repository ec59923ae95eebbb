"""Rules about editions that the database enforces for every writer."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guides.models import Edition
from guides.models.edition import EditionState
from tests.helpers.factories import an_edition, day

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def refused(sql: str, *values: str | int | datetime) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    "column",
    ["id", "role_id", "number", "slug", "title", "summary", "content", "html", "note", "published_by", "published_at",
     "live_from"],
)  # fmt: skip
def test_no_column_of_an_edition_changes(column: str) -> None:
    edition = an_edition()
    values: dict[str, str | datetime] = {"html": '{"a": "b"}', "published_at": day(1), "live_from": day(1)}
    value = values.get(column, 77 if column in {"id", "role_id", "number"} else "changed")
    assert refused(f"UPDATE guides_edition SET {column} = %s WHERE id = %s", value, edition.pk)


def test_every_column_but_the_end_is_fixed() -> None:
    columns = {field.column for field in Edition._meta.concrete_fields} - {"live_until"}
    (tested,) = (mark.args[1] for mark in test_no_column_of_an_edition_changes.pytestmark)  # type: ignore[attr-defined]
    assert set(tested) == columns


def test_an_edition_is_changed_by_no_queryset_and_no_save() -> None:
    edition = an_edition()
    edition.title = "Other"
    for change in (edition.save, lambda: Edition.objects.update(content="{}")):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert Edition.objects.get().title == "Lighthouse Keeper"


def test_an_edition_is_never_deleted() -> None:
    edition = an_edition()
    with pytest.raises(IntegrityError), transaction.atomic():
        edition.delete()
    assert refused("DELETE FROM guides_edition")
    assert Edition.objects.count() == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is SQLite's")
def test_an_edition_is_never_replaced() -> None:
    edition = an_edition()
    columns = [str(field.column) for field in Edition._meta.concrete_fields]
    listed = ", ".join(columns)
    changed = ", ".join("'{}'" if column == "content" else column for column in columns)
    assert refused(f"REPLACE INTO guides_edition ({listed}) SELECT {changed} FROM guides_edition")
    other = ", ".join("id + 1" if column == "id" else column for column in columns)
    assert refused(f"REPLACE INTO guides_edition ({listed}) SELECT {other} FROM guides_edition")
    assert Edition.objects.get().content == edition.content


def test_an_interval_is_closed_once_and_history_stays() -> None:
    edition = an_edition(at=day(1))
    assert Edition.objects.filter(pk=edition.pk).update(live_until=day(2)) == 1
    for rewritten in (None, day(3)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=edition.pk).update(live_until=rewritten)


def test_an_end_that_is_to_come_may_move() -> None:
    edition = an_edition()
    tomorrow = timezone.now() + timedelta(days=1)
    for until in (tomorrow, tomorrow + timedelta(days=1), None):
        assert Edition.objects.filter(pk=edition.pk).update(live_until=until) == 1


def copy_of(
    edition: Edition, *, number: int, live_from: datetime, live_until: datetime | None, **changes: object
) -> Edition:
    fields = {field.attname: getattr(edition, field.attname) for field in Edition._meta.concrete_fields}
    fields |= {"id": None, "number": number, "live_from": live_from, "live_until": live_until, **changes}
    return Edition.objects.create(**fields)


@pytest.mark.parametrize(
    ("live_from", "live_until"),
    [
        (day(1, 15), None),
        (day(1, 15), day(1, 20)),
        (day(1), day(2)),
        (datetime.min.replace(year=2020, tzinfo=day(1).tzinfo), None),
    ],
    ids=["after its start", "within", "the same", "around"],
)
def test_a_role_never_has_two_live_editions(live_from: datetime, live_until: datetime | None) -> None:
    edition = an_edition(at=day(1))
    Edition.objects.filter(pk=edition.pk).update(live_until=day(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(edition, number=2, live_from=live_from, live_until=live_until)


def test_an_interval_cannot_grow_into_the_next_one() -> None:
    now = timezone.now()
    edition = an_edition(at=now)
    Edition.objects.filter(pk=edition.pk).update(live_until=now + timedelta(days=1))
    copy_of(edition, number=2, live_from=now + timedelta(days=1), live_until=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(live_until=now + timedelta(days=2))


def test_an_address_never_has_two_live_editions() -> None:
    edition = an_edition(at=day(1))
    other = an_edition(at=day(1), slug="buoy-tender", title="Buoy Tender")
    with pytest.raises(IntegrityError), transaction.atomic():
        copy_of(edition, number=2, live_from=day(2), live_until=None, role_id=other.role_id)


def test_editions_that_meet_or_are_cancelled_stand_side_by_side() -> None:
    edition = an_edition(at=day(1))
    Edition.objects.filter(pk=edition.pk).update(live_until=day(2))
    copy_of(edition, number=2, live_from=day(1, 15), live_until=day(1, 15))
    copy_of(edition, number=3, live_from=day(2), live_until=None)
    assert Edition.objects.count() == 3


def test_an_interval_does_not_end_before_it_begins() -> None:
    edition = an_edition(at=day(2))
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=edition.pk).update(live_until=day(1))


def test_live_is_told_by_the_moment_alone() -> None:
    edition = an_edition(at=day(2))
    Edition.objects.filter(pk=edition.pk).update(live_until=day(3))
    later = copy_of(edition, number=2, live_from=day(3), live_until=None)

    def live(at: datetime) -> list[int]:
        return [found.number for found in Edition.objects.live(at=at)]

    just_before = day(2) - timedelta(microseconds=1)
    assert [live(at) for at in (just_before, day(2), day(3) - timedelta(microseconds=1), day(3))] == [[], [1], [1], [2]]
    assert [found.number for found in Edition.objects.upcoming(at=day(2))] == [2]
    assert [later.state(at=at) for at in (day(2), day(3))] == [EditionState.SCHEDULED, EditionState.LIVE]
