"""What is done is put on record, in the transaction that does it."""

from django.utils import timezone

from guides.models import Act, Edition, Role, Verb
from guides.schema.types import MAX_TEXT_LENGTH


def record(*, verb: Verb, by: str, role: Role | None = None, subject: str = "", edition: Edition | None = None,
           note: str = "") -> Act:  # fmt: skip
    """Remember that somebody did something, to a role or, where there is none, to what `subject` names."""
    return Act.objects.create(
        at=timezone.now(),
        by=by,
        verb=verb,
        role=role,
        subject=subject or str(role),
        edition=edition,
        note=note[:MAX_TEXT_LENGTH],
    )
