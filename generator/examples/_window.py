"""A window that slides over a grid: the picture that convolution and pooling share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, TypeAlias

from generator.engine.shapes import PaddingMode, Plane
from generator.engine.trace import read
from generator.examples._page import headed, page, same_size
from generator.model import Example, Region, Rows, Step, Term
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, column, row, sheet
from generator.scene.marks import Role
from generator.scene.parts import (
    Cell,
    Chunk,
    Frame,
    arithmetic,
    grid,
    labelled,
    roomy,
    sign,
    weights_grid,
    words,
)

#: A picture of the whole lists every step up to this many.
_LEDGER = 16
#: Below this side a cell is a dot [px].
_SMALLEST = 8
#: Kernel and output share a line if their cells are no smaller than this [px].
_TWO = 26
#: All in a row; the input above the others; each below the one before.
Arrangement: TypeAlias = Literal["row", "two", "column"]


@dataclass(frozen=True, slots=True)
class Sliding:
    """What slides over what.

    Parameters
    ----------
    x
        The input.
    plane
        How the window walks.
    mode
        What the padding holds; ``None`` if nothing in it is ever read, as in max pooling.
    line
        Whether input and output are lines.
    kernel
        The weights that are shown, and their name; ``None`` for pooling.
    result
        The name of the output.
    sum
        The arithmetic of a step in chunks.
    reads
        The name of the input.
    """

    x: Rows
    plane: Plane
    mode: PaddingMode | None
    line: bool
    kernel: tuple[str, Rows] | None
    result: str
    sum: Callable[[Step], Sequence[Chunk]]
    reads: str = "input"


def film(
    story: Sliding, example: Example, title: str, canvas: Canvas, look: Look | None = None
) -> Film:
    """Draw the poster and one frame for every step, all frames of one size.

    `look` draws the grids; if none is given, they are the largest that fit.
    """
    steps = example.steps
    look = look or fitting(story, steps, canvas)
    room = max(look.grids(steps[0]).width, canvas.width * 0.75)

    def foot(step: Step) -> Box:
        return arithmetic(story.sum(step), canvas.text * 1.25, room)

    def head(step: Step) -> Box:
        heading = f"{title}, step {step.index} of {len(steps)}"
        return headed(heading, _place(story, step), room, canvas)

    @cache
    def around() -> tuple[list[Box], list[Box]]:
        return same_size([head(step) for step in steps]), same_size([foot(step) for step in steps])

    def frame(number: int) -> Scene:
        heads, feet = around()
        parts = [heads[number - 1], look.grids(steps[number - 1]), feet[number - 1]]
        return sheet(page(parts, canvas), canvas.margin, paper=canvas.titled)

    def poster() -> Scene:
        return _poster(look, example, title, room, foot(steps[-1]))

    return Film(title, example.alt, poster, frame, len(steps))


def _poster(look: Look, example: Example, title: str, room: float, foot: Box) -> Scene:
    """Draw the whole: every sum if there are few, else the last step."""
    story, steps, canvas = look.story, look.steps, look.canvas
    head = headed(title, example.says, room, canvas)
    if len(steps) > _LEDGER or foot.height > canvas.text * 4:
        head = headed(f"{title}, the last of {len(steps)} steps", example.says, room, canvas)
        return sheet(page([head, look.grids(steps[-1]), foot], canvas), canvas.margin)
    names = same_size([words(_short(story, step), canvas.note, "muted") for step in steps])
    sums = [arithmetic(story.sum(step), canvas.text, room - names[0].width - 16) for step in steps]
    lines = [row([name, total], gap=16) for name, total in zip(names, sums, strict=True)]
    ledger = column(lines, gap=4)
    return sheet(page([head, look.grids(None), ledger], canvas), canvas.margin)


def reading(
    x: Rows,
    plane: Plane,
    mode: PaddingMode | None,
    side: float,
    terms: Sequence[Term] = (),
    window: Region | None = None,
    *,
    noted: bool = True,
    part: Region | None = None,
) -> Box:
    """Draw an input with its padding, and the window on it.

    Parameters
    ----------
    x, plane, mode
        As in :class:`Sliding`.
    side
        Of a cell [px].
    terms
        What is read now; empty if nothing is.
    window
        Where the window stands.
    noted
        Whether the weights ride in the corners of the cells that are read.
    part
        Which cells are drawn; all of them, and the padding, if it is not given.
    """
    rows, columns = plane.rows, plane.columns
    visited = rows.visits(), columns.visits()
    weights = {term.at: shown(term.w) for term in terms if term.at}

    def cell(r: int, c: int) -> Cell:
        inside = 0 <= r < rows.size and 0 <= c < columns.size
        text = shown(read(x, r, c, mode or "zeros")) if inside or mode else ""
        if (r, c) in weights:
            note = f"×{weights[r, c]}" if noted else ""
            return Cell(text, "window-cell", "ink", "bold", note)
        if not inside:
            return Cell(text, "padding", "muted")
        read_ = visited[0][r] and visited[1][c]
        ink: Role = "muted" if window else "ink"
        return Cell(text, "cell" if read_ else "unread", ink, struck=not read_)

    whole = part is None
    part = part or Region(-rows.before, -columns.before, rows.padded, columns.padded)
    top, left = part.top, part.left
    cells = [[cell(r, c) for c in range(left, part.right + 1)] for r in range(top, part.bottom + 1)]
    at = window
    frames = [Frame("window", at.top - top, at.left - left, at.height, at.width)] if at else []
    # The numbers at the edges of a part stand over squares.
    wide = roomy({cell.text for line in cells for cell in line}, side) if whole else side
    return grid(cells, side, frames, width=wide)


def _place(story: Sliding, step: Step) -> str:
    window = step.window or Region(0, 0, 1, 1)
    rows, columns = story.plane.rows, story.plane.columns
    across = _span(window.left, window.right)
    where = (
        f"cells {across}"
        if story.line
        else (f"rows {_span(window.top, window.bottom)} and columns {across}")
    )
    outside = window.left < 0 or window.top < 0
    outside |= window.right >= columns.size or window.bottom >= rows.size
    said = f"The window stands on {where} of the input."
    return f"{said} What lies outside the input is padding." if outside else said


def _span(first: int, last: int) -> str:
    return f"{shown(first + 1)} to {shown(last + 1)}" if first != last else shown(first + 1)


def _short(story: Sliding, step: Step) -> str:
    if story.line:
        return f"position {step.at[0] + 1}"
    return f"row {step.at[0] + 1}, column {step.at[1] + 1}"


def fitting(story: Sliding, steps: tuple[Step, ...], canvas: Canvas) -> Look:
    """Return the largest grids that fit: beside each other if they can be read so, else below."""
    least_sides: dict[Arrangement, float] = {
        "row": canvas.least,
        "two": _TWO,
        "column": _SMALLEST,
    }
    reads, makes = story.plane.columns.padded, story.plane.columns.output
    makes += len(story.kernel[1][0]) if story.kernel else 0
    across = {"row": reads + makes, "two": max(reads, makes), "column": reads}
    tried = [
        Look(story, steps, canvas, side, arrangement)
        for arrangement, least in least_sides.items()
        for side in range(int(canvas.cell), int(least) - 1, -2)
    ]
    # Cells that alone are too wide need not be drawn to be measured.
    fitting = (
        look
        for look in tried
        if across[look.arrangement] * look.side <= canvas.width
        and look.grids(steps[-1]).width <= canvas.width
    )
    return next(fitting, tried[-1])


def _gap(canvas: Canvas) -> float:
    return canvas.cell * 0.5


@dataclass(frozen=True, slots=True)
class Look:
    """Everything about the grids that does not change from step to step."""

    story: Sliding
    steps: tuple[Step, ...]
    canvas: Canvas
    side: float
    arrangement: Arrangement

    def grids(self, step: Step | None) -> Box:
        """Draw input, kernel and output as they stand at a step; ``None``: when all is done."""
        gap = _gap(self.canvas)
        reading, weighing, output = self.reading(step), self.weighing(), self.making(step)
        makes = [output]
        if weighing and self.arrangement != "column":
            makes = [sign("∗", self.canvas), weighing, sign("=", self.canvas), output]
        if self.arrangement == "row":
            return row([reading, *(makes if weighing else [sign("→", self.canvas), output])], gap)
        between = [weighing] if weighing and self.arrangement == "column" else []
        return column([reading, *between, row(makes, gap * 0.6)], gap)

    def reading(self, step: Step | None) -> Box:
        """Draw the input, with the window at a step."""
        story = self.story
        terms, window = (step.terms, step.window) if step else ((), None)
        noted = story.kernel is not None
        body = reading(story.x, story.plane, story.mode, self.side, terms, window, noted=noted)
        rows, columns = story.plane.rows, story.plane.columns
        size = self._size(rows.size, columns.size)
        if (rows.padded, columns.padded) != (rows.size, columns.size):
            size += f", padded {self._size(rows.padded, columns.padded)}"
        return labelled(self.story.reads, size, body, self.canvas)

    def weighing(self) -> Box | None:
        """Draw the kernel, if there is one."""
        if self.story.kernel is None:
            return None
        name, rows = self.story.kernel
        body = weights_grid(rows, self.side)
        return labelled(name, self._size(len(rows), len(rows[0])), body, self.canvas)

    def making(self, step: Step | None) -> Box:
        """Draw the output as far as it is known at a step; before the first its index is 0."""
        height, width = self.story.plane.output
        until = step.index if step else len(self.steps)

        def cell(index: int) -> Cell:
            if index >= until:
                return Cell(role="empty")
            text = shown(self.steps[index].value)
            if step and index == until - 1:
                return Cell(text, "result-cell", "result-ink", "bold")
            return Cell(text, "cell", "ink") if step else Cell(text, "result-cell", "result-ink")

        cells = [[cell(r * width + c) for c in range(width)] for r in range(height)]
        frames = [Frame("result", 0, 0, height, width)]
        if step:
            at = divmod(step.index - 1, width)
            frames = [Frame("result", *at, 1, 1)] if step.index else []
        texts = {shown(each.value) for each in self.steps}
        body = grid(cells, self.side, frames, texts, roomy(texts, self.side))
        return labelled(self.story.result, self._size(height, width), body, self.canvas)

    def _size(self, height: int, width: int) -> str:
        return str(width) if self.story.line else f"{height} × {width}"
