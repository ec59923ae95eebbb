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
    assert "Lamps Essential To keep the light. At work, you do it on your own." in words(html)
    assert (
        words(html).index("Highest education")
        < words(html).index("Years in this or a similar job")
        < words(html).index("Lamps")
    )
    assert "3 questions about skills" in words(html)
    assert "Your plan" not in html


def test_submitted_answers_redirect_to_one_url() -> None:
    an_edition()
    sent = "skill-telescope=have&skill-lamps=some&skill-patience=have&years=5&education=bachelor"
    response = Client().get(f"{CHECK}?{sent}")
    canonical = "have=patience,telescope&some=lamps&years=5&education=bachelor"
    assert response.headers["Location"] == f"{CHECK}?{canonical}"
    html = page(canonical)
    assert html.count(" checked") == 3
    assert 'value="5"' in html
    assert '<option value="bachelor" selected>' in html
    assert "3 of 3 answered" in words(html)


def test_the_result_shows_its_reasons() -> None:
    an_edition()
    text = words(page("have=patience&not-yet=lamps&education=none"))
    assert "You need a high school diploma or GED Bureau of Surveys, 2025" in text
    assert "33% of the skills in the guide, but you still need: a high school" in text
    assert "2 of 3 answered. Skipped skills count as missing. You have 40% of the skills you answered." in text
    assert "Essential, 3 each 1 0 0 0 of 3 Important, 2 each 1 1 0 2 of 2 Useful, 1 each 1 0 0 0 of 1" in text
    assert "You haven’t reached the first level yet." in text
    assert "Next: Keeper 0–5 years · $38,000 a year, median · Bureau of Surveys, 2025 One lamp." in text
    assert "Lamps Essential · not yet. At work, you do it on your own. By trimming one. Learn to row" in text
    assert "Apprenticeship, 6–12 months or more, up to about $500 Bureau of Surveys, 2025" in text
    assert "You skipped 1 other skill." in text
    assert "No other guide matches your answers better." in text


@pytest.mark.parametrize(
    ("query", "headline"),
    [
        ("have=lamps", "Tell us your education"),
        ("education=none", "You need a high school diploma or GED"),
        ("education=associate", "You meet the requirements"),
    ],
)
def test_a_result_begins_with_the_requirements(query: str, headline: str) -> None:
    an_edition()
    assert re.findall("<h2 id=.requirements.>(.*?)</h2>", page(query)) == [headline]


def test_an_address_with_a_foreign_parameter_is_no_refused_form() -> None:
    an_edition()
    response = Client().get(f"{CHECK}?utm_source=letter")
    assert (response.status_code, response.headers["Location"]) == (302, CHECK)
    assert "Answer at least one question." in words(page("education="))


def test_a_result_without_skills_shows_no_share() -> None:
    an_edition()
    html = page("education=associate")
    assert ('id="readiness"' in html, 'id="better"' in html, 'id="standing"' in html) == (False, False, False)
    assert "Lamps Essential · not answered yet." in words(html)


def test_a_qualified_person_is_ready() -> None:
    an_edition()
    text = words(page("have=lamps,patience,telescope&education=high-school"))
    assert "100% of the skills in the guide" in text
    assert "You are ready to apply." in text


EHR = [
    {"slug": slug, "name": name, "kind": "tool", "importance": "essential"} | more
    for slug, name, more in [
        ("ehr", "EHR systems", {}),
        ("epic", "Epic", {"broader": {"slug": "ehr", "name": "EHR systems"}, "one_of": "One EHR system"}),
        ("cerner", "Cerner", {"broader": {"slug": "ehr", "name": "EHR systems"}, "one_of": "One EHR system"}),
    ]
]


def test_alternatives_are_one_question_with_an_answer_each() -> None:
    an_edition(skills=EHR)
    html = page()
    assert "One EHR system: which do you have? Essential One is enough. Epic" in words(html)
    assert html.count("data-question") == 2
    assert "2 questions about skills" in words(html)


def test_a_narrower_skill_counts_and_the_page_says_so() -> None:
    an_edition(skills=EHR)
    text = words(page("have=epic&education=high-school"))
    assert "100% of the skills in the guide" in text
    assert "EHR systems counts through Epic" in text
    assert "EHR systems Essential Counts through Epic." in text
    assert "2 of 2 answered" in text


def test_required_experience_has_a_field_and_certificates_come_first() -> None:
    card = {"slug": "card", "name": "Keeper’s card", "kind": "certificate", "importance": "useful"}
    way = {"years_from": 1, "experience": "work at sea", "certificate": "card", "source": "survey-2025"}
    an_edition(skills=[*EHR, card], requirements=[way])
    response = Client().get(f"{CHECK}?experience-work-at-sea=2+years&skill-card=have&have=epic")
    assert response.headers["Location"] == f"{CHECK}?have=card,epic&experience=work-at-sea:2"
    html = page("have=card,epic&experience=work-at-sea:2")
    assert re.findall("<h2 id=.requirements.>(.*?)</h2>", html) == ["You meet the requirements"]
    assert 'name="experience-work-at-sea" inputmode="numeric" maxlength="10" size="4" value="2"' in html
    text = words(html)
    assert text.index("Required certificates") < text.index("Keeper’s card Useful") < text.index("Essential skills")
    assert 'type="hidden" name="experience"' not in html


def test_facts_of_a_certificate_are_in_the_plan() -> None:
    facts = {
        "issuer": "Port Authority", "fee": {"low": 120, "high": 120, "currency": "USD"}, "source": "survey-2025",
        "training": {"low": 40, "high": 40, "unit": "hour"}, "address": "https://example.org/card",
        "renewal": "Every two years.", "eligibility": "Adults who can swim.",
    }  # fmt: skip
    card = {"slug": "card", "name": "Keeper’s card", "kind": "certificate", "certificate": facts}
    an_edition(skills=[card])
    html = page("not-yet=card")
    assert (
        "Issued by Port Authority Who can take the exam Adults who can swim. Required training 40 hours "
        "Exam fee $120 Renewal Every two years. Source: Bureau of Surveys, 2025, accessed January 31, 2026."
    ) in words(html.replace("</dt>", " "))
    assert 'href="https://example.org/card"' in html


def test_a_result_names_roles_that_fit_better() -> None:
    an_edition()
    skills = [{"slug": "patience", "name": "Patience", "kind": "soft"}, {"slug": "tea", "name": "Tea", "kind": "soft"}]
    an_edition(slug="porter", title="Porter", alternative_titles=[], skills=skills, levels=[], pay=[])
    html = page("have=patience")
    assert (
        "Porter Good fit: 50% match: 1 of 2 skills. You have Patience Skills to build, most important first"
        in words(html)
    )
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


def test_answers_for_other_guides_are_carried_along() -> None:
    an_edition(requirements=[])
    html = page("have=lamps&education=bachelor&experience=work-at-sea:2")
    assert '<input type="hidden" name="education" value="bachelor" />' in html
    assert '<input type="hidden" name="experience" value="work-at-sea:2" />' in html
    assert 'id="requirements"' not in html


@pytest.mark.parametrize("text", ["many", "300", "-1", "81 years"])
@pytest.mark.parametrize("field", ["years", "experience-work-at-sea"])
def test_invalid_years_show_an_error_and_the_answers_stay(field: str, text: str) -> None:
    an_edition(requirements=[{"years_from": 1, "experience": "work at sea", "source": "survey-2025"}])
    html = page(f"skill-lamps=have&{field}={text}")
    assert f"“{text}” isn’t a number of years." in words(html)
    assert f'name="{field}" inputmode="numeric" maxlength="10" size="4" value="{text}" aria-invalid="true"' in html
    assert html.count(" checked") == 1


def test_unknown_levels_of_education_are_left_out() -> None:
    an_edition()
    assert Client().get(f"{CHECK}?have=lamps&education=wizard").headers["Location"] == f"{CHECK}?have=lamps"


def test_a_guide_without_skills_says_so() -> None:
    an_edition(skills=[])
    assert "This guide lists no skills yet, so there is nothing to check." in words(page("have=lamps"))
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
    [CHECK, f"{CHECK}?have=patience&not-yet=lamps&years=2", f"{CHECK}?have=lamps&education=none",
     "/match/", "/match/?have=lamps", "/match/?q=a",
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
    assert "You have done this job." in words(page(address="/match/", query="role=lighthouse-keeper"))


@pytest.mark.parametrize(
    ("query", "text"),
    [
        (
            "have=lamps",
            "fit Keeper. You need half of the essential skills for the first level and all of them for the highest. "
            "You have 100%.",
        ),
        ("have=lamps", "You have 100%. Enter your years to see whether a higher level fits."),
        ("have=lamps&years=9", "Your skills and years fit Head Keeper."),
        ("have=lamps&years=9&education=none", "Your skills and years fit Head Keeper, once you meet the requirements."),
        (
            "some=lamps&years=9",
            "You have 50%. Your years would qualify you for Head Keeper. To move up, work on: Lamps.",
        ),
        ("not-yet=lamps", "You haven’t reached the first level yet. You need half"),
    ],
)
def test_the_ladder_explains_the_level(query: str, text: str) -> None:
    an_edition()
    assert text in words(page(query))


def test_a_ladder_without_years_does_not_ask_for_them() -> None:
    an_edition(levels=[{"title": "Keeper"}], pay=[])
    html = page("have=lamps")
    assert "This guide’s levels have no set years" in words(html)
    assert 'name="years"' not in html


def test_a_form_without_an_answer_shows_an_error() -> None:
    an_edition()
    assert "Answer at least one question." in words(page("years="))


def test_zero_years_are_an_answer() -> None:
    an_edition()
    assert 'name="years" inputmode="numeric" maxlength="10" size="4" value="0"' in page("have=lamps&years=0")


PLAN = "/guides/lighthouse-keeper/skills-check.md"


def test_the_plan_is_a_checklist_in_markdown() -> None:
    an_edition()
    response = Client().get(f"{PLAN}?have=patience&not-yet=lamps&education=none")
    assert response.headers["Content-Type"] == "text/markdown; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Content-Disposition"] == 'attachment; filename="lighthouse-keeper-plan.md"'
    assert response.content.decode() == (
        "# My plan: Lighthouse Keeper\n\n"
        "You need a high school diploma or GED. You have 33% of the skills.\n\n"
        "## Requirements\n\n- [ ] You need a high school diploma or GED.\n\n"
        "## Skills to learn\n\n"
        "- [ ] **Lamps** (essential)\n  - By *trimming* one.\n  - Learn to row\n"
        "  - Apprenticeship, 6–12 months or more, up to about $500 (Bureau of Surveys, 2025)\n\n"
        "## Skills you have\n\n- [x] Patience\n\n"
        "## Sources\n\n- Bureau of Surveys, 2025: Pay and work <https://example.org/survey>\n\n"
        "Change your answers: "
        f"<http://127.0.0.1:8000{CHECK}?have=patience&not-yet=lamps&education=none>\n"
    )


def test_a_plan_follows_a_moved_guide_and_needs_no_answers() -> None:
    role = an_edition().role
    role.slug = "light-keeper"
    role.save()
    publish(role=role, by="Ada")
    moved = Client().get(f"{PLAN}?have=lamps")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/guides/light-keeper/skills-check.md?have=lamps")
    assert "Tell us your education. You need a high school diploma or GED." in (
        Client().get("/guides/light-keeper/skills-check.md").content.decode()
    )


def test_the_result_links_to_its_plan() -> None:
    an_edition()
    assert f'href="{PLAN}?not-yet=lamps"' in page("not-yet=lamps")


def test_a_range_of_years_in_the_headline_stays_on_one_line() -> None:
    an_edition(requirements=[{"years_from": 2, "years_to": 4, "experience": "work at sea", "source": "survey-2025"}])
    html = page("experience=work-at-sea:1")
    headline = html[html.index('<h2 id="requirements">') :].partition("</h2>")[0]
    assert '<span class="unbroken">2–4 years</span>' in headline
