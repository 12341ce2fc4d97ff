"""A matrix of grey values as a picture, each with its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._page import headed, page
from generator.examples.image_matrix import pointed
from generator.model import Example, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, sheet
from generator.scene.parts import Cell, Frame, grid, labelled
from generator.scene.theme import on_grey
from generator.spec.fields import param
from generator.spec.matrix import Matrix, MatrixField

_CROSS = Matrix((
    (40, 40, 200, 40, 40),
    (40, 40, 200, 40, 40),
    (200, 200, 255, 200, 200),
    (40, 40, 200, 40, 40),
    (40, 40, 200, 40, 40),
))  # fmt: skip
#: More cells than this cannot be read on a phone.
_WIDEST = 12


@dataclass(frozen=True, slots=True)
class Params:
    """The grey values."""

    input: Matrix = param(
        MatrixField(
            "grey values, from 0 (black) to 255 (white)",
            line=False,
            widest=_WIDEST,
            picture=_WIDEST,
        ),
        _CROSS,
    )

    def problems(self) -> Iterable[Problem]:
        """Yield what is no grey value."""
        for i, row in enumerate(self.input.rows, 1):
            for j, number in enumerate(row, 1):
                if not (isinstance(number, int) and 0 <= number <= 255):
                    where = f"input, row {i}, column {j}"
                    yield Problem("", where, shown(number), "a whole number from 0 to 255")


def solve(p: Params) -> Solved:
    """Point at the darkest and at the brightest cell."""
    shades = cast("tuple[tuple[int, ...], ...]", p.input.rows)
    cells = [(level, r, c) for r, line in enumerate(shades) for c, level in enumerate(line)]
    low, high = min(cells), max(cells, key=lambda cell: cell[0])
    steps = pointed(1, low, "darkest"), pointed(2, high, "brightest")
    says = (
        f"{p.input.size} pixels, each with its number: from {low[0]} to {high[0]} here; 0 is black "
        "and 255 is white."
    )
    # All of the numbers: somebody who cannot see the picture has nothing else.
    rows = "; ".join(f"row {i}: {', '.join(map(str, row))}" for i, row in enumerate(shades, 1))
    return Solved(p.input.rows, steps, f"A grey picture of {says} {rows.capitalize()}.", says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw every cell in its shade; the frames point at cells."""
    steps = example.steps

    def scene(step: Step | None) -> Scene:
        shades = cast("tuple[tuple[int, ...], ...]", p.input.rows)
        cells = [[Cell(str(v), ink=on_grey(v), shade=v) for v in line] for line in shades]
        frames = [Frame("window", step.at[0], step.at[1], 1, 1)] if step else []
        side = min(canvas.cell, canvas.width / p.input.width)
        body = labelled("picture", p.input.size, grid(cells, side, frames), canvas)
        head = headed(title, step.says if step else example.says, canvas.width, canvas)
        if canvas.titled:
            # The sentences are of different lengths; the frames of a film are not.
            body = Box(canvas.width, body.height, body.marks)
        return sheet(page([head, body], canvas), canvas.margin, paper=canvas.titled)

    return Film(title, example.alt, lambda: scene(None), lambda n: scene(steps[n - 1]), len(steps))


KIND = Kind(
    title="A picture in numbers",
    says="a matrix of grey values as a picture, with the number in each cell",
    params=Params,
    solve=solve,
    draw=draw,
)
