"""The list of roles and the desk's first page: how drafts stand, and many changed at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides import schema
from guides.models import (
    AuditLogEntry,
    FieldOfWork,
    Report,
    Role,
    RoleSkill,
    SearchIntent,
    Skill,
    Source,
    StartingJob,
)  # fmt: skip
from guides.publishing import PublishingError
from guides.publishing.drafts import status
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.merge_skills import merge_skills
from guides.publishing.drafts.status import State
from guides.publishing.editions.publish import publish
from guides.publishing.editions.review import request_review
from guides.publishing.editions.schedule import cancel
from guides.publishing.editions.withdraw import withdraw
from tests.helpers.factories import SOURCE, a_role, a_small_role, an_edition

pytestmark = pytest.mark.django_db

ROLES = "/admin/guides/role/"


def state_of(role: Role) -> State:
    (found,) = status.with_state(Role.objects.filter(pk=role.pk), at=timezone.now())
    return State(found.state)


def listed(client: Client, **query: str) -> list[str]:
    response = client.get(ROLES, query)
    return sorted(str(role) for role in response.context["cl"].result_list)


# How a draft stands


@pytest.mark.engine
def test_a_drafts_state_follows_what_is_stored() -> None:
    role = a_role()
    states = [state_of(role)]
    publish(role=role, by="Ada")
    states.append(state_of(role))
    a_role(title="Keeper")
    states.append(state_of(role))
    a_role()
    states.append(state_of(role))
    withdraw(role=role, by="Ada")
    states.append(state_of(role))
    assert states == [State.NEW, State.UNCHANGED, State.CHANGED, State.UNCHANGED, State.WITHDRAWN]


def test_a_draft_whose_edition_is_to_come_has_nothing_unpublished() -> None:
    edition = an_edition(at=timezone.now() + timedelta(days=1))
    assert state_of(edition.role) == State.SCHEDULED


@pytest.mark.parametrize("shared", ["skill", "source", "fieldofwork"])
def test_what_all_roles_share_changes_their_drafts(desk: Client, shared: str) -> None:
    edition = an_edition()
    row = {"skill": Skill, "source": Source, "fieldofwork": FieldOfWork}[shared].objects.first()
    assert row is not None
    address = reverse(f"admin:guides_{shared}_change", args=(row.pk,))
    form = desk.get(address).context["adminform"].form
    data = {name: form[name].value() or "" for name in form.fields}
    name = "title" if shared == "source" else "name"
    assert desk.post(address, data | {name: "Told otherwise"}).status_code == 302
    assert state_of(edition.role) == State.CHANGED


def test_a_draft_that_is_no_guide_has_changed() -> None:
    edition = an_edition()
    Role.objects.update(summary=" ")
    status.refresh(roles=Role.objects.all())
    assert state_of(edition.role) == State.CHANGED


def test_a_draft_whose_only_edition_was_cancelled_was_never_published() -> None:
    edition = an_edition(at=timezone.now() + timedelta(days=1))
    cancel(edition=edition, by="Ada")
    assert state_of(edition.role) == State.NEW


# The list


@pytest.mark.engine
def test_roles_are_found_by_any_title_and_by_skill(desk: Client) -> None:
    a_role()
    a_role(slug="buoy-tender", title="Buoy Tender", alternative_titles=[], skills=[])
    assert [listed(desk, q=words) for words in ("buoy", "wickie", "telescope", "nothing")] == [
        ["Buoy Tender"],
        ["Lighthouse Keeper"],
        ["Lighthouse Keeper"],
        [],
    ]


@pytest.mark.engine
def test_filters_leave_what_they_say(desk: Client, editor: User) -> None:
    an_edition()
    due = a_role(slug="buoy-tender", title="Buoy Tender", field=None)
    today = timezone.localdate()
    Role.objects.filter(pk=due.pk).update(owner=editor, review_due=today)
    request_review(role=due, by="Bob")
    assert listed(desk, state="same") == ["Lighthouse Keeper"]
    for query in ({"state": "new"}, {"state": "submitted"}, {"review": "due"}, {"owner": "me"}):
        assert listed(desk, **query) == ["Buoy Tender"], query
    assert listed(desk, review="none", owner="none") == ["Lighthouse Keeper"]
    assert listed(desk, state="scheduled") == []
    assert listed(desk, state="nonsense", review="x", owner="x") == ["Buoy Tender", "Lighthouse Keeper"]


@pytest.mark.parametrize(("covers_to", "found"), [("2023-12-31", True), ("2025-12-31", False)])
@pytest.mark.engine
def test_figures_past_their_limit_are_found(desk: Client, covers_to: str, found: bool) -> None:
    a_role(facts=[], sources=[SOURCE | {"covers_from": "2020-01-01", "covers_to": covers_to}])
    assert bool(status.stale(Role.objects.all(), on=date(2026, 11, 23))) is found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ({"seen_on": "2025-11-23"}, False),
        ({"seen_on": "2025-11-22"}, True),
        ({"seen_on": "2026-11-23", "covers_from": "2024-01-01", "covers_to": "2024-12-31"}, True),
    ],
)
@pytest.mark.engine
def test_fees_past_their_limit_are_found(source: dict[str, str], found: bool) -> None:
    fee = {"low": 120, "high": 120, "currency": "USD"}
    certificate = {"issuer": "Light Agency", "source": "agency"}
    skill = {"slug": "license", "name": "License", "kind": "certificate"}
    page = {"slug": "agency", "publisher": "Light Agency", "title": "Fees"} | source
    role = a_small_role(skills=[skill | {"certificate": certificate | {"fee": fee}}], sources=[page])
    assert list(status.stale(Role.objects.all(), on=date(2026, 11, 23))) == ([role] if found else [])
    a_small_role(skills=[skill | {"certificate": certificate}], sources=[page])
    assert list(status.stale(Role.objects.all(), on=date(2026, 11, 23))) == []


@pytest.mark.parametrize(
    "model",
    ["role", "skill", "source", "fieldofwork", "edition", "auditlogentry", "report", "startingjob", "searchintent"],
)
def test_every_list_takes_a_constant_number_of_queries(
    desk: Client, model: str, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    address = f"/admin/guides/{model}/"

    def more(number: int) -> None:
        for n in range(number):
            edition = an_edition(slug=f"keeper-{number}-{n}", title=f"Keeper {n}")
            Report.objects.create(
                edition=edition, section="pay", verdict="wrong", form=f"{number}-{n}", sent_at=timezone.now()
            )
            skill = Skill.objects.create(slug=f"skill-{number}-{n}", name="Skill", kind="soft")
            StartingJob.objects.create(slug=skill.slug, title=skill.slug).skills.add(skill)
            SearchIntent.objects.create(order=10 * number + n, phrases=[skill.slug], target="/pay/", message="Pay")
            Source.objects.create(slug=f"source-{number}-{n}", publisher="P", title="T", seen_on=date(2026, 1, 1))

    more(2)
    desk.get(address)
    with django_assert_max_num_queries(25) as few:
        desk.get(address)
    more(6)
    with django_assert_num_queries(len(few)):
        desk.get(address)


# Many at once


@pytest.mark.engine
def test_owner_field_and_review_date_are_set_for_a_selection(desk: Client, editor: User) -> None:
    roles = [a_role(slug=f"keeper-{n}", title=f"Keeper {n}") for n in range(3)]
    chosen = {"action": "bulk_edit", "_selected_action": [roles[0].pk, roles[2].pk]}
    assert "Keeper 0" in desk.post(ROLES, chosen).content.decode()
    nothing = desk.post(ROLES, chosen | {"bulk_edit": "on"})
    assert "Choose a field of work, an owner or a review date." in nothing.content.decode()
    desk.post(ROLES, chosen | {"bulk_edit": "on", "owner": editor.pk, "review_due": "2027-01-31"})
    assert list(Role.objects.order_by("slug").values_list("owner", "review_due")) == [
        (editor.pk, date(2027, 1, 31)),
        (None, None),
        (editor.pk, date(2027, 1, 31)),
    ]
    assert AuditLogEntry.objects.filter(verb="saved").count() == 2


@pytest.mark.engine
def test_two_skills_become_one_and_no_role_loses_it(desk: Client) -> None:
    def skill(slug: str, name: str, **changes: Any) -> dict[str, Any]:
        return {"slug": slug, "name": name, "kind": "technical"} | changes

    a_role(skills=[skill("lamps", "Lamps", purpose="To see."), skill("lanterns", "Lanterns", purpose="To be seen.")])
    lanterns_told = skill("lanterns", "Lanterns", aliases=["Lights", "lamps"], summary="Glass.")
    a_role(slug="buoy-tender", title="Buoy Tender", skills=[lanterns_told])
    lamps, lanterns = (Skill.objects.get(slug=slug) for slug in ("lamps", "lanterns"))
    chosen = {"action": "merge", "_selected_action": [lamps.pk, lanterns.pk]}
    assert "Skill to keep" in desk.post("/admin/guides/skill/", chosen).content.decode()
    told = desk.post("/admin/guides/skill/", chosen | {"merge": "on", "skill": lamps.pk}, follow=True)
    assert "Merged into “Lamps”. All roles keep it." in told.content.decode()
    (kept,) = Skill.objects.all()
    assert (kept.name, kept.aliases, kept.summary) == ("Lamps", ["Lanterns", "Lights"], "Glass.")
    assert AuditLogEntry.objects.filter(verb="merged", role__isnull=False).count() == 2
    assert {str(row.role): row.purpose for row in RoleSkill.objects.all()} == {
        "Lighthouse Keeper": "To see. To be seen.",
        "Buoy Tender": "",
    }
    assert [len(compose(role).skills) for role in Role.objects.all()] == [1, 1]


@pytest.mark.engine
def test_of_two_skills_that_become_one_a_role_keeps_the_most() -> None:
    oil = {
        "slug": "oil", "name": "Oil", "kind": "technical", "importance": "useful", "wordings": ["oiled lamps"],
        "gained": "At sea.", "gained_by": ["Learn to row"],
    }  # fmt: skip
    grease = {
        "slug": "grease", "name": "Grease", "kind": "technical", "importance": "essential", "proficiency": "advanced",
        "wordings": ["greased gears"], "gained": "On land.", "gained_by": ["Apprenticeship", "Learn to row"],
    }  # fmt: skip
    role = a_role(skills=[oil, grease])
    merge_skills(skill=Skill.objects.get(slug="oil"), others=(Skill.objects.get(slug="grease"),), by="Ada")
    assert compose(role).skills == (
        schema.RoleSkill(
            slug="oil", name="Oil", kind="technical", aliases=("Grease",), wordings=("oiled lamps", "greased gears"),
            importance="essential", proficiency="advanced", gained="At sea. On land.",
            gained_by=("Learn to row", "Apprenticeship"),
        ),
    )  # fmt: skip


def test_a_merger_that_would_lose_something_changes_nothing() -> None:
    long = "x" * 600
    skills = [{"slug": slug, "name": slug, "kind": "soft", "purpose": slug + long} for slug in ("a", "b")]
    role = a_role(skills=skills)
    before = compose(role)
    a, b = Skill.objects.order_by("slug")
    with pytest.raises(PublishingError, match="too long"):
        merge_skills(skill=a, others=(b,), by="Ada")
    assert compose(role) == before


def test_one_skill_alone_is_not_merged(desk: Client) -> None:
    a_role()
    chosen = {"action": "merge", "_selected_action": [Skill.objects.first().pk]}  # type: ignore[union-attr]
    assert "Select at least two skills" in desk.post("/admin/guides/skill/", chosen, follow=True).content.decode()


# The desk's first page


@pytest.mark.engine
def test_the_counts_are_those_of_the_lists_that_they_lead_to(desk: Client, editor: User) -> None:
    changed = an_edition()
    a_role(title="Keeper")
    an_edition(slug="buoy-tender", title="Buoy Tender", at=timezone.now() + timedelta(days=1))
    waiting = a_role(slug="pilot", title="Pilot")
    request_review(role=waiting, by="Bob")
    Role.objects.filter(pk=waiting.pk).update(review_due=timezone.localdate())
    Report.objects.create(edition=changed, section="pay", verdict="wrong", form="a", sent_at=timezone.now())
    queues = desk.get("/admin/").context["queues"]
    assert {queue.title: queue.item_count for queue in queues} == {
        "Submitted for publication": 1,
        "Sent back": 0,
        "Drafts with unpublished changes": 1,
        "Not published yet": 1,
        "Scheduled": 1,
        "Due for review": 1,
        "With outdated figures": 3,
        "With figures far from the official ones": 0,
        "With figures from an older release": 0,
        "Readers’ reports": 1,
    }
    for queue in queues:
        context = desk.get(queue.url).context
        rows = context["coming"] if "coming" in context else context["cl"].result_list
        assert len(rows) == queue.item_count, queue.title


def test_the_first_page_tells_what_happened_lately(desk: Client) -> None:
    publish(role=a_role(), by="Bob", note="First.")
    page = desk.get("/admin/").content.decode()
    assert "Bob published" in page
    found = desk.get("/admin/guides/auditlogentry/", {"q": "bob"}).context["cl"].result_list
    assert [str(each) for each in found] == ["Bob published: Lighthouse Keeper"]


def test_the_history_of_a_role_lists_its_entries_of_the_audit_log(desk: Client) -> None:
    role, other = a_role(), a_role(slug="tender", title="Tender")
    for published in (other, role):
        publish(role=published, by="Bob", note="First.")
    page = desk.get(reverse("admin:guides_role_history", args=(role.pk,)), follow=True)
    assert [str(entry) for entry in page.context["cl"].result_list] == ["Bob published: Lighthouse Keeper"]
