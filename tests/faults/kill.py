"""An editor's process that is killed again and again: `python -m tests.faults.kill ACT ROUNDS`.

A child a round does the act without end and tells each that is done; it is killed somewhere within the time of three.
What was told is to be there, and nothing half done.
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


def a_round(act: str, first: int, seconds: float) -> Told:
    """Kill a process after so long; what it told until then."""
    reader, writer = os.pipe()
    pid = in_a_child(partial(act_without_end, act, first, writer))
    os.close(writer)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    if (code := code_of(pid)) != -signal.SIGKILL:
        sys.exit(f"The process ended by itself, with {code}.")
    with os.fdopen(reader) as lines:
        told = [(verb, int(number)) for verb, number in map(str.split, lines)]
    return Told(*([number for said, number in told if said == verb] for verb in ("done", "tried")))


def main(act: str, rounds: int) -> None:
    begin()
    ACTS[act](1)
    began = time.monotonic()
    ACTS[act](2)
    seconds = 3 * (time.monotonic() - began)
    chance = random.Random(rounds)
    done, tried, within = [1, 2], [1, 2], 0
    for _ in range(rounds):
        told = a_round(act, tried[-1] + 1, chance.uniform(0, seconds))
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
    if done == [1, 2] or not within:
        sys.exit("No process was killed within an act, or none after one.")
    sys.stdout.write(f"{act}: {rounds} killed, {within} within an act; {len(done)} done, none lost.\n")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
