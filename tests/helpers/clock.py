"""A clock that stands still, for tests of what depends on the time: no machine is too slow for them."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone


class Clock:
    """What time it is for the site, until a test moves it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = timezone.now()
        monkeypatch.setattr(time, "time", lambda: self.now.timestamp())
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)
