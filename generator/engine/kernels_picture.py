"""The loops over a picture that is filtered: strip by strip, tile by tile.

Import this module only through :mod:`generator.engine.picture`, which checks what comes in and
makes room for what goes out. A picture is a matrix here, its channels side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.jit import compiled, inlined
from generator.engine.stencil import move, product, weighted
from generator.engine.stencil_ir import TALL

Array: TypeAlias = NDArray[Any]


class Fixed(NamedTuple):
    """What is the same for all pictures of one size, one dtype and one kernel.

    Parameters
    ----------
    rows
        For every row of the padded picture the one that it is read from; -1 for zeros.
    ends
        The same for the cells on the left and then on the right of a row.
    taps, limits
        Weights, and what sums are rounded with.
    layout
        Six numbers of cells: padding above the picture and on the left of it; from a cell to its
        neighbour of the same channel; columns of a tile, and what it reads beyond them; how much
        of either end of a row is needed by tiles that need padding as well, or 0 for all of it.
    """

    rows: Array
    ends: Array
    taps: Array
    limits: Array
    layout: Array


#: Filters rows from a first up to, but not including, a last: picture, what is fixed, room for a
#: strip, rows, result.
Band: TypeAlias = Callable[[Array, Fixed, Array, int, int, Array], None]


@inlined
def stretch(top: int, bottom: int, before: int, free: int, tall: int) -> tuple[int, bool]:
    """Return where a strip that begins at row `top` ends, and whether it needs no padding.

    From row `free` on it needs some again. Strips that need some are short, and none is less than
    a tile is tall.
    """
    last = top + (TALL if top < before else tall)
    if before <= top <= free - TALL and last > free:
        left = bottom - free
        last = free if left <= 0 or left >= TALL else max(bottom - TALL, top)
        if last - top < TALL:
            last = bottom
    if last + TALL > bottom:
        last = bottom
    return last, top >= before and last <= free


@inlined
def fill(cells: Array, rows: Array, ends: Array, left: int, strip: Array) -> None:
    """Write `rows` of the picture into a strip, with padding."""
    columns, start = np.uint64(cells.shape[1]), np.uint64(left)
    for i in range(strip.shape[0]):
        line, row = strip[i], rows[i]
        if row < 0:
            for j in range(columns + np.uint64(ends.size)):
                line[j] = 0
            continue
        source = cells[row]
        for j in range(columns):
            line[j + start] = source[j]
        pad(source, ends, start, line)


@inlined
def fill_ends(cells: Array, rows: Array, ends: Array, left: int, near: int, strip: Array) -> None:
    """Write `near` cells of either end of `rows`: other tiles are read from the picture."""
    gap = cells.shape[1] - near
    for i in range(strip.shape[0]):
        row = rows[i]
        move(cells, (row, 0), strip, (i, left), near)
        move(cells, (row, gap), strip, (i, left + gap), near)
        pad(cells[row], ends, np.uint64(left), strip[i])


@inlined
def pad(source: Array, ends: Array, left: Any, line: Array) -> None:
    """Write the padding on the left and on the right of a row."""
    columns = np.uint64(source.size)
    for k in range(np.uint64(ends.size)):
        at = k if k < left else k + columns
        line[at] = source[np.uint64(ends[k])] if ends[k] >= 0 else 0


@cache
def weighing(size: int) -> Band:
    """Return the filter for kernels of `size` rows, or for all if that is 0.

    Where the compiler knows the rows, a cell that is read once counts in several rows of a tile.
    """

    @compiled
    def band(cells: Array, fixed: Fixed, strip: Array, top: int, bottom: int, out: Array) -> None:
        rows, ends, taps, limits, layout = fixed
        before, left, step, wide, reach, near = layout
        more = taps.shape[0] - 1
        # Up to here tiles, and windows, lie within the picture.
        right, down = cells.shape[1] + left - wide - reach, cells.shape[0] - more + before
        while top < bottom:
            last, inner = stretch(top, bottom, before, down, strip.shape[0] - more - TALL)
            inner = inner and near > 0
            lines, read = strip[: last - top + more], rows[top : last + more]
            if inner:
                fill_ends(cells, read, ends, left, near, lines)
            else:
                fill(cells, read, ends, left, lines)
            i = 0
            while i < last - top:
                # The last tile lies over the one before it, where it would not fit behind.
                i = max(0, min(i, last - top - TALL))
                j = 0
                while j < out.shape[1]:
                    j = max(0, min(j, out.shape[1] - wide))
                    if inner and left <= j <= right:
                        place = (top + i - before, j - left, top + i, j, step)
                        weighted(cells, taps, place, out, limits, size)
                    else:
                        weighted(strip, taps, (i, j, top + i, j, step), out, limits, size)
                    j += wide
                i += TALL
            top = last

    return band


@cache
def multiplying(size: int, step: int) -> Band:
    """Return the filter for products of a column and a row of `size` weights each."""

    @compiled
    def band(cells: Array, fixed: Fixed, strip: Array, top: int, bottom: int, out: Array) -> None:
        rows, ends, taps, limits, layout = fixed
        before, left, _, wide, reach, near = layout
        more = size - 1
        # Up to here tiles, and windows, lie within the picture.
        right, down = cells.shape[1] + left - wide - reach, cells.shape[0] - more + before
        while top < bottom:
            last, inner = stretch(top, bottom, before, down, strip.shape[0] - more - TALL)
            inner = inner and near > 0
            lines, read = strip[: last - top + more], rows[top : last + more]
            if inner:
                fill_ends(cells, read, ends, left, near, lines)
            else:
                fill(cells, read, ends, left, lines)
            i = 0
            while i < last - top:
                i = max(0, min(i, last - top - TALL))
                j = 0
                while j < out.shape[1]:
                    j = max(0, min(j, out.shape[1] - wide))
                    if inner and left <= j <= right:
                        place = (top + i - before, j - left, top + i, j, step)
                        product(cells, taps, place, out, limits, size, step)
                    else:
                        product(strip, taps, (i, j, top + i, j, step), out, limits, size, step)
                    j += wide
                i += TALL
            top = last

    return band
