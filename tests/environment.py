"""Prepare the environment before Django reads its settings. Tests ignore the settings of the person who runs them."""

import atexit
import os
import shutil
import tempfile


def _folder_for_this_process() -> str:
    folder = tempfile.mkdtemp(prefix="careerguide-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


if "TESTS_SHARED" not in os.environ:  # workers of pytest-xdist inherit it
    os.environ["TESTS_SHARED"] = _folder_for_this_process()
for _name in [name for name in os.environ if name.startswith("CAREERGUIDE_") or name in {"DATABASE_URL", "PORT"}]:
    del os.environ[_name]
os.environ["CAREERGUIDE_DATA"] = _folder_for_this_process()
if _database := os.environ.get("TESTED_DATABASE_URL"):
    os.environ["DATABASE_URL"] = _database
