"""What a role's page tells of its draft besides the draft: what the preflight finds of each part, and how it stands."""

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

from .field_links import spot


class Told(NamedTuple):
    """A finding, or a fault of a draft that is no guide yet, beside the field that it is about."""

    severity: Severity
    field: str
    message: str


type Findings = Mapping[tuple[str, int], tuple[Told, ...]]
"""By formset and row; those of the role itself are at ('', 0)."""


def findings_by_part(role: Role) -> Findings:
    by_part: dict[tuple[str, int], tuple[Told, ...]] = {}
    for place, severity, message in _found(role):
        at = spot(place)
        key = (at.prefix, at.row)
        by_part[key] = (*by_part.get(key, ()), Told(severity, at.field, message))
    return by_part


def _found(role: Role) -> tuple[tuple[str, Severity, str], ...]:
    try:
        ready = check_readiness(role=role, guide=compose(role), at=timezone.now())
    except InvalidGuide as error:
        return tuple((fault.path, Severity.ERROR, fault.message) for fault in error.issues)
    return tuple((found.place, found.severity, found.message) for found in (*ready.errors, *ready.warnings))


def standing_of(role: Role, *, user: AbstractUser | AnonymousUser) -> dict[str, Any]:
    """For the template: the state of a role, and what its user may do about it."""
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
