"""Numbers below a line of cells that are too narrow to hold their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.scene.canvas import Canvas
from generator.scene.layout import Box, Part
from generator.scene.parts import words

#: Free room between two numbers [px].
_GAP = 7
#: Numbers follow each other at one of these distances [cells].
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


def ticks(size: int, padding: int, side: float, ends: Sequence[int], canvas: Canvas) -> Box:
    """Return as many numbers of cells as fit below them.

    Parameters
    ----------
    size, padding
        Cells of the line, and cells before and after it that have no numbers.
    side
        Width of a cell [px].
    ends
        Cells whose numbers matter most, counted from 0: the first and the last under a window.
    canvas
        For the size of the numbers.

    Examples
    --------
    >>> from generator.scene.canvas import NARROW
    >>> [mark.text for mark in ticks(18, 0, 18, (4, 6), NARROW).marks]
    ['5', '7', '1', '18', '2', '4', '6', '8', '10', '12', '14', '16']
    """
    width = (size + 2 * padding) * side
    marks: list[Part] = []
    taken: list[tuple[float, float]] = []
    height = words("0", canvas.note).height
    longest = words(str(size), canvas.note).width + _GAP
    for cell in _wanted(size, longest / side, ends):
        now = cell in ends
        box = words(str(cell + 1), canvas.note, "window-ink" if now else "muted",
                    "bold" if now else "regular")  # fmt: skip
        middle = (cell + padding + 0.5) * side
        x = min(max(middle - box.width / 2, 0), width - box.width)
        if all(x >= right + _GAP or x + box.width + _GAP <= left for left, right in taken):
            taken.append((x, x + box.width))
            marks += box.moved(x, 0)
    return Box(width, height, tuple(marks))


def _wanted(size: int, pitch: float, ends: Sequence[int]) -> Iterator[int]:
    """Yield cells in the order in which they deserve a number, `pitch` of them apart or more."""
    yield from (cell for cell in dict.fromkeys(ends) if 0 <= cell < size)
    yield 0
    yield size - 1
    step = next(n for n in _STEPS if n >= pitch or n == _STEPS[-1])
    yield from range(step - 1, size, step)
