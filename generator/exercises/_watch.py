"""Families are programs of many hands: one that raises or hangs is named, with its seed."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, NamedTuple

from generator.errors import ProgramError

#: No exercise takes longer, unless its family hangs [s].
PATIENCE = 5.0


class Id(NamedTuple):
    """What an exercise is made from.

    >>> str(Id("output-size", 2, 1, "fern-12"))
    'output-size.2@1/fern-12'
    """

    family: str
    level: int
    version: int
    seed: str

    def __str__(self) -> str:
        return f"{self.family}.{self.level}@{self.version}/{self.seed}"


class BrokenFamilyError(ProgramError):
    """A family is at fault: its two ways disagree, it has no fair draw, it raises, it hangs.

    Parameters
    ----------
    name
        The exercise that could not be made.
    why
        What happened.
    """

    def __init__(self, name: Id, why: str) -> None:
        super().__init__(name, why)  # so that it can be sent from process to process
        self.name = name
        self.why = why

    def __str__(self) -> str:
        return f"{self.name}: {self.why}"


@contextmanager
def watched(name: Id) -> Iterator[None]:
    """Run a family's own functions; whatever goes wrong inside is a :class:`BrokenFamilyError`.

    A function that takes longer than :data:`PATIENCE` is stopped, where the system has such an
    alarm, and in the main thread.
    """
    try:
        with _alarm(PATIENCE):
            yield
    except BrokenFamilyError:
        raise
    except Exception as error:
        raise BrokenFamilyError(name, f"{type(error).__name__}: {error}") from error


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    main = threading.current_thread() is threading.main_thread()
    if not main or not hasattr(signal, "setitimer"):
        yield
        return

    def late(number: int, frame: FrameType | None) -> Any:
        raise TimeoutError(f"no answer after {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
