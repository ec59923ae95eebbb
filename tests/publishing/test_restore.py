"""Editions and replaced drafts come back, and nothing is lost by it."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides import schema
from guides.models import AuditLogEntry, DraftSnapshot, Edition, Role, Skill, Source
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.importing import import_file
from guides.publishing.drafts.load import load_draft
from guides.publishing.drafts.snapshots import restore_snapshot, revert_to_edition
from guides.publishing.editions.publish import publish
from guides.schema import Guide, InvalidGuide
from tests.helpers.admin import act
from tests.helpers.factories import SOURCE, a_guide, a_role, day, guide_data

pytestmark = pytest.mark.django_db


def two_editions() -> Role:
    role = a_role()
    publish(role=role, by="Ada")
    load_draft(guide=a_guide(title="Keeper", faqs=[]))
    publish(role=role, by="Ada")
    return Role.objects.get()


@pytest.mark.engine
def test_an_edition_becomes_the_draft_and_the_draft_is_kept() -> None:
    role = two_editions()
    load_draft(guide=a_guide(title="Not published yet"))
    revert_to_edition(edition=Edition.objects.get(number=1), by="Bob")
    assert compose(Role.objects.get()) == a_guide()
    restore_snapshot(snapshot=DraftSnapshot.objects.get(), by="Bob")
    assert compose(Role.objects.get()) == a_guide(title="Not published yet")
    assert [kept.by for kept in DraftSnapshot.objects.all()] == ["Bob", "Bob"]
    assert (
        list(AuditLogEntry.objects.filter(verb="restored").order_by("pk").values_list("by", "role"))
        == [("Bob", role.pk)] * 2
    )


def test_visitors_see_nothing_of_a_restoration() -> None:
    two_editions()
    before = Client().get("/guides/lighthouse-keeper/").content
    revert_to_edition(edition=Edition.objects.get(number=1), by="Bob")
    assert Client().get("/guides/lighthouse-keeper/").content == before


def test_a_role_that_was_renamed_keeps_its_address() -> None:
    role = two_editions()
    Role.objects.update(slug="keeper")
    restored = revert_to_edition(edition=Edition.objects.get(number=1), by="Bob")
    assert (restored.pk, restored.slug, restored.title) == (role.pk, "keeper", "Lighthouse Keeper")
    assert Role.objects.count() == 1


def test_what_all_roles_share_stays_as_it_is() -> None:
    two_editions()
    Skill.objects.filter(slug="lamps").update(name="Lighting")
    Source.objects.update(title="Pay, work, and rest")
    revert_to_edition(edition=Edition.objects.get(number=1), by="Bob")
    guide = compose(Role.objects.get())
    assert (guide.skills[0].name, guide.sources[0].title) == ("Lighting", "Pay, work, and rest")


def test_a_skill_that_is_gone_comes_back() -> None:
    role = two_editions()
    role.role_skills.all().delete()
    Skill.objects.all().delete()
    revert_to_edition(edition=Edition.objects.get(number=1), by="Bob")
    assert [skill.slug for skill in compose(Role.objects.get()).skills] == ["lamps", "patience", "telescope"]


def test_a_draft_that_is_no_guide_is_kept_too() -> None:
    two_editions()
    Role.objects.update(summary=" ")
    revert_to_edition(edition=Edition.objects.get(number=1), by="Bob")
    kept = DraftSnapshot.objects.get()
    assert '"title": "Keeper"' in kept.content
    with pytest.raises(InvalidGuide):
        restore_snapshot(snapshot=kept, by="Bob")
    assert compose(Role.objects.get()) == a_guide()


def test_what_is_kept_and_no_guide_can_be_read(desk: Client) -> None:
    role = two_editions()
    Role.objects.update(summary=" ")
    revert_to_edition(edition=Edition.objects.get(number=1), by="Bob")
    query = f"?snapshot={DraftSnapshot.objects.get().pk}"
    assert "&quot;title&quot;: &quot;Keeper&quot;" in desk.get(f"{act('look', role)}{query}").content.decode()
    told = desk.get(f"{act('restore', role)}{query}", follow=True).content.decode()
    assert "copy what you need" in told


def test_what_is_shown_before_restoring_is_what_comes_of_it(desk: Client) -> None:
    role = two_editions()
    Skill.objects.filter(slug="lamps").update(name="Lighting")
    changes = desk.get(f"{act('restore', role)}?edition=1").context["changes"]
    assert [change.part for change in changes] == ["title", "faqs"]


def test_an_import_keeps_what_it_replaces(tmp_path: Path) -> None:
    a_role(title="Typed by hand")
    path = tmp_path / "guide.json"
    path.write_text(schema.dump(a_guide()))
    import_file(path, by="Bob")
    import_file(path, by="Bob")
    (kept,) = DraftSnapshot.objects.all()
    assert (kept.reason, schema.load(kept.content).title) == ("guide.json", "Typed by hand")


def test_restoring_at_the_desk_shows_first_what_changes(desk: Client) -> None:
    role = two_editions()
    listed = desk.get(act("editions", role)).content.decode()
    assert "View edition 1" in listed
    address = f"{act('restore', role)}?edition=1"
    asked = desk.get(address).content.decode()
    assert "Is it lonely?" in asked
    assert compose(role).title == "Keeper"
    assert "Its previous content is saved" in desk.post(address, follow=True).content.decode()
    assert compose(Role.objects.get()) == a_guide()
    kept = DraftSnapshot.objects.get()
    look = desk.get(f"{act('look', role)}?snapshot={kept.pk}")
    assert "<h1>Keeper</h1>" in look.content.decode()
    desk.post(f"{act('restore', role)}?snapshot={kept.pk}")
    assert compose(Role.objects.get()).title == "Keeper"


@pytest.mark.parametrize("query", ["", "?edition=9", "?edition=x", "?snapshot=1", "?snapshot=" + "9" * 40])
@pytest.mark.engine
def test_what_is_not_there_is_not_restored(desk: Client, query: str) -> None:
    role = two_editions()
    assert [desk.get(f"{act(name, role)}{query}").status_code for name in ("restore", "look")] == [404, 404]


def test_an_edition_of_another_role_is_not_restored(desk: Client) -> None:
    role = two_editions()
    other = a_role(slug="buoy-tender", title="Buoy Tender")
    assert desk.get(f"{act('restore', other)}?edition=1").status_code == 404
    assert desk.get(f"{act('look', role)}?edition=1&changes").status_code == 200


# What all roles share, and older versions of the schema

FACTS = {"issuer": "Light Agency", "source": "agency"}
AGENCY = {"slug": "agency", "publisher": "Light Agency", "title": "Fees", "seen_on": "2026-01-31"}


def licensed(**changes: Any) -> Guide:
    """A guide with a certificate that has facts, and with a skill that has a broader one."""
    skills = guide_data()["skills"]
    certificate = {"slug": "license", "name": "License", "kind": "certificate", "certificate": FACTS}
    skills = [skills[0] | {"broader": {"slug": "lights", "name": "Lights"}}, *skills[1:], certificate]
    return a_guide(**{"skills": skills, "sources": [SOURCE, AGENCY]} | changes)


def plain() -> Guide:
    """The same guide from a time when skills had neither."""
    skills = [{name: value for name, value in skill.items() if name not in {"broader", "certificate"}}
              for skill in licensed().model_dump()["skills"]]  # fmt: skip
    return a_guide(skills=skills)


def test_facts_of_certificates_and_broader_skills_stay_when_an_edition_lacks_them() -> None:
    role = load_draft(guide=plain())
    publish(role=role, by="Ada")
    load_draft(guide=licensed(title="Keeper"))
    revert_to_edition(edition=Edition.objects.get(), by="Bob")
    assert compose(Role.objects.get()) == licensed()
    role.refresh_from_db()
    assert role.digest == schema.digest(schema.dump(licensed()))


def test_facts_that_were_deleted_stay_deleted_when_an_edition_has_them() -> None:
    role = load_draft(guide=licensed())
    publish(role=role, by="Ada")
    load_draft(guide=plain())
    revert_to_edition(edition=Edition.objects.get(), by="Bob")
    assert compose(Role.objects.get()) == plain()


def test_a_deleted_certificate_comes_back_with_its_facts_and_its_source() -> None:
    role = load_draft(guide=licensed())
    publish(role=role, by="Ada")
    role.role_skills.all().delete()
    Skill.objects.all().delete()
    Source.objects.filter(slug="agency").delete()
    revert_to_edition(edition=Edition.objects.get(), by="Bob")
    assert compose(Role.objects.get()) == licensed()


def test_a_deleted_skill_comes_back_below_its_broader_one_as_that_is_now() -> None:
    role = load_draft(guide=licensed())
    publish(role=role, by="Ada")
    role.role_skills.all().delete()
    Skill.objects.exclude(slug="lights").delete()
    Skill.objects.update(name="Lighting")
    revert_to_edition(edition=Edition.objects.get(), by="Bob")
    assert compose(Role.objects.get()).skills[0].broader == schema.SkillName(slug="lights", name="Lighting")
    role.role_skills.all().delete()
    Skill.objects.exclude(slug="lights").delete()
    sight = Skill.objects.create(slug="sight", name="Sight", kind="soft")
    Skill.objects.filter(slug="lights").update(broader=sight)
    revert_to_edition(edition=Edition.objects.get(), by="Bob")
    assert compose(Role.objects.get()).skills[0].broader is None


def content_of(version: int) -> str:
    """The guide of the factories as an older release stored it, with the education on a key fact."""
    data = json.loads(schema.dump(a_guide(requirements=[]))) | {"schema_version": version}
    next(fact for fact in data["facts"] if fact["kind"] == "education")["education"] = "high-school"
    return json.dumps(data)


@pytest.mark.parametrize("version", [1, 2])
def test_a_snapshot_of_an_older_version_is_compared_and_restored(desk: Client, version: int) -> None:
    role = a_role(title="Keeper")
    snapshot = DraftSnapshot.objects.create(
        role=role, content=content_of(version), reason="", by="Ada", at=timezone.now()
    )
    changes = desk.get(f"{act('restore', role)}?snapshot={snapshot.pk}").context["changes"]
    assert [change.part for change in changes] == ["title"]
    restore_snapshot(snapshot=snapshot, by="Bob")
    assert compose(Role.objects.get()) == a_guide()


@pytest.mark.parametrize("version", [1, 2])
def test_an_edition_of_an_older_version_is_read_compared_and_restored(desk: Client, version: int) -> None:
    role = a_role()
    edition = Edition.objects.create(
        role=role, number=1, slug=role.slug, title=role.title, content=content_of(version), html={},
        published_by="Ada", published_at=day(1), live_from=day(1),
    )  # fmt: skip
    assert edition.guide == a_guide()
    load_draft(guide=a_guide(requirements=[{"education": "bachelor", "source": "survey-2025"}]))
    changes = desk.get(f"{act('restore', role)}?edition=1").context["changes"]
    assert [(change.name, change.kind) for change in changes] == [
        ("Bachelor’s degree", "removed"), ("High school diploma", "added"),
    ]  # fmt: skip
    revert_to_edition(edition=edition, by="Bob")
    assert compose(Role.objects.get()) == a_guide()
    edition.refresh_from_db()
    assert json.loads(edition.content)["schema_version"] == version
