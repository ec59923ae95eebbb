"""Faults that really happen: what was acknowledged is there, nothing is half done, and the site answers."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.helpers.servers import HANGS, collected

pytestmark = [pytest.mark.process, pytest.mark.faults]

ROUNDS = int(os.environ.get("FAULT_ROUNDS", "1"))


def tried(root: Path, data: Path, *command: str) -> str:
    """What a program of the faults says of its end."""
    own = {
        "CAREERGUIDE_DATA": str(data),
        "CAREERGUIDE_STATIC": str(collected()),
        "DJANGO_SETTINGS_MODULE": "careerguide.settings",
    }
    done = subprocess.run(
        command,
        cwd=root,
        env=os.environ | own,
        capture_output=True,
        text=True,
        check=False,
        timeout=HANGS + 30 * ROUNDS,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("act", ["publish", "save", "import", "upload"])
def test_a_kill_loses_nothing_that_was_acknowledged(act: str, root: Path, tmp_path: Path) -> None:
    said = tried(root, tmp_path, sys.executable, "-W", "ignore", "-m", "tests.faults.kill", act, str(ROUNDS))
    assert int(said.removeprefix(f"{act}: ").partition(" killed")[0]) >= ROUNDS


def test_a_full_disk_and_a_read_only_one_refuse_and_lose_nothing(root: Path, tmp_path: Path) -> None:
    mounted = f"mount -t tmpfs -o size=24m tmpfs {tmp_path} && exec {sys.executable} -W ignore -m tests.faults.disk"
    said = json.loads(tried(root, tmp_path, "unshare", "-rm", "sh", "-c", mounted))
    done = {"publish": "done", "save": "done", "import": "done", "upload": "done", "reading": "done"}
    refused = dict.fromkeys(done, "refused")
    assert said == {
        "well": done,
        "full": refused | {"reading": "done"},
        "read-only": refused | {"reading": "done"},
        "well again": done,
    }
