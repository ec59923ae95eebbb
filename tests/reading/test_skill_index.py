"""The skill index: current after every change, as of every moment, and after every rollback."""

from datetime import datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from guides.models import Edition, Generation, Listing, Skill, StartingJob, Term
from guides.publishing.editions.indexing import index, index_missing
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.reading import clock
from guides.reading.index.live_data import live_data
from guides.reading.index.skill_index import SkillIndex
from guides.reading.index.starting_jobs import Job
from guides.reading.search.skills import names_of
from guides.skill_groups import FULL_POINTS
from tests.helpers.factories import an_edition
from tests.reading.test_match import a_role

pytestmark = [pytest.mark.django_db, pytest.mark.engine]


def skill_index(*, at: datetime) -> SkillIndex:
    return live_data(at=at).skills


def ranked(*skills: str) -> list[str]:
    """Return the slugs of the roles that require these skills, best fit first."""
    return best(dict.fromkeys(skills, FULL_POINTS), most=10)


def best(points: dict[str, int], *, most: int) -> list[str]:
    known = skill_index(at=timezone.now())
    return [known.index.guides[place].slug for place in known.highest(known.fits(points), most=most)]


def test_every_change_of_what_visitors_see_has_another_mark() -> None:
    marks = [Generation.current()]
    edition = a_role("sailor", "a")
    marks.append(Generation.current())
    index(edition=edition)
    marks.append(Generation.current())
    withdraw(role=edition.role, by="Ada")
    marks.append(Generation.current())
    assert len(set(marks)) == 4
    assert Generation.objects.count() == 1


def test_changes_of_starting_jobs_have_another_mark_and_are_known_at_once() -> None:
    marks = [Generation.current()]
    a_role("sailor", "ab")
    job = StartingJob.objects.create(slug="fisher", title="Fisher", other_titles=["Angler"], code="45-3031")
    marks.append(Generation.current())
    job.skills.set(Skill.objects.filter(slug="b"))
    marks.append(Generation.current())
    assert len(set(marks)) == 3
    jobs = live_data(at=timezone.now()).starting_jobs
    assert jobs.by_slug == {"fisher": Job("fisher", "Fisher", ("Angler",), "45-3031", ("b",))}
    assert jobs.by_key == {"fisher": "fisher", "angler": "fisher"}
    job.delete()
    assert live_data(at=timezone.now()).starting_jobs.by_slug == {}


def test_alternatives_count_once_in_the_ranking() -> None:
    boats = [{"slug": slug, "name": slug, "kind": "tool", "one_of": "One boat"} for slug in ("barge", "canoe")]
    rope = {"slug": "rope", "name": "Rope", "kind": "tool"}
    an_edition(slug="pilot", title="Pilot", skills=[*boats, rope], requirements=[])
    an_edition(slug="sailor", title="Sailor", skills=[{**boats[0], "one_of": ""}, rope], requirements=[])
    index = skill_index(at=timezone.now())
    assert index.index.alternatives == {("barge", "canoe"): {0: 500_000}}
    # With both boats, the pilot has half of the skills, as the sailor does with one of them. The older comes first.
    assert ranked("barge", "canoe") == ["pilot", "sailor"]
    assert ranked("barge", "canoe", "rope") == ["pilot", "sailor"]


def test_what_is_published_and_withdrawn_is_known_at_once() -> None:
    assert ranked("a") == []
    sailor = a_role("sailor", "ab")
    assert ranked("a") == ["sailor"]
    a_role("mate", "a")
    assert ranked("a") == ["mate", "sailor"]
    withdraw(role=sailor.role, by="Ada")
    assert ranked("a") == ["mate"]
    assert (skill_index(at=timezone.now()).total, skill_index(at=timezone.now()).guides) == (1, {"a": 1})


def test_a_new_edition_takes_the_place_of_the_old_one() -> None:
    role = a_role("sailor", "a").role
    role.role_skills.all().delete()
    publish(role=role, by="Ada")
    assert ranked("a") == []


def test_what_is_to_come_counts_once_it_has_come() -> None:
    now = timezone.now()
    withdraw(role=a_role("sailor", "a").role, by="Ada", at=now + timedelta(hours=1))
    before, after = live_data(at=now + timedelta(minutes=1)), live_data(at=now + timedelta(hours=2))
    assert (before.until, before.skills.total, after.skills.total) == (now + timedelta(hours=1), 1, 0)


def test_another_moment_of_the_desk_does_not_take_the_place_of_now() -> None:
    a_role("sailor", "a")
    now = live_data(at=timezone.now())
    with clock.travel_to(clock.Moment(timezone.now() - timedelta(days=1), "/")):
        assert skill_index(at=clock.now()).total == 0
    assert live_data(at=timezone.now()) is now


def test_what_was_rolled_back_was_never_there() -> None:
    with transaction.atomic():
        a_role("sailor", "a")
        assert ranked("a") == ["sailor"]
        transaction.set_rollback(True)
    assert ranked("a") == []
    a_role("mate", "b")  # it may have got the key of the other one
    assert (ranked("a"), ranked("b")) == ([], ["mate"])


def test_the_most_that_is_there_comes_first_and_equals_by_their_age() -> None:
    for slug, letters in (("first", "ab"), ("second", "ab"), ("third", "a"), ("fourth", "abcd")):
        a_role(slug, letters)
    assert best({"a": 2, "b": 1}, most=3) == ["third", "first", "second"]
    assert best({"nonsense": 2}, most=3) == []


def test_a_skill_is_called_as_the_latest_live_guide_calls_it() -> None:
    def named(name: str, slug: str) -> Edition:
        return an_edition(
            slug=slug, title=slug, levels=[], pay=[], skills=[{"slug": "a", "name": name, "kind": "soft"}]
        )

    named("Old name", "first")
    role = named("New name", "second").role
    assert names_of(("a", "b"), at=timezone.now()) == {"a": "New name"}
    withdraw(role=role, by="Ada")
    assert names_of(("a", "b"), at=timezone.now()) == {"a": "Old name"}


def test_listings_that_are_made_anew_are_read_anew() -> None:
    edition = a_role("sailor", "ab")
    assert ranked("a") == ["sailor"]
    Term.objects.filter(edition=edition).delete()
    Listing.objects.update(version=1)
    assert ranked("a") == []
    index_missing()
    assert ranked("a") == ["sailor"]


def test_an_edition_without_a_listing_is_not_there_yet() -> None:
    edition = a_role("sailor", "ab")
    Listing.objects.filter(edition=edition).delete()
    assert ranked("a") == []
