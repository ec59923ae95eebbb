"""Publishing asks the preflight first; authors submit, editors publish or send back."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guides.models import AuditLogEntry, Edition, Role, Submission, Waiver
from guides.preflight import Finding, Rule, Severity
from guides.publishing import PublishingError
from guides.publishing.drafts.compose import compose
from guides.publishing.editions.preflight_gate import NotReady, check_readiness, publish_if_ready, unwaive, waive
from guides.publishing.editions.publish import publish
from guides.publishing.editions.review import request_review, send_back
from tests.helpers.admin import act
from tests.helpers.factories import a_role, pay

pytestmark = pytest.mark.django_db

FALLING = [
    pay(basis="headline", median=40_000),
    pay(basis="level", level="Keeper", median=38_000),
    pay(basis="level", level="Head Keeper", median=21_000),
]
"""Pay that falls from one level to the next."""


def look_over(role: Role) -> Any:
    return check_readiness(role=role, guide=compose(role), at=timezone.now())


def the_error(role: Role) -> Finding:
    (error,) = look_over(role).errors
    assert isinstance(error, Finding)
    return error


def test_errors_keep_a_draft_from_being_published() -> None:
    role = a_role(pay=FALLING)
    assert (the_error(role).rule, the_error(role).severity) == (Rule.PAY_LEVEL_ORDER, Severity.ERROR)
    with pytest.raises(NotReady):
        publish_if_ready(role=role, by="Ada", note="First.")
    assert not Edition.objects.exists()


def test_an_explained_error_lets_it_pass_until_what_it_is_about_changes() -> None:
    role = a_role(pay=FALLING)
    waive(role=role, finding=the_error(role), reason="They share the tower’s rent.", by="Ada")
    ready = look_over(role)
    assert (ready.errors, [each.waiver.reason for each in ready.waived]) == (
        (),
        ["They share the tower’s rent."],
    )
    publish_if_ready(role=role, by="Ada", note="First.")
    role = a_role(pay=[*FALLING[:2], FALLING[2] | {"median": 20_000}])
    assert the_error(role).rule == Rule.PAY_LEVEL_ORDER


def test_an_explanation_is_taken_back() -> None:
    role = a_role(pay=FALLING)
    error = the_error(role)
    for reason in ("One reason.", "Another."):
        waive(role=role, finding=error, reason=reason, by="Ada")
    assert [each.reason for each in Waiver.objects.all()] == ["Another."]
    unwaive(role=role, key=error.key, by="Ada")
    assert the_error(role) == error


def test_an_explanation_is_of_one_role() -> None:
    role = a_role(pay=FALLING)
    waive(role=role, finding=the_error(role), reason="So it is.", by="Ada")
    assert the_error(a_role(slug="other", title="Other", pay=FALLING)).rule == Rule.PAY_LEVEL_ORDER


def test_the_desk_shows_findings_with_the_way_to_their_field_and_takes_reasons(desk: Client) -> None:
    role = a_role(pay=FALLING)
    page = desk.get(act("publish", role)).content.decode()
    assert f"/admin/guides/role/{role.pk}/change/#id_salary_bands-2-median" in page
    refused = desk.post(act("publish", role), {"note": "First."})
    assert (refused.status_code, "The draft has errors." in refused.content.decode()) == (422, True)
    told = desk.post(act("waive", role), {"key": the_error(role).key, "reason": "  "}, follow=True)
    assert "Enter a reason" in told.content.decode()
    told = desk.post(act("waive", role), {"key": "no-such:1", "reason": "x"}, follow=True)
    assert "this finding no longer applies" in told.content.decode()
    desk.post(act("waive", role), {"key": the_error(role).key, "reason": "They share the rent."})
    assert "They share the rent." in desk.get(act("publish", role)).content.decode()
    desk.post(act("publish", role), {"note": "First."})
    assert Edition.objects.get().note == "First."
    (key,) = Waiver.objects.values_list("key", flat=True)
    desk.post(act("waive", role), {"unwaive": key})
    assert the_error(role).key == key


def test_publishing_later_is_asked_for_at_the_desk(desk: Client) -> None:
    role = a_role()
    past, tomorrow = timezone.now() - timedelta(minutes=1), timezone.now() + timedelta(days=1)
    for at, told in ((f"{past:%Y-%m-%dT%H:%M:%S}", "This time is in the past"), ("soon", "Enter a date and a time")):
        refused = desk.post(act("publish", role), {"note": "First.", "at": at})
        assert (refused.status_code, told in refused.content.decode()) == (422, True)
    assert desk.post(act("publish", role), {"note": "", "at": ""}).status_code == 422
    done = desk.post(act("publish", role), {"note": "First.", "at": f"{tomorrow:%Y-%m-%dT%H:%M}"}, follow=True)
    assert "goes live on" in done.content.decode()
    edition = Edition.objects.get()
    assert edition.live_from == tomorrow.replace(second=0, microsecond=0)
    assert Client().get("/guides/lighthouse-keeper/").status_code == 404
    assert AuditLogEntry.objects.get(verb="scheduled").edition == edition


def test_a_time_that_the_clock_skips_is_told(desk: Client, settings: Any) -> None:
    settings.TIME_ZONE = "America/New_York"
    refused = desk.post(act("publish", a_role()), {"note": "First.", "at": "2027-03-14T02:30"})
    assert "because of the clock change" in refused.content.decode()
    assert not Edition.objects.exists()


# Submitting


@pytest.mark.engine
def test_a_draft_is_submitted_once_and_publishing_answers_it() -> None:
    role = a_role()
    request_review(role=role, by="Bob", note="Ready.")
    with pytest.raises(PublishingError, match="Bob has already submitted"):
        request_review(role=role, by="Cleo")
    publish(role=role, by="Ada")
    submission = Submission.objects.get()
    assert (submission.outcome, submission.answered_by) == ("published", "Ada")
    request_review(role=role, by="Bob")


def test_a_draft_that_is_sent_back_can_be_submitted_again() -> None:
    role = a_role()
    request_review(role=role, by="Bob")
    send_back(role=role, by="Ada", answer="Add a source.")
    with pytest.raises(PublishingError, match="not submitted"):
        send_back(role=role, by="Ada", answer="Again.")
    request_review(role=role, by="Bob")
    assert [(s.outcome, s.answer) for s in Submission.objects.order_by("pk")] == [
        ("sent-back", "Add a source."),
        ("", ""),
    ]
    assert list(AuditLogEntry.objects.order_by("pk").values_list("by", "verb", "note")) == [
        ("Bob", "submitted", ""),
        ("Ada", "sent-back", "Add a source."),
        ("Bob", "submitted", ""),
    ]


def test_submitting_and_sending_back_at_the_desk(desk: Client) -> None:
    role = a_role()
    done = desk.post(act("submit", role), {"note": "Ready."}, follow=True)
    assert "An editor publishes it" in done.content.decode()
    assert "Submitted by ada" in desk.get(act("publish", role)).content.decode()
    assert "has already submitted this draft" in desk.post(act("submit", role), {}, follow=True).content.decode()
    unanswered = desk.post(act("send-back", role), {"answer": ""}, follow=True)
    assert "Describe what the author should change" in unanswered.content.decode()
    sent = desk.post(act("send-back", role), {"answer": "Add a source."}, follow=True)
    page = sent.content.decode()
    assert "Sent back to ada." in page
    assert "Add a source." in page
