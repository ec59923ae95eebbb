"""Paths from a job to a role: named moves first, and no requirement hidden."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides.models import Edition, Listing, Role, Skill, StartingJob
from guides.publishing.editions.publish import publish
from guides.reading.answers import Answers
from guides.reading.compare.paths import NO_ANSWERS, RolePath, Step, easiest_path, start_at
from guides.reading.index.live_data import live_data
from tests.helpers.factories import an_edition
from tests.reading.test_compare import a_role, spelled
from tests.reading.test_pages import words

pytestmark = pytest.mark.django_db


def path(first: str, last: str, answers: Answers = NO_ANSWERS) -> RolePath:
    now = timezone.now()
    rows = {row.edition.slug: row for row in Listing.objects.live(at=now).with_summary()}
    known = live_data(at=now)
    start = start_at(first, rows.get(first), known)
    assert start
    return easiest_path(start, rows[last], known, answers)


def route(first: str, last: str) -> list[str]:
    return [step.gap.slug for step in path(first, last).steps]


def page(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return words(response.content.decode())


def a_starting_job(slug: str = "cashier", *, skills: str = "", **changes: Any) -> StartingJob:
    job = StartingJob.objects.create(slug=slug, title=slug.title(), **changes)
    job.skills.set(Skill.objects.filter(slug__in=tuple(skills)))
    return job


def from_(slug: str, *, is_starting_job: bool = False) -> dict[str, str]:
    return {"relation": "from", "title": slug, "starting_job" if is_starting_job else "slug": slug}


def next_(slug: str) -> dict[str, str]:
    return {"relation": "next", "title": slug, "slug": slug}


def a_guide(slug: str, *related: dict[str, str], requires: tuple[dict[str, Any], ...] = (), **changes: Any) -> Edition:
    """Publish a guide without skills that names these moves. `requires` are its ways in."""
    empty: dict[str, Any] = {"levels": [], "alternative_titles": [], "pay": [], "skills": [], "routes": []}
    ways = [way | {"source": "survey-2025"} for way in requires]
    data = {"slug": slug, "title": slug.title(), "related": list(related), "requirements": ways}
    return an_edition(**data | empty | changes)


def needs(step: Step) -> tuple[list[str], list[list[str]]]:
    """The texts of the new requirements of a step, and of each other way."""
    found = step.requirements
    return [need.text for need in found.needs], [[need.text for need in way] for way in found.other_ways]


def test_a_detour_goes_over_roles_that_leave_less_to_learn_at_once() -> None:
    a_role("sailor", "ab")
    a_role("captain", "acdefg")
    a_role("mate", "abcd")
    a_role("pilot", "cdef")
    found = path("sailor", "captain")
    assert [spelled(step.gap) for step in found.steps] == [
        ("mate", "ab", "cd"),
        ("pilot", "cd", "ef"),
        ("captain", "acdef", "g"),
    ]
    assert (spelled(found.direct.gap), found.is_named) == (("captain", "a", "cdefg"), False)


def test_skills_learned_on_the_way_count_as_known() -> None:
    a_role("sailor", "ab")
    a_role("captain", "abxyzw")
    a_role("mate", "xy")
    assert [spelled(step.gap) for step in path("sailor", "captain").steps] == [
        ("mate", "", "xy"),
        ("captain", "abxy", "zw"),
    ]


@pytest.mark.parametrize(
    "between",
    [
        {"slug": "cook", "skills": "ab"},
        {"slug": "stowaway", "skills": "abc", "median": 5_000},
        {"slug": "scholar", "skills": "abc", "education": "doctoral"},
        {"slug": "clerk", "skills": "abc", "education": "postsecondary"},
    ],
)
def test_a_detour_avoids_roles_that_do_not_help_pay_less_or_ask_for_more_education(between: dict[str, Any]) -> None:
    a_role("sailor", "ab", education="bachelor")
    a_role("captain", "abcd")
    a_role(**between)
    assert route("sailor", "captain") == ["captain"]


def test_a_detour_needs_hardly_more_new_skills_than_the_direct_step() -> None:
    a_role("sailor", "a")
    a_role("captain", "bcdef")
    a_role("cook", "bxyz")
    assert route("sailor", "captain") == ["captain"]


@pytest.mark.parametrize(
    ("sailor", "mate", "captain"),
    [
        ([next_("mate")], [next_("captain")], []),
        ([], [from_("sailor")], [from_("mate")]),
        ([next_("mate")], [], [from_("mate")]),
    ],
)
def test_named_moves_come_before_a_detour(
    sailor: list[dict[str, str]], mate: list[dict[str, str]], captain: list[dict[str, str]]
) -> None:
    a_role("sailor", "ab", related=sailor)
    a_role("captain", "acdefg", related=captain)
    a_role("mate", "xyz", related=mate)
    a_role("pilot", "abcd")
    found = path("sailor", "captain")
    assert ([step.gap.slug for step in found.steps], found.is_named) == (["mate", "captain"], True)
    text = page("/paths/sailor/captain/")
    assert "Our guides list these moves, in 2 steps." in text
    assert f"Listed in the guide to {'Mate' if mate and not captain else 'Captain'}" in text


def test_the_named_path_with_the_fewest_steps_and_then_the_least_effort_counts() -> None:
    a_role("sailor", "ab", related=[next_("cook"), next_("clerk"), next_("mate")])
    for slug, skills in (("cook", "abxyzw"), ("clerk", "abc"), ("purser", "ab")):
        a_role(slug, skills, related=[next_("captain")])
    a_role("mate", "ab", related=[next_("purser")])
    a_role("captain", "abcd")
    found = path("sailor", "captain")
    assert [step.gap.slug for step in found.steps] == ["clerk", "captain"]
    assert found.others == (("Cook", "Captain"),)


def test_a_named_path_has_four_steps_at_most_and_no_higher_education_than_its_goal() -> None:
    for here, there in ("ab", "bc", "cd", "de", "ef"):
        a_guide(here, next_(there))
    a_guide("f")
    assert (route("a", "e"), route("a", "f")) == (["b", "c", "d", "e"], ["f"])
    a_guide("x", next_("scholar"))
    a_guide("scholar", next_("y"), requires=({"education": "doctoral"},))
    a_guide("y", requires=({"education": "bachelor"},))
    assert route("x", "y") == ["y"]


def test_a_step_up_the_ladder_of_a_guide_shows_the_levels_in_between() -> None:
    levels: list[dict[str, Any]] = [
        {"title": "Deckhand"},
        {"title": "Mate", "years_from": 2, "years_to": 4, "source": "survey-2025"},
        {"title": "First Mate", "years_from": 4, "years_to": 7, "source": "survey-2025"},
        {"title": "Captain", "years_from": 7, "source": "survey-2025"},
    ]
    a_guide("mate", levels=levels)
    a_guide("captain")
    a_guide("deckhand")
    (step,) = path("mate", "captain").steps
    assert ([level.title for level in step.levels], step.ladder) == (["First Mate", "Captain"], "Mate")
    text = page("/paths/mate/captain/")
    assert "The career path, from the guide to Mate First Mate, 4–7 yearsCaptain, 7 years or more" in text
    assert [level.title for level in path("deckhand", "mate").steps[0].levels] == ["Mate"]
    assert not path("captain", "mate").is_named


def test_a_path_begins_at_a_starting_job_with_its_skills() -> None:
    a_role("sailor", "abc", related=[from_("cashier", is_starting_job=True)])
    a_starting_job(skills="ac")
    found = path("cashier", "sailor")
    assert ([spelled(step.gap) for step in found.steps], found.is_named) == ([("sailor", "ac", "b")], True)
    assert needs(found.steps[0]) == (["a high school diploma or GED"], [])
    text = page("/paths/cashier/sailor/")
    assert "Our guides list this as a direct move." in text
    assert "Listed in the guide to Sailor" in text
    assert "What you need A high school diploma or GED 1 skill to learn B" in text


def test_a_step_lists_the_requirements_that_are_not_met_before() -> None:
    a_guide("sailor", next_("mate"), requires=({"education": "high-school"},))
    work = {"years_from": 2, "years_to": 4, "experience": "work at sea"}
    routes = [
        {"title": "College", "education": "bachelor", "duration": {"low": 4, "high": 4, "unit": "year"},
         "cost": {"low": 40_000, "high": 90_000, "currency": "USD"}, "source": "survey-2025"},
        {"title": "Night college", "education": "bachelor", "duration": {"low": 6, "unit": "year"},
         "source": "survey-2025"},
        {"title": "Short course", "duration": {"low": 1, "unit": "month"}, "source": "survey-2025"},
    ]  # fmt: skip
    a_guide("mate", next_("captain"), requires=({"education": "high-school"} | work,))
    certificate = {"slug": "license", "name": "Captain’s license", "kind": "certificate"}
    a_guide(
        "captain", routes=routes, skills=[certificate],
        requires=(
            {"education": "bachelor", "certificate": "license"} | work | {"years_to": None},
            {"education": "associate", "years_from": 9, "experience": "work at sea", "certificate": "license"},
        ),
    )  # fmt: skip
    mate, captain = path("sailor", "captain").steps
    assert needs(mate) == (["2–4 years of work at sea"], [])
    degree, licensed = "a bachelor’s degree", "Captain’s license"
    assert needs(captain) == (
        [degree, licensed], [["an associate degree", "at least 9 years of work at sea", licensed]]
    )  # fmt: skip
    assert (
        "A bachelor’s degree (College: 4 years, $40,000–$90,000, according to this guide) Bureau of Surveys, 2025"
        in page("/paths/sailor/captain/")
    )


def test_answers_count_as_met_and_stay_in_the_links() -> None:
    a_guide("sailor", next_("captain"), requires=({"education": "high-school"},))
    work = {"years_from": 2, "years_to": 4, "experience": "work at sea"}
    a_guide("captain", requires=({"education": "bachelor"} | work,))
    assert needs(path("sailor", "captain").steps[0])[0] == ["a bachelor’s degree", "2–4 years of work at sea"]
    query = "education=bachelor&experience=work-at-sea:3"
    html = Client().get(f"/paths/sailor/captain/?{query}").content.decode()
    assert "No extra education, experience, or certificates." in words(html)
    assert f'"/guides/captain/skills-check/?{query.replace("&", "&amp;")}"' in html
    assert f'"/paths/captain/sailor/?{query.replace("&", "&amp;")}"' in html
    form = "education=bachelor&experience-work-at-sea=1"
    assert Client().get(f"/paths/sailor/captain/?{form}").headers["Location"] == (
        "/paths/sailor/captain/?education=bachelor&experience=work-at-sea:1"
    )
    lower = Answers(education="none")
    assert needs(path("captain", "sailor", lower).steps[0])[0] == ["a high school diploma or GED"]
    assert needs(path("captain", "sailor").steps[0])[0] == []


def test_a_path_has_an_address_and_takes_four_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_role("sailor", "ab")
    a_role("captain", "acdefg")
    a_role("mate", "abcd")
    Client().get("/paths/captain/sailor/")  # the first request after a change loads the index of live guides
    with django_assert_num_queries(4):
        text = page("/paths/sailor/captain/")
    assert "2 smaller steps: 5 new skills in total. Going directly means 5 at once." in text
    assert [Client().get(f"/paths/{slugs}/").status_code for slugs in ("sailor/nobody", "nobody/sailor", "a/b/c")] == [
        404, 404, 404
    ]  # fmt: skip
    assert Client().get("/paths/sailor/sailor/").headers["Location"] == "/guides/sailor/"


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("sailor", "CAPTAIN", "/paths/sailor/captain/"),
        ("waitress", "captain", "/paths/server/captain/"),
        ("Cashier", "captain", "/paths/cashier/captain/"),
        ("sailor", "captian", "We don’t know a job called just “captian.” Did you mean one of these? Captain"),
        ("deck", "captain", "We don’t know a job called just “deck.” Did you mean one of these? Deck Officer"),
        ("cashir", "captain", "We don’t know a job called just “cashir.” Did you mean one of these? Cashier"),
        ("food", "captain", "We don’t know a job called just “food.” Did you mean one of these? Server"),
        ("sailor", "cashier", "We don’t have a guide to “cashier” yet. Choose another job."),
        ("Sailor", "sailor", "Both names lead to the same guide. Enter two different jobs."),
        ("sailor", "xyzzy", "We don’t know a job called “xyzzy.” Try another name."),
        ("xyzzy", "", "We don’t know a job called “xyzzy.” Try another name. Enter the job you want."),
        ("", "", "Enter the job you have now or had before. Enter the job you want."),
        ("sailor", " ", "Enter the job you want."),
        ("a" * 10_000, "%\0", "We don’t know a job called “a"),
    ],
)  # fmt: skip
def test_only_exact_names_redirect_to_a_path(first: str, last: str, expected: str) -> None:
    a_role("sailor", "ab")
    a_role("captain", "abcd")
    a_guide("deck-officer", title="Deck Officer")
    a_starting_job()
    a_starting_job("server", other_titles=["Waitress", "Food server"])
    response = Client().get("/paths/", {"from": first, "to": last})
    assert expected in (response.headers.get("Location") or words(response.content.decode()))


def test_a_choice_keeps_the_other_name_and_the_answers() -> None:
    a_role("sailor", "ab")
    a_role("captain", "abcd")
    response = Client().get("/paths/", {"from": "sailor", "to": "captian", "education": "bachelor"})
    address = "/paths/?from=sailor&amp;to=Captain&amp;education=bachelor"
    assert f'<a href="{address}" rel="nofollow">Captain</a>' in response.content.decode()
    end = Client().get(address.replace("&amp;", "&"))
    assert end.headers["Location"] == "/paths/sailor/captain/?education=bachelor"


def test_a_path_to_a_starting_job_says_that_it_has_no_guide() -> None:
    a_role("sailor", "ab")
    a_starting_job()
    response = Client().get("/paths/sailor/cashier/", follow=True)
    assert "We don’t have a guide to “Cashier” yet." in words(response.content.decode())
    assert Client().get("/paths/nobody/cashier/").status_code == 404


def test_a_path_from_a_starting_job_follows_its_goal() -> None:
    captain = a_role("captain", "ab")
    a_starting_job()
    Role.objects.filter(pk=captain.role_id).update(slug="skipper")
    publish(role=captain.role, by="Ada")
    assert Client().get("/paths/cashier/captain/").headers["Location"] == "/paths/cashier/skipper/"


def test_the_form_offers_jobs_and_examples() -> None:
    a_role("sailor", "ab", related=[from_("cashier", is_starting_job=True), next_("mate")])
    a_role("mate", "abcd", related=[next_("captain")])
    a_role("captain", "abcd")
    a_starting_job()
    html = Client().get("/paths/").content.decode()
    options = [f'<option value="{title}"></option>' for title in ("Captain", "Mate", "Sailor")]
    assert f'<datalist id="goals">{"".join(options)}</datalist>' in html
    assert f'<datalist id="starts"><option value="Cashier"></option>{"".join(options)}</datalist>' in html
    links = re.findall(r'<a href="(/paths/[^"]+)">([^<]+)', html)
    assert links == [
        ("/paths/cashier/sailor/", "From Cashier to Sailor"),
        ("/paths/mate/captain/", "From Mate to Captain"),
        ("/paths/sailor/captain/", "From Sailor to Captain"),
    ]
    assert 'role="alert"' not in html
