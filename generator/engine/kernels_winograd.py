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
        From the turned weights of one kernel to those of the next.
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
    """Write ``out (F, 16·C + …)`` = G g Gᵀ of the kernels from the first up to the last."""
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
            u0, u1 = out[f, 4 * i * channels :], out[f, (4 * i + 1) * channels :]
            u2, u3 = out[f, (4 * i + 2) * channels :], out[f, (4 * i + 3) * channels :]
            for c in range(np.uint64(channels)):
                a, b, d = first[c], second[c], third[c]
                u0[c] = a
                u1[c] = (a + b + d) * half
                u2[c] = (a - b + d) * half
                u3[c] = d


@inlined
def turn_cells(b: Array, tiles: Tiles, first: int, count: int, lines: Array, out: Array) -> None:
    """Write Bᵀ d B of `count` rows of tiles of one channel, whose cells begin at `first`.

    The 16 numbers of a tile go to ``out``, one place of the 4×4 after the other.
    """
    across, one = np.uint64(tiles.across), np.uint64(1)
    width = tiles.across + 1
    odd_columns = first + (2 * tiles.down + 2) * width
    for r in range(2 * count + 2):
        even, odd = b[first + r * width :], b[odd_columns + r * width :]
        w0, w1, w2, w3 = lines[4 * r], lines[4 * r + 1], lines[4 * r + 2], lines[4 * r + 3]
        for t in range(across):
            e, o, e2, o2 = even[t], odd[t], even[t + one], odd[t + one]
            w0[t] = e - e2
            w1[t] = o + e2
            w2[t] = e2 - o
            w3[t] = o - o2
    place = tiles.channels * tiles.pitch
    for i in range(count):
        for x in range(4):
            d0, d1 = lines[8 * i + x], lines[8 * i + 4 + x]
            d2, d3 = lines[8 * i + 8 + x], lines[8 * i + 12 + x]
            start = x * place + i * tiles.across
            v0, v1 = out[start:], out[start + 4 * place :]
            v2, v3 = out[start + 8 * place :], out[start + 12 * place :]
            for t in range(across):
                v0[t] = d0[t] - d2[t]
                v1[t] = d1[t] + d2[t]
                v2[t] = d2[t] - d1[t]
                v3[t] = d1[t] - d3[t]


@inlined
def turn_back(
    m: Array, tiles: Tiles, shift: float, rows: int, lines: Array, out: Array, probe: Array
) -> None:
    """Write Aᵀ m A plus a bias for one row of tiles, of which so many rows are wanted."""
    across, one, zero = np.uint64(tiles.across), np.uint64(1), m.dtype.type(0)
    place = tiles.kernels * tiles.pitch
    for x in range(4):
        m0, m1 = m[x * place :], m[(4 + x) * place :]
        m2, m3 = m[(8 + x) * place :], m[(12 + x) * place :]
        s0, s1 = lines[x], lines[4 + x]
        for t in range(across):
            s0[t] = m0[t] + m1[t] + m2[t]
            s1[t] = m1[t] - m2[t] - m3[t]
    for row in range(rows):
        a0, a1 = lines[4 * row], lines[4 * row + 1]
        a2, a3 = lines[4 * row + 2], lines[4 * row + 3]
        y = out[row * tiles.columns :]
        for t in range(np.uint64(tiles.columns // 2)):
            left = a0[t] + a1[t] + a2[t] + shift
            right = a1[t] - a2[t] - a3[t] + shift
            y[t + t] = left
            y[t + t + one] = right
            probe[t] += (left + right) * zero
        if tiles.columns % 2:
            last = across - one
            left = a0[last] + a1[last] + a2[last] + shift
            y[last + last] = left
            probe[last] += left * zero


@compiled
def winograd(
    u: Array, b: Array, offs: Array, bias: Array, tiles: Tiles, strips: tuple[int, int],
    room: tuple[Array, Array, Array, Array], out: Array,
) -> None:  # fmt: skip
    """Make the strips of the result that `strips` counts, from the first up to the last.

    ``u`` has the turned weights, ``b (N, C, 2, 2·down + 2, across + 1)`` the padded input, even
    columns before odd ones. `room` is for turned cells, for sums of products, for lines, and for a
    probe: if a result is no finite number, one of its cells becomes NaN.
    """
    v, m, lines, probe = room
    nothing = np.zeros(tiles.kernels, u.dtype)
    plane = (2 * tiles.down + 2) * (tiles.across + 1)
    for task in range(strips[0], strips[1]):
        n, strip = task // tiles.strips, task % tiles.strips
        top = strip * tiles.down // tiles.strips
        count = (strip + 1) * tiles.down // tiles.strips - top
        for c in range(tiles.channels):
            first = 2 * (n * tiles.channels + c) * plane + 2 * top * (tiles.across + 1)
            turn_cells(b, tiles, first, count, lines, v[c * tiles.pitch :])
        for x in range(16):
            cells, sums = x * tiles.channels * tiles.pitch, x * tiles.kernels * tiles.pitch
            at, size = (
                (x * tiles.channels, cells, 0, sums),
                (tiles.channels, tiles.reach, tiles.pitch),
            )
            block(u, v, offs, nothing, at, size, m, (tiles.kernels, tiles.pitch, tiles.width))
        for f in range(tiles.kernels):
            for i in range(count):
                row = 2 * (top + i)
                y = out[((n * tiles.kernels + f) * tiles.rows + row) * tiles.columns :]
                made = m[f * tiles.pitch + i * tiles.across :]
                turn_back(made, tiles, bias[f], min(2, tiles.rows - row), lines, y, probe)
