"""Measurements that run in a separate process, with the folder and the empty database from the environment.

`python -m bench.measure GUIDES` prints the times of a catalogue as JSON, `python -m bench.measure resumes` the
precision of résumé recognition, and `python -m bench.measure statistics` the cost of importing a full-size table.
"""

import json
import logging
import sys
import time
from collections.abc import Callable
from functools import partial
from statistics import median

import django
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

SKILLS, PUBLICATIONS, VISITED = 2_000, 5, 300


def main() -> None:
    django.setup()
    logging.disable(logging.WARNING)
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    others = {"resumes": resumes, "statistics": statistics}
    result = others[sys.argv[1]]() if sys.argv[1] in others else catalogue(int(sys.argv[1]))
    sys.stdout.write(json.dumps(result))


def statistics() -> object:
    # Models can be imported only after `django.setup`.
    from bench.statistics import measure

    return measure(settings.DATA_DIR)


def resumes() -> object:
    # Models can be imported only after `django.setup`.
    from bench.recognition import rows
    from guides.publishing.first_start import start

    start(report=lambda _line: None)
    return tuple(rows(at=timezone.now()))


def catalogue(guides: int) -> object:
    from bench.catalogue import guides as made_up
    from bench.catalogue import publish_all
    from bench.finding import addresses_of, found
    from bench.report import say
    from bench.statistics import import_all
    from guides.publishing.drafts.load import load_draft
    from guides.publishing.editions.publish import publish
    from guides.reading.index.live_data import live_data, warm
    from guides.reading.index.watcher import GenerationWatcher

    say("  importing statistics …")
    import_all(settings.DATA_DIR)
    say("  publishing …")
    made = publish_all(guides, SKILLS, at=timezone.now())
    say("  measuring …")
    read = _milliseconds(lambda: live_data(at=timezone.now()))
    published, seen = [], []
    for n in range(PUBLICATIONS):
        guide = next(made_up(1, SKILLS, seed=n)).model_copy(update={"slug": "another", "title": "Another"})
        role = load_draft(guide=guide)
        published.append(_milliseconds(partial(publish, role=role, by="bench")))
        seen.append(_milliseconds(lambda: live_data(at=timezone.now())))
    GenerationWatcher(warm).start()
    visited = [address for some in addresses_of(made, rounds=VISITED // 8).values() for address in some]
    times = {"found": found(made), "read": read, "published": median(published), "seen": median(seen)}
    return {**times, "visited": visited}


def _milliseconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1_000


if __name__ == "__main__":
    main()
