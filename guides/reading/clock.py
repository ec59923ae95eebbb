"""The moment for which public pages are made: now, or another one when an editor travels in time.

All code of the public site calls `now`, so one moment holds for a whole request.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone


class Moment(NamedTuple):
    """A moment to travel to, and the admin URL of the link back."""

    at: datetime
    back: str


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)
_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    moment = _moment.get()
    return moment.at if moment else _frozen.get() or timezone.now()


def is_time_travel() -> bool:
    """Return whether an editor looks at another moment."""
    return _moment.get() is not None


@contextmanager
def travel_to(moment: Moment) -> Iterator[None]:
    """Show pages as of another moment within this block and this thread or task. Each page has a notice of it."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


@contextmanager
def freeze(at: datetime) -> Iterator[None]:
    """Stop the clock within this block and this thread or task, without a notice on pages."""
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)


def context_processor(_request: HttpRequest) -> dict[str, Moment | None]:
    """Add `as_of` to templates: the moment that a page is shown for, or None for now."""
    return {"as_of": _moment.get()}
