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

from collections.abc import Callable
from typing import Any, TypeAlias

import numba
import numpy as np
from llvmlite import binding, ir
from numba.core import cgutils, types
from numba.extending import intrinsic
from numpy.typing import NDArray

Array: TypeAlias = NDArray[Any]
#: First row and column that are read, first row and column that are written, and cells from one to
#: its neighbour of the same channel.
Place: TypeAlias = tuple[int, int, int, int, int]

_FEATURES = binding.get_host_cpu_features()
#: Bytes of a vector.
_BYTES = 64 if _FEATURES.get("avx512bw") else 32 if _FEATURES.get("avx2") else 16
#: Rows of a tile. With four, three reads of a 3×3 kernel in four are saved, of a 7×7 one nearly so.
TALL = 4
#: Vectors of a row of a tile, and of one whose kernel is a product of a column and a row.
_VECTORS, _VECTORS_PRODUCT = 2, 4

_KINDS: dict[str, Any] = {
    "uint8": ir.IntType(8),
    "uint16": ir.IntType(16),
    "float32": ir.FloatType(),
    "float64": ir.DoubleType(),
}
_INDEX, _INT = ir.IntType(64), ir.IntType(32)


def lanes(dtype: np.dtype[Any]) -> int:
    """Return how many numbers of the kind that sums are made in fit a vector."""
    return _BYTES // dtype.itemsize


def width(dtype: np.dtype[Any], *, product: bool) -> int:
    """Return the columns of a tile [cells]."""
    return lanes(dtype) * (_VECTORS_PRODUCT if product else _VECTORS)


def beyond(size: int, step: int, dtype: np.dtype[Any]) -> int:
    """Return the vectors that a row of a product needs behind its tile."""
    return -(-(size - 1) * step // lanes(dtype))


class _Writer:
    """Writes what both loops have in common."""

    def __init__(self, builder: Any, cells: Any, kind: str, out: Any, limits: Any) -> None:
        self.builder, self.kind, self.number = builder, kind, _KINDS[kind]
        self.lanes = _BYTES // np.dtype(kind).itemsize
        self.vector = ir.VectorType(self.number, self.lanes)
        self.cells, self.out, self.limits = cells, out, limits
        self.bytes = out.data.type.pointee == _KINDS["uint8"]
        self.whole = kind == "uint16"

    def at(self, array: Any, *terms: Any) -> Any:
        """Point at the sum of some indices."""
        place = ir.Constant(_INDEX, 0)
        for term in terms:
            place = self.builder.add(
                place, ir.Constant(_INDEX, term) if isinstance(term, int) else term
            )
        return self.builder.gep(array.data, [place])

    def row(self, array: Any, row: Any) -> Any:
        """Return the index at which a row begins."""
        columns = cgutils.unpack_tuple(self.builder, array.shape)[1]
        return self.builder.mul(
            columns, ir.Constant(_INDEX, row) if isinstance(row, int) else row
        )

    def spread(self, value: Any) -> Any:
        """Return a vector of one number."""
        if isinstance(value, (int, float)):
            return ir.Constant(self.vector, [value] * self.lanes)
        nothing = ir.Constant(self.vector, ir.Undefined)
        one = self.builder.insert_element(nothing, value, ir.Constant(_INT, 0))
        everywhere = ir.Constant(ir.VectorType(_INT, self.lanes), [0] * self.lanes)
        return self.builder.shuffle_vector(one, nothing, everywhere)

    def load(self, pointer: Any) -> Any:
        """Read a vector of cells, as the numbers that sums are made of."""
        cell = pointer.type.pointee
        vector = ir.VectorType(cell, self.lanes)
        size = 1 if cell == _KINDS["uint8"] else _BYTES // self.lanes
        found = self.builder.load(self.builder.bitcast(pointer, vector.as_pointer()), align=size)
        if cell == self.number:
            return found
        if self.whole:
            return self.builder.zext(found, self.vector)
        wide = ir.VectorType(_INT, self.lanes)
        return self.builder.sitofp(self.builder.zext(found, wide), self.vector)

    def call(self, name: str, *values: Any) -> Any:
        """Call one of the compiler's own functions."""
        suffix = {"uint16": "i16", "float32": "f32", "float64": "f64"}[self.kind]
        kind = ir.FunctionType(self.vector, [self.vector] * len(values))
        name = f"llvm.{name}.v{self.lanes}{suffix}"
        return self.builder.call(
            cgutils.get_or_insert_function(self.builder.module, kind, name), values
        )

    def add(self, weight: Any, cell: Any, total: Any) -> Any:
        """Return ``weight·cell + total``; floats are rounded once if the processor can."""
        if self.whole:
            return self.builder.add(self.builder.mul(weight, cell), total)
        return self.call("fmuladd", weight, cell, total)

    def limit(self, number: int) -> Any:
        """Return a vector of one of the limits."""
        return self.spread(self.builder.load(self.at(self.limits, number)))

    def zero(self) -> Any:
        """Return a vector of zeros."""
        return self.spread(0 if self.whole else 0.0)

    def start(self) -> Any:
        """Return what sums start from."""
        return self.limit(0) if self.bytes else self.zero()

    def store(self, total: Any, pointer: Any) -> None:
        """Write a vector of sums, or the bytes that they are rounded to."""
        build = self.builder
        if not self.bytes:
            total_type, size = self.vector, _BYTES // self.lanes
        else:
            total_type, size = ir.VectorType(_KINDS["uint8"], self.lanes), 1
            total = build.trunc(self.quotient(total), total_type)
        build.store(total, build.bitcast(pointer, total_type.as_pointer()), align=size)

    def quotient(self, total: Any) -> Any:
        """Divide whole sums, round down, and keep what comes out within 0 to 255."""
        build, wide = self.builder, ir.VectorType(_INT, self.lanes)
        if self.whole:
            total = self.call("usub.sat", total, self.limit(1))
            product = build.mul(build.zext(total, wide), build.zext(self.limit(2), wide))
            high = build.lshr(product, ir.Constant(wide, [16] * self.lanes))
            shifted = build.lshr(build.trunc(high, self.vector), self.limit(3))
            return self.call("umin", shifted, self.spread(255))
        floor = self.call("floor", build.fdiv(total, self.limit(1)))
        kept = self.call("minnum", self.call("maxnum", floor, self.zero()), self.spread(255.0))
        return build.fptosi(kept, wide)

    def loop(self, count: Any, sums: list[Any], body: Callable[[Any, list[Any]], list[Any]]) -> Any:
        """Write a loop that adds to sums, at least once; return them."""
        build, before = self.builder, self.builder.block
        inside, behind = (build.append_basic_block(name) for name in ("terms", "sums"))
        build.branch(inside)
        build.position_at_end(inside)
        index = build.phi(_INDEX)
        phis = [build.phi(self.vector) for _ in sums]
        longer = body(index, list(phis))
        following = build.add(index, ir.Constant(_INDEX, 1))
        last = build.block
        for phi, first, next_ in zip(
            (index, *phis), (ir.Constant(_INDEX, 0), *sums), (following, *longer), strict=True
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(next_, last)
        build.cbranch(build.icmp_unsigned("<", following, count), inside, behind)
        build.position_at_end(behind)
        return longer


def _weighted(w: _Writer, taps: Any, place: list[Any], size: int) -> None:
    """Write the sums of a tile under a kernel of `size` rows, or of any number if that is 0."""
    build, rows = w.builder, size or 1
    high, wide = cgutils.unpack_tuple(build, taps.shape)
    corner = build.add(w.row(w.cells, place[0]), place[1])
    pairs = [(r, v) for r in range(TALL) for v in range(_VECTORS)]

    def column(first: Any, b: Any, sums: list[Any]) -> list[Any]:
        """Add the products with one column of the kernel, from row `first` on."""
        sums = list(sums)
        weights = [
            w.spread(build.load(w.at(taps, build.mul(build.add(first, ir.Constant(_INDEX, a)), wide), b)))
            for a in range(rows)
        ]
        left = build.add(build.add(corner, build.mul(b, place[4])), w.row(w.cells, first))
        for y in range(rows + TALL - 1):
            for v in range(_VECTORS):
                cell = w.load(w.at(w.cells, left, w.row(w.cells, y), v * w.lanes))
                for r in range(max(0, y - rows + 1), min(TALL, y + 1)):
                    at = r * _VECTORS + v
                    sums[at] = w.add(weights[y - r], cell, sums[at])
        return sums

    sums = [w.start() for _ in pairs]
    if size:
        top = ir.Constant(_INDEX, 0)
        sums = w.loop(wide, sums, lambda b, s: column(top, b, s))
    else:
        sums = w.loop(high, sums, lambda a, s: w.loop(wide, s, lambda b, t: column(a, b, t)))
    for (r, v), total in zip(pairs, sums, strict=True):
        row = build.add(place[2], ir.Constant(_INDEX, r))
        w.store(total, w.at(w.out, w.row(w.out, row), place[3], v * w.lanes))


def _product(w: _Writer, taps: Any, place: list[Any], size: int, step: int) -> None:
    """Write the sums of a tile under a product of a column and a row of `size` weights.

    First every column is summed, in more vectors than the tile has; then neighbouring vectors are
    shifted into each other, which reads nothing.
    """
    build = w.builder
    corner = build.add(w.row(w.cells, place[0]), place[1])
    down, across = (
        [w.spread(build.load(w.at(taps, size * line + a))) for a in range(size)] for line in (0, 1)
    )
    more = _VECTORS_PRODUCT + -(-(size - 1) * step // w.lanes)
    lines = [[w.zero()] * more for _ in range(TALL)]
    for y in range(size + TALL - 1):
        for v in range(more):
            cell = w.load(w.at(w.cells, corner, w.row(w.cells, y), v * w.lanes))
            for r in range(max(0, y - size + 1), min(TALL, y + 1)):
                lines[r][v] = w.add(down[y - r], cell, lines[r][v])
    for r, line in enumerate(lines):
        row = w.row(w.out, build.add(place[2], ir.Constant(_INDEX, r)))
        for v in range(_VECTORS_PRODUCT):
            total = w.start()
            for b, weight in enumerate(across):
                skip, shift = divmod(b * step, w.lanes)
                cell = line[v + skip]
                if shift:
                    picks = list(range(shift, shift + w.lanes))
                    mask = ir.Constant(ir.VectorType(_INT, w.lanes), picks)
                    cell = build.shuffle_vector(cell, line[v + skip + 1], mask)
                total = w.add(weight, cell, total)
            w.store(total, w.at(w.out, row, place[3], v * w.lanes))


def _written(*, step: bool) -> Any:
    """Return a tile for the compiler: of a product if it knows the step."""

    def write(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        arrays = [
            context.make_array(signature.args[n])(context, builder, args[n]) for n in (0, 1, 3, 4)
        ]
        cells, taps, out, limits = arrays
        writer = _Writer(builder, cells, str(signature.args[1].dtype), out, limits)
        place = cgutils.unpack_tuple(builder, args[2], 5)
        literals = [kind.literal_value for kind in signature.args[5:]]
        (_product if step else _weighted)(writer, taps, place, *literals)
        return context.get_dummy_value()

    if step:

        @intrinsic(prefer_literal=True)  # type: ignore[untyped-decorator]
        def product(
            typing: Any, cells: Any, taps: Any, place: Any, out: Any, limits: Any, size: Any, step: Any
        ) -> Any:
            return types.void(cells, taps, place, out, limits, size, step), write

        return product

    @intrinsic(prefer_literal=True)  # type: ignore[untyped-decorator]
    def weighted(
        typing: Any, cells: Any, taps: Any, place: Any, out: Any, limits: Any, size: Any
    ) -> Any:
        return types.void(cells, taps, place, out, limits, size), write

    return weighted


def _moved() -> Any:
    """Return what copies cells, a multiple of a vector, for the compiler."""

    @intrinsic  # type: ignore[untyped-decorator]
    def move(typing: Any, cells: Any, begin: Any, strip: Any, to: Any, count: Any) -> Any:
        def write(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            source, target = (
                context.make_array(signature.args[n])(context, builder, args[n]) for n in (0, 2)
            )
            number = _KINDS[str(cells.dtype)]
            size = np.dtype(str(cells.dtype)).itemsize
            vector = ir.VectorType(number, _BYTES // size)
            with cgutils.for_range_slice(
                builder, ir.Constant(_INDEX, 0), args[4], ir.Constant(_INDEX, _BYTES // size)
            ) as (index, _):
                pointers = []
                for array, place in ((source, args[1]), (target, args[3])):
                    row, column = cgutils.unpack_tuple(builder, place, 2)
                    columns = cgutils.unpack_tuple(builder, array.shape)[1]
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
    _plainly(cells, taps, place, out, limits, width(taps.dtype, product=False))


def _product_plainly(
    cells: Array, taps: Array, place: Place, out: Array, limits: Array, size: int, step: int
) -> None:
    """Write the sums of a tile of a product in plain Python."""
    del size, step
    _plainly(
        cells, np.outer(taps[0], taps[1]), place, out, limits, width(taps.dtype, product=True)
    )


def _plainly(
    cells: Array, taps: Array, place: Place, out: Array, limits: Array, wide: int
) -> None:
    i, j, row, column, step = place
    total = np.zeros((TALL, wide), taps.dtype)
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


if numba.config.DISABLE_JIT:
    move, weighted, product = _moved_plainly, _weighted_plainly, _product_plainly
else:
    move, weighted, product = _moved(), _written(step=False), _written(step=True)
