"""How much work code does, in steps of Python instead of seconds: the same on every machine, busy or not."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_monitoring = sys.monitoring
_TOOL = 4
_EVENTS = _monitoring.events
_STEPS = (_EVENTS.PY_START, _EVENTS.PY_RESUME, _EVENTS.CALL, _EVENTS.JUMP)
"""A function starts or resumes, a function is called (in C, too), a loop goes round."""
HANGS = 300
"""Seconds of processor time after which C code hangs, such as a regular expression: its steps are not counted."""


@contextmanager
def at_most(most: int) -> Iterator[None]:
    """Fail the test as soon as the block takes more than `most` steps, or hangs."""
    taken = 0

    def step(*_: object) -> None:
        nonlocal taken
        taken += 1
        if taken > most:
            fail(f"more than {most:,} steps")

    def fail(why: str) -> None:
        _monitoring.set_events(_TOOL, 0)
        pytest.fail(why)

    _monitoring.use_tool_id(_TOOL, __name__)
    before = signal.signal(signal.SIGVTALRM, lambda *_: fail(f"not done after {HANGS} s of processor time"))
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        for event in _STEPS:
            _monitoring.register_callback(_TOOL, event, step)
        _monitoring.set_events(_TOOL, sum(_STEPS))
        yield
    finally:
        _monitoring.set_events(_TOOL, 0)
        _monitoring.free_tool_id(_TOOL)
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
