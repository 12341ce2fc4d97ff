"""A residual block on a small map: two convolutions, and the input added by a shortcut."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from generator.engine.trace_residual import numbered, relu, residual
from generator.errors import Problem
from generator.examples._branches import arrow
from generator.examples._kind import Kind, Solved
from generator.examples._page import headed, page, same_size
from generator.examples._sum import summands
from generator.examples._words import spoken
from generator.model import Example, Rows, Step
from generator.numerals import factor, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, column, row, sheet
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
)
from generator.spec.fields import param
from generator.spec.matrix import Matrix, MatrixField

#: Larger maps would make more steps than a page shows.
_WIDEST = 5
_INPUT = Matrix(((1, 2, 0), (0, 1, 3), (2, 0, 1)))
_FIRST = Matrix(((0, 1, 0), (1, -1, 0), (0, 0, 1)))
_SECOND = Matrix(((1, 0, 0), (0, -1, 0), (0, 0, 1)))


@dataclass(frozen=True, slots=True)
class Params:
    """The map that comes in, and the kernels of the two convolutions."""

    input: Matrix = param(MatrixField("the numbers that come in", line=False, picture=5), _INPUT)
    first: Matrix = param(MatrixField("the first kernel", line=False), _FIRST)
    second: Matrix = param(MatrixField("the second kernel", line=False), _SECOND)

    def problems(self) -> Iterable[Problem]:
        """Yield what is too large, and kernels without a middle."""
        if max(self.input.height, self.input.width) > _WIDEST:
            wanted = f"at most {_WIDEST} × {_WIDEST}, so that every step can be shown"
            yield Problem("", "input", self.input.size, wanted)
        for name, kernel in (("first", self.first), ("second", self.second)):
            even = kernel.height % 2 == 0 or kernel.width % 2 == 0
            if even or max(kernel.height, kernel.width) > _WIDEST:
                wanted = f"odd sides of at most {_WIDEST}, so that the map keeps its size"
                yield Problem("", name, kernel.size, wanted)


def solve(p: Params) -> Solved:
    """Convolve twice, add the input."""
    maps = residual(p.input.rows, p.first.rows, p.second.rows)
    steps = numbered(maps)
    z, f, y = (rows for rows, _ in maps)
    says = (
        "The block computes F(x) by two convolutions with relu between them, adds x as it came in,"
        f" and cuts what is negative: the first cell is relu({factor(f[0][0])} +"
        f" {factor(p.input.rows[0][0])}) = {shown(y[0][0])}."
    )
    alt = (
        f"A residual block on a {p.input.size} map x: {spoken(p.input.rows)}. First convolution z:"
        f" {spoken(z)}. Second convolution F(x): {spoken(f)}. Output y: {spoken(y)}."
    )
    told = tuple(_named(step) for step in steps)
    return Solved((z, f, y), told, alt, says)


def _named(step: Step) -> Step:
    says = f"{('z', 'F(x)', 'y')[step.at[0]]}, {step.says[0].lower()}{step.says[1:]}"
    return Step(step.index, step.at, step.window, step.terms, step.value, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the maps of the block, filled cell by cell."""
    maps = residual(p.input.rows, p.first.rows, p.second.rows)
    look = _Look(p, tuple(rows for rows, _ in maps), example.steps, canvas)
    room = canvas.width

    def foot(step: Step) -> Box:
        return arithmetic(_sum(step), canvas.text * 1.15, room)

    @cache
    def around() -> tuple[list[Box], list[Box]]:
        steps = example.steps
        heads = [
            headed(f"{title}, step {step.index} of {len(steps)}", step.says, room, canvas)
            for step in steps
        ]
        return same_size(heads), same_size([foot(step) for step in steps])

    def frame(number: int) -> Scene:
        heads, feet = around()
        parts = [heads[number - 1], look.drawn(example.steps[number - 1]), feet[number - 1]]
        return sheet(page(parts, canvas), canvas.margin, paper=canvas.titled)

    def poster() -> Scene:
        head = headed(title, example.says, room, canvas)
        return sheet(page([head, look.drawn(None)], canvas), canvas.margin)

    return Film(title, example.alt, poster, frame, len(example.steps))


def _sum(step: Step) -> list[Chunk]:
    """Return the arithmetic of a step; products with zero are pale."""
    chunks: list[Chunk] = []
    if step.at[0] == 2:
        for i, term in enumerate(step.terms):
            before, after = ("+ ", ")") if i else ("relu(", "")
            chunks.append([
                (before, "muted", "regular"), (factor(term.x), "window-ink", "bold"),
                (after, "muted", "regular"),
            ])  # fmt: skip
    else:
        chunks += summands(step.terms)
    chunks.append([("=", "muted", "regular"), (f" {shown(step.value)}", "result-ink", "bold")])
    return chunks


@dataclass(frozen=True, slots=True)
class _Look:
    """What does not change from step to step."""

    p: Params
    maps: tuple[Rows, ...]
    steps: tuple[Step, ...]
    canvas: Canvas

    def drawn(self, step: Step | None) -> Box:
        """Draw x ∗ first = z, relu(z) ∗ second = F(x), x + F(x) → y."""
        tried = [(side, square) for square in (False, True) for side in range(44, 19, -2)]
        fitting = (each for each in tried if self._lines(None, *each).width <= self.canvas.width)
        return self._lines(step, *next(fitting, tried[-1]))

    def _lines(self, step: Step | None, side: float, square: bool) -> Box:
        """Draw it with cells of a height; squares, or as wide as their numbers want them."""
        p, canvas = self.p, self.canvas
        sides = side, side if square else 0
        z, f, y = self.maps
        done = step.index if step else len(self.steps)
        count = p.input.height * p.input.width
        at = step.at[0] if step else -1
        x = self._map("x", p.input.rows, sides, step if at == 0 else None, p.first.rows)
        kept = self._map("relu(z)", relu(z), sides, step if at == 1 else None, p.second.rows,
                         until=min(done, count))  # fmt: skip
        made = [
            self._made(name, rows, sides, done - k * count, at == k)
            for k, (name, rows) in enumerate((("z", z), ("F(x)", f), ("y", y)))
        ]
        kernels = [
            labelled(name, "", weights_grid(rows, side, width=sides[1]), canvas)
            for name, rows in (("kernel 1", p.first.rows), ("kernel 2", p.second.rows))
        ]
        again = self._map("x, shortcut", p.input.rows, sides, step if at == 2 else None, ((1,),))
        gap = side * (0.2 if canvas.name == "narrow" else 0.35)
        first = [x, self._sign("∗"), kernels[0], self._sign("="), made[0]]
        second = [kept, self._sign("∗"), kernels[1], self._sign("="), made[1]]
        last = row([again, self._sign("+"), made[1], self._sign("→"), made[2]], gap)
        if canvas.name != "slide":
            return column([row(first, gap), row(second, gap), last], gap=14)
        upper = row([*first, self._sign("→"), *second], gap)
        both = column([upper, last], gap=48)
        middle = x.width / 2
        line = arrow(middle, upper.height + 6, middle, upper.height + 42)
        return Box(both.width, both.height, (*both.parts, *line))

    def _sign(self, text: str) -> Box:
        return sign(text, self.canvas)

    def _map(
        self,
        name: str,
        rows: Rows,
        sides: tuple[float, float],
        step: Step | None,
        kernel: Rows,
        until: int = 999,
    ) -> Box:
        """Draw a map that is read: what a step reads of it stands out."""
        read: set[tuple[int, int]] = set()
        if step:
            r, c = step.at[1:]
            high, wide = len(kernel) // 2, len(kernel[0]) // 2
            read = {(r + i, c + j) for i in range(-high, high + 1) for j in range(-wide, wide + 1)}
        cells = [
            [self._cell(rows, r, c, (r, c) in read, until) for c in range(len(rows[0]))]
            for r in range(len(rows))
        ]
        later = {shown(cell) for line in rows for cell in line}
        inside = sorted((r, c) for r, c in read if 0 <= r < len(rows) and 0 <= c < len(rows[0]))
        frames: Sequence[Frame] = ()
        if inside:
            (top, left), (bottom, right) = inside[0], inside[-1]
            frames = [Frame("window", top, left, bottom - top + 1, right - left + 1)]
        body = grid(cells, sides[0], frames, later, sides[1] or roomy(later, sides[0]))
        return labelled(name, "", body, self.canvas)

    def _cell(self, rows: Rows, r: int, c: int, read: bool, until: int) -> Cell:
        if r * len(rows[0]) + c >= until:
            return Cell(role="empty")
        text = shown(rows[r][c])
        return Cell(text, "window-cell", "ink", "bold") if read else Cell(text)

    def _made(
        self, name: str, rows: Rows, sides: tuple[float, float], until: int, now: bool
    ) -> Box:
        """Draw a map that is made, as far as it is."""
        width = len(rows[0])

        def cell(index: int) -> Cell:
            if index >= until:
                return Cell(role="empty")
            text = shown(rows[index // width][index % width])
            if now and index == until - 1:
                return Cell(text, "result-cell", "result-ink", "bold")
            return Cell(text, "result-cell", "result-ink")

        cells = [[cell(r * width + c) for c in range(width)] for r in range(len(rows))]
        frames = [Frame("result", *divmod(until - 1, width), 1, 1)] if now else []
        later = {shown(each) for line in rows for each in line}
        body = grid(cells, sides[0], frames, later, sides[1] or roomy(later, sides[0]))
        return labelled(name, "", body, self.canvas)


KIND = Kind(
    title="A residual block",
    says="two convolutions and a shortcut: what a residual block makes of a small map",
    params=Params,
    solve=solve,
    draw=draw,
)
