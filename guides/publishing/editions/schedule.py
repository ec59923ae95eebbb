"""List and cancel scheduled editions and withdrawals."""

from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Action, Edition, Role, Withdrawal
from guides.publishing import PublishingError, audit

from .validation import refuse_taken_address


class NotScheduled(PublishingError):
    """The edition or withdrawal already happened or was canceled."""


class UpcomingChange(NamedTuple):
    """A scheduled edition or withdrawal of a role."""

    at: datetime
    role: Role
    edition: Edition | None
    withdrawal: Withdrawal | None


def upcoming_changes(*, at: datetime) -> tuple[UpcomingChange, ...]:
    """Return all scheduled changes after a time, in order, with two queries and without loading guides."""
    editions = Edition.objects.upcoming(at=at).listed().select_related("role")
    withdrawals = Withdrawal.objects.upcoming(at=at).select_related("role", "leads_to")
    changes = (
        *(UpcomingChange(edition.live_from, edition.role, edition, None) for edition in editions),
        *(UpcomingChange(withdrawal.at, withdrawal.role, None, withdrawal) for withdrawal in withdrawals),
    )
    return tuple(sorted(changes, key=lambda change: (change.at, change.role.title, change.role.pk)))


@transaction.atomic
def cancel(*, edition: Edition, by: str) -> None:
    """Cancel a scheduled edition: it ends when it begins, and the edition before it stays live.

    If a withdrawal ends that edition at this time, it still does. Raise PublishingError.
    """
    role = Role.objects.select_for_update().get(pk=edition.role_id)
    now = timezone.now()
    scheduled = Edition.objects.filter(role=role).upcoming(at=now).filter(pk=edition.pk).listed().first()
    if scheduled is None:
        raise NotScheduled(_("%(edition)s is not scheduled, so it cannot be canceled.") % {"edition": edition})
    Edition.objects.filter(pk=scheduled.pk).update(live_until=F("live_from"))
    if not Withdrawal.objects.upcoming(at=now).filter(role=role, at=scheduled.live_from).exists():
        _extend_previous(role, ended=scheduled.live_from, until=scheduled.live_until)
    audit.log(Action.CANCELLED, actor=by, role=role, edition=scheduled)


@transaction.atomic
def cancel_withdrawal(*, withdrawal: Withdrawal, by: str) -> None:
    """Cancel a scheduled withdrawal: the edition that it would have ended stays live until the next one begins.

    Editions that the withdrawal canceled stay canceled, because the draft may have changed since. Raise
    PublishingError.
    """
    role = Role.objects.select_for_update().get(pk=withdrawal.role_id)
    scheduled = Withdrawal.objects.filter(pk=withdrawal.pk, at__gt=timezone.now(), cancelled=False)
    if not scheduled.update(cancelled=True):
        raise NotScheduled(_("This withdrawal is not scheduled, so it cannot be canceled."))
    of_role, at = Edition.objects.filter(role=role), withdrawal.at
    following = (of_role.live(at=at) | of_role.upcoming(at=at)).order_by("live_from").first()
    _extend_previous(role, ended=at, until=following.live_from if following else None)
    audit.log(Action.CANCELLED, actor=by, role=role, note=str(withdrawal))


def _extend_previous(role: Role, *, ended: datetime, until: datetime | None) -> None:
    """Extend the edition that ends at `ended` to `until`, or without end."""
    of_role = Edition.objects.filter(role=role)
    before = of_role.filter(live_until=ended, live_from__lt=ended).listed().first()
    if before and until != ended:
        refuse_taken_address(before.slug, role, at=ended, until=until)
        of_role.filter(pk=before.pk).update(live_until=until)
