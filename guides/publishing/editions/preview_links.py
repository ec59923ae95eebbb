"""Preview links: signed, expiring, revocable addresses that show a draft without an account."""

from datetime import datetime, timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.models import Action, PreviewLink, Role
from guides.publishing import PublishingError, audit

_signer = signing.Signer(salt="guides.preview")


@transaction.atomic
def create_preview_link(*, role: Role, by: str, made_for: str, lasts: timedelta) -> PreviewLink:
    now = timezone.now()
    link = PreviewLink(role=role, by=by, made_for=made_for, at=now, expires_at=now + lasts)
    link.full_clean()
    link.save()
    audit.log(Action.SHARED, actor=by, role=role, note=made_for)
    return link


@transaction.atomic
def revoke_preview_link(*, link: PreviewLink, by: str) -> None:
    """Revoke a link. Raise PublishingError if it has expired or was revoked before."""
    now = timezone.now()
    if not PreviewLink.objects.open(at=now).filter(pk=link.pk).update(revoked_at=now):
        raise PublishingError(_("This link has expired or was revoked already."))
    audit.log(Action.REVOKED, actor=by, role=link.role, note=link.made_for)


def preview_token(link: PreviewLink) -> str:
    """Return the signed token in the address of a preview link.

    It contains the time, because a site that is restored from a backup assigns the same keys again.
    """
    return _signer.sign(f"{link.pk}-{link.at:%Y%m%d%H%M%S%f}")


def role_of_preview(token: str, *, at: datetime) -> Role | None:
    """Return the role that a token gives access to at a time, or None if the token is invalid then."""
    try:
        pk = int(_signer.unsign(token).partition("-")[0])
    except (signing.BadSignature, ValueError):
        return None
    link = PreviewLink.objects.open(at=at).filter(pk=pk).select_related("role", "role__field").first()
    return link.role if link and preview_token(link) == token else None
