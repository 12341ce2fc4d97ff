"""A matrix whose numbers are too small to be read: its shades."""

from __future__ import annotations

from collections.abc import Sequence

from generator.model import Rows
from generator.numerals import Number
from generator.scene.layout import Box
from generator.scene.marks import Image, Mark, Pixels, Rect
from generator.scene.parts import Frame


def level(x: Number, low: float, high: float) -> int:
    """Return the grey of a number: black for the lowest, white for the highest.

    >>> level(0, -1, 1), level(1, -1, 1), level(5, 5, 5)
    (128, 255, 128)
    """
    return round(255 * (float(x) - low) / (high - low)) if high > low else 128


def shaded(rows: Rows, side: float, ends: tuple[float, float], frames: Sequence[Frame] = ()) -> Box:
    """Draw a matrix as a grey picture with frames on it.

    Parameters
    ----------
    rows
        The numbers.
    side
        Of a cell [px].
    ends
        The lowest number, which is black, and the highest, which is white.
    frames
        In cells, as on a grid.

    Examples
    --------
    >>> shaded(((1, 2), (3, 4)), 5, (1, 4)).width
    10
    """
    height, width = len(rows), len(rows[0])
    data = bytes(level(x, *ends) for line in rows for x in line)
    marks: list[Mark] = [
        Image(0, 0, width * side, height * side, Pixels(width, height, 1, data)),
        Rect(0, 0, width * side, height * side, "line"),
    ]
    marks += [
        Rect(f.left * side, f.top * side, f.width * side, f.height * side, f.role) for f in frames
    ]
    return Box(width * side, height * side, tuple(marks))
