"""The guides that are delivered: the Patient Care Coordinator's, and its companions'."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from guides import words
from guides.models import Role, StartingJob
from guides.preflight.passages import passages_of
from guides.preflight.text import reading_grade
from guides.publishing.drafts.compose import compose
from guides.publishing.first_start import FIXTURES, GUIDES
from guides.requirements import EDUCATION_LEVELS
from guides.schema import FIGURES, Guide
from guides.skill_groups import FULL_POINTS, covered_share, skill_groups
from guides.summary import Move, SummaryRequirement, summarize
from tests.helpers.delivered import delivered_guide

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide() -> Guide:
    return delivered_guide("patient-care-coordinator")


def test_it_has_all_of_its_parts(guide: Guide) -> None:
    counts = {name: len(value) for name, value in guide if isinstance(value, tuple)}
    assert counts == {
        "alternative_titles": 3, "occupations": 2, "facts": 7, "requirements": 2, "sections": 31, "responsibilities": 7,
        "skills": 28, "steps": 6, "routes": 3, "levels": 5, "pay": 16, "considerations": 14, "faqs": 8, "related": 16,
        "toolkit": 6, "examples": 1, "interview": 14, "sources": 5,
    }  # fmt: skip


def test_its_pay_is_told_on_each_basis(guide: Guide) -> None:
    told = [
        (
            band.basis,
            band.level or band.label or band.country,
            band.low,
            band.median,
            band.mean,
            band.high,
            band.currency,
        )
        for band in guide.pay
    ]
    assert told == [
        ("headline", "National median of an occupation that is not named", None, 40680, None, None, "USD"),
        ("experience", "Usual range, by experience and location", 30000, None, None, 55000, "USD"),
        ("experience", "Entry level", 35000, None, None, 45000, "USD"),
        ("experience", "Experienced, with specialized skills", 50000, None, None, None, "USD"),
        ("level", "Junior Patient Care Coordinator", None, 39000, 42000, None, "USD"),
        ("level", "Patient Care Coordinator", None, 48000, 50000, None, "USD"),
        ("level", "Senior Patient Care Coordinator", None, 55000, 58000, None, "USD"),
        ("level", "Lead Patient Care Coordinator", None, 62000, 65000, None, "USD"),
        ("level", "Patient Care Manager", None, 75000, 78000, None, "USD"),
        ("country", "US", 40000, None, None, 60000, "USD"),
        ("country", "CA", 45000, None, None, 65000, "CAD"),
        ("country", "GB", 25000, None, None, 35000, "GBP"),
        ("country", "DE", 30000, None, None, 45000, "EUR"),
        ("country", "AU", 50000, None, None, 70000, "AUD"),
        ("country", "SG", 35000, None, None, 55000, "SGD"),
        ("country", "BR", 35000, None, None, 55000, "BRL"),
    ]
    assert [band.label for band in guide.pay if band.and_more] == ["Usual range, by experience and location"]
    assert [band.country for band in guide.pay if band.approximate] == ["BR"]


def test_its_other_figures_keep_their_units_and_ends(guide: Guide) -> None:
    measured = {fact.kind: fact.value for fact in guide.facts if fact.value}
    assert {kind: (v.low, v.high, v.and_more, v.approximate, v.unit, v.per) for kind, v in measured.items()} == {
        "growth": (Decimal("0.16"), Decimal("0.16"), False, False, "share", ""),
        "openings": (172000, 172000, False, True, "count", "year"),
        "entry-time": (3, 12, True, False, "month", ""),
    }
    routes: list[object] = [
        (c.low, c.high, c.and_more, c.approximate, d.low, d.high, d.unit)
        for c, d in ((route.cost, route.duration) for route in guide.routes)
        if c and d
    ]
    assert routes == [
        (None, 2000, False, True, 3, 12, "month"),
        (5000, 20000, False, False, 6, 24, "month"),
        (40000, 100000, True, False, 4, 4, "year"),
    ]
    assert [(level.years_from, level.years_to) for level in guide.levels] == [
        (0, 2),
        (2, 4),
        (4, 7),
        (7, 10),
        (10, None),
    ]


def test_the_government_is_cited_for_its_own_figures_only(guide: Guide) -> None:
    rows = [row for part in FIGURES for row in getattr(guide, part)]
    cited = {slug: sum(row.source == slug for row in rows) for slug in (source.slug for source in guide.sources)}
    assert cited == {
        "bls-oews-2023": 1,
        "bls-projections-2022-2032": 2,
        "himalayas-pcc": 30,
        "naham-faq": 0,
        "nha-renewal": 0,
    }


@pytest.mark.parametrize("name", GUIDES)
def test_a_skills_check_of_each_guide_has_something_to_tell(name: str) -> None:
    guide = delivered_guide(name.replace("_", "-"))
    assert {skill.importance for skill in guide.skills} == {"essential", "important", "useful"}
    assert [skill.slug for skill in guide.skills if not skill.proficiency or not skill.gained] == []
    ways = {title for part in (guide.steps, guide.routes) for title in (way.title for way in part)}
    assert {title for skill in guide.skills for title in skill.gained_by} <= ways
    assert sum(bool(skill.gained_by) for skill in guide.skills) >= 10
    assert len({question.theme for question in guide.interview}) >= 3


MAX_GRADE = 8
"""Years of school that a reader needs, by Flesch and Kincaid, over all prose of a guide."""


@pytest.mark.parametrize("name", GUIDES)
def test_a_guide_reads_at_eighth_grade_or_below(name: str) -> None:
    passages = passages_of(delivered_guide(name.replace("_", "-")))
    assert reading_grade(sentence for passage in passages for sentence in passage.sentences) <= MAX_GRADE


COMPANIONS = tuple(name for name in GUIDES if name != "patient_care_coordinator")


@pytest.mark.parametrize("name", COMPANIONS)
def test_a_companion_is_complete_in_kind(name: str) -> None:
    guide = delivered_guide(name.replace("_", "-"))
    lists = {part: len(value) for part, value in guide if isinstance(value, tuple)}
    least = {
        "responsibilities": 6, "skills": 10, "levels": 3, "faqs": 4, "steps": 4, "routes": 2, "toolkit": 4, "pay": 0,
    }  # fmt: skip
    assert {part for part, count in lists.items() if count < least.get(part, 1)} == set()
    cited = {row.source for part in FIGURES for row in getattr(guide, part) if row.source}
    assert cited - {"onet-29-3", "bls-ooh-medical-assistants", "bls-projections-2024-2034"} == {"onet-29-2"}
    assert {skill.kind for skill in guide.skills} - {"certificate"} == {"technical", "soft", "tool"}
    attribution = [section.body for section in guide.sections if section.heading == "About the data"]
    assert ["CC BY 4.0" in body and "trademark" in body for body in attribution] == [True]


@pytest.mark.parametrize(
    ("name", "occupations"),
    [
        ("patient_care_coordinator", {"43-6013": "nearest", "29-2099": "nearest"}),
        ("medical_receptionist", {"43-4171": "nearest", "43-6013": "nearest"}),
        ("medical_assistant", {"31-9092": "same"}),
        ("patient_services_coordinator", {"29-2099": "broader"}),
        ("clinical_coordinator", {"11-9111": "broader", "29-1141": "nearest"}),
        ("patient_care_manager", {"11-9111": "broader"}),
        ("patient_care_specialist", {"43-6013": "nearest", "43-4051": "nearest"}),
        ("patient_coordinator", {"29-2099": "broader", "43-6013": "nearest"}),
    ],
)
def test_official_figures_are_those_of_occupations_and_not_typed(name: str, occupations: dict[str, str]) -> None:
    guide = delivered_guide(name.replace("_", "-"))
    assert {each.code: each.relation for each in guide.occupations} == occupations
    assert [band for band in guide.pay if "SOC" in band.label] == []
    assert [fact.kind for fact in guide.facts if fact.kind in {"growth", "openings"}] == (
        ["growth", "openings"] if name == "patient_care_coordinator" else []
    )


def test_companions_share_their_skills_with_one_spelling() -> None:
    seen: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    call_command("loaddata", *FIXTURES, verbosity=0)
    for name in GUIDES:
        role = Role.objects.get(slug=name.replace("_", "-"))
        for skill in compose(role).skills:
            assert seen.setdefault(skill.slug, (skill.name, skill.kind, skill.aliases)) == (
                skill.name, skill.kind, skill.aliases
            )  # fmt: skip


def test_loading_it_again_changes_nothing(guide: Guide) -> None:
    call_command("loaddata", *FIXTURES, verbosity=0)
    assert compose(Role.objects.get(slug=guide.slug)) == guide


HEALTH_CARE = "work in health care"
CLINICAL = "clinical work or care coordination"
IN_CHARGE = "work in charge of staff"


@pytest.mark.parametrize(
    ("slug", "ways"),
    [
        ("medical-receptionist", (SummaryRequirement("high-school"),)),
        (
            "medical-assistant",
            (SummaryRequirement("postsecondary"), SummaryRequirement("high-school", 1, 2, CLINICAL)),
        ),
        (
            "patient-care-coordinator",
            (SummaryRequirement("high-school", 1, None, HEALTH_CARE), SummaryRequirement("associate")),
        ),
        (
            "patient-services-coordinator",
            (SummaryRequirement("postsecondary"), SummaryRequirement("high-school", 1, 2, HEALTH_CARE)),
        ),
        ("clinical-coordinator", (SummaryRequirement("bachelor", 2, 4, CLINICAL),)),
        ("patient-care-manager", (SummaryRequirement("bachelor", 3, 5, IN_CHARGE),)),
    ],
)
def test_requirements_are_ways_to_qualify(slug: str, ways: tuple[SummaryRequirement, ...]) -> None:
    assert summarize(delivered_guide(slug)).requirements == ways


@pytest.mark.parametrize("name", GUIDES)
def test_education_routes_agree_with_the_requirements(name: str) -> None:
    guide = delivered_guide(name.replace("_", "-"))
    level = EDUCATION_LEVELS.index
    required = {level(way.education) for way in guide.requirements}
    reached = {level(route.education) for route in guide.routes if route.education}
    assert min(reached) >= min(required)
    assert max(reached) >= max(required)


@pytest.mark.parametrize("name", GUIDES)
def test_one_skill_of_each_group_is_all_that_a_guide_requires(name: str) -> None:
    groups = skill_groups(summarize(delivered_guide(name.replace("_", "-"))).skills)
    for choice in (0, -1):
        points = {group.skills[choice].slug: FULL_POINTS for group in groups}
        assert covered_share(groups, points) == 1
        assert covered_share(groups, dict(list(points.items())[1:])) < 1


@pytest.mark.parametrize("name", GUIDES)
def test_guides_require_a_comparable_number_of_skills(name: str) -> None:
    skills = summarize(delivered_guide(name.replace("_", "-"))).skills
    assert 14 <= len(skill_groups(skills)) <= 20


@pytest.mark.parametrize("name", GUIDES)
def test_alternatives_are_at_least_two_skills_of_one_kind_and_importance(name: str) -> None:
    groups = skill_groups(delivered_guide(name.replace("_", "-")).skills)
    labeled = {group.label: group.skills for group in groups if group.label}
    assert {label for label, skills in labeled.items() if len(skills) < 2} == set()
    assert {label for label, skills in labeled.items() if len({(s.kind, s.importance) for s in skills}) > 1} == set()


def test_the_ladder_from_the_front_desk_to_management_is_named() -> None:
    receptionist, coordinator, manager = (
        delivered_guide(slug) for slug in ("medical-receptionist", "patient-care-coordinator", "patient-care-manager")
    )
    assert Move("next", coordinator.slug) in summarize(receptionist).moves
    assert Move("from", receptionist.slug) in summarize(coordinator).moves
    assert "Lead Patient Care Coordinator" in {level.title for level in coordinator.levels}
    assert Move("next", manager.slug) in summarize(coordinator).moves
    assert Move("from", coordinator.slug) in summarize(manager).moves


def test_moves_lead_to_guides_and_starting_jobs_by_their_titles() -> None:
    guides = {guide.slug: guide.title for guide in (delivered_guide(name.replace("_", "-")) for name in GUIDES)}
    jobs = dict(StartingJob.objects.values_list("slug", "title"))
    for slug in guides:
        for role in delivered_guide(slug).related:
            if role.slug:
                assert guides[role.slug] == role.title
            elif role.starting_job:
                assert jobs[role.starting_job].casefold() == role.title.casefold()
            elif role.relation == "from":
                assert role.title.casefold() not in {title.casefold() for title in (*guides.values(), *jobs.values())}


def test_starting_jobs_have_titles_of_their_own() -> None:
    jobs = [delivered_guide(name.replace("_", "-")) for name in GUIDES]
    titles = [title for guide in jobs for title in (guide.title, *guide.alternative_titles)]
    titles += [title for job in StartingJob.objects.all() for title in (job.title, *job.other_titles)]
    keys = [words.key(title) for title in titles]
    assert [title for title, key in zip(titles, keys, strict=True) if keys.count(key) > 1] == []


def test_starting_jobs_bring_skills_that_guides_require() -> None:
    required = {skill.slug for name in GUIDES for skill in delivered_guide(name.replace("_", "-")).skills}
    brought = {job.slug: {skill.slug for skill in job.skills.all()} for job in StartingJob.objects.all()}
    assert len(brought) == 48
    assert {slug: skills - required for slug, skills in brought.items() if skills - required} == {}
    assert {slug for slug, skills in brought.items() if not 3 <= len(skills) <= 8} == set()


def test_certificates_name_their_issuer_and_a_page_of_it() -> None:
    guides = [delivered_guide(name.replace("_", "-")) for name in GUIDES]
    publishers = {source.slug: source.publisher for guide in guides for source in guide.sources}
    certificates = {skill.slug: skill.certificate for guide in guides for skill in guide.skills if skill.certificate}
    required = {skill.slug for guide in guides for skill in guide.skills if skill.kind == "certificate"}
    assert set(certificates) == required
    assert {slug: (facts.issuer, publishers[facts.source]) for slug, facts in certificates.items()} == {
        "ccma": ("National Healthcareer Association", "National Healthcareer Association"),
        "chaa": (
            "National Association of Healthcare Access Management",
            "National Association of Healthcare Access Management",
        ),
        "cma": ("American Association of Medical Assistants", "American Association of Medical Assistants"),
        "cmaa": ("National Healthcareer Association", "National Healthcareer Association"),
        "cpr-bls": ("American Heart Association and others", "American Heart Association"),
        "rma": ("American Medical Technologists", "American Medical Technologists"),
    }
    assert [slug for slug, facts in certificates.items() if not facts.address.startswith("https://")] == []
    fees = {slug: (facts.fee.low, facts.fee.high) for slug, facts in certificates.items() if facts.fee}
    assert fees == {"cma": (Decimal(125), Decimal(250))}
