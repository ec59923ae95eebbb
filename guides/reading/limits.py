"""Limits on expensive work: a process does only so much of it at once, so that other pages are still served."""

from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from threading import Lock


class Busy(Exception):
    """No slot is free."""


class Slots:
    """Slots for one kind of work in this process. A public client address holds at most one of them.

    Private and loopback addresses share the slots without that limit: they belong to a proxy that is not configured.
    """

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = Lock()
        self._holders: list[str] = []

    @contextmanager
    def hold(self, address: str) -> Iterator[None]:
        """Hold a slot for a client address within this block. Raises Busy at once if none is free."""
        with self._lock:
            is_limited = ip_address(address).is_global and address in self._holders
            if is_limited or len(self._holders) >= self._count:
                raise Busy
            self._holders.append(address)
        try:
            yield
        finally:
            with self._lock:
                self._holders.remove(address)
