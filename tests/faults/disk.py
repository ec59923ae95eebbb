"""Edits on a disk that is full, then on one that is read-only, until it is well again: `python -m tests.faults.disk`.

CAREERGUIDE_DATA is on a small disk of its own, in a mount namespace. It ends with a sentence where something is lost or
half done, and else tells how each act ended on which disk, and what the site answered there.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial

from django.conf import settings
from django.db import DatabaseError
from django.test import Client

from guides.publishing import PublishingError
from tests.faults.acts import ACTS, SLUG, begin, code_of, in_a_child, look  # it sets Django up

REFUSED, AWAY = 3, 4
OUTCOMES = {0: "done", REFUSED: "refused", AWAY: "503"}


@contextmanager
def full() -> Iterator[None]:
    """Without room, but for what is in the last page of each file."""
    path = settings.DATA_DIR / "filler"
    with path.open("wb", buffering=0) as filler:
        for size in (100_000, 1_000, 1):
            try:
                while filler.write(b"\0" * size) == size:
                    pass
            except OSError:
                continue
    yield
    path.unlink()


@contextmanager
def read_only() -> Iterator[None]:
    subprocess.run(("mount", "-o", "remount,ro", settings.DATA_DIR), check=True)
    yield
    subprocess.run(("mount", "-o", "remount,rw", settings.DATA_DIR), check=True)


def attempt(act: str, number: int) -> None:
    try:
        ACTS[act](number)
    except (DatabaseError, PublishingError, OSError) as error:
        sys.stderr.write(f"{act}: {error}\n")
        os._exit(REFUSED)


def read() -> None:
    code = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False).get(f"/guides/{SLUG}/").status_code
    os._exit({200: 0, 503: AWAY}.get(code, 1))


def main() -> None:
    begin()
    ended: dict[str, dict[str, str]] = {}
    written = published = taken = number = 0
    disks: dict[str, Callable[[], AbstractContextManager[None]]] = {
        "well": nullcontext,
        "full": full,
        "read-only": read_only,
        "well again": nullcontext,
    }
    for name, disk in disks.items():
        ended[name] = {}
        with disk():
            for act in ACTS:
                number += 1
                outcome = OUTCOMES.get(code_of(in_a_child(partial(attempt, act, number))), "failed")
                ended[name][act] = outcome
                if outcome == "done":
                    taken += act == "upload"
                    written = number if act != "upload" else written
                    published = number if act == "publish" else published
            ended[name]["reading"] = OUTCOMES.get(code_of(in_a_child(read)), "failed")
        look(draft=range(written, number + 1), published=range(published, number + 1), taken=taken, newest=taken)
    sys.stdout.write(json.dumps(ended))


if __name__ == "__main__":
    main()
