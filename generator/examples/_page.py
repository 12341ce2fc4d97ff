"""What every picture has: a heading where none is around it, and parts below each other."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Callable, Sequence

from generator.scene.canvas import Canvas
from generator.scene.layout import Box, column, space
from generator.scene.parts import words


def page(parts: Sequence[Box], canvas: Canvas) -> Box:
    """Stack the parts of a figure; those without height are left out."""
    return column([part for part in parts if part.height], gap=canvas.cell * 0.5)


def headed(title: str, sentence: str, room: float, canvas: Canvas) -> Box:
    """Return the title and its sentence, or nothing where the page around says both."""
    if not canvas.titled:
        return space()
    heading = words(title, canvas.title, weight="semibold", room=room)
    return column([heading, words(sentence, canvas.text, "muted", room=room)], gap=2)


def same_size(boxes: Sequence[Box]) -> list[Box]:
    """Give boxes that take turns at one place the room of the largest.

    >>> [box.height for box in same_size([space(1, 2), space(1, 5)])]
    [5, 5]
    """
    width = max(box.width for box in boxes)
    height = max(box.height for box in boxes)
    return [Box(width, height, box.parts) for box in boxes]


def largest(most: float, least: float, fits: Callable[[int], bool]) -> int | None:
    """Return the largest whole side from `least` to `most` that fits; ``None`` if none does.

    What fits at one side fits at every smaller one: a few tries are enough.

    >>> largest(56, 30, lambda side: side * 20 <= 1024), largest(56, 30, lambda side: side < 9)
    (51, None)
    """
    sides = range(int(least), int(most) + 1)
    below = bisect(sides, False, key=lambda side: not fits(side))
    return sides[below - 1] if below else None
