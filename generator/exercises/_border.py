"""What padding holds, in two ways: by rule and by building the rows up."""

from __future__ import annotations

from typing import Literal

from generator.engine.shapes import PaddingMode, source
from generator.exercises._draw import Wholes

#: What a frame can hold; ``symmetric`` mirrors with the edge itself repeated, and is no mode of
#: torch's.
Filling = Literal["zeros", "reflect", "replicate", "circular", "symmetric"]
#: How each mode goes on beyond the edge.
SAYS: dict[str, str] = {
    "zeros": "every cell outside is 0",
    "reflect": "the input goes on mirrored, and the edge itself is not repeated",
    "replicate": "the nearest cell of the edge is repeated",
    "circular": "the input goes on from its opposite side",
}


def by_rule(x: Wholes, padding: int, mode: PaddingMode) -> Wholes:
    """Return the padded input: for every cell, the place in the input that it shows.

    >>> by_rule(((1, 2, 3), (4, 5, 6)), 1, "reflect")
    ((5, 4, 5, 6, 5), (2, 1, 2, 3, 2), (5, 4, 5, 6, 5), (2, 1, 2, 3, 2))
    """
    rows, columns = (
        [source(at, size, mode) for at in range(-padding, size + padding)]
        for size in (len(x), len(x[0]))
    )
    return tuple(
        tuple(0 if i is None or j is None else x[i][j] for j in columns) for i in rows
    )  # fmt: skip


def grown(x: Wholes, padding: int, mode: Filling) -> Wholes:
    """Return the padded input: each row gets its two ends, and then the same with all rows.

    >>> grown(((1, 2, 3), (4, 5, 6)), 1, "reflect") == by_rule(((1, 2, 3), (4, 5, 6)), 1, "reflect")
    True
    >>> grown(((1, 2, 3),) * 3, 2, "symmetric")[0]
    (2, 1, 1, 2, 3, 3, 2)
    """
    if mode == "zeros":
        ends: Wholes = ((0,) * len(x[0]),) * padding
        return tuple((0,) * padding + row + (0,) * padding for row in (*ends, *x, *ends))
    sides = tuple(_longer(row, padding, mode) for row in x)
    columns = tuple(zip(*sides, strict=True))
    return tuple(zip(*(_longer(column, padding, mode) for column in columns), strict=True))


def _longer(row: tuple[int, ...], padding: int, mode: Filling) -> tuple[int, ...]:
    if mode == "replicate":
        return (row[0],) * padding + row + (row[-1],) * padding
    if mode == "circular":
        return row[-padding:] + row + row[:padding]
    if mode == "symmetric":
        return row[:padding][::-1] + row + row[-padding:][::-1]
    return row[1 : padding + 1][::-1] + row + row[-padding - 1 : -1][::-1]
