"""The walk: every target that a page of an export leads to is asked of the site, once."""

import os
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import chain

from .asking import Errand, Made, ask
from .keys import Keys, key_of
from .manifest import Manifest, Row
from .targets import Target, is_page, target_of

A_TASK, MOST_AT_ONCE = 16, 4 * (os.cpu_count() or 1)
"""How many targets a process is given at once, and how many such tasks are under way."""

type Tell = Callable[[int, int], None]
"""Told how many files are done, and how many are known of so far."""


class Walk:
    """One walk. `files` are those of the export; `missing` are addresses that pages lead to, and the site has not.

    What the manifest has under a key that holds is not asked again, but for pages whose links may not all have been
    followed.
    """

    def __init__(self, errand: Errand, manifest: Manifest, keys: Keys) -> None:
        self.files: set[str] = set()
        self.missing: list[str] = []
        self.written = 0
        self._errand, self._manifest, self._keys = errand, manifest, keys
        self._known: set[str] = set()
        self._waiting: deque[Target] = deque()
        holding = set(keys.values())
        for file, row in manifest.rows.items():
            if row.key in holding and (manifest.is_whole or not is_page(file)):
                self.files.add(file)
                self.meet(row.shows)

    def meet(self, addresses: Iterable[str]) -> None:
        """Somewhere there are links to these."""
        for target in filter(None, map(target_of, addresses)):
            if target.asked in self._known:
                continue
            self._known.add(target.asked)
            if target.name == "image" and target.file in self._manifest.rows:
                self.files.add(target.file)  # its name tells its content
            elif target.file not in self.files:
                self._waiting.append(target)

    def take(self, file: str, row: Row, *, is_written: bool) -> None:
        """A file of the export is there."""
        self.files.add(file)
        self.written += is_written
        self._manifest.record(file, row)

    def go(self, executor: Executor, tell: Tell) -> None:
        """Ask for all that is known of and all that turns up. Raises Failed."""
        under_way: set[Future[tuple[Made, ...]]] = set()
        while self._waiting or under_way:
            while self._waiting and len(under_way) < MOST_AT_ONCE:
                under_way.add(executor.submit(ask, self._errand, self._next()))
            done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
            for made in chain.from_iterable(future.result() for future in done):
                self._came(made)
            tell(len(self.files), len(self.files) + len(self._waiting) + A_TASK * len(under_way))

    def _next(self) -> list[tuple[Target, Row | None]]:
        some = [self._waiting.popleft() for _ in range(min(A_TASK, len(self._waiting)))]
        return [(target, self._manifest.rows.get(target.file)) for target in some]

    def _came(self, made: Made) -> None:
        if made.row is None:
            self.missing.append(made.target.asked)
            return
        key = key_of(made.target, self._keys)
        shows = tuple(sorted(asked for asked in made.leads_to if asked.startswith("/images/"))) if key else ()
        self.take(made.target.file, made.row._replace(key=key, shows=shows), is_written=made.is_written)
        self.meet(made.leads_to)
