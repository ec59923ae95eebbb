"""Careerguide as processes of the system: how it starts, and what it refuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.process


def manage(root: Path, data: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PORT"}}
    return subprocess.run(
        (sys.executable, "manage.py", *arguments),
        cwd=root,
        env=inherited | {"CAREERGUIDE_DATA": str(data)} | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_one_message_names_all_bad_variables(root: Path, tmp_path: Path) -> None:
    refused = manage(
        root,
        tmp_path,
        "check",
        CAREERGUIDE_ADDRESS="guides.example.org",
        CAREERGUIDE_BEHIND_PROXY="maybe",
        CAREERGUIDE_DEBUG="perhaps",
        CAREERGUIDE_SECRET_KEY="short",
        CAREERGUIDE_TIME_ZONE="Mars/Base",
        DATABASE_URL="mysql//x",
        PORT="99999",
    )
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Careerguide does not start: the README tells what these variables may hold.\n"
        "  CAREERGUIDE_ADDRESS: Not an address such as https://guides.example.org, without a path or a final slash.\n"
        "  CAREERGUIDE_BEHIND_PROXY: Not a valid boolean.\n"
        "  CAREERGUIDE_DEBUG: Not a valid boolean.\n"
        "  CAREERGUIDE_SECRET_KEY: Shorter than minimum length 50.\n"
        "  CAREERGUIDE_TIME_ZONE: Not a zone such as America/New_York.\n"
        "  DATABASE_URL: Not a valid database URL.\n"
        "  PORT: Must be greater than or equal to 1 and less than or equal to 65535.\n"
    )


@pytest.mark.parametrize(
    "address", ["ftp://a.example", "http://", "https://a.example/path", "http://a.example:0", "https://a.example/"]
)
def test_an_address_is_an_origin(address: str, root: Path, tmp_path: Path) -> None:
    assert "CAREERGUIDE_ADDRESS: Not an address" in manage(root, tmp_path, "check", CAREERGUIDE_ADDRESS=address).stderr


def test_the_secret_is_made_once_and_for_its_owner_only(root: Path, tmp_path: Path) -> None:
    data = tmp_path / "new" / "folder"
    secrets = []
    for _ in range(2):
        assert manage(root, data, "check").returncode == 0
        secrets.append((data / "secret-key").read_text())
    assert secrets[0] == secrets[1]
    assert not list(data.glob("secret-key.*"))
    assert (data / "secret-key").stat().st_mode & 0o777 == 0o600
    assert len(secrets[0]) >= 50


def test_two_processes_that_publish_at_once_make_one_edition(root: Path, tmp_path: Path) -> None:
    assert manage(root, tmp_path, "migrate").returncode == 0
    assert manage(root, tmp_path, "loaddata", "patient_care_coordinator").returncode == 0
    command = (sys.executable, "manage.py", "publish", "patient-care-coordinator")
    environment = os.environ | {"CAREERGUIDE_DATA": str(tmp_path)}
    started = [
        subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(4)
    ]
    told = sorted(process.communicate(timeout=60)[0] for process in started)
    unchanged = "Nothing has changed since Patient Care Coordinator, edition 1.\n"
    assert told == [unchanged, unchanged, unchanged, "Published Patient Care Coordinator, edition 1.\n"]


def test_a_first_start_that_is_killed_is_made_good_by_the_next(root: Path, tmp_path: Path) -> None:
    environment = os.environ | {"CAREERGUIDE_DATA": str(tmp_path)}
    for seconds in (0.2, 0.5, 0.8, 1.1, 1.4, 1.7):
        process = subprocess.Popen(
            (sys.executable, "manage.py", "prepare"),
            cwd=root,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    last = manage(root, tmp_path, "prepare")
    assert last.returncode == 0, last.stderr
    exported = manage(root, tmp_path, "export_guide", "patient-care-coordinator")
    assert exported.returncode == 0
    assert manage(root, tmp_path, "publish", "patient-care-coordinator").stdout.startswith("Nothing has changed")
