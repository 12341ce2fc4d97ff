"""A film of one body that changes from step to step, and panels that stand beside each other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from generator.examples._page import headed, page, same_size
from generator.model import Example, Step
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, column, row, sheet, space
from generator.scene.parts import labelled, words

#: Draws a part of the figure as it stands at a step; ``None``: the whole.
Part = Callable[[Step | None], Box]


def nothing(step: Step | None) -> Box:
    """Return no foot."""
    return space()


def steady(step: Step) -> Hashable:
    """Say that the bodies of all steps have one size."""
    return None


@dataclass(frozen=True, slots=True)
class Story:
    """What a figure shows at a step.

    Parameters
    ----------
    body
        The grids.
    foot
        The arithmetic below them.
    says
        The sentence under a step's heading: the step's own, unless the foot says it already.
    alike
        Steps of the same answer have bodies of the same size: only one of them is measured.
        Every step is, if nothing is said.
    """

    body: Part
    foot: Part = nothing
    says: Callable[[Step], str] = lambda step: step.says
    alike: Callable[[Step], Hashable] = lambda step: step.index


def film(story: Story, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the poster and one frame for every step, all frames of one size."""
    steps = example.steps

    @cache
    def largest() -> Box:
        measured = {story.alike(step): step for step in steps}.values()
        return same_size([story.body(step) for step in measured])[0]

    @cache
    def whole() -> Box:
        return story.body(None)

    @cache
    def room() -> float:
        return max(whole().width, canvas.width * 0.75)

    def head(step: Step) -> Box:
        heading = f"{title}, step {step.index} of {len(steps)}"
        return headed(heading, story.says(step), room(), canvas)

    @cache
    def around() -> tuple[list[Box], list[Box]]:
        return same_size([head(step) for step in steps]), same_size(list(map(story.foot, steps)))

    def frame(number: int) -> Scene:
        heads, feet = around()
        body = same_size([story.body(steps[number - 1]), space(largest().width, largest().height)])
        parts = [heads[number - 1], body[0], feet[number - 1]]
        return sheet(page(parts, canvas), canvas.margin, paper=canvas.titled)

    def poster() -> Scene:
        head = headed(title, example.says, room(), canvas)
        parts = [head, whole(), story.foot(None)]
        return sheet(page(parts, canvas), canvas.margin, paper=canvas.titled)

    return Film(title, example.alt, poster, frame, len(steps))


def shelving(across: Sequence[int], canvas: Canvas, gap: float) -> tuple[float, int]:
    """Return how large cells can be, and how many panels stand in a row.

    As many as leave the cells large enough to be read; one, if no two do.

    Parameters
    ----------
    across
        The width of every panel [cells].
    gap
        Between two panels [px].

    Examples
    --------
    >>> from generator.scene.canvas import NARROW, SLIDE
    >>> shelving([6, 8, 10], SLIDE, 32), shelving([6, 8, 10], NARROW, 32)
    ((40, 3), (32, 1))
    """
    side = 0.0
    # Two rows of the same length, never three panels and one left over.
    for columns in [n for n in (len(across), -(-len(across) // 2), 1) if n]:
        rows = [across[i : i + columns] for i in range(0, len(across), columns)]
        side = min((canvas.width - gap * (len(each) - 1)) // sum(each) for each in rows)
        if side >= canvas.least:
            return min(side, canvas.cell), columns
    return side, 1


def shelved(panels: Sequence[Box], columns: int, gap: float) -> Box:
    """Set panels in rows of so many."""
    rows = [row(panels[i : i + columns], gap) for i in range(0, len(panels), columns)]
    return column(rows, gap * 0.75)


def shelf_room(widths: Sequence[float], columns: int, canvas: Canvas, gap: float) -> float:
    """Return how wide the caption of a panel may be, with so many panels in a row [px].

    Panels share a row alike; what a grid needs beyond its share is taken from the others.

    >>> from generator.scene.canvas import PAGE
    >>> shelf_room([100, 100], 2, PAGE, 36), shelf_room([100, 400], 2, PAGE, 36)
    (300.0, 200.0)
    """
    rooms = []
    for first in range(0, len(widths), columns):
        free, left = canvas.width - gap * (columns - 1), columns
        for width in sorted(widths[first : first + columns], reverse=True):
            if width <= free / left or left == 1:
                break
            free, left = free - width, left - 1
        rooms.append(free / left)
    return min(rooms)


def captioned(name: str, size: str, body: Box, canvas: Canvas, room: float) -> Box:
    """Name a panel as :func:`labelled` does, in more lines where one is too long for the room.

    >>> from generator.scene.canvas import NARROW
    >>> long = "P = 1 to 2, output 3 × 12"
    >>> [round(captioned("same", long, space(50, 20), NARROW, room).width) for room in (300, 90)]
    [217, 59]
    """
    one_line = labelled(name, size, body, canvas)
    room = max(room, body.width)
    if one_line.width <= room:
        return one_line
    lines = [
        words(name, canvas.text, weight="semibold", room=room),
        words(size, canvas.note, "muted", room=room),
    ]
    stack = column([*lines, space(height=6), body])
    return replace(stack, axis=stack.height - body.height / 2)
