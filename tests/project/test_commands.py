"""The commands: arguments in, report out."""

import json
import os
import socket
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from pytest_django import Settings

from guides import schema
from guides.models import Edition, Release, Role, Skill
from guides.publishing.drafts.compose import compose
from guides.schema import serialization
from tests.helpers.factories import a_guide, a_role, guide_data
from tests.helpers.servers import free_port
from tests.helpers.statistics import an_occupation

pytestmark = pytest.mark.django_db


def output(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def fails(*arguments: str) -> tuple[str, str]:
    """What a command that fails reports, and its last word."""
    err = StringIO()
    with pytest.raises(CommandError) as error:
        call_command(*arguments, stdout=StringIO(), stderr=err)
    return err.getvalue(), str(error.value)


def written(directory: Path, name: str, text: str) -> str:
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_publish_says_what_it_did() -> None:
    role = a_role()
    assert output("publish", role.slug) == "Published Lighthouse Keeper, edition 1.\n"
    assert output("publish", role.slug) == "Nothing has changed since Lighthouse Keeper, edition 1.\n"
    role.title = "Keeper"
    role.save()
    assert output("publish", role.slug, "--note", "A new name.") == "Published Keeper, edition 2.\n"
    assert list(Edition.objects.order_by("number").values_list("note", flat=True)) == ["", "A new name."]


def test_publish_refuses_in_sentences() -> None:
    Role.objects.filter(pk=a_role().pk).update(summary="")
    assert fails("publish", "nobody")[1] == "There is no role 'nobody'."
    told = "'lighthouse-keeper' was not published.\nsummary: must not be empty"
    assert fails("publish", "lighthouse-keeper")[1] == told


@pytest.mark.parametrize("form", serialization.FORMATS)
def test_what_is_exported_can_be_imported(form: serialization.Format, tmp_path: Path) -> None:
    role = a_role()
    text = output("export_guide", role.slug, "--format", form)
    assert text == schema.dump(a_guide(), form)
    role.delete()
    path = written(tmp_path, f"keeper.{form}", text)
    assert output("import_guide", path) == f"[1/1] {path}: draft of 'lighthouse-keeper' written\n"
    assert compose(Role.objects.get()) == a_guide()
    assert not Edition.objects.exists()


def test_export_refuses_in_sentences() -> None:
    Role.objects.filter(pk=a_role().pk).update(summary="")
    assert fails("export_guide", "nobody")[1] == "There is no role 'nobody'."
    told = "The draft of 'lighthouse-keeper' is incomplete.\nsummary: must not be empty"
    assert fails("export_guide", "lighthouse-keeper")[1] == told


def test_import_takes_each_file_for_itself(tmp_path: Path) -> None:
    good = written(tmp_path, "good.json", json.dumps(guide_data()))
    bad = written(tmp_path, "bad.json", json.dumps(guide_data(slug="bad", title="", summary="")))
    again = written(tmp_path, "again.yaml", schema.dump(a_guide(title="Again"), "yaml"))
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match=r"^Refused without changes: 2\. Written: 1\.$"):
        call_command("import_guide", bad, good, again, stdout=out, stderr=err)
    assert out.getvalue() == f"[2/3] {good}: draft of 'lighthouse-keeper' written\n"
    assert err.getvalue() == (
        f"[1/3] {bad}: refused\n    title: must not be empty\n    summary: must not be empty\n"
        f"[3/3] {again}: refused\n    slug: 'lighthouse-keeper' came already from {good}\n"
    )
    assert [compose(role) for role in Role.objects.all()] == [a_guide()]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("guide.docx", b"PK", "a guide's file ends in .json, .yaml, .yml, not in '.docx'"),
        ("guide", b"", "a guide's file ends in .json, .yaml, .yml, not in ''"),
        ("guide.json", b"\xff\xfe{", "the file is not UTF-8 text: byte 0 cannot be read"),
        ("guide.json", b'{"schema_version": 1, "slug": "a", "ti',
         "not JSON: Unterminated string at line 1, column 36"),
        ("guide.json", b'{"schema_version": 9}',
         "the file has schema_version 9; this version of Careerguide reads 1 to 3"),
        ("guide.json", b" " * 5_000_001, "the file is larger than 5,000,000 bytes, the most that a guide may have"),
    ],
    ids=["another type", "no type", "not UTF-8", "truncated", "future version", "too large"],
)  # fmt: skip
def test_a_bad_file_is_refused_and_changes_nothing(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    a_role()
    before = (compose(Role.objects.get()), Skill.objects.count())
    (tmp_path / name).write_bytes(content)
    assert told in fails("import_guide", str(tmp_path / name))[0]
    assert (compose(Role.objects.get()), Skill.objects.count()) == before


def test_a_hundred_megabytes_are_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    assert "larger than 5,000,000 bytes" in fails("import_guide", str(path))[0]


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert "cannot be read: No such file or directory" in fails("import_guide", str(tmp_path / "none.json"))[0]
    (tmp_path / "folder.json").mkdir()
    assert "it is no file" in fails("import_guide", str(tmp_path / "folder.json"))[0]
    os.mkfifo(tmp_path / "pipe.json")
    assert "it is no file" in fails("import_guide", str(tmp_path / "pipe.json"))[0]


def test_a_shared_skill_is_not_half_changed_by_a_refused_file(tmp_path: Path) -> None:
    a_role()
    data = guide_data(
        skills=[{"slug": "lamps", "name": "Renamed", "kind": "tool"}], faqs=[{"question": "?", "answer": ""}]
    )
    fails("import_guide", written(tmp_path, "bad.json", json.dumps(data)))
    assert Skill.objects.get(slug="lamps").name == "Lamps"


def test_the_schema_describes_the_file() -> None:
    described: dict[str, Any] = json.loads(output("guide_schema"))
    assert described["properties"]["schema_version"]["const"] == 3
    assert set(described["properties"]) == set(schema.Guide.model_fields)
    assert described["required"] == ["schema_version", "slug", "title", "summary"]


def test_prepare_begins_a_new_installation_once_and_leaves_the_work_of_editors_alone() -> None:
    *published, name, password, statistics, address = output("prepare").splitlines()
    assert sorted(published) == [
        "Published Clinical Coordinator, edition 1.",
        "Published Medical Assistant, edition 1.",
        "Published Medical Receptionist, edition 1.",
        "Published Patient Care Coordinator, edition 1.",
        "Published Patient Care Manager, edition 1.",
        "Published Patient Care Specialist, edition 1.",
        "Published Patient Coordinator, edition 1.",
        "Published Patient Services Coordinator, edition 1.",
    ]
    assert name == "Editor's name: editor"
    assert statistics.startswith("Imported statistics: ")
    assert "wages and employment by area, May 2025" in statistics
    assert User.objects.get(username="editor").check_password(password.removeprefix("Password: ").partition(" ")[0])
    Role.objects.filter(slug="patient-care-coordinator").update(title="Changed")
    User.objects.update(username="grace")
    assert output("prepare").splitlines() == [address]
    role = Role.objects.get(slug="patient-care-coordinator")
    assert (role.title, role.editions.get().title) == ("Changed", "Patient Care Coordinator")
    assert (Edition.objects.count(), User.objects.get().username) == (8, "grace")
    assert Release.objects.count() == 5


def test_prepare_says_that_a_port_is_taken() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert fails("prepare", "--port", str(port))[1].startswith(f"Port {port} is in use. ")
    assert not Role.objects.exists()


def test_prepare_prints_the_address_at_the_port_that_it_checks(settings: Settings, editor: User) -> None:
    a_role()  # or it would publish the first guides, which takes seconds
    an_occupation()  # or it would import the delivered statistics
    port = free_port()
    printed = "Careerguide: {0}  (editors: {0}/admin/)".format
    assert output("prepare", "--port", str(port)).splitlines() == [printed(f"http://127.0.0.1:{port}")]
    assert output("prepare").splitlines() == [printed("http://127.0.0.1:8000")]
    settings.ADDRESS = "https://guides.example.org"
    assert output("prepare", "--port", str(port)).splitlines() == [printed("https://guides.example.org")]
