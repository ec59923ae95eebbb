"""Roles beside a role, side by side, and the way from one to another: all worked out from what is live."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides.models import Edition, Listing
from guides.publishing.editions.withdraw import withdraw
from guides.reading.compare.paths import Path, path
from guides.reading.compare.similar import Gap, beside, neighbours
from guides.reading.index.live import memory
from guides.summary import gist_of
from tests.helpers.factories import SOURCE, an_edition, pay
from tests.reading.test_pages import words

pytestmark = pytest.mark.django_db


def a_role(slug: str, skills: str, *, median: int = 40_000, education: str = "high-school", **changes: Any) -> Edition:
    """A live guide that asks for these skills, one a letter."""
    return an_edition(
        slug=slug, title=slug.title(), levels=[], alternative_titles=[], related=[],
        skills=[{"slug": letter, "name": letter.upper(), "kind": "soft"} for letter in skills],
        facts=[{"kind": "education", "text": "School", "education": education, "source": "survey-2025"}],
        pay=[pay(basis="headline", median=median)],
        **changes,
    )  # fmt: skip


def told(gap: Gap) -> tuple[str, str, str]:
    return gap.slug, "".join(skill.slug for skill in gap.shared), "".join(skill.slug for skill in gap.missing)


def near_to(edition: Edition) -> tuple[Gap, ...]:
    gist = gist_of(edition.guide)
    return neighbours(edition.slug, gist, beside(edition.slug, gist, known=memory(at=timezone.now()))).near


def test_the_nearest_roles_are_those_with_the_fewest_new_skills() -> None:
    a_role("mate", "abcd")
    a_role("pilot", "abxyz")
    a_role("captain", "abcxy", median=90_000, education="bachelor")
    a_role("cook", "z")
    here = a_role("sailor", "abc", median=30_000)
    near = near_to(here)
    assert [told(gap) for gap in near] == [("mate", "abc", "d"), ("captain", "abc", "xy"), ("pilot", "ab", "xyz")]
    assert [(int(gap.pay or 0), gap.education) for gap in near[:2]] == [(10_000, ""), (60_000, "Bachelor’s degree")]


def test_a_guide_shows_its_neighbours_with_reasons() -> None:
    a_role("mate", "abcd", median=45_010, education="bachelor")
    a_role("sailor", "abc")
    shown = words(Client().get("/guides/sailor/").content.decode())
    assert "3 of its 4 skills are asked for here too. It adds D." in shown
    assert "$45,010 a year, median: $5,010 a year more. Education: Bachelor’s degree." in shown


def test_withdrawn_roles_are_nobodys_neighbours() -> None:
    here = a_role("sailor", "abc")
    withdraw(role=a_role("mate", "abcd").role, by="Ada")
    assert near_to(here) == ()


def test_pay_is_not_compared_between_sources() -> None:
    here = a_role("sailor", "a")
    other = {**SOURCE, "slug": "survey-2020", "covers_from": "2020-01-01", "covers_to": "2020-12-31"}
    an_edition(
        slug="mate", title="Mate", sources=[SOURCE, other], levels=[],
        pay=[pay(basis="headline", median=50_000, source="survey-2020")],
        skills=[{"slug": "a", "name": "A", "kind": "soft"}],
    )  # fmt: skip
    near = near_to(here)
    assert [(gap.pay, gap.cited) for gap in near] == [(None, "Bureau of Surveys, 2020")]


def test_pay_is_not_compared_between_currencies() -> None:
    here = a_role("sailor", "abc")
    an_edition(
        slug="matelot", title="Matelot", levels=[], pay=[pay(basis="headline", median=9, currency="EUR")],
        skills=[{"slug": "a", "name": "A", "kind": "soft"}],
    )  # fmt: skip
    assert [gap.pay for gap in near_to(here)] == [None]


def test_a_level_leads_to_the_guide_of_its_title() -> None:
    an_edition()
    assert "/guides/inspector/" not in Client().get("/guides/lighthouse-keeper/").content.decode()
    an_edition(slug="inspector", title="INSPECTOR")
    assert '<h3><a href="/guides/inspector/">Inspector</a></h3>' in (
        Client().get("/guides/lighthouse-keeper/").content.decode()
    )


def way(first: Edition, last: Edition) -> Path:
    listings = Listing.objects.in_bulk([first.pk, last.pk])
    return path(listings[first.pk], listings[last.pk], at=timezone.now())


def test_a_path_goes_over_roles_that_leave_less_to_learn_at_once() -> None:
    sailor, captain = a_role("sailor", "ab"), a_role("captain", "acdefg")
    a_role("mate", "abcd")
    a_role("pilot", "cdef")
    found = way(sailor, captain)
    assert [told(gap) for gap in found.steps] == [
        ("mate", "ab", "cd"),
        ("pilot", "cd", "ef"),
        ("captain", "acdef", "g"),
    ]
    assert told(found.straight) == ("captain", "a", "cdefg")


def test_what_was_learned_on_the_way_is_kept() -> None:
    sailor, captain = a_role("sailor", "ab"), a_role("captain", "abxyzw")
    a_role("mate", "xy")
    assert [told(gap) for gap in way(sailor, captain).steps] == [("mate", "", "xy"), ("captain", "abxy", "zw")]


def test_no_path_goes_over_a_role_that_is_no_help_or_pays_less() -> None:
    sailor, captain = a_role("sailor", "ab"), a_role("captain", "abcd")
    a_role("cook", "ab")
    a_role("stowaway", "abc", median=5_000)
    assert [gap.slug for gap in way(sailor, captain).steps] == ["captain"]


def test_no_path_asks_for_much_more_in_all_than_going_straight() -> None:
    sailor, captain = a_role("sailor", "a"), a_role("captain", "bcdef")
    a_role("cook", "bxyz")
    assert [gap.slug for gap in way(sailor, captain).steps] == ["captain"]


def test_no_path_asks_for_more_education_than_its_ends_do() -> None:
    sailor, captain = a_role("sailor", "ab"), a_role("captain", "abcd")
    a_role("scholar", "abc", education="doctoral")
    assert [gap.slug for gap in way(sailor, captain).steps] == ["captain"]


def test_a_step_that_the_guide_itself_names_is_the_way() -> None:
    changes: dict[str, Any] = {"related": [{"relation": "next", "title": "Captain", "slug": "captain"}]}
    sailor, captain = a_role("sailor", "ab"), a_role("captain", "acdefg")
    a_role("mate", "abcd")
    assert len(way(sailor, captain).steps) == 2
    withdraw(role=sailor.role, by="Ada")
    stated = way(an_edition(slug="seaman", title="Seaman", skills=[], levels=[], pay=[], **changes), captain)
    assert ([gap.slug for gap in stated.steps], stated.stated) == (["captain"], "path-next")
    page = words(Client().get("/paths/seaman/captain/").content.decode())
    assert "Go directly: the guide to Seaman names this as a step from there." in page
    inspector = an_edition(slug="inspector", title="Inspector", levels=[], pay=[])
    assert way(an_edition(), inspector).stated == "path"  # a level of the ladder


def test_a_path_has_an_address_and_takes_three_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_role("sailor", "ab")
    a_role("captain", "acdefg")
    a_role("mate", "abcd")
    Client().get("/guides/sailor/")  # what all live guides tell at once is read at the first request after a change
    with django_assert_num_queries(3):
        shown = words(Client().get("/paths/sailor/captain/").content.decode())
    assert "In 2 steps you learn less at once: 5 new skills in all, against 5 at once if you go directly." in shown
    assert [Client().get(f"/paths/{slugs}/").status_code for slugs in ("sailor/nobody", "nobody/sailor", "a/b/c")] == [
        404, 404, 404
    ]  # fmt: skip
    assert Client().get("/paths/sailor/sailor/").headers["Location"] == "/guides/sailor/"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        ("sailor", "captian", "/paths/sailor/captain/"),
        ("Sailor", "sailor", "Both names lead to the same guide."),
        ("sailor", "xyzzy", "No guide is called “xyzzy”."),
        ("xyzzy", "", "No guide is called “xyzzy”."),
        ("", "", "Name both roles."),
        ("sailor", " ", "Name both roles."),
        ("a" * 10_000, "%\0", "No guide is called “a"),
    ],
)
def test_a_path_is_asked_for_by_names(first: str, last: str, told: str) -> None:
    a_role("sailor", "ab")
    a_role("captain", "abcd")
    response = Client().get("/paths/", {"from": first, "to": last})
    assert told in (response.headers.get("Location") or words(response.content.decode()))


def compared(*slugs: str) -> str:
    response = Client().get("/compare/", {"guide": slugs})
    assert response.status_code == 200
    return response.content.decode()


def test_roles_stand_side_by_side_with_their_sources() -> None:
    a_role("sailor", "abc", median=40_001)
    a_role("mate", "abd", median=50_002)
    page = compared("sailor", "mate")
    shown = words(page)
    assert re.search(r"Pay \$40,001 a year median Bureau of Surveys, 2025 \$50,002 a year median Bureau", shown)
    assert "Skills that all of them ask for AB Skills that only some ask for" in shown
    assert "Skill SailorMate C asked for– D –asked for" in shown
    assert "Education, the same for all High school diploma School Bureau of Surveys, 2025 Ways to learn it" in shown
    assert page.count('<tbody class="same">') == shown.count(", the same for all")
    assert '<a href="/paths/sailor/mate/">' in page


def test_the_address_is_the_comparison() -> None:
    for slug in ("sailor", "mate"):
        a_role(slug, "ab")
    for given, address in {
        "guide=sailor&guide=mate&guide=sailor": "/compare/?guide=sailor&guide=mate",
        "guide=SAILOR&x=1": "/compare/?guide=sailor",
        "guide=sailor&add=Mate": "/compare/?guide=sailor&guide=mate",
        "guide=": "/compare/",
        "guide=%00&guide=sailor": "/compare/?guide=sailor",
        "guide=sailor&add=sailor": "/compare/?guide=sailor",
    }.items():
        assert Client().get(f"/compare/?{given}").headers["Location"] == address
    assert words(compared("mate", "sailor")).index("Mate") < words(compared("mate", "sailor")).index("Sailor")


def test_a_comparison_says_what_it_leaves_out() -> None:
    for letter in "abcde":
        a_role(f"role-{letter}", letter)
    many = words(compared("role-a", "role-b", "role-c", "role-d", "role-e"))
    assert "Four roles stand side by side at most, so Role-E is left out." in many
    assert "There is no guide at “nobody”, so it is left out." in words(compared("role-a", "role-b", "nobody"))
    assert "They have no skill in common." in words(compared("role-a", "role-b"))
    assert "Role-A, and which other?" in words(compared("role-a"))
    assert "Name two to four roles" in words(compared())
    unknown = Client().get("/compare/", {"guide": "role-a", "add": "xyzzy"}).content.decode()
    assert "No guide is called “xyzzy”." in words(unknown)
    unnamed = Client().get("/compare/", {"guide": "role-a", "add": " "}).content.decode()
    assert "Name a role first." in words(unnamed)
    nine = [f"role-{letter}" for letter in "abcdefghi"]
    assert Client().get("/compare/", {"guide": nine}, follow=True).status_code == 200
    full = Client().get("/compare/", {"guide": nine[:4], "add": "role-e"}).content.decode()
    assert "Remove one to add “role-e”." in words(full)


def test_a_name_that_means_several_roles_is_asked_about() -> None:
    a_role("deck-officer", "a")
    a_role("radio-officer", "b")
    for address, given in (("/compare/", {"add": "officer"}), ("/paths/", {"from": "officer", "to": "deck-officer"})):
        page = Client().get(address, given).content.decode()
        assert "“officer” may mean several roles." in words(page)
        assert page.count("Radio-Officer</a>") == 1
    assert "Or choose one: Deck-OfficerRadio-Officer" in words(compared())
