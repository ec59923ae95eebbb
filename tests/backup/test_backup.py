"""A backup: one file with all that a site keeps, written whole or not at all, while editors go on."""

import json
import stat
from datetime import UTC, datetime
from pathlib import Path
from unittest import mock
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.test import Client

from guides.backup import BackupError, tables
from guides.backup.write import write_backup
from guides.media import names
from guides.models import Image
from tests.helpers.images import a_stored_image
from tests.helpers.sites import NewPlace, a_whole_site, no_file_larger_than

pytestmark = pytest.mark.usefixtures("committed")


@pytest.mark.engine
def test_a_backup_has_a_row_of_every_table_and_every_file(tmp_path: Path) -> None:
    a_whole_site()
    path, manifest = write_backup(folder=tmp_path)
    assert [name for name, member in manifest.under("tables").items() if not member.rows] == []
    assert set(manifest.under("images")) == {f"images/{file}" for file in names.files_of(Image.objects.get().name)}
    with ZipFile(path) as zipped:
        assert set(zipped.namelist()) == {*manifest.members, "manifest.json"}
        told = json.loads(zipped.read("manifest.json"))
    assert (told["format"], told["version"], told["migrations"]) == ("careerguide-backup", 1, tables.state())


def test_what_a_backup_leaves_out_is_decided() -> None:
    """An app of which this does not know would be lost: let a backup keep it, or name it here."""
    left_out = {"sessions", "axes"}
    with_tables = {model._meta.app_label for model in apps.get_models() if model._meta.managed}
    assert with_tables - left_out == set(tables.APPS)


def test_a_backup_is_for_its_owner_only_and_has_a_name_of_its_own(tmp_path: Path) -> None:
    at = datetime(2026, 11, 26, 9, 30, 5, tzinfo=UTC)
    with mock.patch("django.utils.timezone.now", return_value=at):
        path = write_backup(folder=tmp_path).path
        with pytest.raises(BackupError, match="already exists or is being written"):
            write_backup(folder=tmp_path)
    assert list(tmp_path.iterdir()) == [path]
    assert path.name == "careerguide-20261126-093005Z.zip"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_sessions_and_the_secret_are_not_in_it(desk: Client, tmp_path: Path) -> None:
    desk.get("/admin/")
    with ZipFile(write_backup(folder=tmp_path).path) as zipped:
        content = b"".join(zipped.read(name) for name in zipped.namelist())
    assert b"correct horse" not in content
    assert desk.cookies["sessionid"].value.encode() not in content


@pytest.mark.parametrize("damage", ["lost", "cut short"])
def test_an_image_that_is_not_whole_fails_the_backup_until_it_is_given_again(damage: str, tmp_path: Path) -> None:
    name = names.file_of(a_stored_image().name)
    path = Path(storages["images"].path(name))
    path.unlink() if damage == "lost" else path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(BackupError, match="Upload the same image again in the admin"):
        write_backup(folder=tmp_path)
    assert list(tmp_path.iterdir()) == []
    a_stored_image()
    assert len(write_backup(folder=tmp_path).manifest.under("images")) == 3


def test_a_missing_folder_is_created_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "missing" / "backups"
    path = write_backup(folder=folder).path
    assert list(folder.iterdir()) == [path]
    assert [stat.S_IMODE(made.stat().st_mode) for made in (folder, path)] == [0o700, 0o600]


def test_an_existing_folder_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)
    path = write_backup(folder=tmp_path).path
    assert [stat.S_IMODE(made.stat().st_mode) for made in (tmp_path, path)] == [0o750, 0o600]


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for folder, why in (("file", "File exists"), ("file/backups", "Not a directory")):
        with pytest.raises(BackupError, match=rf"^Nothing was written to .*/{folder}: {why}\.$"):
            write_backup(folder=tmp_path / folder)


def test_a_full_disk_leaves_no_file(new_place: NewPlace, tmp_path: Path) -> None:
    place, folder = new_place(), tmp_path / "backups"
    place.run(
        """
import random
from django.core.files.base import ContentFile
from PIL import Image
from guides.publishing.drafts.images import store_image
from tests.helpers.images import as_file
noise = Image.frombytes("L", (400, 300), random.randbytes(120_000))
store_image(file=ContentFile(as_file(noise), "noise.png"), by="ada")
"""
    )
    folder.mkdir()
    place.manage("backup", str(folder))
    (whole,) = folder.iterdir()
    for size in (whole.stat().st_size * 9 // 10, 40_000):  # with less, SQLite would not open
        told = place.manage("backup", str(folder), fails=True, preexec_fn=no_file_larger_than(size))
        assert told == f"CommandError: Nothing was written to {folder}: File too large.\n"
        assert list(folder.iterdir()) == [whole]
