"""The page of the skills check: a plain form, a URL that holds the answers, and their score."""

import re

import pytest
from django.test import Client

from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from tests.helpers.factories import an_edition
from tests.reading.test_pages import assert_well_made, words

pytestmark = pytest.mark.django_db

CHECK = "/guides/lighthouse-keeper/skills-check/"


def page(query: str = "", address: str = CHECK) -> str:
    response = Client().get(f"{address}?{query}" if query else address)
    assert response.status_code == 200, response.headers
    return response.content.decode()


def test_the_check_asks_about_every_skill() -> None:
    an_edition()
    html = page()
    assert re.findall(r'name="(skill-[a-z]+)" value="([a-z-]+)"', html) == [
        (f"skill-{slug}", answer)
        for slug in ("lamps", "patience", "telescope")
        for answer in ("have", "some", "not-yet")
    ]
    assert "Lamps Essential To keep the light. Asked for: on your own." in words(html)
    assert "How ready you are" not in html


def test_submitted_answers_redirect_to_one_url() -> None:
    an_edition()
    sent = "skill-telescope=have&skill-lamps=some&skill-patience=have&years=5"
    response = Client().get(f"{CHECK}?{sent}")
    assert response.headers["Location"] == f"{CHECK}?have=patience,telescope&some=lamps&years=5"
    html = page("have=patience,telescope&some=lamps&years=5")
    assert html.count(" checked") == 3
    assert 'value="5"' in html


def test_the_result_shows_its_reasons() -> None:
    an_edition()
    text = words(page("have=patience&not-yet=lamps"))
    assert "33% of what the guide asks for" in text
    assert "1 skill has no answer yet, and counts as missing: Telescope." in text
    assert "Of what you did answer, you have 40%." in text
    assert "Essential, 3 each 1 0 0 0 of 3 Important, 2 each 1 1 0 2 of 2 Useful, 1 each 1 0 0 0 of 1" in text
    assert "Not on it yet." in text
    assert "Next: Keeper 0–5 years · $38,000 a year, median · Bureau of Surveys, 2025 One lamp." in text
    assert "Lamps Essential, on your own · not yet By trimming one. Learn to row" in text
    assert "Apprenticeship, 6–12 months or more, up to about $500 Bureau of Surveys, 2025" in text
    assert "No other guide fits your answers better than this one." in text


def test_a_result_names_roles_that_fit_better() -> None:
    an_edition()
    skills = [{"slug": "patience", "name": "Patience", "kind": "soft"}, {"slug": "tea", "name": "Tea", "kind": "soft"}]
    an_edition(slug="porter", title="Porter", alternative_titles=[], skills=skills, levels=[], pay=[])
    html = page("have=patience")
    assert "Porter 50% of what it asks for: 1 of its 2 skills. You have Patience Missing" in words(html)
    assert 'href="/guides/porter/skills-check/?have=patience"' in html


def test_answers_about_other_skills_are_carried_along() -> None:
    an_edition()
    assert '<input type="hidden" name="have" value="tea" />' in page("have=patience,tea")
    response = Client().get(f"{CHECK}?have=tea&skill-lamps=have")
    assert response.headers["Location"] == f"{CHECK}?have=lamps,tea"


def test_a_past_role_answers_its_skills_except_tools_and_certificates() -> None:
    an_edition()
    kinds = {"patience": "soft", "telescope": "tool", "card": "certificate"}
    skills = [{"slug": slug, "name": slug, "kind": kind} for slug, kind in kinds.items()]
    an_edition(slug="porter", title="Porter", alternative_titles=[], levels=[], pay=[], skills=skills)
    response = Client().get(f"{CHECK}?role=porter&some=lamps")
    assert response.headers["Location"] == f"{CHECK}?have=patience&some=lamps"


def test_invalid_years_show_an_error_and_the_answers_stay() -> None:
    an_edition()
    html = page("skill-lamps=have&years=many")
    assert "“many” isn’t a number of years." in words(html)
    assert 'value="many"' in html
    assert html.count(" checked") == 1


def test_a_guide_without_skills_says_so() -> None:
    an_edition(skills=[])
    assert "This guide names no skills yet, so there is nothing to check." in words(page("have=lamps"))
    assert "skills-check" not in page(address="/guides/lighthouse-keeper/")


def test_the_check_of_a_withdrawn_guide_is_gone() -> None:
    edition = an_edition()
    assert Client().get("/guides/nobody/skills-check/").status_code == 404
    withdraw(role=edition.role, by="Ada")
    assert Client().get(CHECK).status_code == 410


def test_search_engines_index_the_check_without_answers() -> None:
    an_edition()
    assert "noindex" not in page()
    html = page("have=lamps")
    assert '<meta name="robots" content="noindex" />' in html
    assert f'<link rel="canonical" href="http://127.0.0.1:8000{CHECK}" />' in html


@pytest.mark.parametrize(
    "address",
    [CHECK, f"{CHECK}?have=patience&not-yet=lamps&years=2", "/match/", "/match/?have=lamps", "/match/?q=a",
     "/match/resume/", "/guides/lighthouse-keeper/toolkit/", "/guides/lighthouse-keeper/toolkit/resume/?have=lamps",
     "/guides/lighthouse-keeper/toolkit/interview/"],
)  # fmt: skip
def test_a_page_is_well_made(address: str) -> None:
    an_edition()
    assert_well_made(Client().get(address).content.decode())


def test_answers_follow_renamed_skills_and_moved_roles() -> None:
    role = an_edition().role
    role.slug = "light-keeper"
    role.save()
    publish(role=role, by="Ada")
    check = "/guides/light-keeper/skills-check/"
    assert Client().get(f"{check}?have=lanterns").headers["Location"] == f"{check}?have=lamps"
    assert "You have done this." in words(page(address="/match/", query="role=lighthouse-keeper"))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            "have=lamps",
            "you stand at Keeper. The first level asks for half of the essential skills, the highest for all",
        ),
        ("have=lamps", "you have 100%. Tell your years below"),
        ("have=lamps&years=9", "By your skills and years, you stand at Head Keeper."),
        ("some=lamps&years=9", "you have 50%. Your years alone would reach to Head Keeper. To rise, work on: Lamps."),
        ("not-yet=lamps", "Not on it yet. The first level asks for half"),
    ],
)
def test_the_ladder_explains_the_level(query: str, text: str) -> None:
    an_edition()
    assert text in words(page(query))


def test_a_ladder_without_years_does_not_ask_for_them() -> None:
    an_edition(levels=[{"title": "Keeper"}], pay=[])
    html = page("have=lamps")
    assert "The guide tells no years for its levels" in words(html)
    assert 'name="years"' not in html


def test_a_complete_result_names_the_usual_education() -> None:
    an_edition()
    text = words(page("have=lamps,patience,telescope"))
    assert (
        "You have every skill that the guide names. Besides skills, it usually asks for: High school diploma." in text
    )


def test_a_form_without_an_answer_shows_an_error() -> None:
    an_edition()
    assert "Choose an answer for at least one skill." in words(page("years="))


def test_zero_years_are_an_answer() -> None:
    an_edition()
    assert 'name="years" inputmode="numeric" maxlength="10" size="4" value="0"' in page("have=lamps&years=0")
