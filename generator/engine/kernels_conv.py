"""The loops of fast convolution: products of matrices whose columns are windows.

Import this module only through :mod:`generator.engine.windows`, which lays the arrays out.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.engine.jit import compiled, inlined
from generator.engine.tile import TALL, tile_1, tile_2, tile_4, tile_tall

Array: TypeAlias = NDArray[Any]


class Layout(NamedTuple):
    """How a convolution lies in memory; all counted in numbers.

    Parameters
    ----------
    kernels, terms
        Rows of the matrix of weights of one group, and numbers of a row.
    groups, image, channels
        Groups; from one picture of ``b`` to the next, and from one group's channels to the next.
    rows, columns, pitch
        Size of the result, and from one row of windows to the next.
    bands
        Parts that the rows of the result are made in.
    share, shares
        Kernels that are summed together, and how many such shares there are.
    width
        Columns of a tile.
    stands, lies, direct
        Whether the input lies as it has to if there is room behind it, whether it does without, and
        whether sums can be made where they belong.
    """

    kernels: int
    terms: int
    groups: int
    image: int
    channels: int
    rows: int
    columns: int
    pitch: int
    bands: int
    share: int
    shares: int
    width: int
    stands: bool
    lies: bool
    direct: bool


@inlined
def block(
    a: Array, b: Array, offs: Array, bias: Array, at: tuple[int, ...], size: tuple[int, ...],
    c: Array, extent: tuple[int, int, int],
) -> None:  # fmt: skip
    """Make sums for `extent`: so many rows and columns, a tile being so many columns wide.

    `at` and `size` are those of a tile. The last tile of a row reaches back over the one before;
    if there is none, over what lies behind the row.
    """
    rows, columns, width = extent
    pitch_a, pitch_c = size[1], size[2]
    m = 0
    while m < rows:
        left = rows - m
        first_a, first_bias, first_c = at[0] + m * pitch_a, at[2] + m, at[3] + m * pitch_c
        for start in range(0, columns, width):
            j = max(min(start, columns - width), 0)
            place = (first_a, at[1] + j, first_bias, first_c + j)
            if left >= TALL:
                tile_tall(a, b, offs, bias, place, size, c)
            elif left >= 4:
                tile_4(a, b, offs, bias, place, size, c)
            elif left >= 2:
                tile_2(a, b, offs, bias, place, size, c)
            else:
                tile_1(a, b, offs, bias, place, size, c)
        m += TALL if left >= TALL else 4 if left >= 4 else 2 if left >= 2 else 1


@compiled
def weigh(
    a: Array, b: Array, offs: Array, bias: Array, lay: Layout, tasks: tuple[int, int],
    spare: Array, out: Array,
) -> None:  # fmt: skip
    """Make the bands of the result that `tasks` counts, from the first up to the last.

    Where the rows of windows are longer than those of the result, sums are made in `spare` and
    what does not belong to any window is left there.
    """
    area = lay.rows * lay.columns
    size_spare = len(spare) // TALL
    for task in range(tasks[0], tasks[1]):
        share = task % lay.shares
        band = task // lay.shares % lay.bands
        group = task // (lay.shares * lay.bands) % lay.groups
        n = task // (lay.shares * lay.bands * lay.groups)
        top, bottom = band * lay.rows // lay.bands, (band + 1) * lay.rows // lay.bands
        columns = (bottom - top) * lay.pitch - (lay.pitch - lay.columns)
        start = n * lay.image + group * lay.channels + top * lay.pitch
        first, last = share * lay.share, min((share + 1) * lay.share, lay.kernels)
        for f in range(first, last, TALL):
            rows = min(TALL, last - f)
            kernel = group * lay.kernels + f
            to = (n * lay.groups * lay.kernels + kernel) * area + top * lay.columns
            extent = (rows, columns, lay.width)
            if lay.direct:
                at, size = (kernel * lay.terms, start, kernel, to), (lay.terms, lay.terms, area)
                block(a, b, offs, bias, at, size, out, extent)
                continue
            at, size = (kernel * lay.terms, start, kernel, 0), (lay.terms, lay.terms, size_spare)
            block(a, b, offs, bias, at, size, spare, extent)
            for m in range(rows):
                for i in range(bottom - top):
                    into = out[to + m * area + i * lay.columns :]
                    sums = spare[m * size_spare + i * lay.pitch :]
                    for j in range(np.uint64(lay.columns)):
                        into[j] = sums[j]
