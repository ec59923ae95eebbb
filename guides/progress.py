"""The interface of progress reports for long operations."""

from collections.abc import Iterable
from typing import Protocol


class Progress(Protocol):
    """Iterates over items in order and reports their progress."""

    def __call__[T](self, items: Iterable[T], /, *, what: str, total: int) -> Iterable[T]: ...


def silent[T](items: Iterable[T], /, *, what: str, total: int) -> Iterable[T]:  # noqa: ARG001
    return items
