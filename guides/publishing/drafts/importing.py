"""Import files into drafts."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from django.db import DatabaseError, transaction

from guides import schema
from guides.models import Action, Role
from guides.publishing import audit
from guides.schema import Guide, InvalidGuide, serialization
from guides.schema.types import MAX_LINE_LENGTH

from .load import load_draft
from .snapshots import take_snapshot


def import_file(path: Path, *, by: str, taken: Mapping[str, Path] = MappingProxyType({})) -> Role:
    """Create or replace the draft of the guide in a file, all or nothing. Never publish it.

    A snapshot of the earlier draft is stored. `taken` maps the slugs of earlier files of one import to these files.
    Raise InvalidGuide with all issues.
    """
    try:
        text, form = serialization.read(path)
    except serialization.Unreadable as error:
        raise InvalidGuide.single(str(error)) from None
    except OSError as error:
        raise InvalidGuide.single(f"the file cannot be read: {error.strerror}") from None
    guide = schema.load(text, form)
    if guide.slug in taken:
        raise InvalidGuide.single(f"'{guide.slug}' came already from {taken[guide.slug]}", path="slug")
    try:
        return _take(guide, path.name, by)
    except DatabaseError:  # such as two imports that create one role at once
        raise InvalidGuide.single("the database could not store it just now: import it again") from None


@transaction.atomic
def _take(guide: Guide, name: str, by: str) -> Role:
    role = Role.objects.select_for_update().filter(slug=guide.slug).first()
    if role and role.digest != schema.digest(schema.dump(guide)):
        take_snapshot(role=role, reason=name[:MAX_LINE_LENGTH], by=by)
    role = load_draft(guide=guide)
    audit.log(Action.IMPORTED, actor=by, role=role, note=name)
    return role
