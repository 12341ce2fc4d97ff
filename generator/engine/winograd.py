"""Convolution with 3×3 kernels by Winograd's way: where it pays, and how a picture is cut for it.

It needs 16 products where a window needs 36, and pays with additions and with turned copies of the
weights. Small whole numbers come out exactly: the weights are halved twice, which floats do without
loss, unless they are among the very smallest (below 2⁻¹²⁴).

A sum is off by some rounding errors of the largest cell of its tile times the largest weight, even
where that cell's own weight is 0 and the plain way would not have looked at it: beside a cell of
10⁸, a sum of 3 may get lost. Maps of networks, whose numbers are of one size, come out closer to
the truth than by the plain way.
"""

from __future__ import annotations

from functools import lru_cache
from math import ceil, prod
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.memory import scratch
from generator.engine.shapes import Axis, Plane
from generator.engine.windows import PER_CELL, laid_for_now

if TYPE_CHECKING:
    from generator.engine.kernels_winograd import Tiles

Array: TypeAlias = NDArray[Any]

#: Channels and kernels, and tiles, below which turning costs more than it saves.
_DEEP, _MANY = 24, 40
#: Room between lines of weights: a power of two apart, they would be in each other's way in the
#: cache [numbers].
_APART = 16
#: Tiles of a strip: so many that products of matrices are worth it, and stay in a core's cache.
_FEW, _MOST = 96, 256


def suits(x: Array, weight: Array, plane: Plane, groups: int) -> bool:
    """Return whether a convolution is one for which this pays."""
    axes = plane.rows, plane.columns
    plain = all((axis.kernel, axis.stride, axis.dilation) == (3, 1, 1) for axis in axes)
    if not plain or groups > 1 or x.dtype != np.float32:
        return False
    down, across = (ceil(axis.output / 2) for axis in axes)
    return min(weight.shape[:2]) >= _DEEP and len(x) * down * across >= _MANY


def turned(weight: Array, out: Array | None = None) -> Array:
    """Return G g Gᵀ of ``weight (F, C, 3, 3)``: ``(F, 16, C + some room)``, in `out` if given."""
    from generator.engine import kernels_winograd
    from generator.engine.jit import in_bands

    kernels, channels = weight.shape[:2]
    flat, shape = weight.reshape(-1), _turned_shape(weight)
    made = np.empty(shape, weight.dtype) if out is None else out.reshape(shape)

    def turn(first: int, last: int) -> None:
        kernels_winograd.turn_weights(flat, channels, (first, last), made)

    in_bands(turn, kernels, 16 * channels)
    return made


def _turned_shape(weight: Array) -> tuple[int, int, int]:
    kernels, channels = weight.shape[:2]
    return kernels, 16, channels + _APART


def convolve_once(x: Array, weight: Array, bias: Array, plane: Plane, out: Array) -> bool:
    """Do what :func:`convolve` does with weights that are turned for this one time."""
    with scratch("weights", prod(_turned_shape(weight)), weight.dtype) as room:
        return convolve(x, turned(weight, room), bias, plane, out)


def convolve(x: Array, turned: Array, bias: Array, plane: Plane, out: Array) -> bool:
    """Write the cross-correlation of ``x (N, C, H, W)`` with turned weights to `out`.

    Returns
    -------
    bool
        Whether all results are finite numbers. If not, they are of no use: among the additions,
        ∞ − ∞ is no number even where the window sees ∞ only.
    """
    from generator.engine import kernels_winograd, tile
    from generator.engine.jit import in_bands

    kernels, channels = out.shape[1], x.shape[1]
    width = tile.width(x.dtype)
    tiles, offs = _cut(plane, len(x), (kernels, channels), width)
    u, flat = turned.reshape(-1), out.reshape(-1)
    probes = np.zeros((len(x) * tiles.strips, tiles.pitch), x.dtype)

    def run(first: int, last: int) -> None:
        with (
            scratch("cells", 16 * channels * tiles.pitch, x.dtype) as cells,
            scratch("products", 16 * kernels * tiles.pitch, x.dtype) as products,
            scratch("lines", 16 * tiles.pitch, x.dtype) as lines,
        ):
            room = cells, products, lines.reshape(16, -1), probes[first]
            kernels_winograd.winograd(u, b, offs, bias, tiles, (first, last), room, flat)

    strips = len(x) * tiles.strips
    with laid_for_now(x, _four(plane), width) as b:
        in_bands(run, strips, 16 * channels * kernels * tiles.pitch // PER_CELL)
    return not np.isnan(probes).any()


def _four(plane: Plane) -> Plane:
    """Return the walk of the 4×4 cells that a tile reads, two at a time."""

    def axis(each: Axis) -> Axis:
        tiles = ceil(each.output / 2)
        return Axis(each.size, 4, 2, each.before, 2 * tiles + 2 - each.before - each.size)

    return Plane(axis(plane.rows), axis(plane.columns))


@lru_cache(maxsize=256)
def _cut(plane: Plane, batch: int, weights: tuple[int, int], width: int) -> tuple[Tiles, Array]:
    """Return how pictures are cut, and where the cells of every channel begin."""
    from generator.engine.jit import cores
    from generator.engine.kernels_winograd import Tiles

    kernels, channels = weights
    down, across = ceil(plane.rows.output / 2), ceil(plane.columns.output / 2)

    def pitch(strips: int) -> int:
        return ceil((ceil(down / strips) * (across + 1) - 1) / width) * width

    least = min(down, ceil(cores() / batch))
    counts = [n for n in range(least, down + 1) if _FEW <= pitch(n) <= _MOST]
    counts = counts or [down if pitch(down) > _MOST else least]
    # The room behind a strip's tiles is summed as well: as little of it as can be.
    strips = min(counts, key=lambda n: (n * pitch(n), n))
    tiles = Tiles(
        channels=channels,
        kernels=kernels,
        rows=plane.rows.output,
        columns=plane.columns.output,
        down=down,
        across=across,
        strips=strips,
        pitch=pitch(strips),
        reach=channels + _APART,
        width=width,
    )
    return tiles, np.arange(channels) * tiles.pitch
