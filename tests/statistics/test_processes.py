"""Imports that are killed, that run at once, and that run while readers read."""

import json

import pytest

from tests.helpers.servers import HANGS
from tests.helpers.sites import NewPlace

pytestmark = [pytest.mark.engine, pytest.mark.usefixtures("db")]

PROGRAM = """
import json, os, signal, subprocess
from pathlib import Path
from django.db import connection
from guides.models import Release, Wage
from guides.statistics.importing.delivered import FOLDER
from guides.statistics.importing.wages import import_wages

def stored():
    current = [release.key for release in Release.objects.current("wages")]
    return [Wage.objects.count(), current, Release.objects.count()]

def at(beginning, act):
    def execute(run, sql, params, many, context):
        result = run(sql, params, many, context)
        if sql.split()[:3] == beginning.split():
            act()
        return result
    return connection.execute_wrapper(execute)
"""

KILL = """
import_wages(FOLDER / "wages.zip", add_new=True)
seen = [stored()]
for beginning in ("CREATE TEMPORARY TABLE", "INSERT INTO guides_wage", 'UPDATE "guides_release" SET'):
    connection.close()
    pid = os.fork()
    if pid == 0:
        from datetime import date
        with at(beginning, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            import_wages(FOLDER / "wages.zip", month=date(2026, 5, 1))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL, beginning
    seen.append(stored())
print(json.dumps(seen))
"""


def test_a_killed_import_leaves_the_previous_release(new_place: NewPlace) -> None:
    before, *after = json.loads(new_place().run(PROGRAM + KILL))
    assert before == [6_377, ["wages 2025-05"], 1]
    assert after == [before] * 3


READ = """
from datetime import date
import_wages(FOLDER / "wages.zip", add_new=True)
reader = "import django; django.setup(); from guides.models import Wage; print(Wage.objects.count())"
seen = []
def look():
    seen.append(int(subprocess.check_output([sys.executable, "-W", "ignore", "-c", reader])))
with at("INSERT INTO guides_wage", look):
    import_wages(FOLDER / "wages.zip", month=date(2026, 5, 1))
print(json.dumps([*seen, Wage.objects.count()]))
"""


def test_readers_see_the_previous_release_until_an_import_is_complete(new_place: NewPlace) -> None:
    assert json.loads(new_place().run(PROGRAM + READ)) == [6_377, 2 * 6_377]


IMPORT = """
sys.stdin.readline()
report = import_wages(FOLDER / "wages.zip", add_new=True)
print(json.dumps([report.added, report.changed, report.unchanged, stored()]))
"""


def test_two_imports_at_once_run_one_after_the_other(new_place: NewPlace) -> None:
    place = new_place()
    place.run("")
    programs = [place.program(PROGRAM + IMPORT) for _ in range(2)]
    for program in programs:
        assert program.stdin
        program.stdin.write("go\n")
        program.stdin.flush()
    ended = [program.communicate(timeout=HANGS) for program in programs]
    assert [program.returncode for program in programs] == [0, 0], ended
    whole = [6_377, ["wages 2025-05"], 1]
    assert sorted(json.loads(out) for out, _err in ended) == [[0, 0, 6_377, whole], [6_377, 0, 0, whole]]
