"""An editor's process that is killed again and again: `python -m tests.faults.kill ACT ROUNDS`.

In each round a child does the act without end, and writes down each act that it begins and finishes. It is killed after
up to two finished acts and a part of the time that one takes. What it finished must be there, and nothing half done.
There are more rounds than that until one child was killed within an act and one after a finished act.
"""

import os
import random
import signal
import sys
import time
from functools import partial
from typing import NamedTuple

from tests.faults.acts import ACTS, begin, code_of, in_a_child, look


def act_without_end(act: str, first: int, out: int) -> None:
    for number in range(first, first + 10_000):
        os.write(out, b"tried %d\n" % number)
        ACTS[act](number)
        os.write(out, b"done %d\n" % number)


class Told(NamedTuple):
    """The numbers of the acts that a process has done, and of those that it has begun."""

    done: list[int]
    tried: list[int]


def a_round(act: str, first: int, finished: int, seconds: float) -> Told:
    """Kill a process so many seconds after it has finished so many acts; return what it wrote down."""
    reader, writer = os.pipe()
    pid = in_a_child(partial(act_without_end, act, first, writer))
    os.close(writer)
    with os.fdopen(reader) as file:
        lines: list[str] = []
        while sum(line.startswith("done") for line in lines) < finished and (line := file.readline()):
            lines.append(line)
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)
        if (code := code_of(pid)) != -signal.SIGKILL:
            sys.exit(f"The process ended by itself, with {code}.")
        told = [(verb, int(number)) for verb, number in map(str.split, [*lines, *file])]
    return Told(*([number for said, number in told if said == verb] for verb in ("done", "tried")))


def main(act: str, rounds: int) -> None:
    begin()
    ACTS[act](1)
    began = time.monotonic()
    ACTS[act](2)
    seconds = time.monotonic() - began
    chance = random.Random(rounds)
    done, tried, within, count = [1, 2], [1, 2], 0, 0
    while count < rounds or done == [1, 2] or not within:
        count += 1
        told = a_round(act, tried[-1] + 1, chance.randrange(3), chance.uniform(0, seconds))
        done += told.done
        tried += told.tried
        within += len(told.tried) > len(told.done)
        span = range(done[-1], tried[-1] + 1)
        if act == "upload":
            look(taken=len(done), newest=len(told.tried))
        else:
            look(draft=span, published=span if act == "publish" else range(0))
    if act == "upload":
        look(taken=len(done), newest=len(tried))
    sys.stdout.write(f"{act}: {count} killed, {within} within an act; {len(done)} done, none lost.\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
