"""A guide is taken away from visitors."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Edition, Role

from . import PublishingError


class NotLive(PublishingError):
    """There is no live edition to withdraw."""


@transaction.atomic
def withdraw(*, role: Role, at: datetime | None = None) -> Edition:
    """End the live edition of a role, so that visitors no longer find it. The draft stays. Raises NotLive."""
    Role.objects.select_for_update().get(pk=role.pk)
    at = at or timezone.now()
    live = Edition.objects.filter(role=role).live(at=at).first()
    if live is None:
        raise NotLive(_("The guide '%(role)s' is not live, so there is nothing to withdraw.") % {"role": role})
    Edition.objects.filter(pk=live.pk).update(live_until=at)
    live.live_until = at
    return live
