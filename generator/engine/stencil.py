"""The innermost loop of picture filters: a tile of weighted neighbours, kept in registers.

A tile is a few rows of a few vectors. Every cell is read once for all rows of the tile that it
counts in, so multiplying is what the time goes into, not reading. numba writes good loops but keeps
no array in registers, and its compiler gives up on loops with so many products; so these two are
written in the compiler's own words. Without the compiler they are plain Python, at the end of this
file, and give the same numbers.

Bytes are counted in one of three kinds of number, whichever holds every sum. Where ``uint16`` does,
sums are made modulo 2¹⁶, and `limits` is (start, low, factor, shift): a tile starts from `start`,
so that no sum that can occur is negative, takes `low` away again, but nothing below zero, and then
multiplies and shifts instead of dividing. For ``float32`` and ``float64`` it is (start, divisor).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from generator.engine.stencil_ir import (
    BYTES,
    HELP,
    INDEX,
    KINDS,
    TALL,
    VECTORS,
    Writer,
    write_product,
    write_weighted,
)

Array: TypeAlias = NDArray[Any]
#: First row and column that are read, first row and column that are written, and cells from one to
#: its neighbour of the same channel.
Place: TypeAlias = tuple[int, int, int, int, int]


def lanes(dtype: np.dtype[Any]) -> int:
    """Return how many numbers of the kind that sums are made in fit a vector."""
    return BYTES // dtype.itemsize


def width(dtype: np.dtype[Any]) -> int:
    """Return the columns of a tile [cells]."""
    return lanes(dtype) * VECTORS


def beyond(size: int, step: int, dtype: np.dtype[Any]) -> int:
    """Return the vectors that a row of a product needs behind its tile."""
    return -(-(size - 1) * step // lanes(dtype))


def _written(*, step: bool) -> Any:
    """Return a tile for the compiler: of a product if it knows the step."""

    def write(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        arrays = [
            context.make_array(signature.args[n])(context, builder, args[n]) for n in (0, 1, 3, 4)
        ]
        cells, taps, out, limits = arrays
        writer = Writer(builder, cells, str(signature.args[1].dtype), out, limits)
        place = HELP.unpack_tuple(builder, args[2], 5)
        literals = [kind.literal_value for kind in signature.args[5:]]
        (write_product if step else write_weighted)(writer, taps, place, *literals)
        return context.get_dummy_value()

    if step:

        @intrinsic(prefer_literal=True)
        def product(
            typing: Any,
            cells: Any,
            taps: Any,
            place: Any,
            out: Any,
            limits: Any,
            size: Any,
            step: Any,
        ) -> Any:
            return types.void(cells, taps, place, out, limits, size, step), write

        return product

    @intrinsic(prefer_literal=True)
    def weighted(
        typing: Any, cells: Any, taps: Any, place: Any, out: Any, limits: Any, size: Any
    ) -> Any:
        return types.void(cells, taps, place, out, limits, size), write

    return weighted


def _moved() -> Any:
    """Return what copies cells, a multiple of a vector, for the compiler."""

    @intrinsic
    def move(typing: Any, cells: Any, begin: Any, strip: Any, to: Any, count: Any) -> Any:
        def write(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            source, target = (
                context.make_array(signature.args[n])(context, builder, args[n]) for n in (0, 2)
            )
            number = KINDS[str(cells.dtype)]
            size = np.dtype(str(cells.dtype)).itemsize
            vector = ir.VectorType(number, BYTES // size)
            with HELP.for_range_slice(
                builder, ir.Constant(INDEX, 0), args[4], ir.Constant(INDEX, BYTES // size)
            ) as (index, _):
                pointers = []
                for array, place in ((source, args[1]), (target, args[3])):
                    row, column = HELP.unpack_tuple(builder, place, 2)
                    columns = HELP.unpack_tuple(builder, array.shape)[1]
                    at = builder.add(builder.add(builder.mul(row, columns), column), index)
                    pointer = builder.gep(array.data, [at])
                    pointers.append(builder.bitcast(pointer, vector.as_pointer()))
                builder.store(builder.load(pointers[0], align=size), pointers[1], align=size)
            return context.get_dummy_value()

        return types.void(cells, begin, strip, to, count), write

    return move


def _moved_plainly(
    cells: Array, begin: tuple[int, int], strip: Array, to: tuple[int, int], count: int
) -> None:
    """Copy cells of a row in plain Python."""
    strip[to[0], to[1] : to[1] + count] = cells[begin[0], begin[1] : begin[1] + count]


def _weighted_plainly(
    cells: Array, taps: Array, place: Place, out: Array, limits: Array, size: int
) -> None:
    """Write the sums of a tile in plain Python."""
    del size  # the compiler's
    _plainly(cells, taps, place, out, limits, width(taps.dtype))


def _product_plainly(
    cells: Array, taps: Array, place: Place, out: Array, limits: Array, size: int, step: int
) -> None:
    """Write the sums of a tile of a product in plain Python."""
    del size, step
    _plainly(cells, np.outer(taps[0], taps[1]), place, out, limits, width(taps.dtype))


def _plainly(cells: Array, taps: Array, place: Place, out: Array, limits: Array, wide: int) -> None:
    i, j, row, column, step = place
    total = np.zeros((TALL, wide), taps.dtype)
    # A tile may reach into rows of the strip that were never filled; nobody reads those sums, and
    # compiled code says nothing of what memory happened to hold.
    with np.errstate(over="ignore", invalid="ignore"):
        for a, b in np.ndindex(*taps.shape):
            left = j + b * step
            total += taps[a, b] * cells[i + a : i + a + TALL, left : left + wide].astype(taps.dtype)
    if out.dtype != np.uint8:
        into = total
    elif taps.dtype == np.uint16:
        high = np.maximum(total + limits[0], limits[1]) - limits[1]
        into = np.minimum((high.astype(np.uint32) * limits[2] >> 16) >> limits[3], 255)
    else:
        into = np.clip(np.floor((total + limits[0]) / limits[1]), 0, 255)
    out[row : row + TALL, column : column + wide] = into


_settings: Any = numba.config
if _settings.DISABLE_JIT:
    move, weighted, product = _moved_plainly, _weighted_plainly, _product_plainly
else:
    move, weighted, product = _moved(), _written(step=False), _written(step=True)
