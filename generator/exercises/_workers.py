"""Many exercises at once, in processes."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

from generator.exercises._families import FAMILIES

A = TypeVar("A")
B = TypeVar("B")


def processes() -> int:
    """Return how many processes may work at the same time.

    >>> processes() >= 1
    True
    """
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_processes(
    work: Callable[[A], B], tasks: Iterable[A], workers: int | None = None
) -> Iterator[B]:
    """Yield what `work` makes of every task, in their order; few of them wait in memory.

    Parameters
    ----------
    work
        A function of a module.
    tasks
        Its arguments, one after the other.
    workers
        Processes; ``None`` for as many as there are cores, 1 for none beside this one.
    """
    count = processes() if workers is None else workers
    if count == 1:
        yield from map(work, tasks)
        return
    # Spawned and not forked: a fork copies threads' locks, and numba's are among them.
    context = get_context("spawn")
    with ProcessPoolExecutor(count, context, _prepare, (FAMILIES.files,)) as pool:
        waiting: deque[Future[B]] = deque()
        try:
            for task in tasks:
                waiting.append(pool.submit(work, task))
                if len(waiting) > 2 * count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()


def _prepare(files: tuple[str, ...]) -> None:
    # Ctrl-C reaches every process of the terminal; only the first one speaks.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for file in files:
        FAMILIES.load(file)
