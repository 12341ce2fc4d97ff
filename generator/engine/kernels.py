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
