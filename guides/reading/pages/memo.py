"""A bounded in-memory cache of values that are costly to compute."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock


class Memo[K: Hashable, V]:
    """Stores the `size` values that were used last. Two threads may compute the same value at once."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = Lock()

    def get(self, key: K, compute: Callable[[], V]) -> V:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = compute()
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._size:
                self._values.popitem(last=False)
        return value
