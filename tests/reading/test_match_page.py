"""What visitors enter on the match page, how it travels in the URL, and the groups of the result."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import Edition, Skill
from guides.models.starting_jobs import StartingJob
from guides.reading.answers import Answers
from guides.reading.skills_check.ranking import better
from tests.helpers.factories import an_edition
from tests.reading.test_match import leads, shown
from tests.reading.test_pages import words

pytestmark = pytest.mark.django_db

FISHING = {"years_from": 1, "experience": "work on a boat"}
NOT_A_NUMBER = "“abc” isn’t a number of years. Enter one from 0 to 80, or leave it empty."


def a_role(slug: str, *requirements: dict[str, Any], **parts: Any) -> Edition:
    skills = [{"slug": "knots", "name": "Knots", "kind": "technical"}]
    ways = [way | {"source": "survey-2025"} for way in requirements]
    whole = {"skills": skills, "levels": [], "pay": [], "alternative_titles": [], "routes": []} | parts
    return an_edition(slug=slug, title=slug.title(), requirements=ways, **whole)


def a_starting_job(slug: str, *other_titles: str) -> StartingJob:
    return StartingJob.objects.create(slug=slug, title=slug.title(), other_titles=list(other_titles))


def html(query: str) -> str:
    response = Client().get(f"/match/?{query}")
    assert response.status_code == 200, response.headers
    return response.content.decode()


class TestStartingJobs:
    def test_a_starting_job_is_a_past_job_by_any_of_its_titles(self) -> None:
        a_role("sailor")
        a_starting_job("server", "Waitress")
        assert leads(add="Server") == "/match/?role=server"
        assert leads(add="waitress") == "/match/?role=server"
        assert "We don’t know a job called just “waitres.” Did you mean one of these? Server" in shown(add="waitres")
        assert "Server past job" in shown(role="server")

    def test_a_guide_wins_over_a_starting_job_at_the_same_address(self) -> None:
        a_role("sailor")
        a_starting_job("sailor")
        assert leads(add="sailor") == "/match/?role=sailor"
        assert "You have done this job." in shown(role="sailor")

    def test_a_starting_job_brings_its_skills_and_its_moves(self) -> None:
        knots = [{"slug": "knots", "name": "Knots", "kind": "technical"}]
        come_from = {"relation": "from", "title": "Fisher", "starting_job": "fisher"}
        job = a_starting_job("fisher")
        a_role("boatswain", {"education": "high-school"}, skills=knots)
        rope = [{"slug": "ropes", "name": "Ropes", "kind": "technical"}]
        a_role("sailor", {"education": "high-school"}, skills=rope, related=[come_from])
        job.skills.set(Skill.objects.filter(slug="knots"))
        page = shown(role="fisher")
        assert "Sailor People move here from your past job, Fisher. No shared skills yet." in page
        assert "Boatswain Strong fit: 100% match: 1 of 1 skill." in page
        assert page.index("Sailor People") < page.index("Boatswain Strong")


class TestForm:
    def test_fields_lead_to_one_address(self) -> None:
        a_role("sailor", {"education": "bachelor"} | FISHING)
        sent = {"education": "associate", "experience-work-on-a-boat": "2 years", "q": "", "add": ""}
        assert leads(**sent) == "/match/?education=associate&experience=work-on-a-boat:2"
        assert leads(education="", **{"experience-work-on-a-boat": ""}) == "/match/"
        assert leads(experience="work-on-a-boat:2,juggling:4") == "/match/?experience=work-on-a-boat:2"

    def test_answers_are_in_the_fields_and_stay_in_all_links(self) -> None:
        a_role("sailor", {"education": "bachelor"} | FISHING)
        query = "have=knots&education=associate&experience=work-on-a-boat:2"
        page = html(query)
        assert '<option value="associate" selected>' in page
        assert 'name="experience-work-on-a-boat" inputmode="numeric" maxlength="10" size="4" value="2"' in page
        escaped = query.replace("&", "&amp;")
        assert f'href="/guides/sailor/skills-check/?{escaped}"' in page
        assert f'href="/match/resume/?{escaped}"' in page
        assert '<input type="hidden" name="experience" value="work-on-a-boat:2" />' in page  # in the form for a place

    def test_wrong_input_is_kept_and_explained(self) -> None:
        a_role("sailor", {"education": "bachelor"} | FISHING)
        page = html("education=wizard&experience-work-on-a-boat=abc")
        assert f"There are 2 problems Choose your education from the list. {NOT_A_NUMBER}" in words(page)
        assert 'value="abc" aria-invalid="true" aria-describedby="experience-work-on-a-boat-error"' in page

    def test_required_certificates_are_questions_and_others_are_offered(self) -> None:
        certificates = [{"slug": slug, "name": slug.title(), "kind": "certificate"} for slug in ("pilot", "swimmer")]
        a_role("sailor", {"education": "high-school", "certificate": "pilot"}, skills=certificates)
        assert '<select id="skill-pilot" name="skill-pilot">' in html("")
        assert '<input type="checkbox" name="skill-swimmer" value="have" />' in html("")
        assert "Needs Pilot; tell us if you have it." in shown(education="high-school")
        assert leads(**{"education": "high-school", "skill-pilot": "not-yet"}) == (
            "/match/?not-yet=pilot&education=high-school"
        )
        assert "You need Pilot." in words(html("not-yet=pilot&education=high-school"))


class TestResult:
    def test_what_is_missing_has_a_number_and_a_way_out(self) -> None:
        route = {"title": "College", "education": "bachelor", "duration": {"low": 2, "high": 4, "unit": "year"}}
        a_role(
            "sailor", {"education": "bachelor", "note": "In *any* field."}, routes=[route | {"source": "survey-2025"}]
        )
        a_role("mate", {"education": "high-school"} | FISHING)
        page = html("education=high-school&experience=work-on-a-boat:0")
        assert "You need a bachelor’s degree (2–4 years by this guide’s routes). In any field." in words(page)
        assert "In <em>any</em> field." in page
        assert "You need at least 1 year of work on a boat (you have 0)." in words(page)

    def test_groups_are_linked_also_on_other_pages(self) -> None:
        for n in range(11):
            a_role(f"clerk-{n}", {"education": "high-school"})
        a_role("captain", {"education": "bachelor"})
        page = html("education=high-school")
        assert '<a href="#now">You can enter now</a> <span class="meta">11</span>' in page
        other = "/match/?education=high-school&amp;page=2#one-missing"
        assert f'<a href="{other}">One requirement is missing</a> <span class="meta">1</span>' in page
        assert 'id="one-missing"' in html("education=high-school&page=2")

    def test_skills_never_outweigh_a_missing_requirement(self) -> None:
        a_role("captain", {"education": "bachelor"})
        other = [{"slug": "tea", "name": "Tea", "kind": "soft"}]
        a_role("cook", {"education": "high-school"}, skills=other)
        page = shown(have="knots", education="high-school")
        assert page.index("Cook No shared skills yet.") < page.index("Captain You need a bachelor’s degree.")

    def test_long_lists_of_skills_end_with_a_number(self) -> None:
        letters = [{"slug": name, "name": name.upper(), "kind": "soft"} for name in "abcdefgh"]
        ehr = [
            {"slug": name, "name": name, "kind": "tool", "one_of": "One EHR", "importance": "essential"}
            for name in ("epic", "cerner")
        ]
        a_role("clerk", {"education": "high-school"}, skills=[*letters, *ehr])
        assert "first One EHR: epic or cerner; A; B; C; D; E, and 3 more" in shown(education="associate")


def test_better_roles_have_no_missing_requirement() -> None:
    here = a_role("sailor", {"education": "high-school"})
    for slug, education in (("mate", "high-school"), ("captain", "bachelor")):
        a_role(slug, {"education": education})
    found = better(Answers(have=("knots",), education="associate"), share=0.5, edition=here.pk, at=timezone.now())
    assert [each.card.slug for each in found] == ["mate"]
