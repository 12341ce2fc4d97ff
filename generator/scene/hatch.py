"""Boxes filled with slanted lines, as copiers keep them."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor
from typing import TypeAlias

from generator.scene.theme import Slope

#: From line to line, along an edge [px].
GAP = 8
WIDTH = 0.75

#: The two ends of a line: x, y, x2, y2.
Ends: TypeAlias = tuple[float, float, float, float]


def hatch(x: float, y: float, width: float, height: float, slope: Slope) -> Iterator[Ends]:
    """Yield the lines that fill a box, clipped at its edges.

    The lines of boxes side by side meet: where a line lies does not depend on the box.

    Examples
    --------
    >>> list(hatch(0, 0, 8, 8, 1))
    [(0, 8, 8, 0)]
    >>> list(hatch(0, 0, 8, 8, -1))
    [(0, 0, 8, 8)]
    """
    # A rising line is x + y = c (y points down), a falling one x - y = c; its height over x = 0
    # runs through multiples of the gap.
    low = x + y if slope == 1 else x - y - height
    c = (floor(low / GAP) + 1) * GAP
    while c < low + width + height:
        if slope == 1:
            left, right = max(x, c - y - height), min(x + width, c - y)
            yield left, c - left, right, c - right
        else:
            left, right = max(x, c + y), min(x + width, c + y + height)
            yield left, left - c, right, right - c
        c += GAP
