"""A site is restored from a backup: as it was, byte for byte, or not at all."""

import json
import random
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone

from guides.backup import BackupError
from guides.backup.archive import Manifest
from guides.backup.restore import InUse, inspect_backup, restore_backup
from guides.backup.write import write_backup
from guides.models import Generation, Listing, PreviewLink, Release, Role, SearchIntent, StartingJob
from guides.publishing.editions.preview_links import create_preview_link
from guides.publishing.editions.publish import publish
from tests.helpers.factories import an_edition
from tests.helpers.sites import a_whole_site, change, pages, whole_backup

pytestmark = pytest.mark.usefixtures("committed")


def kept(folder: Path) -> Manifest:
    """What the site keeps now, by its checksums."""
    folder.mkdir()
    return write_backup(folder=folder).manifest


# As it was


@pytest.mark.engine
def test_all_is_as_it_was_byte_for_byte(tmp_path: Path) -> None:
    role = a_whole_site()
    before, (path, manifest) = pages(), write_backup(folder=tmp_path)
    publish(role=change(role, "Another"), by="Bob")
    an_edition(slug="pilot", title="Pilot")
    Role.objects.filter(slug="draft").delete()
    User.objects.create_user("eve")
    storages["images"].delete(next(iter(manifest.under("images"))).partition("/")[2])
    assert pages() != before
    assert restore_backup(path=path, overwrite=True) == manifest
    assert pages() == before
    assert {status for status, _body in before.values()} == {200, 301, 302, 404}
    assert kept(tmp_path / "again").members == manifest.members


@pytest.mark.engine
def test_a_running_site_notices_and_asks_everybody_to_sign_in_again(desk: Client, tmp_path: Path) -> None:
    an_edition()
    path, mark = write_backup(folder=tmp_path).path, Generation.current()
    assert desk.get("/admin/").status_code == 200
    restore_backup(path=path, overwrite=True)
    assert Generation.current() not in {mark, ""}
    assert not Session.objects.exists()
    assert desk.get("/admin/").status_code == 302
    assert User.objects.get(username="ada").check_password("correct horse battery")


@pytest.mark.engine
def test_editions_refuse_to_be_changed_after_it_as_before(tmp_path: Path) -> None:
    an_edition()
    restore_backup(path=write_backup(folder=tmp_path).path, overwrite=True)
    for act in ("DELETE FROM guides_edition", "UPDATE guides_edition SET title = 'Changed'"):
        with pytest.raises(IntegrityError, match="a published edition is never"), connection.cursor() as cursor:
            cursor.execute(act)


@pytest.mark.engine
def test_no_number_is_given_twice(tmp_path: Path) -> None:
    """An edition is known by its number to feeds, a link to those who hold it."""
    role = an_edition().role
    path = write_backup(folder=tmp_path).path
    given = publish(role=change(role, "Keeper"), by="Ada").pk
    links = [create_preview_link(role=role, by="Ada", made_for="Bob", lasts=timedelta(days=1)).pk]
    restore_backup(path=path, overwrite=True)
    role = Role.objects.get()
    assert publish(role=change(role, "Other"), by="Ada").pk > given
    assert create_preview_link(role=role, by="Ada", made_for="Bob", lasts=timedelta(days=1)).pk > max(links)
    assert PreviewLink.objects.count() == 1


@pytest.mark.engine
def test_a_listing_of_another_version_is_made_anew(tmp_path: Path) -> None:
    an_edition()
    listed = Listing.objects.values().get()
    Listing.objects.update(version=0, text="")
    restore_backup(path=write_backup(folder=tmp_path).path, overwrite=True)
    assert Listing.objects.values().get() == listed


@pytest.mark.engine
def test_a_backup_of_an_older_release_is_brought_up_to_date(tmp_path: Path) -> None:
    """What was made when the database was a migration behind, restored where it is not."""
    a_whole_site()
    current = kept(tmp_path / "before").members
    for model in (Release, StartingJob, SearchIntent):  # the older release does not store these
        model.objects.all().delete()
    before = pages()
    call_command("migrate", "guides", "0009", verbosity=0)
    try:
        path, manifest = write_backup(folder=tmp_path)
    finally:
        call_command("migrate", verbosity=0)
    assert manifest.migrations["guides"] == "0009_people_and_interviews"
    an_edition(slug="pilot", title="Pilot")
    restore_backup(path=path, overwrite=True)
    assert pages() == before
    restored = kept(tmp_path / "again").members
    # The older release stores neither the times of a role, nor its occupations, requirements, and examples, nor
    # official statistics. Terms are new.
    changed = (
        "applicationexample", "area", "certificate", "occupation", "pricelevel", "projection", "release",
        "requirement", "role", "roleoccupation", "searchintent", "startingjob", "startingjob_skills", "term", "wage",
    )  # fmt: skip
    assert {name for name, _ in restored.items() ^ current.items()} == {f"tables/guides.{of}.jsonl" for of in changed}


@pytest.mark.engine
def test_a_backup_replaces_a_site_that_is_not_migrated_yet(tmp_path: Path) -> None:
    path, manifest = write_backup(folder=tmp_path)
    a_whole_site()
    call_command("migrate", "guides", "0016", verbosity=0)
    restore_backup(path=path, overwrite=True)
    assert kept(tmp_path / "again").members == manifest.members


# Refused


def test_a_site_in_use_is_not_overwritten_without_being_told(tmp_path: Path) -> None:
    path = write_backup(folder=tmp_path).path
    for make in (lambda: Role.objects.create(slug="a", title="A"), lambda: User.objects.create_user("ada")):
        made: Any = make()
        with pytest.raises(InUse, match=r"The site is in use \(roles: \d, accounts: \d\)"):
            restore_backup(path=path)
        assert type(made).objects.get() == made
        made.delete()
    restore_backup(path=path)


@pytest.fixture
def refused(tmp_path: Path) -> Callable[[Path], str]:
    """Gives why a file is refused, and makes sure that nothing has changed."""
    an_edition()
    before = (kept(tmp_path / "before").members, Generation.current())

    def refuse(path: Path) -> str:
        with pytest.raises(BackupError) as error:
            restore_backup(path=path, overwrite=True)
        after = (kept(tmp_path / random.randbytes(4).hex()).members, Generation.current())
        assert after == before
        return str(error.value)

    return refuse


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    """A backup that a test may change."""
    return Path(shutil.copy(whole_backup(), tmp_path / "good.zip"))


def test_a_damaged_byte_is_found(backup: Path, tmp_path: Path) -> None:
    good, found = inspect_backup(path=backup), 0
    raw, bad = backup.read_bytes(), tmp_path / "bad.zip"
    for place in range(0, len(raw), max(1, len(raw) // 300)):
        bad.write_bytes(raw[:place] + bytes([raw[place] ^ 0x10]) + raw[place + 1 :])
        try:
            assert inspect_backup(path=bad) == good  # a byte that tells nothing, such as a time of the ZIP file's own
        except BackupError:
            found += 1
    assert found > 250


@pytest.mark.parametrize("content", [b"", b"This is no backup.", b"PK\x03\x04" * 100, "cut"])
def test_another_file_is_refused(
    content: bytes | str, backup: Path, refused: Callable[[Path], str], tmp_path: Path
) -> None:
    bad = tmp_path / "bad.zip"
    bad.write_bytes(content if isinstance(content, bytes) else backup.read_bytes()[:-30])
    assert refused(bad) == "The file is not a backup of Careerguide, or it is damaged. Use another one."


def test_a_file_that_cannot_be_read_is_told(refused: Callable[[Path], str], tmp_path: Path) -> None:
    assert refused(tmp_path / "none.zip") == f"{tmp_path}/none.zip cannot be read: No such file or directory."
    assert refused(tmp_path) == f"{tmp_path} cannot be read: Is a directory."


def forged(good: Path, bad: Path, changes: Mapping[str, bytes], *, pack: int = ZIP_DEFLATED, **told: Any) -> Path:
    """A backup with other members, of which its manifest tells the right checksums, and with more in the manifest."""
    with ZipFile(good) as old, ZipFile(bad, "w", pack) as new:
        members = {**{name: old.read(name) for name in old.namelist()}, **changes}
        manifest = json.loads(members.pop("manifest.json"))
        for name, content in members.items():
            new.writestr(name, content)
            member = manifest["members"].setdefault(name, {})
            member |= {"size": len(content), "sha256": sha256(content).hexdigest()}
        new.writestr("manifest.json", json.dumps(manifest | told))
    return bad


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"migrations": {"guides": "9999_tomorrow"}}, "to a newer release of Careerguide, which has '9999_tomorrow'"),
        ({"migrations": {"another": "0001_initial"}}, "to a newer release of Careerguide, which has '0001_initial'"),
        ({"version": 2}, "cannot read the format of the backup"),
        ({"format": "another"}, "not a backup of Careerguide"),
        ({"members": {"tables/guides.role.jsonl": {"size": 1, "sha256": ""}}}, "role.jsonl has changed"),
    ],
)  # fmt: skip
def test_a_manifest_that_does_not_fit_is_refused(
    told: dict[str, Any], why: str, backup: Path, refused: Callable[[Path], str], tmp_path: Path
) -> None:
    assert why in refused(forged(backup, tmp_path / "bad.zip", {}, **told))


@pytest.mark.parametrize("name", ["../evil.webp", "/tmp/evil.webp", "images/../../evil.webp", "images/evil.php",
                                  "tables/../evil", "secret-key"])  # fmt: skip
def test_a_member_of_another_name_is_refused(
    name: str, backup: Path, refused: Callable[[Path], str], tmp_path: Path
) -> None:
    assert "or it is damaged" in refused(forged(backup, tmp_path / "bad.zip", {name: b"evil"}))


def test_what_the_manifest_does_not_name_is_not_read(backup: Path, tmp_path: Path) -> None:
    with ZipFile(backup, "a") as zipped:
        zipped.writestr("../evil", "evil")
    restore_backup(path=backup, overwrite=True)
    assert not list(tmp_path.rglob("evil"))


def test_a_bomb_is_not_set_off(backup: Path, refused: Callable[[Path], str], tmp_path: Path) -> None:
    bomb = {"tables/guides.role.jsonl": b"[" + b" " * 60_000_000}
    assert "or it is damaged" in refused(forged(backup, tmp_path / "bad.zip", bomb))
    assert "or it is damaged" in refused(forged(backup, tmp_path / "packed.zip", {}, pack=ZIP_LZMA))


def edited(change: Callable[[Any], object], table: str) -> Callable[[Path], dict[str, bytes]]:
    """Something done to the rows of a table; the first of them names its columns."""

    def edit(backup: Path) -> dict[str, bytes]:
        name = f"tables/{table}.jsonl"
        with ZipFile(backup) as zipped:
            rows = [json.loads(line) for line in zipped.read(name).splitlines()]
        change(rows)
        return {name: b"".join(json.dumps(row).encode() + b"\n" for row in rows)}

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        edited(lambda rows: rows.append(rows[1]), "guides.edition"),
        edited(lambda rows: rows.append([999, 777, *rows[1][2:]]), "guides.edition"),
        edited(lambda rows: rows[1].pop(), "guides.role"),
        edited(lambda rows: rows[0].append("is_admin"), "auth.user"),
        edited(lambda rows: rows.clear(), "guides.role"),
        edited(lambda rows: rows.insert(0, {}), "guides.role"),
        edited(lambda rows: rows.pop(), "guides.role"),
        edited(lambda rows: rows[1].__setitem__(rows[0].index("uploaded_at"), "yesterday"), "guides.image"),
        edited(lambda rows: rows[1].__setitem__(rows[0].index("kind"), "magic"), "guides.skill"),
    ],
    ids=["twice", "no such role", "short row", "another column", "no columns", "no list", "missing role", "no time",
         "no such kind"],
)  # fmt: skip
@pytest.mark.engine
def test_rows_that_do_not_fit_are_refused(
    edit: Callable[[Path], dict[str, bytes]], backup: Path, refused: Callable[[Path], str], tmp_path: Path
) -> None:
    assert "Nothing was changed" in refused(forged(backup, tmp_path / "bad.zip", edit(backup)))


def test_a_storage_that_takes_no_images_is_told(
    backup: Path, refused: Callable[[Path], str], settings: Any, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "file"}}
    before = settings.STORAGES
    settings.STORAGES = before | {"images": storage}
    with pytest.raises(BackupError, match="Nothing was changed, because an image could not be stored"):
        restore_backup(path=backup, overwrite=True)
    settings.STORAGES = before


def test_a_database_of_a_newer_release_is_left_alone(backup: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('guides', '9999_of_tomorrow', %s)",
            (timezone.now(),),
        )
        try:
            with pytest.raises(BackupError, match="The database belongs to a newer release of Careerguide"):
                restore_backup(path=backup, overwrite=True)
            with pytest.raises(BackupError, match="The database belongs to a newer release of Careerguide"):
                write_backup(folder=backup.parent)
        finally:
            cursor.execute("DELETE FROM django_migrations WHERE name = '9999_of_tomorrow'")
