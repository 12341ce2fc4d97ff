"""Convolution of float arrays, fast: how arrays are laid out, and which way is taken.

A convolution is a product of matrices: a row of the one holds the weights of a kernel, a column of
the other what a window reads. That other matrix is not written down. Windows that stand next to
each other read cells that lie next to each other, so each of its rows is a stretch of the padded
input; it is enough to know where the stretch begins. With a stride, every stride-th row and column
is first laid beside its like, and the same holds again.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from math import ceil, prod
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.memory import scratch
from generator.engine.shapes import Axis, Plane

if TYPE_CHECKING:
    from generator.engine.kernels_conv import Layout

Array: TypeAlias = NDArray[Any]

#: Bytes of the input that the sums of a band read: they stay in a core's own cache.
_NEAR = 1 << 19
#: Longest band: its sums stay in the nearest cache [numbers].
_LONG = 1024
#: Multiply-adds that are worth a second core, as a multiple of the cells of a picture filter.
PER_CELL = 9


def convolve(x: Array, weight: Array, bias: Array, plane: Plane, groups: int, out: Array) -> None:
    """Write the cross-correlation of ``x (N, C, H, W)`` with `weight`; padding holds zeros.

    Parameters
    ----------
    x, weight, bias
        Contiguous, of one float dtype; ``weight (F, C/groups, K, L)``, ``bias (F,)``.
    plane
        How the window walks.
    groups
        Parts of the channels that do not mix.
    out : (N, F, O, Q)
        Where the sums go.
    """
    if groups == 1 and reads_all(plane):
        with np.errstate(all="ignore"):
            rows = x.reshape(len(x), -1), weight.reshape(len(weight), -1).T
            out[..., 0, 0] = np.matmul(*rows) + bias
        return
    lay, offs = layout(plane, (len(x), x.shape[1]), len(weight), groups, x.dtype)
    if lay.lies:
        weigh(weight, x.reshape(-1), offs, bias, lay, out)
        return
    with laid_for_now(x, plane, lay.width) as b:
        weigh(weight, b, offs, bias, lay, out)


def weigh(weight: Array, b: Array, offs: Array, bias: Array, lay: Layout, out: Array) -> None:
    """Make all sums of an input that is laid out."""
    from generator.engine import kernels_conv
    from generator.engine.jit import in_bands
    from generator.engine.tile import TALL

    flat, a = out.reshape(-1), weight.reshape(-1)
    spare = 0 if lay.direct else TALL * (ceil(lay.rows / lay.bands) * lay.pitch + lay.width)

    def run(first: int, last: int) -> None:
        with scratch("sums", spare, b.dtype) as room:
            kernels_conv.weigh(a, b, offs, bias, lay, (first, last), room, flat)

    tasks = len(out) * lay.groups * lay.bands * lay.shares
    in_bands(run, tasks, out.size * lay.terms // (PER_CELL * tasks))


def reads_all(plane: Plane) -> bool:
    """Return whether the one window reads the whole input: then it is a dense layer."""
    axes = plane.rows, plane.columns
    return all((axis.kernel, axis.padded) == (axis.size, axis.size) for axis in axes)


@lru_cache(maxsize=256)
def _steps(axis: Axis) -> list[tuple[int, int]]:
    """Return for every tap the phase it reads, and how many strides from the first of its kind."""
    return [divmod(tap * axis.dilation, axis.stride)[::-1] for tap in range(axis.kernel)]


@lru_cache(maxsize=256)
def _phases(axis: Axis) -> tuple[int, ...]:
    """Return the phases of an axis that are read: its first cells, modulo the stride.

    >>> _phases(Axis(9, 3)), _phases(Axis(9, 3, stride=2)), _phases(Axis(9, 1, stride=2))
    ((0,), (0, 1), (0,))
    """
    return tuple(sorted({phase for phase, _ in _steps(axis)}))


@lru_cache(maxsize=256)
def _length(axis: Axis) -> int:
    """Return how many cells of a phase the windows read, from the first to the last."""
    return axis.output + max(steps for _, steps in _steps(axis))


@lru_cache(maxsize=256)
def layout(
    plane: Plane, batch: tuple[int, int], kernels: int, groups: int, dtype: np.dtype[Any]
) -> tuple[Layout, Array]:
    """Return how a convolution lies, and where every row of the matrix of windows begins.

    `batch` has the number of pictures and of their channels.
    """
    from generator.engine import tile
    from generator.engine.jit import cores
    from generator.engine.kernels_conv import Layout

    width = tile.width(dtype)
    n, channels = batch[0], batch[1] // groups
    rows, columns = plane.rows, plane.columns
    high, pitch = _length(rows), _length(columns)
    down, right = _phases(rows), _phases(columns)
    area = high * pitch
    offs = [
        ((c * len(down) + down.index(p)) * len(right) + right.index(q)) * area + i * pitch + j
        for c in range(channels)
        for p, i in _steps(rows)
        for q, j in _steps(columns)
    ]
    one = channels * len(down) * len(right)  # planes that a sum reads
    near = min(_LONG, _NEAR // (dtype.itemsize * one) - (high - rows.output) * pitch)
    bands = ceil(rows.output / max(1, max(near, width) // pitch))
    each = kernels // groups
    shares = min(ceil(each / tile.TALL), ceil(2 * cores() / (n * groups * bands)))
    share = ceil(each / (shares * tile.TALL)) * tile.TALL
    shortest = rows.output // bands * pitch - (pitch - columns.output)
    lay = Layout(
        kernels=each,
        terms=len(offs),
        groups=groups,
        image=one * groups * area,
        channels=one * area,
        rows=rows.output,
        columns=columns.output,
        pitch=pitch,
        bands=bands,
        share=share,
        shares=ceil(each / share),
        width=width,
        stands=_lies(rows) and _lies(columns),
        lies=shortest >= width and _lies(rows) and _lies(columns),
        direct=shortest >= width and pitch == columns.output,
    )
    return lay, np.array(offs)


def _lies(axis: Axis) -> bool:
    """Return whether the input lies along an axis as it is read: no padding, no stride."""
    return (axis.padded, axis.stride) == (axis.size, 1)


def laid(x: Array, plane: Plane, spare: int, flat: Array | None = None) -> Array:
    """Return the padded input with every stride-th row and column laid beside its like.

    Along both axes only the phases that are read are there, and of them no more than is read. The
    result is a line, `flat` if it is given; behind the last cell there are `spare` zeros.
    """
    shape = _shape(x, plane)
    flat = np.empty(prod(shape) + spare, x.dtype) if flat is None else flat
    flat[prod(shape) :] = 0
    planes = flat[: prod(shape)].reshape(shape)
    for u, p in enumerate(_phases(plane.rows)):
        top, bottom, _ = _inside(plane.rows, p)
        for v, q in enumerate(_phases(plane.columns)):
            left, end, _ = _inside(plane.columns, q)
            part = planes[:, :, u, v]
            part[:, :, :top] = 0
            part[:, :, bottom:] = 0
            part[:, :, top:bottom, :left] = 0
            part[:, :, top:bottom, end:] = 0
    fill(flat, x, plane)
    return flat


@contextmanager
def laid_for_now(x: Array, plane: Plane, spare: int) -> Iterator[Array]:
    """Lend the same, in memory that the next call will use again."""
    size = prod(_shape(x, plane)) + spare
    with scratch("input", size, x.dtype) as room:
        yield laid(x, plane, spare, room)


def _shape(x: Array, plane: Plane) -> tuple[int, ...]:
    """Return the shape of an input that is laid out: (N, C, phases, phases, rows, columns)."""
    axes = plane.rows, plane.columns
    return (*x.shape[:2], *(len(_phases(axis)) for axis in axes), *map(_length, axes))


def fill(flat: Array, x: Array, plane: Plane) -> None:
    """Write an input into what :func:`laid` has made for another of the same shape."""
    shape = _shape(x, plane)
    planes = flat[: prod(shape)].reshape(shape)
    for u, p in enumerate(_phases(plane.rows)):
        top, bottom, i = _inside(plane.rows, p)
        for v, q in enumerate(_phases(plane.columns)):
            left, end, j = _inside(plane.columns, q)
            cells = x[:, :, i :: plane.rows.stride, j :: plane.columns.stride]
            planes[:, :, u, v, top:bottom, left:end] = cells[:, :, : bottom - top, : end - left]


@lru_cache(maxsize=256)
def _inside(axis: Axis, phase: int) -> tuple[int, int, int]:
    """Return the cells of a phase that hold input: first, behind the last, and what is the first.

    >>> _inside(Axis(5, 3, 2, before=1, after=1), 0), _inside(Axis(5, 3, 2, 1, 1), 1)
    ((1, 3, 1), (0, 3, 0))
    """
    length = _length(axis)
    first = max(0, -(-(axis.before - phase) // axis.stride))
    start = first * axis.stride + phase - axis.before
    count = max(0, -(-(axis.size - start) // axis.stride))
    return min(first, length), min(first + count, length), start
