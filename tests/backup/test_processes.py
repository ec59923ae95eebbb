"""Backups and restores by processes: next to editors, killed in the middle, from one place to another."""

import json
import subprocess
import threading
from pathlib import Path

import pytest
from django.db import connection

from tests.helpers.hypothesis_profile import IS_LONG
from tests.helpers.servers import HANGS, until
from tests.helpers.sites import NewPlace, Place, no_file_larger_than, whole_backup

pytestmark = [pytest.mark.usefixtures("committed"), pytest.mark.engine]

ROLES = "from guides.models import Role; print(list(Role.objects.order_by('pk').values_list('slug', flat=True)))\n"
OTHER_SITE = "from tests.helpers.factories import an_edition; an_edition(slug='other', title='Other')\n"
PAGES = """
from tests.helpers.sites import pages; from hashlib import sha256
print(sha256(repr(sorted(pages().items())).encode()).hexdigest())
"""
BACKUPS = 3 if IS_LONG else 2
PARTS = ("images", "contenttypes.contenttype", "guides.edition", "guides.wording")
KILLED_AT = PARTS if IS_LONG else ("guides.edition",)
DISKS = (40_000, 200_000, 400_000) if IS_LONG else (400_000,)
"""Sizes of a disk in bytes. A restore fails on each of them, in different places."""


def backup_of(place: Place, folder: Path) -> str:
    """The path of a new backup."""
    folder.mkdir(exist_ok=True)
    told = place.manage("backup", str(folder))
    return told.removeprefix("Written: ").partition(" (")[0]


EDIT = """
from itertools import count
from guides.models import Image, Role
from guides.publishing.drafts.images import remove_image
from guides.publishing.editions.publish import publish
from tests.helpers.factories import a_role
from tests.helpers.images import a_stored_image
role = a_role()
for number in count(1):
    role.title = f"Keeper {number}"
    role.save()
    print(publish(role=role, by="Ada").pk, flush=True)
    image = a_stored_image(400, 100 + number)
    if number % 2:
        remove_image(image=image)
"""

LOOK = """
import json
from guides.media.names import files_of
from guides.models import AuditLogEntry, Edition, FullText, Image, Listing
from guides.publishing.drafts.images import stored_file
editions = list(Edition.objects.order_by("pk"))
assert [edition.guide.title for edition in editions] == [edition.title for edition in editions]
kinds = ((Listing, "edition"), (FullText, "edition"), (AuditLogEntry.objects.filter(verb="published"), "edition"))
of = [sorted(getattr(kind, "objects", kind).values_list("edition", flat=True)) for kind, _ in kinds]
assert of == [[edition.pk for edition in editions]] * 3, of
assert all(stored_file(file) for image in Image.objects.all() for file in files_of(image.name))
print(json.dumps(of[0]))
"""


def test_a_backup_of_a_site_in_use_is_whole(new_place: NewPlace, tmp_path: Path) -> None:
    """It has every edition that was acknowledged before it began, and no incomplete one."""
    place, acknowledged = new_place(), list[int]()
    taken = list[tuple[tuple[int, ...], str]]()
    with place.program(EDIT) as editor:
        listener = threading.Thread(target=lambda: acknowledged.extend(map(int, editor.stdout or ())))
        listener.start()
        try:
            for number in range(BACKUPS):
                until(lambda: len(acknowledged) > len(taken[-1][0] if taken else ()), process=editor)
                before = tuple(acknowledged)
                taken.append((before, backup_of(place, tmp_path / f"backups-{number}")))
        finally:
            editor.kill()
            listener.join(timeout=HANGS)
    for before, path in taken:
        restored = new_place(has_tables=False)
        restored.manage("restore", path)
        editions = json.loads(restored.run(LOOK))
        assert set(before) <= set(editions)
    assert set(taken[0][0]) < set(taken[-1][0])


DIE = """
import os, signal
from pathlib import Path
from guides.backup.restore import restore_backup
def watch(items, *, what, total):
    for place, item in enumerate(items):
        if what == {what!r} and place >= total // 2:
            os.kill(os.getpid(), signal.SIGKILL)
        yield item
restore_backup(path=Path({path!r}), overwrite=True, progress=watch)
"""


def test_a_restore_that_is_killed_leaves_the_site_as_it_was(new_place: NewPlace) -> None:
    place = new_place()
    backup, before = str(whole_backup()), place.run(OTHER_SITE + PAGES)
    for what in KILLED_AT:
        process = place.program(DIE.format(what=what, path=backup))
        _out, err = process.communicate(timeout=HANGS)
        assert (process.returncode, err) == (-9, "")
        assert place.run(ROLES + PAGES) == f"['other']\n{before}"
    place.manage("restore", backup, "--overwrite")
    assert place.run(ROLES) == "['lighthouse-keeper', 'gone', 'elsewhere', 'lamplighter', 'draft']\n"


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's disk is that of another process")
def test_a_full_disk_leaves_the_site_as_it_was(new_place: NewPlace) -> None:
    place = new_place()
    backup, before = str(whole_backup()), place.run(OTHER_SITE + PAGES)
    for size in DISKS:
        error = place.manage("restore", backup, "--overwrite", fails=True, preexec_fn=no_file_larger_than(size))
        assert "Nothing was changed, because the backup could not be restored: " in error
    assert place.run(PAGES) == before


SHOW = """
print("Ready.", flush=True)
from tests.helpers.sites import pages
for line in sys.stdin:
    print(sorted(address for address, (status, _body) in pages().items() if status == 200), flush=True)
"""

RESTORE = """
from pathlib import Path
from guides.backup.restore import restore_backup
def watch(items, *, what, total):
    if what == "guides.wording":
        print("All but done.", flush=True)
        sys.stdin.readline()
    yield from items
restore_backup(path=Path({path!r}), overwrite=True, progress=watch)
"""


def test_a_running_site_shows_the_old_pages_until_the_restore_is_done(new_place: NewPlace) -> None:
    place = new_place()
    with place.program(OTHER_SITE + SHOW) as site:
        assert line_of(site) == "Ready.\n"
        with place.program(RESTORE.format(path=str(whole_backup()))) as restore:
            assert line_of(restore) == "All but done.\n"
            before = answer_of(site)
            restore.communicate("\n")
        after = answer_of(site)
    assert ("/guides/other/" in before, "/guides/lighthouse-keeper/" in before) == (True, False)
    assert ("/guides/other/" in after, "/guides/lighthouse-keeper/" in after) == (False, True)


def answer_of(process: subprocess.Popen[str]) -> str:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()
    return line_of(process)


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs both databases")
def test_a_site_moves_from_one_database_to_the_other_and_back(new_place: NewPlace, tmp_path: Path) -> None:
    here = new_place()
    here.manage("restore", str(whole_backup()))
    there = Place({**here.variables, "CAREERGUIDE_DATA": str(tmp_path / "there"),
                   "DATABASE_URL": f"sqlite:///{tmp_path}/there.sqlite3"})  # fmt: skip
    there.manage("restore", backup_of(here, tmp_path / "first"))
    back = new_place()
    back.manage("restore", backup_of(there, tmp_path / "second"))
    assert (tmp_path / "there.sqlite3").exists()
    assert here.run(PAGES) == there.run(PAGES) == back.run(PAGES)
