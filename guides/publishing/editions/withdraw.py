"""Withdraw a guide."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Action, Edition, Role, Withdrawal
from guides.publishing import PublishingError, audit

from .validation import refuse_past, storable


class NotLive(PublishingError):
    """There is no live edition to withdraw."""


@transaction.atomic
def withdraw(
    *, role: Role, by: str, at: datetime | None = None, leads_to: Role | None = None, note: str = ""
) -> Withdrawal:
    """End the edition that is live at a time, or now, and cancel later ones. The draft is unchanged.

    From then on, its address redirects to the guide of `leads_to`. Without one, a page says that the guide was
    withdrawn, with the note, which is for visitors. Raise PublishingError.
    """
    # Lock both roles, always in the same order, so that withdrawals to each other's role do not deadlock.
    both = Role.objects.filter(pk__in=[each.pk for each in (role, leads_to) if each])
    role = next(each for each in both.order_by("pk").select_for_update() if each == role)
    if at is not None:
        refuse_past(at=at)
    now = timezone.now()
    at = at or now
    of_role = Edition.objects.filter(role=role)
    live = of_role.live(at=at).first()
    if live is None:
        raise NotLive(_("The guide '%(role)s' is not live, so it cannot be withdrawn.") % {"role": role})
    _refuse_successor(leads_to, role, at)
    withdrawal = Withdrawal(
        role=role,
        at=at,
        leads_to=leads_to,
        note=storable(note, _("The note for visitors is invalid: it %s.")),
        by=by,
        made_at=now,
    )
    Withdrawal.objects.filter(role=role, at__gte=at, cancelled=False).update(cancelled=True)
    of_role.upcoming(at=at).update(live_until=F("live_from"))
    of_role.filter(pk=live.pk).update(live_until=at)
    withdrawal.full_clean()
    withdrawal.save(force_insert=True)
    audit.log(Action.WITHDREW, actor=by, role=role, note=withdrawal.note)
    return withdrawal


def _refuse_successor(leads_to: Role | None, role: Role, at: datetime) -> None:
    if leads_to == role:
        raise PublishingError(_("A guide cannot redirect to itself. Choose another guide, or none."))
    if leads_to and not Edition.objects.live(at=at).filter(role=leads_to).exists():
        raise PublishingError(
            _("The guide '%(role)s' is not live then, so visitors cannot be redirected to it. Choose another, or none.")
            % {"role": leads_to}
        )
