"""An edition becomes the draft again. What the draft said is kept, and can be brought back the same way."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides import document
from guides.document import Guide, Refused
from guides.models import Edition, KeptDraft, Role, Verb

from .absorb import absorb
from .compose import compose, gather
from .record import record


@transaction.atomic
def restore(*, edition: Edition, by: str) -> Role:
    """Make the draft say what an edition says, but for its address, and for what all roles share: these stay.

    Fields of work, skills and sources are as they are told now; those that are gone come back.
    """
    return _replace(edition.role, edition.guide, reason=_("Edition %d") % edition.number, by=by)


@transaction.atomic
def bring_back(*, kept: KeptDraft, by: str) -> Role:
    """Make the draft say what it said before it was replaced. Raises Refused where that was no whole guide."""
    reason = _("Draft of %s") % f"{kept.at:%Y-%m-%d %H:%M}"
    return _replace(kept.role, document.load(kept.content), reason=reason, by=by)


def _replace(role: Role, guide: Guide, *, reason: str, by: str) -> Role:
    role = Role.objects.select_for_update().get(pk=role.pk)
    keep(role=role, reason=reason, by=by)
    role = absorb(guide=guide.model_copy(update={"slug": role.slug}), keeps_shared=True)
    record(verb=Verb.RESTORED, by=by, role=role, note=reason)
    return role


def keep(*, role: Role, reason: str, by: str) -> KeptDraft:
    """Put by what a draft says now, whole guide or not, before `reason` takes its place."""
    try:
        content = document.dump(compose(role))
    except Refused:
        content = json.dumps(gather(role), default=str, ensure_ascii=False)
    return KeptDraft.objects.create(role=role, content=content, reason=reason, by=by, at=timezone.now())
