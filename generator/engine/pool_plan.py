"""How inputs of one size are pooled: all that is the same for every such input."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np

from generator.engine.checks import Array
from generator.engine.jit import in_bands
from generator.engine.kernels_pool import Band, Fixed, pooling
from generator.engine.shapes import Plane

#: Columns and stride of windows that have a loop of their own.
_KNOWN = ((2, 2), (3, 1), (3, 2), (3, 3))


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
    shape: tuple[int, ...], plane: Plane, dtype: np.dtype[Any], counts: list[list[int]] | None
) -> Plan:
    """Return how inputs of a shape are pooled: for the largest, or over `counts` for averages."""
    rows, columns = plane.rows, plane.columns
    blank: float = 0
    if counts is None:
        blank = -np.inf if dtype.kind == "f" else np.iinfo(dtype).min
    known = (columns.kernel, columns.stride) in _KNOWN and columns.dilation == 1
    size, step = (columns.kernel, columns.stride) if known else (0, 0)
    numbers = [
        number
        for axis in (rows, columns)
        for number in (axis.kernel, axis.stride, axis.dilation, axis.before)
    ]
    high, wide = counts or ([], [])
    return Plan(
        band=pooling(counts is None, size, step),
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
