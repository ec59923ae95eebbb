"""Programs of the checkout in the current folder, run with its Python."""

import os
import subprocess
import sys
from pathlib import Path


def python() -> str:
    """Return the Python of the checkout, or this one if the checkout has none."""
    own = Path(".venv/bin/python").absolute()
    return str(own) if own.exists() else sys.executable


def run(*arguments: str, data: Path, **variables: str) -> str:
    """Run a program for the data in a folder, and return its output. Raise CalledProcessError."""
    others = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    # Warnings of slow queries would hide the progress.
    environment = others | {"CAREERGUIDE_DATA": str(data), "CAREERGUIDE_SLOW_QUERY_MS": "60000"} | variables
    command = (python(), "-W", "ignore", *arguments)
    return subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
