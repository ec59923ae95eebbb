"""Store images, find their uses, and remove unused ones."""

import logging
from pathlib import PurePath

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from markdownx.models import MarkdownxField

from guides.media import encode, names
from guides.media.encode import BadImage
from guides.models import DraftSnapshot, Edition, Image, Role
from guides.publishing import PublishingError
from guides.rendering import prose
from guides.schema import Guide, ValidationIssue
from guides.schema.types import MAX_LINE_LENGTH

from .mapping import PARTS

logger = logging.getLogger(__name__)


class NotStored(PublishingError):
    """The storage failed to store an image."""


class InUse(PublishingError):
    """A draft or an edition uses the image."""


def store_image(*, file: File, by: str) -> Image:
    """Encode a picture and store it, or return the image that is stored already.

    Raise BadImage if the file contains no usable picture, and NotStored if the storage fails.
    """
    if file.size > names.MAX_BYTES:
        raise BadImage(
            _("The file has %(size)d MB, and the limit is %(limit)d MB. Save a smaller one, and try again.")
            % {"size": -(-file.size // 1_000_000), "limit": names.MAX_BYTES // 1_000_000}
        )
    encoded = encode.encode(file.read())
    details = {
        "file_name": PurePath(file.name or encoded.name).name[:MAX_LINE_LENGTH],
        "uploaded_by": by,
        "uploaded_at": timezone.now(),
    }
    if not Image.objects.filter(name=encoded.name).exists():
        Image(name=encoded.name, **details).full_clean()
    _store_files(encoded)  # before the row, so that each row has its files; also if files of a stored row were lost
    image, _made = Image.objects.get_or_create(name=encoded.name, defaults=details)  # it may be here, or just be made
    return image


def _store_files(encoded: encode.Encoded) -> None:
    try:
        for name, content in encoded.files:
            store_file(name, content)
    except Exception as error:
        logger.exception("An image was not stored.")
        raise NotStored(_("The picture could not be stored just now. Try again in a while.")) from error


def store_file(name: str, content: bytes) -> None:
    """Store a file of an image, unless it is already stored: visitors may be reading it."""
    if stored_file(name) != content:
        storages["images"].save(name, ContentFile(content))


def stored_file(name: str) -> bytes | None:
    """Return the content of a stored file, or None."""
    try:
        with storages["images"].open(name) as file:
            content: bytes = file.read()
    except FileNotFoundError:
        return None
    return content


def remove_image(*, image: Image) -> None:
    """Delete an unused image with its files. Raise InUse."""
    with transaction.atomic():
        if used := uses_of(image):
            raise InUse(_("%(image)s stays, as it is shown in %(use)s.") % {"image": image, "use": used[0]})
        image.delete()
    for name in names.files_of(image.name):
        storages["images"].delete(name)


def uses_of(image: Image) -> tuple[str, ...]:
    """Return the drafts, draft snapshots and editions, including past ones, that contain the name of an image."""
    drafts = set(Role.objects.filter(picture=image).values_list("pk", flat=True))
    for kind in PARTS:
        named = Q()
        for field in kind.model._meta.get_fields():
            if isinstance(field, MarkdownxField):
                named |= Q(**{f"{field.name}__contains": image.name})
        if named:
            drafts |= set(kind.model.objects.filter(named).values_list("role", flat=True))
    drafts |= set(DraftSnapshot.objects.filter(content__contains=image.name).values_list("role", flat=True))
    editions = Edition.objects.filter(content__contains=image.name).listed()
    return (
        *(_("the draft of %s") % role for role in Role.objects.filter(pk__in=drafts)),
        *(str(edition) for edition in editions),
    )


def missing_images(guide: Guide) -> tuple[ValidationIssue, ...]:
    """Return an issue for each use of an image that is not stored here."""
    named = [("picture.name", guide.picture.name)] if guide.picture else []
    named += [(place, name) for place, text, _mark in prose.texts(guide) for name in names.names_in(text)]
    here = set(Image.objects.filter(name__in={name for _place, name in named}).values_list("name", flat=True))
    message = _("there is no image '%s' here. Add the picture in the admin, and use the name that it gets there")
    return tuple(ValidationIssue(place, message % name) for place, name in dict.fromkeys(named) if name not in here)
