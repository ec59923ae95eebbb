"""The moment that visitors' pages are made for: now, or another one that the desk asks to see.

All reading code asks here what time it is, so that a whole request can be answered as of a moment.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone


class Moment(NamedTuple):
    """A moment other than now, and the address at the desk that leads back from it."""

    at: datetime
    back: str


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)
_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    moment = _moment.get()
    return moment.at if moment else _stopped.get() or timezone.now()


def is_moved() -> bool:
    """Whether it is another moment than now."""
    return _moment.get() is not None


@contextmanager
def as_of(moment: Moment) -> Iterator[None]:
    """Within this block, and this thread or task, it is that moment."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def stopped(at: datetime) -> Iterator[None]:
    """Within this block, and this thread or task, now stays that moment, and no page says so."""
    token = _stopped.set(at)
    try:
        yield
    finally:
        _stopped.reset(token)


def told(_request: HttpRequest) -> dict[str, Moment | None]:
    """For templates: the moment that a page is shown as of, where it is not now."""
    return {"as_of": _moment.get()}
