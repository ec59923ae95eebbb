"""The audit log: who did what, and when."""

from django.utils import timezone

from guides.models import Action, AuditLogEntry, Edition, Role
from guides.schema.types import MAX_TEXT_LENGTH


def log(
    action: Action, *, actor: str, role: Role | None = None, subject: str = "", edition: Edition | None = None,
    note: str = "",
) -> AuditLogEntry:  # fmt: skip
    """Write an entry in the caller's transaction, about a role or, without one, about what `subject` names."""
    return AuditLogEntry.objects.create(
        at=timezone.now(),
        by=actor,
        verb=action,
        role=role,
        subject=subject or str(role),
        edition=edition,
        note=note[:MAX_TEXT_LENGTH],
    )
