"""How inputs of one size are pooled: all that is the same for every such input."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from generator.engine.checks import Array
from generator.engine.fold import together
from generator.engine.jit import in_bands
from generator.engine.kernels_pool import Band, Fixed, folding, pooling
from generator.engine.shapes import Plane

#: Columns and stride of windows that have a loop of their own.
_KNOWN = ((2, 2), (3, 1), (3, 2), (3, 3))
#: Sizes of windows that touch and are folded in registers.
_FOLDED = (2, 3)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a pooling needs to know besides the input.

    Parameters
    ----------
    band
        The loop that pools some rows.
    fixed
        What the loop wants to know.
    plane
        Planes of the input, and rows and columns of one.
    line
        Cells of a line with its padding, and what numbers it holds.
    shape
        Shape of the result.
    load
        What a row of the result costs, as :func:`in_bands` counts [cells].
    """

    band: Band
    fixed: Fixed
    plane: tuple[int, int, int]
    line: tuple[int, np.dtype[Any]]
    shape: tuple[int, ...]
    load: int

    @property
    def dtype(self) -> np.dtype[Any]:
        """Kind of number of the result."""
        return self.line[1]

    def run(self, x: Any, out: Array | None) -> Array:
        """Pool an input that is in one piece and of the size of the plan."""
        length, dtype = self.line
        result = np.empty(self.shape, dtype) if out is None else out
        cells, into = x.reshape(self.plane), result.reshape(-1, *self.shape[-2:])

        def band(top: int, bottom: int) -> None:
            self.band(cells, self.fixed, np.empty(length, dtype), top, bottom, into)

        in_bands(band, into.shape[0] * into.shape[1], self.load)
        return result


def plan(
    shape: tuple[int, ...],
    plane: Plane,
    kind: np.dtype[Any],
    counts: tuple[list[int], list[int]] | None = None,
) -> Plan:
    """Return how inputs of a shape are pooled: for the largest, or over `counts` for averages.

    `kind` is that of the input; averages of whole numbers are ``float64``.
    """
    dtype = kind if counts is None or kind.kind == "f" else np.dtype(np.float64)
    rows, columns = plane.rows, plane.columns
    blank: float = 0
    if counts is None:
        blank = -np.inf if dtype.kind == "f" else np.iinfo(dtype).min
    size, count = columns.kernel, together(columns.output, dtype)
    simple = all(
        (axis.kernel, axis.stride, axis.dilation, axis.padded) == (size, size, 1, axis.size)
        for axis in (rows, columns)
    )
    known = (columns.kernel, columns.stride) in _KNOWN and columns.dilation == 1
    step = columns.stride
    if simple and count and size in _FOLDED and kind == dtype:
        band = folding(int(counts is None), size, count)
    else:
        band = pooling(counts is None, *((size, step) if known else (0, 0)))
    numbers = [
        number
        for axis in (rows, columns)
        for number in (axis.kernel, axis.stride, axis.dilation, axis.before)
    ]
    high, wide = counts or ([1], [1])
    return Plan(
        band=band,
        fixed=Fixed(
            layout=np.array(numbers, np.int64),
            blank=np.array([blank], dtype),
            high=np.array(high, dtype),
            wide=np.array(wide, dtype),
        ),
        plane=(prod(shape[:-2]), shape[-2], shape[-1]),
        line=(columns.padded, dtype),
        shape=(*shape[:-2], *plane.output),
        load=columns.size * rows.kernel // 2 + columns.output * columns.kernel // 2,
    )
