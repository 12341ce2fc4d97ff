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


class Helper:
    """A thread that does a band of rows whenever it is asked to."""

    def __init__(self) -> None:
        self._asked, self._done = allocate_lock(), allocate_lock()
        self._asked.acquire()
        self._done.acquire()
        self._band: tuple[Run, int, int] | None = None
        self._error: BaseException | None = None
        # A daemon: a program does not wait for threads of which none has anything to do.
        Thread(target=self._work, name="convbook", daemon=True).start()

    def start(self, run: Run, top: int, bottom: int) -> None:
        """Ask for a band."""
        self._band = run, top, bottom
        self._asked.release()

    def finish(self) -> BaseException | None:
        """Wait until it is done; return what went wrong."""
        self._done.acquire()
        error, self._error = self._error, None
        return error

    def _work(self) -> None:
        while True:
            self._asked.acquire()
            self._do()
            self._done.release()

    def _do(self) -> None:
        # Nothing of the band is kept while the thread sleeps: it holds arrays.
        band, self._band = self._band, None
        if band is None:
            return
        run, top, bottom = band
        try:
            run(top, bottom)
        except BaseException as error:  # raised by the thread that asked
            self._error = error


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


def dismiss(helpers: list[Helper]) -> list[BaseException]:
    """Wait for helpers, let them sleep, and return what went wrong."""
    try:
        errors = [helper.finish() for helper in helpers]
    except BaseException:
        # Somebody would not wait. Who is still at work is not called again.
        _hired[:] = [helper for helper in _hired if helper not in helpers]
        raise
    _idle.extend(helpers)
    return [error for error in errors if error is not None]


def forget() -> None:
    """Forget all helpers: a forked process has none of its parent's threads."""
    _idle.clear()
    _hired.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=forget)
