"""Files become drafts."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from django.db import DatabaseError

from guides import document, notation
from guides.document import Fault, Refused
from guides.models import Role

from .absorb import absorb


def import_file(path: Path, *, taken: Mapping[str, Path] = MappingProxyType({})) -> Role:
    """Create or replace the draft of the guide that a file holds; never publish it. All or nothing.

    `taken` are the slugs that earlier files of one import have given, by file. Raises Refused with every fault.
    """
    try:
        text, form = notation.read(path)
    except notation.Unreadable as error:
        raise Refused((Fault("", str(error)),)) from None
    except OSError as error:
        raise Refused((Fault("", f"the file cannot be read: {error.strerror}"),)) from None
    guide = document.load(text, form)
    if guide.slug in taken:
        raise Refused((Fault("slug", f"'{guide.slug}' came already from {taken[guide.slug]}"),))
    try:
        return absorb(guide=guide)
    except DatabaseError:  # such as two imports that create one role at once
        raise Refused((Fault("", "the database could not store it just now: import it again"),)) from None
