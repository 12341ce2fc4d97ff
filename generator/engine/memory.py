"""Memory that is used again: what a call needs for a moment and another call needs after it.

New memory of some megabytes comes from the system page by page, and that takes as long as the sums
of a small layer. So each thread keeps what it had.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

_OWN = threading.local()
#: More than this is not kept [bytes].
MOST = 1 << 26


@contextmanager
def scratch(name: str, size: int, dtype: np.dtype[Any]) -> Iterator[NDArray[Any]]:
    """Lend so many numbers of any value.

    While they are lent, nobody else gets them, not even on the same thread: a signal may come in
    between and be answered by a program that asks for the same.

    >>> with scratch("example", 10, np.dtype(np.float32)) as one:
    ...     with scratch("example", 5, np.dtype(np.float32)) as other:
    ...         print(len(one), len(other), np.shares_memory(one, other))
    10 5 False
    """
    kept: dict[str, NDArray[Any]] = _OWN.__dict__.setdefault("kept", {})
    found = kept.pop(name, None)
    if found is None or found.nbytes < size * dtype.itemsize:
        found = np.empty(size * dtype.itemsize, np.uint8)
    try:
        yield found[: size * dtype.itemsize].view(dtype)
    finally:
        if found.nbytes <= MOST:
            kept[name] = found
