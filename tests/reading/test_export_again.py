"""Repeated exports into one folder: only files that differ are written, and only exported files are deleted."""

import os
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from guides.models import Role
from guides.publishing.editions.publish import publish
from guides.publishing.editions.withdraw import withdraw
from guides.reading.export import static_files
from guides.reading.export.export import ExportSummary
from guides.reading.export.folder import LIST, MARKER, FolderRefused, open_folder
from guides.rendering.toolkit import ALL_DOCUMENTS
from tests.helpers.factories import an_edition, day
from tests.helpers.images import a_stored_image
from tests.helpers.servers import collect_static
from tests.helpers.sites import NewPlace
from tests.helpers.wsgi import one_connection
from tests.reading.test_export import export, files

pytestmark = pytest.mark.django_db

KNOTS = [{"slug": "knots", "name": "Knots", "kind": "technical"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "export"


def changed[T](before: dict[str, T], after: dict[str, T]) -> set[str]:
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


def times(folder: Path) -> dict[str, int]:
    return {file: (folder / file).stat().st_mtime_ns for file in files(folder)}


def test_a_second_export_of_an_unchanged_site_writes_nothing(folder: Path) -> None:
    an_edition()
    first = export(folder)
    before = times(folder)
    assert export(folder) == ExportSummary(files=first.files, written=0)
    assert times(folder) == before


def test_a_new_edition_writes_its_own_files_and_the_lists_that_name_it(folder: Path) -> None:
    edition = an_edition(at=day(1))
    an_edition(at=day(1), slug="sailor", title="Sailor", skills=KNOTS, interview=[])
    export(folder)
    before, then = files(folder), times(folder)
    Role.objects.filter(pk=edition.role_id).update(summary="Keeps the light, by day and by night.")
    publish(role=edition.role, by="Ada")
    summary = export(folder)
    after = files(folder)
    documents = {f"guides/lighthouse-keeper/toolkit/{kind}.docx" for kind in ALL_DOCUMENTS}  # each has its date
    own = {
        f"guides/lighthouse-keeper{end}" for end in (".json", ".md", "/index.html", "/feed.xml", "/history/index.html")
    }
    lists = {"index.html", "guides/index.html", "fields/coast/index.html", "llms.txt", "feed.xml", "sitemap.xml"}
    new, old = "guides/lighthouse-keeper/card-2-v4.png", "guides/lighthouse-keeper/card-1-v4.png"
    assert changed(before, after) == {*documents, *own, *lists, new, old}
    assert changed(then, times(folder)) == changed(before, after)
    assert summary == ExportSummary(files=len(after), written=len({*documents, *own, *lists, new}), deleted=1)


def test_a_withdrawn_guide_leaves_a_page_and_what_others_put_into_the_folder(folder: Path) -> None:
    edition = an_edition(at=day(1))
    an_edition(at=day(1), slug="sailor", title="Sailor", skills=KNOTS, interview=[])
    export(folder)
    before = files(folder)
    (folder / "guides/lighthouse-keeper/notes.txt").write_text("Mine.")
    (folder / "CNAME").write_text("guides.example.org")
    withdraw(role=edition.role, by="Ada", note="It was wrong.")
    summary = export(folder)
    after = files(folder)
    gone = {file for file in before.keys() - after.keys() if not file.startswith("skills/")}
    toolkit = [f"/toolkit/{kind}.{suffix}" for kind in ALL_DOCUMENTS for suffix in ("md", "docx")]
    own = {f"guides/lighthouse-keeper{end}" for end in (".json", ".md", "/card-1-v4.png", "/feed.xml", *toolkit)}
    assert gone == own
    assert not (folder / "skills/lamps").exists()
    assert summary.deleted == len(before.keys() - after.keys())
    assert b"It was wrong." in after["guides/lighthouse-keeper/index.html"]
    assert (after["guides/lighthouse-keeper/notes.txt"], after["CNAME"]) == (b"Mine.", b"guides.example.org")


def test_time_alone_changes_what_is_exported(folder: Path) -> None:
    now, tomorrow = timezone.now(), timezone.now() + timedelta(days=1)
    an_edition(at=day(1), slug="sailor", title="Sailor")
    an_edition(at=tomorrow)
    export(folder, at=now)
    assert "guides/lighthouse-keeper/index.html" not in files(folder)
    assert export(folder, at=tomorrow - timedelta(seconds=1)).written == 0
    assert export(folder, at=tomorrow).written > 20
    assert "guides/lighthouse-keeper/index.html" in files(folder)


def test_all_of_it_is_as_of_one_moment_whatever_is_published_meanwhile(folder: Path, tmp_path: Path) -> None:
    edition = an_edition(at=day(1))
    export(tmp_path / "before")

    def publish_meanwhile(_done: int, _known: int) -> None:
        if not Role.objects.filter(slug="sailor").exists():
            an_edition(slug="sailor", title="Sailor")
            Role.objects.filter(pk=edition.role_id).update(summary="Another.")
            publish(role=edition.role, by="Ada")

    summary = export(folder, on_progress=publish_meanwhile)
    assert (summary.is_outdated, files(folder)) == (True, files(tmp_path / "before"))
    export(folder)
    export(tmp_path / "after")
    assert files(folder) == files(tmp_path / "after")
    assert "guides/sailor/index.html" in files(folder)


def interrupt(done: int, _known: int) -> None:
    if done > 50:
        raise KeyboardInterrupt


def test_an_interrupted_export_leaves_whole_files_and_the_next_one_adds_the_rest(folder: Path, tmp_path: Path) -> None:
    for number in range(3):
        an_edition(at=day(1), slug=f"keeper-{number}", title=f"Keeper {number}")
    at = timezone.now()
    complete = export(tmp_path / "complete", at=at)
    with pytest.raises(KeyboardInterrupt):
        export(folder, at=at, on_progress=interrupt)
    done = files(folder)
    assert done.items() <= files(tmp_path / "complete").items()
    (folder / MARKER / "1.part").write_text("half a page")
    summary = export(folder, at=at)
    assert (summary.files, summary.written) == (complete.files, complete.files - len(done))
    assert files(folder) == files(tmp_path / "complete")
    assert not (folder / MARKER / "1.part").exists()


def test_files_of_an_interrupted_export_are_deleted_when_their_page_is_gone(folder: Path) -> None:
    editions = [an_edition(at=day(1), slug=f"keeper-{number}", title=f"Keeper {number}") for number in range(3)]
    with pytest.raises(KeyboardInterrupt):
        export(folder, on_progress=interrupt)
    assert [file for file in files(folder) if file.endswith((".docx", ".md", ".png"))]
    listed = folder / MARKER / LIST
    listed.write_text(f"{listed.read_text()}CNAM")  # as when the machine stops in the middle of a line
    (folder / "CNAM").write_text("Mine.")
    for edition in editions:
        withdraw(role=edition.role, by="Ada", note="It was wrong.")
    export(folder)
    assert [file for file in files(folder) if file.endswith((".docx", ".md", ".png"))] == []
    assert files(folder)["CNAM"] == b"Mine."


def test_files_that_somebody_deleted_or_cut_are_written_again(folder: Path) -> None:
    an_edition()
    export(folder)
    before = files(folder)
    (folder / "index.html").unlink()
    (folder / "guides/lighthouse-keeper/card-1-v4.png").write_bytes(b"")
    assert export(folder).written == 2
    assert files(folder) == before


def test_an_image_stays_for_as_long_as_a_page_shows_it(folder: Path) -> None:
    image = a_stored_image(400, 300)
    shown = [{"theme": "x", "question": "What is this?", "shows": f"![A tower](/images/{image.name}.webp)"}]
    edition = an_edition(at=day(1), interview=shown)
    export(folder)
    an_edition(slug="sailor", title="Sailor")
    export(folder)
    assert f"images/{image.name}.webp" in files(folder)
    edition.role.interview_questions.all().delete()
    publish(role=edition.role, by="Ada")
    assert export(folder).deleted == 2  # and the card of the edition before
    assert f"images/{image.name}.webp" not in files(folder)


# Folders


def test_a_folder_with_other_files_is_refused_unless_that_is_wanted(folder: Path) -> None:
    an_edition()
    folder.mkdir()
    (folder / "thesis.txt").write_text("Years of work.")
    with pytest.raises(FolderRefused, match="holds other files"):
        export(folder)
    assert files(folder) == {"thesis.txt": b"Years of work."}
    export(folder, force=True)
    assert files(folder)["thesis.txt"] == b"Years of work."
    assert export(folder).written == 0


def test_a_file_is_no_folder_and_two_exports_at_once_are_one_too_many(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderRefused, match="is a file"):
        export(tmp_path / "file")
    with open_folder(folder, force=False), pytest.raises(FolderRefused, match="Another export"):
        export(folder)


# Static files


def test_static_files_are_collected_only_when_a_source_is_newer(settings: Settings, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    manifest = tmp_path / "staticfiles.json"
    static_files.collect()
    collected = manifest.stat().st_mtime_ns
    static_files.collect()
    assert manifest.stat().st_mtime_ns == collected
    os.utime(manifest, (0, 0))
    static_files.collect()
    assert manifest.stat().st_mtime_ns > collected
    assert static_files.read(staticfiles_storage.url("js/static_search.js")) is not None


# The command


def run(folder: Path) -> tuple[str, str]:
    """What the command prints, and its warnings."""
    out, err = StringIO(), StringIO()
    with one_connection():
        call_command("export_site", str(folder), "--processes", "1", stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_reports_what_it_did_and_broken_links(folder: Path) -> None:
    an_edition(sections=[{"chapter": "role", "body": "[Never](/guides/never/) [file](/guides/never.json)"}])
    missing = "Pages link to addresses that do not exist on the site (2):\n  /guides/never.json\n  /guides/never/\n"
    assert run(folder) == (f"{len(files(folder))} written, 0 unchanged, 0 deleted.\n", missing)
    assert run(folder) == (f"0 written, {len(files(folder))} unchanged, 0 deleted.\n", missing)


def test_the_command_refuses_in_a_sentence(folder: Path) -> None:
    folder.mkdir()
    (folder / "thesis.txt").touch()
    with pytest.raises(CommandError, match="Name an empty folder, or one of an earlier export"):
        run(folder)


@pytest.mark.process
def test_several_processes_write_the_same_as_one(new_place: NewPlace, tmp_path: Path) -> None:
    place = new_place()
    place.run("from tests.helpers.factories import an_edition; an_edition(); an_edition(slug='sailor', title='Sailor')")
    collect_static(Path(place.variables["CAREERGUIDE_DATA"]))
    for processes in ("1", "2"):
        place.manage("export_site", str(tmp_path / processes), "--processes", processes)
    assert files(tmp_path / "1") == files(tmp_path / "2")
