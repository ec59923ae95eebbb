"""Worker processes of the export."""

import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process

from django.db import connections


class SameProcessExecutor(Executor):
    """Runs each call immediately in this process."""

    def submit[**P, T](self, call: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        future: Future[T] = Future()
        future.set_result(call(*args, **kwargs))
        return future


@contextmanager
def executor(processes: int) -> Iterator[Executor]:
    """Start worker processes, or none for a single process. They end with the block."""
    if processes == 1:
        yield SameProcessExecutor()
        return
    connections.close_all()  # forked processes must not share them
    # Forked, because they inherit the code, the compiled templates and the index. Starting from nothing takes a second.
    with ProcessPoolExecutor(processes, get_context("fork"), initializer=_start_worker) as pool:
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent process handles it
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Exit when the parent process ends for any reason. A worker would wait for tasks forever."""
    if parent := parent_process():
        parent.join()
        os._exit(1)
