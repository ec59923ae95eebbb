"""Write a backup of a running site: a snapshot of the tables, and the images that they refer to."""

from datetime import UTC
from pathlib import Path
from typing import NamedTuple
from zipfile import ZIP_STORED, ZipFile

from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from guides.media import names as images
from guides.models import Image
from guides.progress import Progress, silent
from guides.publishing.drafts.images import stored_file

from . import BackupError, tables
from .archive import Archive, Manifest, Writer, whole_file

MAX_ROUNDS = 10
"""Attempts to read the tables before another image is uploaded."""


class Backup(NamedTuple):
    path: Path
    manifest: Manifest


def write_backup(*, folder: Path, progress: Progress = silent) -> Backup:
    """Write a backup into a folder, which is created if needed. Its name contains the time. Raise BackupError."""
    at = timezone.now().astimezone(UTC)
    path = folder / f"careerguide-{at:%Y%m%d-%H%M%S}Z.zip"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(folder, error) from error
    try:
        with whole_file(path) as file:
            with ZipFile(file, "w") as zipped:
                writer = Writer(zipped, at=at)
                manifest = _written(writer, progress)
                writer.close(manifest)
            Archive(file).verify(progress)
    except FileExistsError:
        raise BackupError(_("%s already exists or is being written. Try again.") % path) from None
    except OSError as error:
        raise _not_written(folder, error) from error
    except DatabaseError as error:
        raise BackupError(_("The database cannot be read: %s") % error) from error
    return Backup(path, manifest)


def _not_written(folder: Path, error: OSError) -> BackupError:
    why = error.strerror or error
    return BackupError(_("Nothing was written to %(folder)s: %(why)s.") % {"folder": folder, "why": why})


def _written(writer: Writer, progress: Progress) -> Manifest:
    state = tables.state()
    models = tables.backed_up_models(tables.apps_at(state))
    for _round in range(MAX_ROUNDS):
        # Images come first, because one may be deleted while the tables are read. A new image needs another round.
        _add_images(writer, progress)
        with tables.snapshot(models.values()):
            named = _images()
            if missing := [name for name in named if _member(name) not in writer.members]:
                continue
            for of, model in models.items():
                lines = progress(tables.lines_of(model), what=of, total=1 + model._default_manager.count())
                writer.add(f"tables/{of}.jsonl", lines)
            writer.add(f"tables/{tables.FULL_TEXT}.jsonl", tables.lines_of_full_text())
        files = {f"images/{file}" for name in named for file in images.files_of(name)}
        members = {of: member for of, member in writer.members.items() if of in files or not of.startswith("images/")}
        return Manifest(made_at=writer.at, engine=connection.vendor, migrations=state, members=members)
    raise BackupError(
        _(
            "Nothing was written, because the image %s is missing or damaged in the storage. Upload the same image"
            " again in the admin, or copy its files from an older backup. Then try again."
        )
        % missing[0]
    )


def _images() -> tuple[str, ...]:
    return tuple(Image.objects.order_by("pk").values_list("name", flat=True))


def _member(name: str) -> str:
    return f"images/{images.file_of(name)}"


def _add_images(writer: Writer, progress: Progress) -> None:
    """Add all complete images that the backup does not contain yet."""
    names = [name for name in _images() if _member(name) not in writer.members]
    for name in progress(names, what=_("images"), total=len(names)):
        try:
            files = {file: stored_file(file) for file in images.files_of(name)}
        except Exception as error:
            raise BackupError(_("Nothing was written, because an image could not be read: %s") % error) from error
        whole = files[images.file_of(name)] or b""
        if None not in files.values() and images.name_of(whole, *images.size_of(name)) == name:
            for file, content in files.items():
                writer.add(f"images/{file}", (content or b"",), method=ZIP_STORED)
