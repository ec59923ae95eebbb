"""The relations of a role and its times."""

from datetime import datetime

import pytest
from django.core.management import call_command

from guides.models import Action, Part, Role, Skill
from guides.publishing import audit
from guides.publishing.drafts import status
from guides.publishing.drafts.mapping import PARTS
from tests.helpers.clock import Clock
from tests.helpers.factories import a_role, an_edition, an_occupation, day


def test_parts_have_natural_names_on_their_role() -> None:
    assert {kind.model.__name__: kind.related_name for kind in PARTS} == {
        "ApplicationExample": "application_examples",
        "CareerLevel": "career_levels",
        "Consideration": "considerations",
        "EducationRoute": "education_routes",
        "EntryStep": "entry_steps",
        "FAQ": "faqs",
        "InterviewQuestion": "interview_questions",
        "KeyFact": "key_facts",
        "RelatedRole": "related_roles",
        "Requirement": "requirements",
        "Responsibility": "responsibilities",
        "RoleOccupation": "occupations",
        "RoleSkill": "role_skills",
        "SalaryBand": "salary_bands",
        "Section": "sections",
        "ToolkitItem": "toolkit_items",
    }


@pytest.mark.django_db
@pytest.mark.engine
def test_a_role_has_its_parts_under_these_names() -> None:
    role = a_role(occupations=[an_occupation()])
    for kind in PARTS:
        rows: list[Part] = list(getattr(role, kind.related_name).all())
        assert rows == list(kind.model.objects.filter(role=role)) != []


@pytest.mark.django_db
@pytest.mark.engine
def test_a_role_has_skills_and_a_skill_has_roles() -> None:
    role, other = a_role(), a_role(slug="pilot", skills=[{"slug": "patience", "name": "Patience", "kind": "soft"}])
    assert [skill.slug for skill in role.skills.order_by("slug")] == ["lamps", "patience", "telescope"]
    assert list(Skill.objects.get(slug="patience").roles.order_by("pk")) == [role, other]


def times(role: Role) -> tuple[datetime, datetime]:
    return Role.objects.values_list("created_at", "updated_at").get(pk=role.pk)


@pytest.mark.django_db
@pytest.mark.engine
def test_a_change_of_a_draft_or_of_its_shared_rows_moves_its_update_time(clock: Clock) -> None:
    role = a_role()
    created_at, _updated_at = times(role)
    clock.move(days=1)
    a_role(title="Keeper")
    assert times(role) == (created_at, clock.now)
    clock.move(days=1)
    status.refresh(roles=status.roles_using(Skill.objects.filter(slug="lamps")))
    assert times(role) == (created_at, clock.now)


@pytest.mark.usefixtures("committed")
def test_roles_of_an_older_release_are_dated_by_editions_and_the_audit_log(clock: Clock) -> None:
    clock.now = day(2)
    published, logged, undated = an_edition().role, a_role(slug="logged"), a_role(slug="undated")
    audit.log(Action.SAVED, actor="Ada", role=logged)
    clock.now = day(3)
    audit.log(Action.SAVED, actor="Ada", role=published)
    call_command("migrate", "guides", "0016", verbosity=0)
    call_command("migrate", verbosity=0)
    assert (times(published), times(logged)) == ((day(2), day(3)), (day(2), day(2)))
    assert min(times(undated)) > day(3)
