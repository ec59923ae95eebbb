"""Preflight findings by part, and the status of a draft, for a role's page."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.utils import timezone

from guides.models import Edition, Role, Submission
from guides.preflight import Severity
from guides.publishing.drafts.compose import compose
from guides.publishing.drafts.status import State, with_state
from guides.publishing.editions.preflight_gate import check_readiness
from guides.schema import InvalidGuide

from .field_links import form_location


class FieldFinding(NamedTuple):
    """A preflight finding, or a validation error of an incomplete draft, with the field that it concerns."""

    severity: Severity
    field: str
    message: str


type Findings = Mapping[tuple[str, int], tuple[FieldFinding, ...]]
"""Findings by formset prefix and row. Those of the role itself are at ('', 0)."""


def findings_by_part(role: Role) -> Findings:
    by_part: dict[tuple[str, int], tuple[FieldFinding, ...]] = {}
    for place, severity, message in _findings(role):
        location = form_location(place)
        key = (location.prefix, location.row)
        by_part[key] = (*by_part.get(key, ()), FieldFinding(severity, location.field, message))
    return by_part


def _findings(role: Role) -> tuple[tuple[str, Severity, str], ...]:
    try:
        ready = check_readiness(role=role, guide=compose(role), at=timezone.now())
    except InvalidGuide as error:
        return tuple((fault.path, Severity.ERROR, fault.message) for fault in error.issues)
    return tuple((finding.place, finding.severity, finding.message) for finding in ready.open_findings)


def draft_status(role: Role, *, user: AbstractUser | AnonymousUser) -> dict[str, Any]:
    """Return the template context with a role's state and its user's permissions."""
    now = timezone.now()
    of_role = Edition.objects.filter(role=role).listed()
    state = with_state(Role.objects.filter(pk=role.pk), at=now).values_list("state", flat=True).first()
    return {
        "state": State(state) if state else None,
        "live": of_role.live(at=now).first(),
        "to_come": of_role.upcoming(at=now).order_by("live_from").first(),
        "submission": Submission.objects.filter(role=role).first(),
        "may_publish": user.has_perm("guides.publish_role"),
    }
