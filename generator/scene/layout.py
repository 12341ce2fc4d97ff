"""Boxes that stand beside and below each other, so that nobody has to count pixels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.scene.film import Scene
from generator.scene.marks import Mark, Rect

Align: TypeAlias = Literal["start", "middle", "end"]
_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True, slots=True)
class Box:
    """Marks and the room they take [px]; the box's corner is at (0, 0).

    Parameters
    ----------
    width, height
        The room it takes.
    marks
        In drawing order.
    axis
        The height at which neighbours in a row are aligned; the middle if it is not given.
    """

    width: float
    height: float
    marks: tuple[Mark, ...] = ()
    axis: float | None = None

    @property
    def centre(self) -> float:
        """Where the box's axis lies, from its top."""
        return self.height / 2 if self.axis is None else self.axis

    def moved(self, dx: float, dy: float) -> tuple[Mark, ...]:
        """Return the marks at another place."""
        return tuple(mark.move(dx, dy) for mark in self.marks)


def space(width: float = 0, height: float = 0) -> Box:
    """Return nothing, of a size."""
    return Box(width, height)


def over(*boxes: Box) -> Box:
    """Lay boxes on each other, the first at the bottom.

    >>> over(space(3, 1), space(1, 2)).width
    3
    """
    return Box(
        max(box.width for box in boxes),
        max(box.height for box in boxes),
        tuple(mark for box in boxes for mark in box.marks),
        boxes[0].axis,
    )


def row(boxes: Sequence[Box], gap: float = 0) -> Box:
    """Set boxes side by side, their axes on one line.

    >>> row([space(3, 2), space(1, 4)], gap=8).width
    12.0
    """
    above = max(box.centre for box in boxes)
    below = max(box.height - box.centre for box in boxes)
    marks: list[Mark] = []
    x = 0.0
    for box in boxes:
        marks += box.moved(x, above - box.centre)
        x += box.width + gap
    return Box(x - gap, above + below, tuple(marks), above)


def column(boxes: Sequence[Box], gap: float = 0, align: Align = "start") -> Box:
    """Set boxes below each other.

    >>> column([space(3, 2), space(1, 4)], gap=8).height
    14.0
    """
    width = max(box.width for box in boxes)
    marks: list[Mark] = []
    y = 0.0
    for box in boxes:
        marks += box.moved((width - box.width) * _SHARE[align], y)
        y += box.height + gap
    return Box(width, y - gap, tuple(marks))


def sheet(box: Box, margin: float, width: float | None = None, *, paper: bool = True) -> Scene:
    """Return a picture with `box` on it and `margin` around it, at least `width` wide.

    >>> sheet(space(100, 50), 8).width
    116
    """
    full = max(box.width + 2 * margin, width or 0)
    height = box.height + 2 * margin
    ground: tuple[Mark, ...] = (Rect(0, 0, full, height, "paper"),) if paper else ()
    return Scene(full, height, ground + box.moved((full - box.width) / 2, margin))
