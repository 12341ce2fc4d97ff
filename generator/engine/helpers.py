"""Threads that wait for work, and cost little to call.

Python's own pool of threads makes three locks and two objects for every call. Here it is two locks
that are there already, and half of the time. A helper that nobody needs sleeps.
"""

from __future__ import annotations

import os
from _thread import allocate_lock
from collections.abc import Callable
from threading import Thread
from typing import TypeAlias

#: Does the rows from a first up to, but not including, a last.
Run: TypeAlias = Callable[[int, int], None]


class Job:
    """A band that somebody does; `done` is locked until it is."""

    __slots__ = ("band", "done", "error")

    def __init__(self, run: Run, top: int, bottom: int) -> None:
        self.band: tuple[Run, int, int] | None = (run, top, bottom)
        self.done = allocate_lock()
        self.done.acquire()
        self.error: BaseException | None = None

    def do(self) -> None:
        """Do it; what goes wrong is raised by the thread that asked."""
        # Nothing of the band is kept while the thread sleeps: it holds arrays.
        band, self.band = self.band, None
        if band is None:
            return
        try:
            band[0](band[1], band[2])
        except BaseException as error:
            self.error = error


class Helper:
    """A thread that does a job whenever it is given one, and then is idle again by itself.

    So it comes back even if the one who asked did not wait, because somebody pressed Ctrl-C.
    """

    def __init__(self) -> None:
        self._asked = allocate_lock()
        self._asked.acquire()
        self._job: Job | None = None
        # A daemon: a program does not wait for threads of which none has anything to do.
        Thread(target=self._work, name="convbook", daemon=True).start()

    def start(self, run: Run, top: int, bottom: int) -> Job:
        """Ask for a band."""
        job = self._job = Job(run, top, bottom)
        self._asked.release()
        return job

    def _work(self) -> None:
        while True:
            self._asked.acquire()
            job, self._job = self._job, None
            if job is not None:
                job.do()
                _idle.append(self)
                job.done.release()
            del job


#: Helpers that sleep; to take one from a list is a single step, whatever other threads do.
_idle: list[Helper] = []
#: All of them.
_hired: list[Helper] = []


def call(most: int) -> list[Helper]:
    """Return helpers that have nothing to do, `most` at most; hire them when first needed.

    There may be fewer, or none: when others have called them, or where no thread can be made.
    """
    found: list[Helper] = []
    while len(found) < most:
        try:
            found.append(_idle.pop())
        except IndexError:
            if len(_hired) >= most:
                break
            try:
                helper = Helper()
            except RuntimeError:  # no more threads here, or the program is about to end
                break
            _hired.append(helper)
            found.append(helper)
    return found


def dismiss(helpers: list[Helper]) -> None:
    """Send home helpers that were called and given nothing."""
    _idle.extend(helpers)


def results(jobs: list[Job]) -> list[BaseException]:
    """Wait for jobs, and return what went wrong."""
    for job in jobs:
        job.done.acquire()
    return [job.error for job in jobs if job.error is not None]


def forget() -> None:
    """Forget all helpers: a forked process has none of its parent's threads."""
    _idle.clear()
    _hired.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget)
