"""Dilation: the same weights, read further apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import convolve
from generator.errors import Problem
from generator.examples._kernel import kernel_field
from generator.examples._kind import Kind, Solved
from generator.examples._several import Several
from generator.examples._story import Story, film, steady
from generator.examples._window import Sliding, fitting
from generator.examples._words import count, listing, spoken
from generator.examples.convolution import chunks
from generator.model import Example, Step
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.marks import Disc, Mark, Rect
from generator.scene.parts import Chunk, arithmetic, labelled
from generator.spec.fields import Whole, param
from generator.spec.matrix import Drawn, Matrix, MatrixField
from generator.spec.padding import axis

_DRAWN = Drawn((7, 7), 0, 9, "moss-3")
_CROSS = Matrix(((1, 0, 1), (0, 1, 0), (1, 0, 1)))
#: A wider pattern would have no room beside the others; a wider input could not be read.
_WIDEST, _WIDEST_INPUT = 21, 16


@dataclass(frozen=True, slots=True)
class Params:
    """An input, a kernel, the dilation that is computed, and those it is compared with."""

    input: Matrix = param(
        MatrixField("the numbers the window reads", line=False, picture=16),
        Matrix(_DRAWN.rows(), origin=_DRAWN),
    )
    kernel: Matrix = param(
        kernel_field(),
        _CROSS,
    )
    dilation: int = param(Whole("D, the dilation that is computed", least=1, most=8), 2)
    dilations: tuple[int, ...] = param(Several("the patterns that are shown", most=8), (1, 2, 3))

    def _axis(self, which: int) -> Axis | Problem:
        size = (self.input.height, self.input.width)[which]
        kernel = (self.kernel.height, self.kernel.width)[which]
        return axis(which, size, kernel, 1, ((0, 0), (0, 0)), self.dilation)

    @property
    def plane(self) -> Plane:
        """How the window walks."""
        rows, columns = (
            found for found in (self._axis(i) for i in (0, 1)) if isinstance(found, Axis)
        )
        return Plane(rows, columns)

    def extent(self, dilation: int) -> tuple[int, int]:
        """Rows and columns from end to end of what a dilated window reads, D(K − 1) + 1.

        >>> Params().extent(3)
        (7, 7)
        """
        height, width = (dilation * (k - 1) + 1 for k in (self.kernel.height, self.kernel.width))
        return height, width

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for which, word in enumerate(("rows", "columns")):
            size = (self.input.height, self.input.width)[which]
            if isinstance(found := self._axis(which), Problem):
                yield found
            if size > _WIDEST_INPUT:
                yield Problem("", "input", f"{size} {word}", f"at most {_WIDEST_INPUT}, to be read")
        for dilation in self.dilations:
            if max(self.extent(dilation)) > _WIDEST:
                got = f"{dilation}, a window of {_by(self.extent(dilation))}"
                yield Problem("", "dilations", got, f"windows of at most {_WIDEST} cells")


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def solve(p: Params) -> Solved:
    """Slide with the dilation that is computed."""
    rows, steps = convolve(p.input.rows, p.kernel.rows, p.plane)
    spans = [f"D = {d} spans {_by(p.extent(d))} cells" for d in p.dilations]
    weights = count(p.kernel.height * p.kernel.width, "weight")
    says = (
        f"The same {weights}, read further apart: {listing(spans)}. Computed with"
        f" D = {p.dilation}: a {p.input.size} input gives {_by(p.plane.output)} numbers."
    )
    alt = (
        f"{says} Input {spoken(p.input.rows)}. Kernel {spoken(p.kernel.rows)}."
        f" Output with D = {p.dilation}: {spoken(rows)}."
    )
    return Solved(rows, steps, alt, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the patterns, and below them the convolution with one of them."""
    story = Sliding(
        p.input.rows, p.plane, "zeros", False, ("kernel", p.kernel.rows), "output", chunks
    )
    look = fitting(story, example.steps, canvas)
    patterns = _patterns(p, canvas)
    spans = column(
        [arithmetic(_spanned(p, d), canvas.text * 1.1, canvas.width) for d in p.dilations], gap=4
    )
    # Beside the patterns if there is room; else below the whole.
    beside = row([patterns, spans], canvas.cell)
    if beside.width <= canvas.width:
        patterns, spans = beside, space()

    def body(step: Step | None) -> Box:
        return column([patterns, look.grids(step)], gap=canvas.cell * 0.5)

    def foot(step: Step | None) -> Box:
        if step:
            return arithmetic(chunks(step), canvas.text * 1.25, canvas.width)
        return spans

    return film(Story(body, foot, alike=steady), example, title, canvas)


def _patterns(p: Params, canvas: Canvas) -> Box:
    """Draw what a window reads with every dilation, all on fields of one size."""
    widest = max(p.extent(d)[1] for d in p.dilations)
    gap = canvas.cell * 0.5
    room = (canvas.width - gap * (len(p.dilations) - 1)) / len(p.dilations)
    side = min(canvas.cell * 0.45, room / widest)
    panels = []
    for dilation in p.dilations:
        body = _pattern(p, dilation, side)
        name = f"D = {dilation}"
        if dilation == p.dilation and len(p.dilations) > 1 and canvas.name != "narrow":
            name += ", below"
        size = _by(p.extent(dilation))
        panel = labelled(name, size, body, canvas)
        panels.append(panel if panel.width <= room else labelled(name, "", body, canvas))
    strip = row([replace(panel, axis=0) for panel in panels], gap)
    return replace(strip, axis=None)


def _pattern(p: Params, dilation: int, side: float) -> Box:
    """Draw the cells from end to end of a window, with a dot in those that it reads."""
    height, width = p.extent(dilation)
    tallest, widest = (max(sides) for sides in zip(*map(p.extent, p.dilations), strict=True))
    top, left = (tallest - height) // 2, (widest - width) // 2
    marks: list[Mark] = []
    for r in range(tallest):
        for c in range(widest):
            i, j = r - top, c - left
            under = 0 <= i < height and 0 <= j < width
            reads = under and i % dilation == 0 and j % dilation == 0
            marks.append(Rect(c * side, r * side, side, side, "window-cell" if reads else "empty"))
            if reads:
                marks.append(Disc((c + 0.5) * side, (r + 0.5) * side, side * 0.22, "window-ink"))
    frame = Rect(left * side, top * side, width * side, height * side, "window")
    return Box(widest * side, tallest * side, (*marks, frame))


def _spanned(p: Params, dilation: int) -> list[Chunk]:
    """Return the length of a dilated window as a sum."""
    sides = (p.kernel.height, p.kernel.width)
    axes = {"": sides[0]} if sides[0] == sides[1] else {"rows ": sides[0], "columns ": sides[1]}
    found: list[Chunk] = [[(f"D = {dilation}:", "muted", "regular")]]
    found += [
        [
            (f"{word}{dilation}·(", "muted", "regular"),
            (str(k), "kernel-ink", "bold"),
            (" − 1) + 1 = ", "muted", "regular"),
            (str(dilation * (k - 1) + 1), "window-ink", "bold"),
        ]
        for word, k in axes.items()
    ]
    return found


KIND = Kind(
    title="Dilation",
    says="the same weights read further apart: the patterns, and one of them computed",
    params=Params,
    solve=solve,
    draw=draw,
)
