"""Processes that the site is asked in. This is imported before Django is set up in them."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process

import django


class Here(Executor):
    """Does at once, in this process, what it is given."""

    def submit[**P, T](self, call: Callable[P, T], /, *given: P.args, **named: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(call(*given, **named))
        return future


@contextmanager
def executor(processes: int) -> Iterator[Executor]:
    """Some processes, or this one where it is one only. They end with the block."""
    if processes == 1:
        yield Here()
        return
    # Not forked: a fork would share connections to the database.
    with ProcessPoolExecutor(processes, get_context("spawn"), initializer=_begin) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this process ends it
    threading.Thread(target=_end_with_parent, daemon=True).start()
    django.setup()


def _end_with_parent() -> None:
    """However that ends: a process that waits for work would wait for ever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
