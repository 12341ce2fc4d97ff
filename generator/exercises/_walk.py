"""How a window walks, in words; and a map computed by plain loops, to hold formulas against."""

from __future__ import annotations

from generator.examples._words import count, listing
from generator.model import Rows
from generator.numerals import Number


def settings(stride: int | tuple[int, int], padding: int = 0, dilation: int = 1) -> str:
    """Return how a kernel slides, as the end of a clause.

    >>> settings(1)
    'with stride 1, without padding'
    >>> settings(2, 1, 3)
    'with stride 2, dilation 3 and zero padding of 1 cell on all four sides'
    >>> settings((2, 3))
    'with stride 2 downwards and 3 to the right, without padding'
    """
    down, right = (stride, stride) if isinstance(stride, int) else stride
    uneven = f"stride {down} downwards and {right} to the right"
    words = [f"stride {down}" if down == right else uneven]
    if dilation > 1:
        words.append(f"dilation {dilation}")
    if not padding:
        return f"with {listing(words)}, without padding"
    words.append(f"zero padding of {count(padding, 'cell')} on all four sides")
    return f"with {listing(words)}"


def looped(
    x: Rows, w: Rows, stride: tuple[int, int] = (1, 1), padding: int = 0, dilation: int = 1
) -> Rows:
    """Return the feature map: the padded input is built and every product taken in turn.

    >>> looped(((1, 2, 3), (4, 5, 6)), ((1, 0), (0, -1)))
    ((-4, -4),)
    """
    frame = [0] * padding
    empty = [0] * (len(x[0]) + 2 * padding)
    padded = [empty] * padding + [[*frame, *row, *frame] for row in x] + [empty] * padding
    reach = [dilation * (side - 1) for side in (len(w), len(w[0]))]
    rows: list[tuple[Number, ...]] = []
    for top in range(0, len(padded) - reach[0], stride[0]):
        row: list[Number] = []
        for left in range(0, len(empty) - reach[1], stride[1]):
            cell: Number = 0
            for a, weights in enumerate(w):
                for b, weight in enumerate(weights):
                    cell += padded[top + dilation * a][left + dilation * b] * weight
            row.append(cell)
        rows.append(tuple(row))
    return tuple(rows)
