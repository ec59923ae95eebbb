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
    """A moment to travel to. `back` is the admin URL to return to in a notice on each page, or None for no notice."""

    at: datetime
    back: str | None = None


_moment: ContextVar[Moment | None] = ContextVar("moment", default=None)


def now() -> datetime:
    moment = _moment.get()
    return moment.at if moment else timezone.now()


def is_time_travel() -> bool:
    """Return whether an editor looks at another moment."""
    moment = _moment.get()
    return moment is not None and moment.back is not None


@contextmanager
def travel_to(moment: Moment) -> Iterator[None]:
    """Make pages as of a moment within this block and this thread or task."""
    token = _moment.set(moment)
    try:
        yield
    finally:
        _moment.reset(token)


def context_processor(_request: HttpRequest) -> dict[str, Moment | None]:
    """Add `as_of` to templates: the moment at which an editor looks, or None."""
    return {"as_of": _moment.get() if is_time_travel() else None}
