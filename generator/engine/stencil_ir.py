"""What the tiles of picture filters are for the compiler, in its own words.

See :mod:`generator.engine.stencil`, the only one who asks for them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import binding, ir
from numba.core import cgutils

#: numba's help with writing; it has no types.
HELP: Any = cgutils
_FEATURES = binding.get_host_cpu_features()
#: Bytes of a vector.
BYTES = 64 if _FEATURES.get("avx512bw") else 32 if _FEATURES.get("avx2") else 16
#: Rows of a tile. With four, three reads of a 3×3 kernel in four are saved, of a 7×7 one nearly so.
TALL = 4
#: Vectors of a row of a tile. Two would do for the registers; but where rows are a multiple of 4096
#: bytes long, all of them compete for the same few lines of the nearest cache.
VECTORS = 4

KINDS: dict[str, Any] = {
    "uint8": ir.IntType(8),
    "uint16": ir.IntType(16),
    "float32": ir.FloatType(),
    "float64": ir.DoubleType(),
}
INDEX, INT = ir.IntType(64), ir.IntType(32)


class Writer:
    """Writes what both loops have in common."""

    def __init__(self, builder: Any, cells: Any, kind: str, out: Any, limits: Any) -> None:
        self.builder, self.kind, self.number = builder, kind, KINDS[kind]
        self.lanes = BYTES // np.dtype(kind).itemsize
        self.vector = ir.VectorType(self.number, self.lanes)
        self.cells, self.out, self.limits = cells, out, limits
        self.bytes = out.data.type.pointee == KINDS["uint8"]
        self.whole = kind == "uint16"

    def at(self, array: Any, *terms: Any) -> Any:
        """Point at the sum of some indices."""
        place = ir.Constant(INDEX, 0)
        for term in terms:
            place = self.builder.add(
                place, ir.Constant(INDEX, term) if isinstance(term, int) else term
            )
        return self.builder.gep(array.data, [place])

    def row(self, array: Any, row: Any) -> Any:
        """Return the index at which a row begins."""
        columns = HELP.unpack_tuple(self.builder, array.shape)[1]
        return self.builder.mul(columns, ir.Constant(INDEX, row) if isinstance(row, int) else row)

    def spread(self, value: Any) -> Any:
        """Return a vector of one number."""
        if isinstance(value, (int, float)):
            return ir.Constant(self.vector, [value] * self.lanes)
        nothing = ir.Constant(self.vector, ir.Undefined)
        one = self.builder.insert_element(nothing, value, ir.Constant(INT, 0))
        everywhere = ir.Constant(ir.VectorType(INT, self.lanes), [0] * self.lanes)
        return self.builder.shuffle_vector(one, nothing, everywhere)

    def load(self, pointer: Any) -> Any:
        """Read a vector of cells, as the numbers that sums are made of."""
        cell = pointer.type.pointee
        vector = ir.VectorType(cell, self.lanes)
        size = 1 if cell == KINDS["uint8"] else BYTES // self.lanes
        found = self.builder.load(self.builder.bitcast(pointer, vector.as_pointer()), align=size)
        if cell == self.number:
            return found
        if self.whole:
            return self.builder.zext(found, self.vector)
        wide = ir.VectorType(INT, self.lanes)
        return self.builder.sitofp(self.builder.zext(found, wide), self.vector)

    def call(self, name: str, *values: Any) -> Any:
        """Call one of the compiler's own functions."""
        suffix = {"uint16": "i16", "float32": "f32", "float64": "f64"}[self.kind]
        kind = ir.FunctionType(self.vector, [self.vector] * len(values))
        name = f"llvm.{name}.v{self.lanes}{suffix}"
        return self.builder.call(
            HELP.get_or_insert_function(self.builder.module, kind, name), values
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
            total_type, size = self.vector, BYTES // self.lanes
        else:
            total_type, size = ir.VectorType(KINDS["uint8"], self.lanes), 1
            total = build.trunc(self.quotient(total), total_type)
        build.store(total, build.bitcast(pointer, total_type.as_pointer()), align=size)

    def quotient(self, total: Any) -> Any:
        """Divide whole sums, round down, and keep what comes out within 0 to 255."""
        build, wide = self.builder, ir.VectorType(INT, self.lanes)
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
        index = build.phi(INDEX)
        phis = [build.phi(self.vector) for _ in sums]
        longer = body(index, list(phis))
        following = build.add(index, ir.Constant(INDEX, 1))
        last = build.block
        for phi, first, next_ in zip(
            (index, *phis), (ir.Constant(INDEX, 0), *sums), (following, *longer), strict=True
        ):
            phi.add_incoming(first, before)
            phi.add_incoming(next_, last)
        build.cbranch(build.icmp_unsigned("<", following, count), inside, behind)
        build.position_at_end(behind)
        return longer


def write_weighted(w: Writer, taps: Any, place: list[Any], size: int) -> None:
    """Write the sums of a tile under a kernel of `size` rows, or of any number if that is 0."""
    build, rows = w.builder, size or 1
    high, wide = HELP.unpack_tuple(build, taps.shape)
    corner = build.add(w.row(w.cells, place[0]), place[1])
    pairs = [(r, v) for r in range(TALL) for v in range(VECTORS)]

    def column(first: Any, b: Any, sums: list[Any]) -> list[Any]:
        """Add the products with one column of the kernel, from row `first` on."""
        sums = list(sums)
        weights = [
            w.spread(
                build.load(w.at(taps, build.mul(build.add(first, ir.Constant(INDEX, a)), wide), b))
            )
            for a in range(rows)
        ]
        left = build.add(build.add(corner, build.mul(b, place[4])), w.row(w.cells, first))
        for y in range(rows + TALL - 1):
            for v in range(VECTORS):
                cell = w.load(w.at(w.cells, left, w.row(w.cells, y), v * w.lanes))
                for r in range(max(0, y - rows + 1), min(TALL, y + 1)):
                    at = r * VECTORS + v
                    sums[at] = w.add(weights[y - r], cell, sums[at])
        return sums

    sums = [w.start() for _ in pairs]
    if size:
        top = ir.Constant(INDEX, 0)
        sums = w.loop(wide, sums, lambda b, s: column(top, b, s))
    else:
        sums = w.loop(high, sums, lambda a, s: w.loop(wide, s, lambda b, t: column(a, b, t)))
    for (r, v), total in zip(pairs, sums, strict=True):
        row = build.add(place[2], ir.Constant(INDEX, r))
        w.store(total, w.at(w.out, w.row(w.out, row), place[3], v * w.lanes))


def write_product(w: Writer, taps: Any, place: list[Any], size: int, step: int) -> None:
    """Write the sums of a tile under a product of a column and a row of `size` weights.

    First every column is summed, in more vectors than the tile has; then neighbouring vectors are
    shifted into each other, which reads nothing.
    """
    build = w.builder
    corner = build.add(w.row(w.cells, place[0]), place[1])
    down, across = (
        [w.spread(build.load(w.at(taps, size * line + a))) for a in range(size)] for line in (0, 1)
    )
    more = VECTORS + -(-(size - 1) * step // w.lanes)
    lines = [[w.zero()] * more for _ in range(TALL)]
    for y in range(size + TALL - 1):
        for v in range(more):
            cell = w.load(w.at(w.cells, corner, w.row(w.cells, y), v * w.lanes))
            for r in range(max(0, y - size + 1), min(TALL, y + 1)):
                lines[r][v] = w.add(down[y - r], cell, lines[r][v])
    for r, line in enumerate(lines):
        row = w.row(w.out, build.add(place[2], ir.Constant(INDEX, r)))
        for v in range(VECTORS):
            total = w.start()
            for b, weight in enumerate(across):
                skip, shift = divmod(b * step, w.lanes)
                cell = line[v + skip]
                if shift:
                    picks = list(range(shift, shift + w.lanes))
                    mask = ir.Constant(ir.VectorType(INT, w.lanes), picks)
                    cell = build.shuffle_vector(cell, line[v + skip + 1], mask)
                total = w.add(weight, cell, total)
            w.store(total, w.at(w.out, row, place[3], v * w.lanes))
