"""What `make bench` measures, as a Markdown text."""

import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median, quantiles

from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from guides.publishing.first_start import start
from guides.reading.answers import Answers
from guides.reading.matching import match

from . import catalogue
from .recognition import corpus, judge

SKILLS, ROUNDS = 2_000, 200
WARM = 10


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def report(*, guides: int) -> str:
    return "\n".join((*_head(), *recognition(), *matching(guides))) + "\n"


def _head() -> Iterator[str]:
    yield "# What was measured"
    yield ""
    yield f"By `make bench`, on {timezone.localdate():%Y-%m-%d}, Python {sys.version.split()[0]}, {connection.vendor}."
    yield "Times are of one process, on a machine that does other work at times: compare them within a table only."


def recognition() -> Iterator[str]:
    """How well résumés are read, by the guides that are delivered."""
    say("Reading résumés …")
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    start(tell=lambda _line: None)
    now = timezone.now()
    yield from ("", "## Résumés", "")
    yield "Short résumés, written for the purpose and marked by people who had not seen the code. The wordings that"
    yield "skills are known by were tuned on the first part; nothing was changed for the second."
    yield from ("", "| part | résumés | what | found rightly | wrongly | missed | precision | recall | ms each |")
    yield "|---|--:|---|--:|--:|--:|--:|--:|--:|"
    parts = {part: tuple(corpus(part)) for part in ("tuned", "unseen")}
    for part, resumes in (*parts.items(), ("all", sum(parts.values(), ()))):
        began = time.perf_counter()
        scores, _misses = judge(resumes, at=now)
        each = (time.perf_counter() - began) / len(resumes) * 1_000
        for what, score in scores.items():
            yield (
                f"| {part} | {len(resumes)} | {what} | {score.right} | {score.wrong} | {score.missed} "
                f"| {score.precision:.3f} | {score.recall:.3f} | {each:.0f} |"
            )


def matching(guides: int) -> Iterator[str]:
    """Roles for skills, at a large catalogue: the query and the whole page."""
    say(f"Making {guides:,} guides with {SKILLS:,} skills …")
    now = timezone.now()
    made = catalogue.publish_all(catalogue.guides(guides, SKILLS), at=now)
    say("Matching …")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(SERVER_NAME="127.0.0.1")
    asked = tuple(_some_answers(made.skills))
    yield from ("", "## Roles for skills", "")
    share = match(Answers(have=made.skills[:1]), at=now)
    yield f"{guides:,} guides that ask for {SKILLS:,} skills; {ROUNDS} sets of 3 to 40 skills, usual ones more often."
    yield f"The most usual is asked for by {share.total if share else 0:,} guides."
    yield from ("", "| what | median ms | 95th percentile ms | most ms |", "|---|--:|--:|--:|")
    yield _row("ranking, first page", [_timed(partial(match, each, at=now)) for each in asked])
    address = [f"/match/?{each.query()}" for each in asked]
    yield _row("the whole page", [_timed(partial(client.get, path)) for path in address])
    text = "\n".join(resume.text for resume in corpus("tuned"))[:3_000]
    sends = [_timed(partial(client.post, "/match/resume/", {"text": text})) for _ in range(20)]
    yield _row("a résumé of 3,000 letters, read", sends)


def _some_answers(skills: tuple[str, ...]) -> Iterator[Answers]:
    chance = random.Random(catalogue.SEED)  # noqa: S311
    weights = [1 / (place + 3) for place in range(len(skills))]
    for _ in range(ROUNDS):
        chosen = tuple(dict.fromkeys(chance.choices(skills, weights, k=chance.randint(3, 40))))
        half = len(chosen) // 2 or 1
        yield Answers(have=chosen[:half], some=chosen[half:])


def _timed(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1_000


def _row(name: str, times: list[float]) -> str:
    warm = times[WARM:] if len(times) > 2 * WARM else times[1:]
    return f"| {name} | {median(warm):.1f} | {quantiles(warm, n=20)[-1]:.1f} | {max(warm):.1f} |"
