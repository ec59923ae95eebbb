"""Ranking of roles by a visitor's skills, with reasons, in a bounded number of queries."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from guides.models import Edition
from guides.publishing.editions.withdraw import withdraw
from guides.reading.answers import Answers
from guides.reading.skills_check.ranking import Match, better, match
from tests.helpers.factories import an_edition, pay
from tests.reading.test_pages import words

pytestmark = pytest.mark.django_db


def a_role(slug: str, essential: str = "", important: str = "", useful: str = "") -> Edition:
    """Publish a guide whose skills are named by letters."""
    weights = {"essential": essential, "important": important, "useful": useful}
    skills = [
        {"slug": letter, "name": f"Skill {letter.upper()}", "kind": "technical", "importance": importance}
        for importance, letters in weights.items()
        for letter in letters
    ]
    band = pay(basis="headline", median=40_000)
    return an_edition(slug=slug, title=slug.title(), alternative_titles=[], skills=skills, levels=[], pay=[band])


def summary(matches: tuple[Match, ...]) -> list[tuple[str, int, str, str, str]]:
    def letters(names: tuple[str, ...]) -> str:
        return "".join(name.removeprefix("Skill ").lower() for name in names)

    return [
        (each.card.slug, round(fit.share * 100), letters(fit.has), letters(fit.some), letters(fit.missing))
        for each in matches
        for fit in (each.fit,)
    ]


def found(answers: Answers, page: int = 1) -> Any:
    return match(answers, at=timezone.now(), page=page)


def test_roles_are_ranked_by_weighted_skills() -> None:
    a_role("sailor", essential="ab", useful="cd")  # 3 + 3 + 1 + 1
    a_role("mate", essential="a", important="x", useful="b")  # 3 + 2 + 1
    a_role("cook", useful="abyz")
    a_role("clerk", essential="q")
    matches = found(Answers(have=("a",), some=("b",), not_yet=("c",)))
    assert summary(matches.roles) == [
        ("mate", 58, "a", "b", "x"),
        ("sailor", 56, "a", "b", "cd"),
        ("cook", 38, "a", "b", "yz"),
        ("clerk", 0, "", "", "q"),
    ]
    assert (matches.total, matches.pages) == (4, 1)


def test_missing_skills_are_sorted_by_importance() -> None:
    a_role("sailor", essential="ax", important="y", useful="z")
    assert summary(found(Answers(have=("a",))).roles)[0][-1] == "xyz"


def test_only_live_guides_are_ranked() -> None:
    withdraw(role=a_role("sailor", "a").role, by="Ada")
    assert summary(found(Answers(have=("a",))).roles) == []


def test_a_page_takes_three_queries_for_any_number_of_roles(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for n in range(12):
        a_role(f"role-{n}", "ab")
    found(Answers(have=("b",)))
    with django_assert_num_queries(3):  # whether anything has changed, the roles on the page, and their requirements
        first = found(Answers(have=("a",)))
    assert (len(first.roles), first.pages, len(found(Answers(have=("a",)), page=2).roles)) == (10, 2, 2)
    assert found(Answers(have=("a",)), page=3) is None


def test_better_roles_have_a_higher_share() -> None:
    here = a_role("sailor", essential="abcd")
    for slug, letters in (("mate", "ab"), ("cook", "abx"), ("pilot", "axyz")):
        a_role(slug, essential=letters)
    near = better(Answers(have=("a", "b")), share=0.5, edition=here.pk, at=timezone.now())
    assert summary(near) == [("mate", 100, "ab", "", ""), ("cook", 67, "ab", "", "x")]


def shown(**query: str) -> str:
    response = Client().get("/match/", query)
    assert response.status_code == 200, response.headers
    return words(response.content.decode())


def leads(**query: str) -> str:
    return str(Client().get("/match/", query).headers.get("Location"))


def test_a_page_shows_reasons_and_pay() -> None:
    a_role("sailor", essential="ab", useful="c")
    page = shown(have="a", some="c")
    assert "1 job, by what you still need" in page
    assert "Good fit: 50% match: 1 of 3 skills, and some of 1 more." in page
    assert "You have Skill A You partly have Skill C Skills to build, most important first Skill B" in page
    assert "$40,000 a year" in page
    assert "median · Bureau of Surveys, 2025" in page


def test_skills_of_a_past_role_count() -> None:
    a_role("sailor", essential="ab")
    a_role("mate", essential="abc")
    page = shown(role="sailor", some="b")
    assert "Sailor Strong fit: 75% match: 1 of 2 skills, and some of 1 more. You have done this job." in page
    links = Client().get("/match/", {"role": "sailor", "some": "b"}).content.decode()
    assert "/guides/mate/skills-check/?have=a&amp;some=b" in links


def test_skills_are_found_by_any_of_their_names() -> None:
    an_edition()
    assert leads(q="Lamp") == "/match/?have=lamps"
    assert leads(q="lanterns", have="patience") == "/match/?have=lamps,patience"
    assert leads(q="lamps lanterns") == "None"
    assert "Skills that match “tele”: Telescope" in shown(q="tele")
    assert leads(q="telescpoe") == "/match/?have=telescope"  # corrected
    assert "No guide lists a skill called “xyzzy.”" in shown(q="xyzzy")
    assert "No guide lists a skill called “%.”" in shown(q="%")
    assert "The most common skills" in shown(q=" ")
    assert "No guide lists a skill called “….”" in shown(q="…")


def test_a_name_of_several_skills_offers_a_choice() -> None:
    a_role("sailor", "ab")
    page = Client().get("/match/", {"q": "skill", "have": "a"}).content.decode()
    assert "Skills that match “skill”: Skill B" in words(page)
    assert 'name="skill-a"' not in page  # what is chosen is not offered once more
    sent = Client().get("/match/?q=skill&have=a&skill-b=have")
    assert sent.headers["Location"] == "/match/?have=a,b&q=skill"


def test_past_roles_are_found_by_their_names() -> None:
    an_edition()
    a_role("deck-officer", "a")
    a_role("radio-officer", "b")
    assert leads(add="wickie", have="a") == "/match/?have=a&role=lighthouse-keeper"
    assert "We don’t know a job called just “officer.” Did you mean one of these?" in shown(add="officer")
    assert "We don’t know a job called just “deck.”" in shown(add="deck")
    assert "We don’t know a job called “xyzzy.”" in shown(add="xyzzy")


def test_past_roles_are_bounded() -> None:
    for n in range(13):
        a_role(f"role-{n:02}", "a")
    full = ",".join(f"role-{n:02}" for n in range(12))
    assert "You can add up to 12 past jobs." in shown(add="Role-12", role=full)


def test_unknown_skills_and_roles_are_removed() -> None:
    a_role("sailor", "a")
    assert leads(have="nonsense,a", role="nobody") == "/match/?have=a"


@pytest.mark.parametrize("query", ["page=2", "page=999999&have=a", "have=a&page=0"])
def test_missing_pages_are_not_found(query: str) -> None:
    a_role("sailor", "a")
    assert Client().get(f"/match/?{query}").status_code == (200 if "page=0" in query else 404)


def test_suggestions_are_names_of_skills() -> None:
    an_edition()
    assert Client().get("/match/suggestions/?q=lan").json() == ["lan", ["Lamps"]]
    assert Client().get("/match/suggestions/?q=%00").json() == ["", []]


@pytest.mark.usefixtures("_delivered")
class TestPlace:
    PATH = "/match/?have=medical-terminology"

    def test_roles_show_pay_in_a_place_next_to_the_nation(self) -> None:
        html = Client().get(f"{self.PATH}&place=texas").content.decode()
        text = words(html)
        bls = "U.S. Bureau of Labor Statistics, May 2025"
        assert f"$39,520 a year · $19.00 an hour in Texas, median {bls} $45,690 a year" in text
        assert f"$21.97 an hour · median · {bls}" in text
        assert '<a href="/guides/medical-assistant/?place=texas">Medical Assistant</a>' in html

    def test_the_answers_and_the_place_stay_in_links_and_forms(self) -> None:
        html = Client().get(f"{self.PATH}&place=texas").content.decode()
        assert '<input type="hidden" name="place" value="texas" />' in html
        assert '<input type="hidden" name="have" value="medical-terminology" />' in html
        assert 'href="/match/?place=texas"' in html

    def test_a_place_has_one_address(self) -> None:
        assert Client().get(f"{self.PATH}&place=Texas").headers["Location"] == f"{self.PATH}&place=texas"

    def test_a_place_that_is_not_found_is_explained(self) -> None:
        text = words(Client().get(f"{self.PATH}&place=78701").content.decode())
        assert "We can’t search by ZIP code." in text
        assert "in Texas" not in text
