"""The desk: previews, publishing and withdrawing, and what is told on the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from guides.models import (
    AuditLogEntry,
    Edition,
    Role,
    Skill,
    Withdrawal,
)  # fmt: skip
from guides.preflight import Rule
from guides.publishing.drafts.compose import compose
from guides.publishing.editions.publish import publish
from tests.helpers.admin import act, change, form_of, save
from tests.helpers.factories import a_role, a_small_role, an_edition, an_image

pytestmark = pytest.mark.django_db


# Preview, publish, withdraw


def test_the_preview_of_a_draft_is_the_readers_page(desk: Client) -> None:
    edition = an_edition()
    edition.role.title = "Changed"
    edition.role.save()
    shown = desk.get(act("preview", edition.role), {"plain": ""}).content.decode()
    assert "<h1>Changed</h1>" in shown
    assert "<strong>keep</strong>" in shown
    assert "Visitors do not see this." in shown
    assert "<h1>Lighthouse Keeper</h1>" in Client().get("/guides/lighthouse-keeper/").content.decode()


def test_publishing_and_withdrawing_from_the_desk(desk: Client) -> None:
    role = a_role()
    assert "Visitors do not see this guide yet." in desk.get(act("publish", role)).content.decode()
    done = desk.post(act("publish", role), {"note": " First. "}, follow=True)
    assert "Published Lighthouse Keeper, edition 1. Visitors see it now." in done.content.decode()
    assert (Edition.objects.get().note, Edition.objects.get().published_by) == ("First.", "ada")
    again = desk.post(act("publish", role), {"note": "Again."}, follow=True)
    assert "Nothing has changed since" in again.content.decode()
    assert "edition 1" in desk.get(act("withdraw", role)).content.decode()
    gone = desk.post(act("withdraw", role), follow=True)
    assert "Visitors can no longer find it" in gone.content.decode()
    assert "so you cannot withdraw it" in desk.get(act("withdraw", role)).content.decode()
    assert "is not live" in desk.post(act("withdraw", role), follow=True).content.decode()
    recorded = AuditLogEntry.objects.order_by("pk").values_list("by", "verb", "edition__number", "note")
    assert list(recorded) == [("ada", "published", 1, "First."), ("ada", "withdrew", None, "")]


def test_what_is_only_to_come_is_canceled_on_the_schedule(desk: Client) -> None:
    edition = an_edition(at=timezone.now() + timedelta(days=1))
    assert "is not live" in desk.get(act("withdraw", edition.role)).content.decode()
    assert "Edition 1 goes live." in desk.get("/admin/schedule/").content.decode()
    told = desk.post(act("cancel", edition.role), {"edition": "1"}, follow=True).content.decode()
    assert "Canceled Lighthouse Keeper, edition 1." in told
    assert "Nothing is scheduled." in told
    assert not Edition.objects.upcoming(at=timezone.now()).exists()


def test_withdrawing_later_is_on_the_schedule_and_can_be_called_off(desk: Client) -> None:
    edition, other = an_edition(), an_edition(slug="buoy-tender", title="Buoy Tender")
    tomorrow = timezone.now() + timedelta(days=1)
    sent = {"at": f"{tomorrow:%Y-%m-%dT%H:%M}", "leads_to": other.role.pk, "note": "Lights are kept by machines."}
    desk.post(act("withdraw", edition.role), sent)
    assert "Withdrawn, with a redirect to Buoy Tender." in desk.get("/admin/schedule/").content.decode()
    (withdrawal,) = Withdrawal.objects.all()
    desk.post(act("cancel", edition.role), {"withdrawal": withdrawal.pk})
    edition.refresh_from_db()
    assert edition.live_until is None


def test_saving_can_lead_on_to_preview_and_publish(desk: Client) -> None:
    role = a_role()
    ways = [save(desk, role, **{f"_{name}": "on"}).headers["Location"] for name in ("preview", "publish", "submit")]
    assert ways == [act("preview", role), act("publish", role), act("submit", role)]


def test_a_draft_that_is_no_guide_is_told_its_faults(desk: Client) -> None:
    role = a_role()
    Role.objects.update(summary=" ")
    answers = [desk.get(act("preview", role)), desk.get(act("publish", role)), desk.post(act("publish", role))]
    told = f'<a href="{change(role)}#id_summary">summary</a>: must not be empty'
    assert [told in answer.content.decode() for answer in answers] == [True, True, True]
    assert Edition.objects.count() == 0


def test_editions_can_be_looked_at_and_nothing_else(desk: Client) -> None:
    edition = publish(role=a_role(), by="Ada")
    address = reverse("admin:guides_edition_change", args=(edition.pk,))
    assert "Lighthouse Keeper" in desk.get(address).content.decode()
    assert "live" in desk.get(reverse("admin:guides_edition_changelist")).content.decode()
    ways = [
        desk.post(address, {"title": "Other"}),
        desk.post(reverse("admin:guides_edition_delete", args=(edition.pk,)), {"post": "yes"}),
        desk.get(reverse("admin:guides_edition_add")),
    ]
    assert [response.status_code for response in ways] == [403, 403, 403]


@pytest.mark.engine
def test_a_role_with_editions_is_kept(desk: Client) -> None:
    edition = an_edition()
    response = desk.post(reverse("admin:guides_role_delete", args=(edition.role.pk,)), {"post": "yes"})
    assert response.status_code == 403
    assert 'class="deletelink"' not in desk.get(change(edition.role)).content.decode()
    assert Role.objects.count() == 1


@pytest.mark.parametrize("model", ["role", "skill", "source", "edition", "image"])
@pytest.mark.engine
def test_every_list_and_search_answers(desk: Client, model: str) -> None:
    an_edition()
    an_image()
    assert desk.get(reverse(f"admin:guides_{model}_changelist"), {"q": "light%'\""}).status_code == 200


def test_the_role_page_asks_the_database_a_constant_number_of_times(
    desk: Client, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def with_parts(number: int) -> Role:
        return a_role(
            faqs=[{"question": f"Is it {n}?", "answer": "Yes."} for n in range(number)],
            skills=[{"slug": f"skill-{n}", "name": f"Skill {n}", "kind": "soft"} for n in range(number)],
        )

    role = with_parts(3)
    desk.get(change(role))
    with django_assert_max_num_queries(70) as few:
        desk.get(change(role))
    with_parts(60)
    with django_assert_num_queries(len(few)):
        desk.get(change(role))


def test_saving_three_hundred_parts_takes_no_query_for_each(desk: Client, django_assert_max_num_queries: Any) -> None:
    role = a_role(
        faqs=[{"question": f"Is it {n}?", "answer": "Yes."} for n in range(150)],
        responsibilities=[{"title": f"Duty {n}", "detail": "Daily."} for n in range(150)],
    )
    data = form_of(desk, role) | {"faqs-149-answer": "No.", "faqs-149-position": "0.5"}
    with django_assert_max_num_queries(130):
        assert desk.post(change(role), data).status_code == 302
    assert compose(role).faqs[0].answer == "No."


def test_the_page_lists_notes_with_a_link_to_the_skill_that_they_concern(desk: Client) -> None:
    license_ = {"slug": "license", "name": "License", "kind": "certificate"}
    role = a_small_role(skills=[license_, {"slug": "oil", "name": "Oil", "kind": "soft", "importance": "useful"}])
    findings = desk.get(act("publish", role)).context["findings"]
    notes = next(rows for severity, _title, rows in findings if severity == "note")
    page = reverse("admin:guides_skill_change", args=(Skill.objects.get(slug="license").pk,))
    assert [(finding.rule, url) for finding, url, _name in notes] == [(Rule.CERTIFICATE_WITHOUT_FACTS, page)]
