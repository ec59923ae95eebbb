"""Progress bars for commands that run on a terminal."""

from collections.abc import Iterable

from tqdm import tqdm


def progress_bar[T](items: Iterable[T], /, *, what: str, total: int) -> Iterable[T]:
    bar: Iterable[T] = tqdm(items, desc=what, total=total, disable=None, leave=False, delay=1)
    return bar
