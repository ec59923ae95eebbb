"""Merging skills: broader skills, certificates, alternatives, and starting jobs."""

from typing import Any

import pytest

from guides import schema
from guides.models import AuditLogEntry, Certificate, Role, Skill, StartingJob
from guides.publishing import PublishingError
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.merge_skills import merge_skills
from tests.helpers.factories import SOURCE, a_small_role

pytestmark = [pytest.mark.django_db, pytest.mark.engine]

RECORDS = {"slug": "records", "name": "Records"}
FACTS = {"issuer": "Light Agency", "source": "survey-2025"}


def skill(slug: str, **changes: Any) -> dict[str, Any]:
    return {"slug": slug, "name": slug.capitalize(), "kind": "technical"} | changes


def merge(kept: str, *others: str) -> Skill:
    rows = {row.slug: row for row in Skill.objects.all()}
    return merge_skills(skill=rows[kept], others=[rows[slug] for slug in others], by="Ada")


def broader() -> dict[str, str]:
    return dict(Skill.objects.exclude(broader=None).values_list("slug", "broader__slug"))


def digest_is_current(role: Role) -> bool:
    role.refresh_from_db()
    return role.digest == schema.digest(schema.dump(compose(role)))


def test_narrower_skills_move_to_the_skill_that_stays() -> None:
    role = a_small_role(skills=[skill("epic", broader={"slug": "charts", "name": "Charts"}), skill("records")])
    merge("records", "charts")
    assert broader() == {"epic": "records"}
    assert compose(role).skills[0].broader == schema.SkillName(**RECORDS)
    assert digest_is_current(role)


def test_a_skill_that_merges_with_its_broader_one_has_none() -> None:
    a_small_role(skills=[skill("epic", broader=RECORDS), skill("cerner", broader=RECORDS)])
    merge("epic", "records")
    assert broader() == {"cerner": "epic"}
    merge("epic", "cerner")
    assert broader() == {}


def test_the_skill_that_stays_gets_a_broader_one_if_it_has_none() -> None:
    a_small_role(skills=[skill("epic"), skill("epic-ehr", broader=RECORDS)])
    merge("epic", "epic-ehr")
    assert broader() == {"epic": "records"}


def test_skills_whose_merger_would_be_two_levels_deep_stay() -> None:
    a_small_role(skills=[skill("epic", broader=RECORDS), skill("lens", broader={"slug": "glass", "name": "Glass"})])
    with pytest.raises(PublishingError, match="“Epic” would have a broader skill and narrower ones"):
        merge("epic", "glass")
    assert broader() == {"epic": "records", "lens": "glass"}


def test_the_facts_of_a_certificate_and_the_requirements_that_name_it_move() -> None:
    merged = skill("pilot", kind="certificate", certificate=FACTS)
    ways = [{"certificate": "pilot", "source": "survey-2025"}]
    role = a_small_role(skills=[merged, skill("license", kind="certificate")], requirements=ways, sources=[SOURCE])
    merge("license", "pilot")
    (kept,) = compose(role).skills
    assert kept.certificate == schema.Certificate(issuer="Light Agency", source="survey-2025")
    assert [way.certificate for way in compose(role).requirements] == ["license"]
    assert digest_is_current(role)


def test_facts_of_the_certificate_that_stays_are_not_replaced() -> None:
    skills = [skill("pilot", kind="certificate", certificate=FACTS)]
    skills.append(skill("license", kind="certificate", certificate=FACTS | {"issuer": "Coast Guard"}))
    a_small_role(skills=skills, sources=[SOURCE])
    merge("license", "pilot")
    assert list(Certificate.objects.values_list("skill__slug", "issuer")) == [("license", "Coast Guard")]


def test_facts_of_a_certificate_are_not_lost_to_another_kind_of_skill() -> None:
    a_small_role(skills=[skill("pilot", kind="certificate", certificate=FACTS), skill("steering")], sources=[SOURCE])
    with pytest.raises(PublishingError, match="Change the kind of “Steering” first"):
        merge("steering", "pilot")
    assert Certificate.objects.get().skill.slug == "pilot"


def test_starting_jobs_keep_the_skill_and_the_audit_log_names_them() -> None:
    a_small_role(skills=[skill("lamps"), skill("lanterns")])
    job = StartingJob.objects.create(slug="sailor", title="Sailor")
    job.skills.set(Skill.objects.filter(slug="lanterns"))
    merge("lamps", "lanterns")
    assert [each.slug for each in job.skills.all()] == ["lamps"]
    logged = AuditLogEntry.objects.filter(verb="merged").order_by("pk").values_list("subject", "note")
    assert list(logged) == [
        ("Lamps", "Lanterns → Lamps"), ("Lighthouse Keeper", "Lanterns → Lamps"), ("Sailor", "Lanterns → Lamps"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kept", "merged", "third", "after"),
    [
        ("One light", "One light", "One light", ["One light", "One light"]),
        ("One light", "One light", "", ["", ""]),
        ("One light", "", "One light", ["", ""]),
        ("", "One light", "One light", ["", ""]),
    ],
)
def test_a_role_that_requires_two_of_the_skills_keeps_what_it_requires(
    kept: str, merged: str, third: str, after: list[str]
) -> None:
    labels = {"lamps": kept, "lanterns": merged, "torches": third}
    role = a_small_role(skills=[skill(slug, one_of=label) for slug, label in labels.items()])
    merge("lamps", "lanterns")
    assert [each.one_of for each in compose(role).skills] == after
