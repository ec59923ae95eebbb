"""Prepare the environment before Django reads its settings. Tests ignore the settings of the person who runs them."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="careerguide-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("CAREERGUIDE_") or name in {"DATABASE_URL", "PORT"}]:
    del os.environ[_name]
os.environ["CAREERGUIDE_DATA"] = _data
if _database := os.environ.get("TESTED_DATABASE_URL"):
    os.environ["DATABASE_URL"] = _database
