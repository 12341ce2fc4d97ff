"""The loops of pooling: first down the rows of a window, then along what is left of them.

Import this module only through :mod:`generator.engine.pool`, which checks what comes in and makes
room for what goes out. Nothing is padded: rows outside the input are left out, and only one line
has padding at its ends.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.fold import folded
from generator.engine.jit import compiled, inlined

Array: TypeAlias = NDArray[Any]


class Fixed(NamedTuple):
    """What is the same for all inputs of one size and one kind of pooling.

    Parameters
    ----------
    layout
        Eight numbers of cells: rows of a window, their stride, their dilation, padding above;
        then the same for columns, with the padding on the left.
    blank
        One number, what the padding of a line holds.
    high, wide
        What a sum is divided by is the product of a number for its row and one for its column.
    """

    layout: Array
    blank: Array
    high: Array
    wide: Array


#: Pools rows of the output from a first up to, but not including, a last: ``x (P, H, W)``, what is
#: fixed, room for a line, rows, ``out (P, O, Q)``.
Band: TypeAlias = Callable[[Array, Fixed, Array, int, int, Array], None]


@inlined
def down(x: Array, fixed: Fixed, top: int, line: Array, largest: bool) -> None:
    """Write the largest numbers, or the sums, of the columns of a row of windows."""
    high, _, apart, _, _, _, _, left = fixed.layout
    start, columns = np.uint64(left), np.uint64(x.shape[1])
    fresh = True
    for a in range(high):
        row = top + a * apart
        if not 0 <= row < x.shape[0]:
            continue
        cells = x[row]
        if fresh:
            for j in range(columns):
                line[j + start] = cells[j]
            fresh = False
        elif largest:
            for j in range(columns):
                line[j + start] = np.maximum(line[j + start], cells[j])
        else:
            for j in range(columns):
                line[j + start] += cells[j]
    if fresh:  # nothing but padding
        line[:] = fixed.blank[0]


@inlined
def along(line: Array, fixed: Fixed, into: Array, largest: bool) -> None:
    """Write the largest numbers, or the sums, of the windows of a line, whatever their size."""
    _, _, _, _, wide, step, gap, _ = fixed.layout
    for j in range(np.uint64(into.size)):
        into[j] = line[j * np.uint64(step)]
    for b in range(1, wide):
        for j in range(np.uint64(into.size)):
            cell = line[j * np.uint64(step) + np.uint64(b * gap)]
            into[j] = np.maximum(into[j], cell) if largest else into[j] + cell


@cache
def pooling(largest: bool, size: int, step: int) -> Band:
    """Return the loop for windows of `size` columns that move by `step`, or for all if they are 0.

    Where the compiler knows both, it works on several columns at a time.
    """

    @compiled
    def band(x: Array, fixed: Fixed, line: Array, first: int, last: int, out: Array) -> None:
        stride, above = fixed.layout[1], fixed.layout[3]
        line[:] = fixed.blank[0]
        rows = out.shape[1]
        for n in range(first, last):
            p, i = n // rows, n % rows
            into = out[p, i]
            down(x[p], fixed, i * stride - above, line, largest)
            if size == 0:
                along(line, fixed, into, largest)
            elif largest:
                for j in range(np.uint64(into.size)):
                    value = line[j * np.uint64(step)]
                    for b in range(1, size):
                        value = np.maximum(value, line[j * np.uint64(step) + np.uint64(b)])
                    into[j] = value
            else:
                for j in range(np.uint64(into.size)):
                    value = line[j * np.uint64(step)]
                    for b in range(1, size):
                        value += line[j * np.uint64(step) + np.uint64(b)]
                    into[j] = value
            if not largest:
                over = fixed.high[i]
                for j in range(np.uint64(into.size)):
                    into[j] /= over * fixed.wide[j]

    return band


@cache
def folding(largest: int, size: int, count: int) -> Band:
    """Return the loop for windows that touch, do not overlap and need no padding."""

    @compiled
    def band(x: Array, fixed: Fixed, line: Array, first: int, last: int, out: Array) -> None:
        planes, rows, columns = out.shape
        cells, into = x.reshape(-1, x.shape[2]), out.reshape(planes * rows, columns)
        over = fixed.high[0] * fixed.wide[0]
        for n in range(first, last):
            top = n // rows * x.shape[1] + n % rows * size
            j = 0
            while j < columns:
                # The last windows lie over those before them, where they would not fit behind.
                j = min(j, columns - count)
                begin = top * x.shape[2] + j * size
                folded(cells, begin, into[n], j, over, size, count, largest)
                j += count

    return band
