r"""The loops of Winograd's convolution: 3×3 kernels, four sums with 16 products instead of 36.

A tile of 2×2 sums reads 4×4 cells. Cells and weights are each turned into 16 numbers, by additions
alone; the products of those, added up over the channels, are turned back into the four sums:

.. math:: Y = A^T \left[ (G g G^T) \odot (B^T d B) \right] A

In the middle there are 16 products of matrices, one for each place of the 4×4.

References
----------
Lavin, Gray: Fast algorithms for convolutional neural networks, arXiv:1509.09308, section 4.1.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.jit import compiled, inlined
from generator.engine.kernels_conv import block

Array: TypeAlias = NDArray[Any]


class Tiles(NamedTuple):
    """How a picture is cut into tiles; all counted in numbers.

    Parameters
    ----------
    channels, kernels
        Of the weights.
    rows, columns
        Size of the result.
    down, across
        Tiles of a picture.
    strips
        Parts that the rows of tiles are made in.
    pitch
        From one channel of a strip to the next: its tiles, and room for a product's tile.
    reach
        From the turned weights of one place of the 4×4 to those of the next.
    width
        Columns of a product's tile.
    """

    channels: int
    kernels: int
    rows: int
    columns: int
    down: int
    across: int
    strips: int
    pitch: int
    reach: int
    width: int


@compiled
def turn_weights(weight: Array, channels: int, kernels: tuple[int, int], out: Array) -> None:
    """Write ``out (F, 16, C + …)`` = G g Gᵀ of the kernels from the first up to the last."""
    half = weight.dtype.type(0.5)
    lines = np.empty((12, channels), weight.dtype)
    nine = np.uint64(9)
    for f in range(kernels[0], kernels[1]):
        for j in range(3):
            g = weight[f * channels * 9 + j :]
            top, sums, differences, bottom = lines[j], lines[3 + j], lines[6 + j], lines[9 + j]
            for c in range(np.uint64(channels)):
                a, b, d = g[nine * c], g[nine * c + np.uint64(3)], g[nine * c + np.uint64(6)]
                top[c] = a
                sums[c] = (a + b + d) * half
                differences[c] = (a - b + d) * half
                bottom[c] = d
        for i in range(4):
            first, second, third = lines[3 * i], lines[3 * i + 1], lines[3 * i + 2]
            u0, u1, u2, u3 = out[f, 4 * i], out[f, 4 * i + 1], out[f, 4 * i + 2], out[f, 4 * i + 3]
            for c in range(np.uint64(channels)):
                a, b, d = first[c], second[c], third[c]
                u0[c] = a
                u1[c] = (a + b + d) * half
                u2[c] = (a - b + d) * half
                u3[c] = d


@inlined
def turn_cells(b: Array, tiles: Tiles, first: int, count: int, lines: Array, out: Array) -> None:
    """Write Bᵀ d B of `count` tiles of one channel, whose cells begin at `first`.

    Rows and columns that are even and odd lie apart, so that neighbouring tiles read neighbouring
    numbers. The 16 numbers of a tile go to ``out``, one place of the 4×4 after the other.
    """
    one, length = np.uint64(1), np.uint64(count)
    width = tiles.across + 1
    phase = (tiles.down + 1) * width
    for r in range(4):
        start = first + r % 2 * 2 * phase + r // 2 * width
        even, odd = b[start:], b[start + phase :]
        w0, w1, w2, w3 = lines[4 * r], lines[4 * r + 1], lines[4 * r + 2], lines[4 * r + 3]
        for t in range(length):
            e, o, e2, o2 = even[t], odd[t], even[t + one], odd[t + one]
            w0[t] = e - e2
            w1[t] = o + e2
            w2[t] = e2 - o
            w3[t] = o - o2
    place = tiles.channels * tiles.pitch
    for x in range(4):
        d0, d1, d2, d3 = lines[x], lines[4 + x], lines[8 + x], lines[12 + x]
        v0, v1 = out[x * place :], out[(4 + x) * place :]
        v2, v3 = out[(8 + x) * place :], out[(12 + x) * place :]
        for t in range(length):
            v0[t] = d0[t] - d2[t]
            v1[t] = d1[t] + d2[t]
            v2[t] = d2[t] - d1[t]
            v3[t] = d1[t] - d3[t]


@inlined
def turn_back(m: Array, tiles: Tiles, shift: float, count: int, lines: Array, probe: Array) -> None:
    """Write Aᵀ m A plus a bias for `count` tiles of one kernel.

    The four sums of a tile go to the last four of twelve lines: left and right, above and below.
    """
    length, zero = np.uint64(count), m.dtype.type(0)
    place = tiles.kernels * tiles.pitch
    for x in range(4):
        m0, m1 = m[x * place :], m[(4 + x) * place :]
        m2, m3 = m[(8 + x) * place :], m[(12 + x) * place :]
        s0, s1 = lines[x], lines[4 + x]
        for t in range(length):
            s0[t] = m0[t] + m1[t] + m2[t]
            s1[t] = m1[t] - m2[t] - m3[t]
    for row in range(2):
        a0, a1 = lines[4 * row], lines[4 * row + 1]
        a2, a3 = lines[4 * row + 2], lines[4 * row + 3]
        left, right = lines[8 + 2 * row], lines[9 + 2 * row]
        for t in range(length):
            one, other = a0[t] + a1[t] + a2[t] + shift, a1[t] - a2[t] - a3[t] + shift
            left[t] = one
            right[t] = other
            probe[t] += (one + other) * zero


@inlined
def spread(lines: Array, tiles: Tiles, rows: int, out: Array) -> None:
    """Write left and right sums in turn: as many rows of the result as are wanted."""
    one = np.uint64(1)
    for row in range(rows):
        start = row // 2 * (tiles.across + 1)
        left, right = lines[8 + row % 2 * 2, start:], lines[9 + row % 2 * 2, start:]
        y = out[row * tiles.columns :]
        for t in range(np.uint64(tiles.columns // 2)):
            y[t + t] = left[t]
            y[t + t + one] = right[t]
        if tiles.columns % 2:
            y[tiles.columns - 1] = left[tiles.across - 1]


@compiled
def winograd(
    u: Array, b: Array, offs: Array, bias: Array, tiles: Tiles, strips: tuple[int, int],
    room: tuple[Array, Array, Array, Array], out: Array,
) -> None:  # fmt: skip
    """Make the strips of the result that `strips` counts, from the first up to the last.

    ``u`` has the turned weights, ``b (N, C, 2, 2, down + 1, across + 1)`` the padded input, even
    rows and columns before odd ones. Between two rows of tiles one is summed that belongs to none.
    `room` is for turned cells, for sums of products, for lines, and for a probe: if a result is no
    finite number, one of its cells becomes NaN.
    """
    v, m, lines, probe = room
    nothing = np.zeros(tiles.kernels, u.dtype)
    width = tiles.across + 1
    plane = 4 * (tiles.down + 1) * width
    for task in range(strips[0], strips[1]):
        n, strip = task // tiles.strips, task % tiles.strips
        top = strip * tiles.down // tiles.strips
        high = (strip + 1) * tiles.down // tiles.strips - top
        count = high * width - 1
        for c in range(tiles.channels):
            first = (n * tiles.channels + c) * plane + top * width
            turn_cells(b, tiles, first, count, lines, v[c * tiles.pitch :])
        for x in range(16):
            cells, sums = x * tiles.channels * tiles.pitch, x * tiles.kernels * tiles.pitch
            at = (x * tiles.reach, cells, 0, sums)
            size = (tiles.channels, 16 * tiles.reach, tiles.pitch)
            block(u, v, offs, nothing, at, size, m, (tiles.kernels, tiles.pitch, tiles.width))
        rows = min(2 * high, tiles.rows - 2 * top)
        for f in range(tiles.kernels):
            turn_back(m[f * tiles.pitch :], tiles, bias[f], count, lines, probe)
            y = out[((n * tiles.kernels + f) * tiles.rows + 2 * top) * tiles.columns :]
            spread(lines, tiles, rows, y)
