"""Padding modes: four things that can stand in the padding, side by side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine.shapes import PADDING_MODES, PaddingMode, source
from generator.engine.trace import read
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._story import Story, film, shelved, shelving
from generator.examples._words import count, spoken
from generator.model import Example, Region, Rows, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box
from generator.scene.parts import Cell, Frame, grid, labelled
from generator.spec.fields import Whole, param
from generator.spec.matrix import Matrix, MatrixField

_DEFAULT = Matrix(((1, 2, 3), (4, 5, 6), (7, 8, 9)))
_RULES: dict[PaddingMode, str] = {
    "zeros": "0 everywhere",
    "reflect": "mirrored, edge once",
    "replicate": "the edge again",
    "circular": "the other end",
}
#: Every padded number stands in its cell: wider could not be read.
_WIDEST = 16


@dataclass(frozen=True, slots=True)
class Params:
    """An input, and how much is put around it."""

    input: Matrix = param(MatrixField("the numbers that are padded", picture=12), _DEFAULT)
    padding: int = param(Whole("P, cells added at each side", least=1, most=6), 2)
    row: int = param(Whole("the row that the film follows, counted from 1", least=1), 1)

    @property
    def down(self) -> int:
        """Padding above and below; a list has none."""
        return 0 if self.input.line else self.padding

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        x = self.input
        for size, word in ((x.width, "columns"), (x.height, "rows"))[: 1 if x.line else 2]:
            if size <= self.padding:
                wanted = f"at most {size - 1}: the input has {count(size, word[:-1])} to mirror"
                yield Problem("", "padding", str(self.padding), wanted)
            elif size + 2 * self.padding > _WIDEST:
                got = f"{size} {word}, {size + 2 * self.padding} with the padding"
                yield Problem("", "input", got, f"at most {_WIDEST} with the padding, to be read")
        if self.row > x.height:
            yield Problem("", "row", str(self.row), f"at most {x.height}, the rows of the input")


def padded(p: Params, mode: PaddingMode) -> Rows:
    """Return the input with its padding.

    >>> padded(Params(Matrix(((1, 2, 3),), line=True), 2), "reflect")
    ((3, 2, 1, 2, 3, 2, 1),)
    """
    x = p.input
    return tuple(
        tuple(read(x.rows, r, c, mode) for c in range(-p.padding, x.width + p.padding))
        for r in range(-p.down, x.height + p.down)
    )


def solve(p: Params) -> Solved:
    """Fill one row of padding outwards, left and then right, in each of the four ways."""
    steps: list[Step] = []
    outwards = [-k for k in range(1, p.padding + 1)]
    outwards += [p.input.width - 1 + k for k in range(1, p.padding + 1)]
    for which, mode in enumerate(PADDING_MODES):
        for c in outwards:
            value, at = read(p.input.rows, p.row - 1, c, mode), (which, c + p.padding)
            found = source(c, p.input.width, mode)
            window = None if found is None else Region(p.row - 1, found, 1, 1)
            edge, away = ("left", -c) if c < 0 else ("right", c - p.input.width + 1)
            where = f"{count(away, 'cell')} beyond the {edge} edge"
            says = f"{mode.capitalize()}: {where} stands {shown(value)}"
            says += "" if found is None else f", the number of column {found + 1}"
            steps.append(Step(len(steps) + 1, at, window, (), value, says + "."))
    result = tuple(padded(p, mode)[p.row - 1 + p.down] for mode in PADDING_MODES)
    size = p.input.size
    says = (
        f"Four ways to fill {count(p.padding, 'cell')} of padding around a {size} input. Zeros put"
        " a black edge around a picture; reflect mirrors the input at its outermost cell, replicate"
        " repeats that cell, and circular goes on at the opposite end."
    )
    told = " ".join(
        f"{mode}, row {p.row} becomes {spoken((line,))}."
        for mode, line in zip(PADDING_MODES, result, strict=True)
    )
    alt = (
        f"An input, {size}, with {count(p.padding, 'cell')} of padding, filled in four ways."
        f" Input {spoken(p.input.rows)}. {told}"
    )
    return Solved(result, tuple(steps), alt, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the four padded inputs, and where a padded number comes from."""
    gap = canvas.cell * 0.6
    across = [p.input.width + 2 * p.padding] * len(PADDING_MODES)
    side, columns = shelving(across, canvas, gap)

    def body(step: Step | None) -> Box:
        panels = [_panel(p, mode, step, side, canvas) for mode in PADDING_MODES]
        return panels[step.at[0]] if step and columns == 1 else shelved(panels, columns, gap)

    return film(Story(body, alike=lambda step: step.at[0]), example, title, canvas)


def _panel(p: Params, mode: PaddingMode, step: Step | None, side: float, canvas: Canvas) -> Box:
    x = p.input
    now = step if step and PADDING_MODES[step.at[0]] == mode else None
    at = (p.row - 1 + p.down, now.at[1]) if now else None
    from_ = (now.window.top + p.down, now.window.left + p.padding) if now and now.window else None

    def cell(r: int, c: int, text: str) -> Cell:
        if (r, c) == at:
            return Cell(text, "result-cell", "result-ink", "bold")
        if (r, c) == from_:
            return Cell(text, "window-cell", "window-ink", "bold")
        if 0 <= r - p.down < x.height and 0 <= c - p.padding < x.width:
            return Cell(text, "cell", "ink" if now or not step else "muted", "semibold")
        return Cell(text, "padding", "muted")

    cells = [
        [cell(r, c, shown(number)) for c, number in enumerate(line)]
        for r, line in enumerate(padded(p, mode))
    ]
    frames = [Frame("window", *from_, 1, 1)] if from_ else []
    frames += [Frame("result", *at, 1, 1)] if at else []
    width = len(cells[0]) * side
    rule = _RULES[mode] if width >= _RULED else ""
    return labelled(mode, rule, grid(cells, side, frames), canvas)


#: A panel narrower than this has no room for its rule beside its name [px].
_RULED = 236

KIND = Kind(
    title="What stands in the padding",
    says="zeros, reflect, replicate and circular padding of one input, side by side",
    params=Params,
    solve=solve,
    draw=draw,
)
