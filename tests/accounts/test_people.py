"""Authors write, editors publish, administrators see to people."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import AuditLogEntry, Role, Skill
from guides.publishing.editions.publish import publish
from guides.publishing.editions.review import request_review
from tests.helpers.admin import act, change, save
from tests.helpers.factories import a_role, an_edition, guide_data
from tests.helpers.users import client_of
from tests.publishing.test_review import FALLING, the_error

pytestmark = pytest.mark.django_db

SENT = {"note": "x", "reason": "x", "edition": "2", "answer": "x"}


def post_of(who: str, name: str) -> tuple[int, bool]:
    """What a POST answers, and whether it is on record that it did something."""
    role = an_edition().role
    a_role(title="Changed", pay=FALLING if name == "waive" else guide_data()["pay"])
    if name == "cancel":
        publish(role=role, by="Ada", at=timezone.now() + timedelta(days=1))
    if name == "send-back":
        request_review(role=role, by="Ada")
    key = the_error(Role.objects.get()).key if name == "waive" else ""
    before = AuditLogEntry.objects.count()
    answer = client_of(who).post(act(name, role), SENT | {"key": key})
    to_sign_in = answer.headers.get("Location", "").startswith("/admin/login/")
    return 401 if to_sign_in else answer.status_code, AuditLogEntry.objects.count() > before


@pytest.mark.parametrize("name", ["publish", "withdraw", "waive", "cancel", "send-back"])
@pytest.mark.parametrize(
    ("who", "expected"),
    [("anonymous", (401, False)), ("visitor", (401, False)), ("stranger", (403, False)), ("Author", (403, False)),
     ("Editor", (302, True))],
)  # fmt: skip
def test_nobody_but_editors_changes_what_visitors_see(who: str, expected: tuple[int, bool], name: str) -> None:
    assert post_of(who, name) == expected


def test_an_author_writes_and_submits_and_an_editor_publishes() -> None:
    edition = an_edition()
    author, editor = client_of("Author"), client_of("Editor")
    page = author.get(change(edition.role)).content.decode()
    assert 'name="_submit"' in page
    assert 'name="_publish"' not in page
    save(author, edition.role, title="Keeper")
    author.post(act("submit", edition.role), {"note": "Shorter."})
    assert "Submitted by Author" in editor.get(act("publish", edition.role)).content.decode()
    editor.post(act("publish", edition.role), {"note": "A shorter title."})
    assert "<h1>Keeper</h1>" in Client().get("/guides/lighthouse-keeper/").content.decode()


def test_an_author_merges_no_skills_as_that_deletes_some() -> None:
    a_role()
    chosen = {"action": "merge", "_selected_action": list(Skill.objects.values_list("pk", flat=True)), "merge": "on"}
    client_of("Author").post("/admin/guides/skill/", chosen | {"skill": Skill.objects.all()[0].pk})
    assert Skill.objects.count() == 3
