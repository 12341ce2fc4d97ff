"""Boxes that stand beside and below each other, so that nobody has to count pixels.

To find the size that fits, a figure is laid out many times and drawn once. So a box knows its size
at once, and its marks are made and moved only when they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from generator.scene.film import Scene
from generator.scene.marks import Mark, Rect, move

Align: TypeAlias = Literal["start", "middle", "end"]
_SHARE = {"start": 0.0, "middle": 0.5, "end": 1.0}


class Later(NamedTuple):
    """Parts that are made when they are drawn."""

    make: Callable[[], Iterable[Part]]


class Group(NamedTuple):
    """Parts that are drawn at another place: `dx` to the right, `dy` down."""

    parts: tuple[Part, ...]
    dx: float
    dy: float


#: What a box holds.
Part: TypeAlias = "Mark | Group | Later"


@dataclass(frozen=True, slots=True)
class Box:
    """Parts and the room they take [px]; the box's corner is at (0, 0).

    Parameters
    ----------
    width, height
        The room it takes.
    parts
        In drawing order.
    axis
        The height at which neighbours in a row are aligned; the middle if it is not given.
    """

    width: float
    height: float
    parts: tuple[Part, ...] = ()
    axis: float | None = None

    @property
    def centre(self) -> float:
        """Where the box's axis lies, from its top."""
        return self.height / 2 if self.axis is None else self.axis

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Every mark in drawing order, at its place.

        >>> from generator.scene.marks import Disc
        >>> spot = Box(4, 4, (Disc(2, 2, 2, "ink"),))
        >>> [mark.x for mark in row([spot, spot], gap=1).marks]
        [2, 7.0]
        """
        found: list[Mark] = []
        _draw(self.parts, (), (), found)
        return tuple(found)

    def moved(self, dx: float, dy: float) -> tuple[Part, ...]:
        """Return the parts at another place."""
        return (Group(self.parts, dx, dy),)


def _draw(
    parts: Iterable[Part], across: tuple[float, ...], down: tuple[float, ...], to: list[Mark]
) -> None:
    """Put the marks of parts into a list, moved by one length after the other."""
    for part in parts:
        if isinstance(part, Group):
            # What is not moved is not added: columns move down only, most rows to the right only.
            further = (part.dx, *across) if part.dx else across
            lower = (part.dy, *down) if part.dy else down
            _draw(part.parts, further, lower, to)
        elif isinstance(part, Later):
            _draw(part.make(), across, down, to)
        elif across or down:
            to.append(move(part, across, down))
        else:
            to.append(part)


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
        tuple(part for box in boxes for part in box.parts),
        boxes[0].axis,
    )


def row(boxes: Sequence[Box], gap: float = 0) -> Box:
    """Set boxes side by side, their axes on one line.

    >>> row([space(3, 2), space(1, 4)], gap=8).width
    12.0
    """
    above = max(box.centre for box in boxes)
    below = max(box.height - box.centre for box in boxes)
    parts: list[Part] = []
    x = 0.0
    for box in boxes:
        parts += box.moved(x, above - box.centre)
        x += box.width + gap
    return Box(x - gap, above + below, tuple(parts), above)


def column(boxes: Sequence[Box], gap: float = 0, align: Align = "start") -> Box:
    """Set boxes below each other.

    >>> column([space(3, 2), space(1, 4)], gap=8).height
    14.0
    """
    width = max(box.width for box in boxes)
    parts: list[Part] = []
    y = 0.0
    for box in boxes:
        parts += box.moved((width - box.width) * _SHARE[align], y)
        y += box.height + gap
    return Box(width, y - gap, tuple(parts))


def sheet(box: Box, margin: float, width: float | None = None, *, paper: bool = True) -> Scene:
    """Return a picture with `box` on it and `margin` around it, at least `width` wide.

    >>> sheet(space(100, 50), 8).width
    116
    """
    full = max(box.width + 2 * margin, width or 0)
    height = box.height + 2 * margin
    ground: tuple[Part, ...] = (Rect(0, 0, full, height, "paper"),) if paper else ()
    drawn = Box(full, height, ground + box.moved((full - box.width) / 2, margin))
    return Scene(full, height, drawn.marks)
