"""A guide is taken away from visitors."""

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Edition, Role

from . import PublishingError


class NotLive(PublishingError):
    """There is no live edition to withdraw."""


@transaction.atomic
def withdraw(*, role: Role, at: datetime | None = None) -> None:
    """End the live edition of a role and cancel what is to come, so that visitors no longer find it. The draft stays.

    Raises NotLive where there is neither.
    """
    role = Role.objects.select_for_update().get(pk=role.pk)
    at = at or timezone.now()
    of_role = Edition.objects.filter(role=role)
    live, to_come = of_role.live(at=at).first(), of_role.to_come(at=at)
    if live is None and not to_come:
        raise NotLive(_("The guide '%(role)s' is not live, so there is nothing to withdraw.") % {"role": role})
    to_come.update(live_until=F("live_from"))
    if live is not None:
        of_role.filter(pk=live.pk).update(live_until=at)
