"""The innermost loop of convolution: a tile of sums that never leaves the registers.

A product of matrices, ``c[m, v] = bias[m] + Σ_k a[m, k] · b[offs[k] + j + v]``, for a few rows m
and a few dozen columns v. The rows of ``b`` may lie anywhere, and may overlap: so the windows of a
convolution are the columns of a matrix that is never written down.

numba writes good loops, but keeps no array in registers; a loop that adds into memory reaches
two thirds of what the processor can do. So this one loop is written in the compiler's own words.
Without the compiler it is plain Python, :func:`_plainly`, and gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import numba
import numpy as np
from llvmlite import binding, ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
Tile: TypeAlias = Callable[..., None]

#: numba's own helpers, of which a type checker knows no types.
_HELP: Any = cgutils

_FEATURES = binding.get_host_cpu_features()
#: Rows of a tile, vectors of a row, bytes of a vector: as many sums as registers can hold, and one
#: row of ``b`` beside them. The choice changes how fast a sum is made, not which sum.
if _FEATURES.get("avx512f"):
    TALL, _VECTORS, _BYTES = 12, 2, 64
elif _FEATURES.get("avx2"):
    TALL, _VECTORS, _BYTES = 6, 2, 32
else:
    TALL, _VECTORS, _BYTES = 6, 4, 16


def width(dtype: np.dtype[Any]) -> int:
    """Return the columns of a tile [numbers].

    >>> width(np.dtype(np.float32)) == 2 * width(np.dtype(np.float64))
    True
    """
    return _VECTORS * _BYTES // dtype.itemsize


def _tile(rows: int) -> Tile:
    """Return the tile of so many rows: ``tile(a, b, offs, bias, at, size, c)``.

    `at` holds the first index of ``a``, of ``b``, of ``bias`` and of ``c``; `size` the terms of a
    sum and the distance of two rows of ``a`` and of ``c``.
    """
    settings: Any = numba.config  # made at run time, so a type checker knows none of them
    if settings.DISABLE_JIT:
        return _plainly(rows)

    @intrinsic
    def tile(
        typing: Any, a: Any, b: Any, offs: Any, bias: Any, at: Any, size: Any, c: Any
    ) -> tuple[Any, Any]:
        def write(context: Any, builder: Any, _: Any, args: tuple[Any, ...]) -> Any:
            data = [
                context.make_array(kind)(context, builder, args[place]).data
                for place, kind in ((0, a), (1, b), (2, offs), (3, bias), (6, c))
            ]
            starts = _HELP.unpack_tuple(builder, args[4], 4)
            sizes = _HELP.unpack_tuple(builder, args[5], 3)
            _sums(builder, rows, data, starts, sizes)
            return context.get_dummy_value()

        return types.void(a, b, offs, bias, at, size, c), write

    made: Tile = tile
    return made


def _sums(builder: Any, rows: int, data: list[Any], starts: list[Any], sizes: list[Any]) -> None:
    """Write the loop over the terms of all sums of a tile."""
    a, b, offs, bias, c = data
    number = a.type.pointee
    lanes = _BYTES // (4 if isinstance(number, ir.FloatType) else 8)
    vector = ir.VectorType(number, lanes)
    index = starts[0].type
    suffix = "f32" if isinstance(number, ir.FloatType) else "f64"
    kind = ir.FunctionType(vector, [vector] * 3)
    fma = _HELP.get_or_insert_function(builder.module, kind, f"llvm.fmuladd.v{lanes}{suffix}")
    terms, pitch_a, pitch_c = sizes

    def row(start: Any, pitch: Any, m: int) -> Any:
        return builder.add(start, builder.mul(pitch, ir.Constant(index, m)))

    def vectors(first: Any) -> list[Any]:
        places = [builder.gep(first, [ir.Constant(index, v * lanes)]) for v in range(_VECTORS)]
        return [builder.bitcast(place, vector.as_pointer()) for place in places]

    def spread(value: Any) -> Any:
        nothing = ir.Constant(vector, ir.Undefined)
        one = builder.insert_element(nothing, value, ir.Constant(ir.IntType(32), 0))
        everywhere = ir.Constant(ir.VectorType(ir.IntType(32), lanes), [0] * lanes)
        return builder.shuffle_vector(one, nothing, everywhere)

    weights = [builder.gep(a, [row(starts[0], pitch_a, m)]) for m in range(rows)]
    firsts = [
        spread(builder.load(builder.gep(bias, [builder.add(starts[2], ir.Constant(index, m))])))
        for m in range(rows)
    ]
    before, loop = builder.block, builder.append_basic_block("terms")
    done = builder.append_basic_block("sums")
    builder.branch(loop)

    builder.position_at_end(loop)
    k = builder.phi(index)
    k.add_incoming(ir.Constant(index, 0), before)
    sums = [[builder.phi(vector) for _ in range(_VECTORS)] for _ in range(rows)]
    place = builder.add(builder.load(builder.gep(offs, [k])), starts[1])
    cells = [
        builder.load(pointer, align=_BYTES // lanes) for pointer in vectors(builder.gep(b, [place]))
    ]
    longer = []
    for weight in weights:
        factor = spread(builder.load(builder.gep(weight, [k])))
        longer.append([factor] * _VECTORS)
    nexts = [
        [
            builder.call(fma, [factor, cell, partial])
            for factor, cell, partial in zip(factors, cells, line, strict=True)
        ]
        for factors, line in zip(longer, sums, strict=True)
    ]
    following = builder.add(k, ir.Constant(index, 1))
    k.add_incoming(following, loop)
    for line, first, added in zip(sums, firsts, nexts, strict=True):
        for partial, value in zip(line, added, strict=True):
            partial.add_incoming(first, before)
            partial.add_incoming(value, loop)
    builder.cbranch(builder.icmp_signed("<", following, terms), loop, done)

    builder.position_at_end(done)
    for m, line in enumerate(nexts):
        pointers = vectors(builder.gep(c, [row(starts[3], pitch_c, m)]))
        for value, pointer in zip(line, pointers, strict=True):
            builder.store(value, pointer, align=_BYTES // lanes)


def _plainly(rows: int) -> Tile:
    """Return the same tile in plain Python."""

    def tile(
        a: Array, b: Array, offs: Array, bias: Array,
        at: tuple[int, ...], size: tuple[int, ...], c: Array,
    ) -> None:  # fmt: skip
        terms, pitch_a, pitch_c = size
        columns = width(a.dtype)
        cells = np.array([b[o + at[1] : o + at[1] + columns] for o in offs[:terms]])
        for m in range(rows):
            weights = a[at[0] + m * pitch_a : at[0] + m * pitch_a + terms]
            first = at[3] + m * pitch_c
            c[first : first + columns] = bias[at[2] + m] + weights @ cells

    return tile


#: The tile that is fastest, and those for the rows that are left.
tile_tall, tile_4, tile_2, tile_1 = (_tile(rows) for rows in (TALL, 4, 2, 1))
