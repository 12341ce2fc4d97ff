"""The numbers of rows and columns at the edge of a part of a matrix."""

from __future__ import annotations

from collections.abc import Sequence

from generator.scene.layout import Box, Part
from generator.scene.parts import words

#: Numbers at an edge are so large [px], and smaller only in smaller cells.
_SIZE, _SHARE = 14.0, 0.52
#: Between a number and its row [px].
_GAP = 6.0


def edged(
    body: Box,
    side: float,
    rows: Sequence[int],
    columns: Sequence[int],
    of: tuple[int, int],
    across: float = 0,
) -> Box:
    """Put the number of every row and column beside a grid, counted from 1.

    Parameters
    ----------
    body
        The grid.
    side
        Of a cell [px].
    rows, columns
        Which ones they are, counted from 0; none for a line.
    of
        How many there are; what lies beyond, in the padding, has no number.
    across
        How wide a cell is; as wide as high if it is not given [px].

    Examples
    --------
    >>> from generator.scene.layout import space
    >>> box = edged(space(60, 60), 30, range(7, 9), range(-1, 1), (9, 9))
    >>> [mark.text for mark in box.marks]
    ['1', '8', '9']
    """
    size = min(_SIZE, side * _SHARE)
    # As wide as the last row's number, so that nothing moves from part to part.
    left = words(str(of[0]), size).width + _GAP if rows else 0
    top = words("1", size).height
    marks: list[Part] = []
    for place, number in enumerate(columns):
        if 0 <= number < of[1]:
            box = words(str(number + 1), size, "muted")
            marks += box.moved(left + (place + 0.5) * (across or side) - box.width / 2, 0)
    for place, number in enumerate(rows):
        if 0 <= number < of[0]:
            box = words(str(number + 1), size, "muted")
            y = top + (place + 0.5) * side - box.height / 2
            marks += box.moved(left - _GAP - box.width, y)
    marks += body.moved(left, top)
    return Box(left + body.width, top + body.height, tuple(marks), top + body.height / 2)
