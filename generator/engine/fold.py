"""The innermost loop of pooling where windows touch and do not overlap: some windows in registers.

Most pooling is of this kind, and on small maps a row is too short for the compiler to do more than
one cell at a time. Rows are folded onto each other, then neighbours: of 2×2 windows, every second
cell of two vectors onto those between. Without the compiler it is plain Python, :func:`_plainly`.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numba
import numpy as np
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic
from numpy.typing import NDArray

from generator.engine.stencil_ir import BYTES, HELP, INDEX

Array: TypeAlias = NDArray[Any]

_INT = ir.IntType(32)


def together(columns: int, dtype: np.dtype[Any]) -> int:
    """Return how many windows of a row are folded at a time; 0 if there are too few.

    >>> together(14, np.dtype(np.float64)) in (2, 4, 8), together(3, np.dtype(np.float64))
    (True, 0)
    """
    most = BYTES // dtype.itemsize
    return min(most, 1 << columns.bit_length() - 1) if columns >= 4 else 0


def _written() -> Any:
    """Return the loop for the compiler."""

    @intrinsic(prefer_literal=True)
    def folded(
        typing: Any, x: Any, begin: Any, line: Any, at: Any, over: Any, size: Any, count: Any,
        largest: Any,
    ) -> Any:  # fmt: skip
        def write(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            source, target = (
                context.make_array(signature.args[n])(context, builder, args[n]) for n in (0, 2)
            )
            literals = [kind.literal_value for kind in signature.args[5:]]
            pitch = HELP.unpack_tuple(builder, source.shape)[1]
            first = builder.gep(source.data, [args[1]])
            total = _fold(builder, first, pitch, literals)
            if not literals[2]:
                total = builder.fdiv(total, _spread(builder, args[4], total.type))
            pointer = builder.bitcast(builder.gep(target.data, [args[3]]), total.type.as_pointer())
            builder.store(total, pointer, align=x.dtype.bitwidth // 8)
            return context.get_dummy_value()

        return types.void(x, begin, line, at, x.dtype, size, count, largest), write

    return folded


def _fold(builder: Any, first: Any, pitch: Any, literals: list[int]) -> Any:
    """Write the sums, or the largest numbers, of windows side by side."""
    size, count, largest = literals
    number = first.type.pointee
    vector = ir.VectorType(number, count)
    align = 4 if isinstance(number, ir.FloatType) else 8
    parts: list[Any] = []
    for a in range(size):
        row = builder.mul(pitch, ir.Constant(INDEX, a))
        for part in range(size):
            place = builder.add(row, ir.Constant(INDEX, part * count))
            pointer = builder.bitcast(builder.gep(first, [place]), vector.as_pointer())
            cells = builder.load(pointer, align=align)
            if a == 0:
                parts.append(cells)
            else:
                parts[part] = _both(builder, parts[part], cells, largest)
    total = None
    for b in range(size):
        cells = _every(builder, parts, b)
        total = cells if total is None else _both(builder, total, cells, largest)
    return total


def _every(builder: Any, parts: list[Any], b: int) -> Any:
    """Return cells b, b + n, b + 2n, … of n vectors that lie in line."""
    count, size = parts[0].type.count, len(parts)
    wanted = [b + size * k for k in range(count)]
    found = parts[0]
    for part in range(1, size):
        # What is known so far keeps its place; what lies in this vector is put beside it.
        picks = [
            (at if part == 1 else k)
            if at < part * count
            else count + min(at - part * count, count - 1)
            for k, at in enumerate(wanted)
        ]
        mask = ir.Constant(ir.VectorType(_INT, count), picks)
        found = builder.shuffle_vector(found, parts[part], mask)
    return found


def _both(builder: Any, one: Any, other: Any, largest: int) -> Any:
    """Return the sum, or the larger number; NaN is larger than all."""
    whole = isinstance(one.type.element, ir.IntType)
    if not largest:
        return builder.add(one, other) if whole else builder.fadd(one, other)
    if whole:
        return builder.select(builder.icmp_signed(">", one, other), one, other)
    larger = builder.select(builder.fcmp_ordered(">", one, other), one, other)
    return builder.select(builder.fcmp_unordered("uno", one, one), one, larger)


def _spread(builder: Any, value: Any, vector: Any) -> Any:
    nothing = ir.Constant(vector, ir.Undefined)
    one = builder.insert_element(nothing, value, ir.Constant(_INT, 0))
    everywhere = ir.Constant(ir.VectorType(_INT, vector.count), [0] * vector.count)
    return builder.shuffle_vector(one, nothing, everywhere)


def _plainly(
    x: Array, begin: int, line: Array, at: int, over: Any, size: int, count: int, largest: int
) -> None:
    """Fold windows in plain Python."""
    row, column = divmod(begin, x.shape[1])
    cells = x[row : row + size, column : column + size * count].reshape(size, count, size)
    line[at : at + count] = cells.max((0, 2)) if largest else cells.sum(0).sum(1) / over


_settings: Any = numba.config
folded = _plainly if _settings.DISABLE_JIT else _written()
