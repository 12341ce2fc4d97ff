"""The loops over whole pictures and batches: no checks, no memory of their own, no policy.

Import this module only through :mod:`generator.engine.ops`, which checks what comes in and makes
room for what goes out. Inputs that need padding have it already, and every array lies in memory
in reading order.

Two habits are for the compiler. Columns are the innermost loop, so that it works on eight of them
at a time. And they are counted in ``uint64``: for a signed index numba asks whether it counts from
the end, as Python's negative ones do, and that question alone makes the picture filter eight times
slower.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.jit import compiled

Array: TypeAlias = NDArray[Any]
#: Stride and dilation of rows, stride and dilation of columns [cells].
Walk: TypeAlias = tuple[int, int, int, int]
#: Row and column of the first cell that is kept.
Origin: TypeAlias = tuple[int, int]


@compiled
def correlate(x: Array, weight: Array, bias: Array, walk: Walk, out: Array) -> None:
    """Cross-correlate ``x (N, C, H, W)`` with ``weight (F, C/groups, K, L)``."""
    stride, apart, step, gap = walk
    batch, kernels, height, width = out.shape
    channels = weight.shape[1]
    sharing = kernels // (x.shape[1] // channels)  # kernels that read the same channels
    for n in range(batch):
        for f in range(kernels):
            out[n, f] = bias[f]
            for c in range(channels):
                plane = x[n, f // sharing * channels + c]
                for i in range(height):
                    line = out[n, f, i]
                    for a in range(weight.shape[2]):
                        cells = plane[i * stride + a * apart]
                        for b in range(weight.shape[3]):
                            w = weight[f, c, a, b]
                            for j in range(np.uint64(width)):
                                line[j] += w * cells[j * np.uint64(step) + np.uint64(b * gap)]


@compiled
def stamp(x: Array, weight: Array, bias: Array, walk: Walk, origin: Origin, out: Array) -> None:
    """Stamp ``weight (C, F/groups, K, L)`` into `out` at every cell of ``x (N, C, H, W)``.

    `x` is the one input without padding: what a stamp would write outside of `out` is left out.
    """
    stride, apart, step, gap = walk
    batch, channels, height, width = x.shape
    sharing = weight.shape[1]  # kernels that one channel is stamped with
    together = channels // (out.shape[1] // sharing)  # channels that write to the same maps
    for n in range(batch):
        for f in range(out.shape[1]):
            plane = out[n, f]
            plane[:] = bias[f]
            for c in range(f // sharing * together, (f // sharing + 1) * together):
                for b in range(weight.shape[3]):
                    left = b * gap - origin[1]
                    # The first cell that writes inside of a row, and how many do.
                    first = max(0, -(left // step))
                    count = max(0, min(width, (plane.shape[1] - 1 - left) // step + 1) - first)
                    start, skip = np.uint64(max(0, left + first * step)), np.uint64(first)
                    for i in range(height):
                        for a in range(weight.shape[2]):
                            row, w = (
                                i * stride + a * apart - origin[0],
                                weight[c, f % sharing, a, b],
                            )
                            if not 0 <= row < plane.shape[0]:
                                continue
                            line, cells = plane[row], x[n, c, i]
                            if step == 1:  # then the compiler can write eight cells at a time
                                for j in range(np.uint64(count)):
                                    line[j + start] += w * cells[j + skip]
                            else:
                                for j in range(np.uint64(count)):
                                    line[j * np.uint64(step) + start] += w * cells[j + skip]


@compiled
def largest(x: Array, size: tuple[int, int], walk: Walk, out: Array) -> None:
    """Write the largest number of every window of ``x (C, H, W)``; NaN beats every number."""
    stride, apart, step, gap = walk
    planes, height, width = out.shape
    for p in range(planes):
        for i in range(height):
            line, cells = out[p, i], x[p, i * stride]
            for j in range(np.uint64(width)):
                line[j] = cells[j * np.uint64(step)]
            for a in range(size[0]):
                cells = x[p, i * stride + a * apart]
                for b in range(size[1]):
                    for j in range(np.uint64(width)):
                        cell = cells[j * np.uint64(step) + np.uint64(b * gap)]
                        line[j] = np.maximum(line[j], cell)


@compiled
def largest_2x2(x: Array, out: Array) -> None:
    """Write the largest number of every 2×2 window with stride 2: the pooling of most networks.

    With the stride known to the compiler it takes a seventh of the time of :func:`largest`.
    """
    one, two = np.uint64(1), np.uint64(2)
    for p in range(out.shape[0]):
        for i in range(out.shape[1]):
            line, upper, lower = out[p, i], x[p, 2 * i], x[p, 2 * i + 1]
            for j in range(np.uint64(out.shape[2])):
                top = np.maximum(upper[two * j], upper[two * j + one])
                bottom = np.maximum(lower[two * j], lower[two * j + one])
                line[j] = np.maximum(top, bottom)


@compiled
def mean(
    x: Array, size: tuple[int, int], walk: Walk, counts: tuple[Array, Array], out: Array
) -> None:
    """Write the sum of every window over ``counts[0][row] · counts[1][column]``."""
    stride, apart, step, gap = walk
    planes, height, width = out.shape
    for p in range(planes):
        for i in range(height):
            line = out[p, i]
            line[:] = 0
            for a in range(size[0]):
                cells = x[p, i * stride + a * apart]
                for b in range(size[1]):
                    for j in range(np.uint64(width)):
                        line[j] += cells[j * np.uint64(step) + np.uint64(b * gap)]
            for j in range(np.uint64(width)):
                line[j] /= counts[0][i] * counts[1][j]


@compiled
def filter_3x3(picture: Array, taps: Array, channels: int, out: Array) -> None:
    """Weigh the nine neighbours of every cell of ``picture (H + 2, (W + 2)·channels)``.

    Written out, the nine products take half the time of a loop over them.
    """
    one = np.uint64(channels)
    two = one + one
    for i in range(out.shape[0]):
        line, above, here, below = out[i], picture[i], picture[i + 1], picture[i + 2]
        for j in range(np.uint64(out.shape[1])):
            line[j] = (
                taps[0, 0] * above[j]
                + taps[0, 1] * above[j + one]
                + taps[0, 2] * above[j + two]
                + taps[1, 0] * here[j]
                + taps[1, 1] * here[j + one]
                + taps[1, 2] * here[j + two]
                + taps[2, 0] * below[j]
                + taps[2, 1] * below[j + one]
                + taps[2, 2] * below[j + two]
            )


@compiled
def filter_any(picture: Array, taps: Array, channels: int, out: Array) -> None:
    """Weigh the neighbours under a kernel of any size."""
    for i in range(out.shape[0]):
        line = out[i]
        line[:] = 0
        for a in range(taps.shape[0]):
            cells = picture[i + a]
            for b in range(taps.shape[1]):
                tap = taps[a, b]
                for j in range(np.uint64(out.shape[1])):
                    line[j] += tap * cells[j + np.uint64(b * channels)]


@compiled
def to_bytes(sums: Array, limits: Array, out: Array) -> None:
    """Write ⌊(sum + limits[0]) / limits[1]⌋, kept within 0 to 255."""
    half, under, most = limits[0], limits[1], sums.dtype.type(255)
    for i in range(out.shape[0]):
        for j in range(np.uint64(out.shape[1])):
            value = np.floor((sums[i, j] + half) / under)
            out[i, j] = np.uint8(min(max(value, sums.dtype.type(0)), most))
