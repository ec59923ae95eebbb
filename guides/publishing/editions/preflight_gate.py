"""Check drafts before publication: the findings of the preflight without those that editors waived."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Action, Edition, Role, Waiver
from guides.preflight import Finding, Severity, preflight, surroundings_of
from guides.publishing import PublishingError, audit
from guides.publishing.drafts.compose import compose
from guides.schema import Guide

from .publish import publish


class WaivedFinding(NamedTuple):
    finding: Finding
    waiver: Waiver


class Readiness(NamedTuple):
    """The findings of a draft: errors block publishing, and waived findings do not."""

    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    waived: tuple[WaivedFinding, ...]

    @property
    def open_findings(self) -> tuple[Finding, ...]:
        """The findings that nobody has waived."""
        return (*self.errors, *self.warnings, *self.notes)


class NotReady(PublishingError):
    """The draft has errors, or it changed after its publisher reviewed it."""

    def __init__(self, message: str, errors: tuple[Finding, ...] = ()) -> None:
        super().__init__(message)
        self.errors = errors


def check_readiness(*, role: Role, guide: Guide, at: datetime) -> Readiness:
    """Return the findings of a guide, as if it went live at a time."""
    waivers = {waiver.key: waiver for waiver in Waiver.objects.filter(role=role)}
    findings = preflight(guide, surroundings_of(role, guide, at=at))
    open_findings = tuple(finding for finding in findings if finding.key not in waivers)
    return Readiness(
        errors=tuple(finding for finding in open_findings if finding.severity == Severity.ERROR),
        warnings=tuple(finding for finding in open_findings if finding.severity == Severity.WARNING),
        notes=tuple(finding for finding in open_findings if finding.severity == Severity.NOTE),
        waived=tuple(WaivedFinding(f, waivers[f.key]) for f in findings if f.key in waivers),
    )


@transaction.atomic
def publish_if_ready(
    *, role: Role, by: str, note: str, at: datetime | None = None, seen_revision: int | None = None
) -> Edition:
    """Publish a draft without errors. `seen_revision` is the revision that its publisher reviewed.

    Raise NotReady, and all exceptions of `publish`.
    """
    role = Role.objects.select_for_update().get(pk=role.pk)
    if seen_revision is not None and seen_revision != role.revision:
        raise NotReady(_("Somebody saved the draft after you opened this page. Review the changes again."))
    guide = compose(role)
    if errors := check_readiness(role=role, guide=guide, at=at or timezone.now()).errors:
        raise NotReady(_("The draft has errors. Fix them, or waive them with a reason."), errors)
    return publish(role=role, by=by, note=note, at=at, guide=guide)


@transaction.atomic
def waive(*, role: Role, finding: Finding, reason: str, by: str) -> Waiver:
    """Waive a finding, with a reason. The waiver ends when the content of the finding changes."""
    Waiver.objects.filter(role=role, key=finding.key).delete()
    waiver = Waiver(role=role, key=finding.key, message=finding.message, reason=reason, by=by, at=timezone.now())
    waiver.full_clean()
    waiver.save()
    audit.log(Action.WAIVED, actor=by, role=role, note=f"{finding.message} {reason}")
    return waiver


@transaction.atomic
def unwaive(*, role: Role, key: str, by: str) -> None:
    """Remove a waiver, so that the finding counts again."""
    for waiver in Waiver.objects.select_for_update().filter(role=role, key=key):
        waiver.delete()
        audit.log(Action.UNWAIVED, actor=by, role=role, note=str(waiver))
