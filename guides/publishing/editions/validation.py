"""Checks that publishing, withdrawing and cancelling share."""

from datetime import datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from pydantic import TypeAdapter, ValidationError

from guides.models import Edition, Role
from guides.publishing import PublishingError
from guides.schema.types import Text, error_message

_text: TypeAdapter[str] = TypeAdapter(Text)


def refuse_past(*, at: datetime) -> None:
    """Raise PublishingError for a time in the past, because editors must not change what visitors have seen."""
    if at < timezone.now():
        raise PublishingError(_("This time is in the past. Enter a future time, or none for now."))


def refuse_taken_address(slug: str, role: Role, *, at: datetime, until: datetime | None) -> None:
    """Raise PublishingError if another role's guide is live at the address between these times."""
    before_end = Q(live_from__lt=until) if until else Q()
    others = Edition.objects.exclude(role=role).filter(slug=slug)
    if other := (others.live(at=at) | others.upcoming(at=at).filter(before_end)).first():
        raise PublishingError(
            _("The address '%(slug)s' belongs to %(other)s. Choose another address, or withdraw that guide.")
            % {"slug": slug, "other": other}
        )


def storable(text: str, refusal: str) -> str:
    """Return the text as it is stored. `refusal` is the message for an invalid text, with '%s' for the reason."""
    try:
        return _text.validate_python(text)
    except ValidationError as error:
        raise PublishingError(refusal % error_message(error.errors()[0])) from None
