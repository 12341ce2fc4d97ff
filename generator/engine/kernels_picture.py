"""The loops over a picture that is filtered: strip by strip, tile by tile.

Import this module only through :mod:`generator.engine.picture`, which checks what comes in and
makes room for what goes out. A picture is a matrix here, its channels side by side.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.jit import compiled
from generator.engine.stencil import TALL, product, weighted

Array: TypeAlias = NDArray[Any]
#: Weights, and what the sums are rounded with.
Weights: TypeAlias = tuple[Array, Array]
#: First and last row, cells between neighbours, columns of a tile, padding on the left [cells].
Span: TypeAlias = tuple[int, int, int, int, int]
#: Filters some rows: picture, where padding comes from, weights, room for a strip, span, result.
Band: TypeAlias = Callable[[Array, tuple[Array, Array], Weights, Array, Span, Array], None]


@compiled
def fill(cells: Array, sources: tuple[Array, Array], first: int, left: int, strip: Array) -> None:
    """Write rows of the padded picture into a strip, from row `first` of it on.

    For every row of the padded picture ``sources[0]`` has the row that it is read from, and for
    the cells on the left and then on the right of it ``sources[1]`` has the cell; or -1 for zeros.
    """
    rows, ends = sources
    columns = np.uint64(cells.shape[1])
    for i in range(strip.shape[0]):
        line, row, start = strip[i], rows[first + i], np.uint64(left)
        if row < 0:
            for j in range(columns + np.uint64(ends.size)):
                line[j] = 0
            continue
        source = cells[row]
        for j in range(columns):
            line[j + start] = source[j]
        for k in range(np.uint64(ends.size)):
            at = k if k < start else k + columns
            line[at] = source[np.uint64(ends[k])] if ends[k] >= 0 else 0


@cache
def weighing(size: int) -> Band:
    """Return the filter for kernels of `size` rows, or for all if that is 0.

    Where the compiler knows the rows, a cell that is read once counts in several rows of a tile.
    """

    @compiled
    def band(
        cells: Array, sources: tuple[Array, Array], weights: Weights, strip: Array, span: Span,
        out: Array,
    ) -> None:  # fmt: skip
        top, bottom, step, wide, left = span
        taps, limits = weights
        more = taps.shape[0] - 1
        while top < bottom:
            last = top + strip.shape[0] - more - TALL
            # What is left must not be less than a tile is tall.
            if last + TALL > bottom:
                last = bottom
            fill(cells, sources, top, left, strip[: last - top + more])
            i = 0
            while i < last - top:
                # The last tile lies over the one before it, where it would not fit behind.
                i = max(0, min(i, last - top - TALL))
                j = 0
                while j < out.shape[1]:
                    j = max(0, min(j, out.shape[1] - wide))
                    weighted(strip, taps, (i, j, top + i, step), out, limits, size)
                    j += wide
                i += TALL
            top = last

    return band


@cache
def multiplying(size: int, step: int) -> Band:
    """Return the filter for products of a column and a row of `size` weights each."""

    @compiled
    def band(
        cells: Array, sources: tuple[Array, Array], weights: Weights, strip: Array, span: Span,
        out: Array,
    ) -> None:  # fmt: skip
        top, bottom, _, wide, left = span
        taps, limits = weights
        more = size - 1
        while top < bottom:
            last = top + strip.shape[0] - more - TALL
            if last + TALL > bottom:
                last = bottom
            fill(cells, sources, top, left, strip[: last - top + more])
            i = 0
            while i < last - top:
                i = max(0, min(i, last - top - TALL))
                j = 0
                while j < out.shape[1]:
                    j = max(0, min(j, out.shape[1] - wide))
                    product(strip, taps, (i, j, top + i, step), out, limits, size, step)
                    j += wide
                i += TALL
            top = last

    return band
