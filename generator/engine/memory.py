"""Memory that is used again: what a call needs for a moment and another call needs after it.

New memory of some megabytes comes from the system page by page, and that takes as long as the sums
of a small layer. So each thread keeps what it had.
"""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
from numpy.typing import NDArray

_OWN = threading.local()
#: More than this is not kept [bytes].
MOST = 1 << 26


def scratch(name: str, size: int, dtype: np.dtype[Any]) -> NDArray[Any]:
    """Return so many numbers of any value, this thread's own until it asks for `name` again.

    >>> one, other = (scratch("example", n, np.dtype(np.float32)) for n in (10, 5))
    >>> len(other), np.shares_memory(one, other)
    (5, True)
    """
    kept: dict[str, NDArray[Any]] = _OWN.__dict__.setdefault("kept", {})
    found = kept.get(name)
    if found is None or found.nbytes < size * dtype.itemsize:
        found = np.empty(size * dtype.itemsize, np.uint8)
        if found.nbytes <= MOST:
            kept[name] = found
    return found[: size * dtype.itemsize].view(dtype)
