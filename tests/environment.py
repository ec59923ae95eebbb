"""Loaded before Django's settings are read: tests keep their data in a directory of their own."""

import atexit
import os
import shutil
import tempfile

_data = tempfile.mkdtemp(prefix="careerguide-tests-")
atexit.register(shutil.rmtree, _data, ignore_errors=True)
os.environ["CAREERGUIDE_DATA"] = _data
