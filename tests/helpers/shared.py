"""Folders that take long to create, which all processes of a test run share."""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

SHARED = Path(os.environ["TESTS_SHARED"])


def once(name: str, fill: Callable[[Path], object]) -> Path:
    """Return the shared folder of this name. The first process that needs it fills it, and the others wait."""
    folder, unfinished = SHARED / name, SHARED / f"{name}.part"
    with (SHARED / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(unfinished, ignore_errors=True)
            unfinished.mkdir()
            fill(unfinished)
            unfinished.rename(folder)
    return folder
