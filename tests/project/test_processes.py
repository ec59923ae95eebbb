"""Careerguide as processes of the system: how it starts, and what it refuses."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from signal import SIGKILL
from typing import Any

import pytest

from tests.helpers.hypothesis_profile import IS_LONG
from tests.helpers.servers import (
    DATABASE,
    HANGS,
    collect_static,
    delivered_site,
    empty_site,
    manage,
    read_settings,
    until,
)

pytestmark = pytest.mark.process


def test_one_message_names_all_bad_variables(root: Path, tmp_path: Path) -> None:
    refused = manage(
        root,
        tmp_path,
        "check",
        CAREERGUIDE_ADDRESS="guides.example.org",
        CAREERGUIDE_DEBUG="perhaps",
        CAREERGUIDE_IMAGES="s3://key@s3.example.org/bucket",
        CAREERGUIDE_LISTEN="localhost",
        CAREERGUIDE_LOG="xml",
        CAREERGUIDE_METRICS_TOKEN="short",
        CAREERGUIDE_PROXIES="-1",
        CAREERGUIDE_SECOND_FACTOR="perhaps",
        CAREERGUIDE_SECRET_KEY="short",
        CAREERGUIDE_SECURITY_CONTACT="security@example.org",
        CAREERGUIDE_TIME_ZONE="Mars/Base",
        DATABASE_URL="mysql://x",
        PORT="99999",
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Careerguide does not start. These variables are invalid (see docs/configuration.md):\n"
        "  CAREERGUIDE_ADDRESS: Not an address such as https://guides.example.org, in lower case and without a path.\n"
        "  CAREERGUIDE_DEBUG: Not a valid boolean.\n"
        "  CAREERGUIDE_IMAGES: Not an address such as s3://KEY:SECRET@host/bucket, with %2F for / in SECRET.\n"
        "  CAREERGUIDE_LISTEN: Not an address of this machine such as 127.0.0.1, or 0.0.0.0 for all of them.\n"
        "  CAREERGUIDE_LOG: Must be one of: line, json.\n"
        "  CAREERGUIDE_METRICS_TOKEN: Shorter than minimum length 20.\n"
        "  CAREERGUIDE_PROXIES: Must be greater than or equal to 0 and less than or equal to 9.\n"
        "  CAREERGUIDE_SECOND_FACTOR: Must be one of: optional, required.\n"
        "  CAREERGUIDE_SECRET_KEY: Not at least 50 characters, of which at least 10 differ.\n"
        "  CAREERGUIDE_SECURITY_CONTACT: "
        "Not an address such as mailto:security@example.org or https://example.org/security.\n"
        "  CAREERGUIDE_TIME_ZONE: Not a zone such as America/New_York.\n"
        "  DATABASE_URL: Not an address such as postgres://user:password@host/name or sqlite:////path/to/file.\n"
        "  PORT: Must be greater than or equal to 1 and less than or equal to 65535.\n"
    )


def test_the_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    data = tmp_path / "new" / "folder"
    secrets = []
    for _ in range(2):
        assert read_settings(data).returncode == 0
        secrets.append((data / "secret-key").read_text())
    assert secrets[0] == secrets[1]
    assert not list(data.glob("secret-key.*"))
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    assert len(secrets[0]) >= 50


def test_a_variable_can_be_read_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "address").write_text("https://guides.example.org\n")
    read = read_settings(tmp_path, "ADDRESS", CAREERGUIDE_ADDRESS_FILE=str(tmp_path / "address"))
    assert read.stdout == "https://guides.example.org\n"
    refused = read_settings(tmp_path, "ADDRESS", CAREERGUIDE_ADDRESS_FILE=str(tmp_path / "none"))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Careerguide does not start: The value of CAREERGUIDE_ADDRESS_FILE must be a readable file path.\n"
    )


@pytest.mark.parametrize("path", ["/dev/null/data", "/proc/data"])
def test_a_folder_that_cannot_be_written_to_is_refused(path: str) -> None:
    refused = read_settings(Path(path))
    assert (refused.returncode, "CAREERGUIDE_DATA: Not writable: " in refused.stderr) == (1, True)
    assert "Traceback" not in refused.stderr


def test_a_damaged_secret_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()
    assert "secret-key is damaged. Delete it" in read_settings(tmp_path).stderr


def test_a_folder_of_any_name_holds_the_database(root: Path, tmp_path: Path) -> None:
    data = tmp_path / "a b#c%20?d"
    assert manage(root, data, "inspectdb").returncode == 0
    assert (data / DATABASE).stat().st_size > 0


def test_a_database_that_is_none_is_told(root: Path, tmp_path: Path) -> None:
    (tmp_path / "careerguide.sqlite3").write_text("This is no database. " * 100)
    done = manage(root, tmp_path, "prepare")
    assert (done.returncode, done.stdout) == (1, "")
    assert "cannot be used: file is not a database" in done.stderr


def test_every_response_carries_the_security_headers(root: Path, tmp_path: Path) -> None:
    empty_site(tmp_path)
    collect_static(tmp_path)
    program = """
import io, sys
from wsgiref.util import setup_testing_defaults
from django.conf import settings
from careerguide.wsgi import application
for request in ("GET /static/icon.svg", "GET /healthz", "GET /", "GET /x", "GET /admin"):
    method, path = request.split()
    for host in ("127.0.0.1", "evil.example"):
        environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": host}
        setup_testing_defaults(environ)
        answers = []
        application(environ, lambda status, headers, *_: answers.append((status, {name for name, _ in headers})))
        ((status, names),) = answers
        print(status[:3], sorted(settings.SECURITY_HEADERS.keys() - names))
"""
    environment = os.environ | {"CAREERGUIDE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "careerguide.settings"}
    done = subprocess.run(
        (sys.executable, "-c", program), cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    codes = ["200", "200", "200", "200", "200", "400", "404", "400", "301", "400"]
    assert done.stdout.splitlines() == [f"{code} []" for code in codes]


def test_with_an_https_address_browsers_are_held_to_it(root: Path, tmp_path: Path) -> None:
    empty_site(tmp_path)
    collect_static(tmp_path)
    program = """
from wsgiref.util import setup_testing_defaults
from careerguide.wsgi import application
for path in ("/static/icon.svg", "/admin/login/", "/nowhere/"):
    environ = {"PATH_INFO": path, "HTTP_HOST": "guides.example.org", "HTTP_X_FORWARDED_PROTO": "https"}
    setup_testing_defaults(environ)
    application(environ, lambda status, headers, *_: print(
        [value for name, value in headers if name == "Strict-Transport-Security"],
        [value.partition("=")[0] for name, value in headers if name == "Set-Cookie"],
        [value.partition("; HttpOnly; ")[2] for name, value in headers if name == "Set-Cookie"],
    ))
"""
    environment = os.environ | {
        "CAREERGUIDE_DATA": str(tmp_path),
        "CAREERGUIDE_ADDRESS": "https://guides.example.org",
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
    }
    done = subprocess.run(
        (sys.executable, "-c", program), cwd=root, env=environment, capture_output=True, text=True, check=True
    )
    held = ["max-age=31536000; includeSubDomains; preload"]
    cookie = ["Max-Age=31449600; Path=/; SameSite=Lax; Secure"]
    assert done.stdout.splitlines() == [f"{held} [] []", f"{held} ['__Host-csrftoken'] {cookie}", f"{held} [] []"]


def test_processes_that_publish_at_once_make_one_edition(root: Path, tmp_path: Path) -> None:
    delivered_site(tmp_path)
    with closing(sqlite3.connect(tmp_path / DATABASE)) as database, database:
        database.execute("UPDATE guides_role SET summary = 'Changed.' WHERE slug = 'patient-care-coordinator'")
    publish = partial(manage, root, tmp_path, "publish", "patient-care-coordinator")
    with ThreadPoolExecutor() as processes:
        started = [processes.submit(publish) for _ in range(3)]
    printed = sorted(done.result().stdout for done in started)
    unchanged = "Nothing has changed since Patient Care Coordinator, edition 2.\n"
    assert printed == [unchanged, unchanged, "Published Patient Care Coordinator, edition 2.\n"]


PREPARE_AND_DIE = """
import os, signal
import django
from django.core.management import call_command
from django.db.migrations.recorder import MigrationRecorder
record = MigrationRecorder.record_applied
def record_or_die(recorder, app, name):
    if (app, name) == ("guides", "0006_desk"):
        os.kill(os.getpid(), signal.SIGKILL)
    record(recorder, app, name)
MigrationRecorder.record_applied = record_or_die
django.setup()
call_command("prepare")
"""
SIZES = (0, 400_000, 800_000, 1_000_000, 1_500_000, 2_000_000, 2_500_000) if IS_LONG else (800_000,)
"""Bytes of a new database after which its first start is killed. Migrated, it has 760,000, and guides follow."""


def has_ended_or_kept(process: subprocess.Popen[Any], data: Path, size: int) -> bool:
    """Whether a process has ended, or the files of the database have more than so many bytes."""
    kept = 0
    for file in data.glob("careerguide.sqlite3*"):
        with suppress(FileNotFoundError):  # the journal goes with the process
            kept += file.stat().st_size
    return process.poll() is not None or kept > size


def test_a_first_start_that_is_killed_is_completed_by_the_next(root: Path, tmp_path: Path) -> None:
    own = {"CAREERGUIDE_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "careerguide.settings"}
    prepare = partial(
        subprocess.Popen, cwd=root, env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    assert prepare((sys.executable, "-c", PREPARE_AND_DIE)).wait(timeout=HANGS) == -SIGKILL
    for size in SIZES:
        process = prepare((sys.executable, "manage.py", "prepare"))
        until(partial(has_ended_or_kept, process, tmp_path, size))
        process.kill()
        process.wait(timeout=HANGS)
    last = manage(root, tmp_path, "prepare")
    assert last.returncode == 0, last.stderr
    exported = manage(root, tmp_path, "export_guide", "patient-care-coordinator")
    assert exported.returncode == 0
    assert manage(root, tmp_path, "publish", "patient-care-coordinator").stdout.startswith("Nothing has changed")
