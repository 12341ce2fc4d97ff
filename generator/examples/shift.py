"""The same object elsewhere: a dense neuron answers otherwise, a convolution's map moves along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import convolve
from generator.engine.trace_channels import linear
from generator.errors import Problem, wrong
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._maps import drawn_pixel, is_drawing, products
from generator.examples._page import largest
from generator.examples._window import reading
from generator.examples._words import spoken
from generator.model import Example, Region, Rows, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.marks import Weight
from generator.scene.parts import (
    Cell,
    Chunk,
    Frame,
    arithmetic,
    grid,
    labelled,
    sign,
    weights_grid,
)
from generator.spec.fields import Field, gather, listed, param, whole
from generator.spec.matrix import Matrix, MatrixField

_WIDEST = 12
_SMALLEST = 12

_INPUT = Matrix(
    (
        (0, 1, 0, 0, 0, 0, 0, 0),
        (1, 1, 1, 0, 0, 0, 0, 0),
        (0, 1, 0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0, 0, 0, 0),
    )
)
_KERNEL = Matrix(((0, 1, 0), (1, 1, 1), (0, 1, 0)))


class ShiftField(Field[tuple[int, int]]):
    """How far something moves: rows down and columns to the right; negative up and left."""

    metavar = "[N,N]"

    def parse(self, value: object) -> tuple[int, int]:
        """Read two whole numbers."""
        items = listed(value)
        if items is None or len(items) != 2:
            raise wrong(value, "two whole numbers: rows down, columns to the right")
        named = zip(("rows", "columns"), items, strict=True)
        down, right = gather(named, lambda item: whole(item, -_WIDEST, _WIDEST))
        return down, right

    def show(self, value: tuple[int, int]) -> object:
        """Show a list."""
        return list(value)


@dataclass(frozen=True, slots=True)
class Params:
    """A picture with an object, how far it moves, and who looks at it."""

    input: Matrix = param(MatrixField("a picture with an object in it", line=False), _INPUT)
    by: tuple[int, int] = param(
        ShiftField("how far it moves: rows down, columns to the right"), (2, 4)
    )
    weights: Matrix | None = param(
        MatrixField("the dense neuron's weights, one a pixel; the picture's own numbers if not"
                    " given", line=False), None
    )  # fmt: skip
    kernel: Matrix = param(MatrixField("the convolution's kernel", line=False), _KERNEL)

    @property
    def dense(self) -> Rows:
        """The dense neuron's weights."""
        return (self.weights or self.input).rows

    @property
    def plane(self) -> Plane:
        """How the kernel walks."""
        x, w = self.input, self.kernel
        return Plane(Axis(x.height, w.height), Axis(x.width, w.width))

    @property
    def shifted(self) -> Rows:
        """The picture with the object elsewhere."""
        return moved(self.input.rows, self.by)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        x, w = self.input, self.kernel
        if max(x.height, x.width) > _WIDEST:
            yield Problem("", "input", x.size, f"at most {_WIDEST} × {_WIDEST}, to be read")
        if not any(number for line in x.rows for number in line):
            yield Problem("", "input", "only zeros", "an object: numbers that are not 0")
        if self.weights and self.weights.size != x.size:
            yield Problem("", "weights", self.weights.size, f"{x.size}, one for every pixel")
        if w.height > x.height or w.width > x.width:
            yield Problem("", "kernel", w.size, f"at most {x.size}, the size of the picture")
        if self.by == (0, 0):
            yield Problem("", "by", "no step", "at least one row or column")
        kept = sum(number != 0 for line in self.shifted for number in line)
        if kept != sum(number != 0 for line in x.rows for number in line):
            got = f"{self.by[0]} down and {self.by[1]} to the right".replace("-", "−")
            yield Problem("", "by", got, "a shift that leaves the object inside the picture")


def moved(rows: Rows, by: tuple[int, int]) -> Rows:
    """Return a picture moved down and to the right; zeros come in.

    >>> moved(((1, 2), (3, 4)), (1, 0)), moved(((1, 2), (3, 4)), (0, -1))
    (((0, 0), (1, 2)), ((2, 0), (4, 0)))
    """
    height, width = len(rows), len(rows[0])

    def at(r: int, c: int) -> Number:
        inside = 0 <= r < height and 0 <= c < width
        return rows[r][c] if inside else 0

    return tuple(tuple(at(r - by[0], c - by[1]) for c in range(width)) for r in range(height))


@dataclass(frozen=True, slots=True)
class _Seen:
    """One picture: a dense neuron's step, the map, and the step at the map's largest number."""

    picture: Rows
    dense: Step
    map: Rows
    best: Step


def _look_at(p: Params, picture: Rows) -> _Seen:
    flat = tuple(number for line in picture for number in line)
    weights = (tuple(number for line in p.dense for number in line),)
    _, (dense,) = linear(flat, weights)
    rows, steps = convolve(picture, p.kernel.rows, p.plane)
    return _Seen(picture, dense, rows, max(steps, key=lambda step: step.value))


def solve(p: Params) -> Solved:
    """Ask both, before and after."""
    seen = [_look_at(p, picture) for picture in (p.input.rows, p.shifted)]
    whole_ = Region(0, 0, p.input.height, p.input.width)
    steps = []
    for when, each in zip(("Before", "After the shift"), seen, strict=True):
        arithmetic_ = each.dense.says.removeprefix("Output 1: ")
        says = f"{when}, the dense neuron weighs every pixel: {arithmetic_}"
        steps.append(replace(each.dense, window=whole_, says=says))
    for when, each in zip(("Before", "After the shift"), seen, strict=True):
        at = f"row {each.best.at[0] + 1}, column {each.best.at[1] + 1}"
        says = (
            f"{when}, the convolution's largest number stands at {at} of its map:"
            f" {each.best.says.partition(': ')[2]}"
        )
        steps.append(replace(each.best, says=says))
    places = ((0, 0), (0, 1), (1, 0), (1, 1))
    told = tuple(
        replace(step, index=i, at=at)
        for i, (step, at) in enumerate(zip(steps, places, strict=True), 1)
    )
    before, after = seen
    result = ((before.dense.value, after.dense.value), (before.best.value, after.best.value))
    alt = (
        f"A picture of {p.input.size} pixels and the same with its object shifted. Before:"
        f" {spoken(before.picture)}. Kernel {spoken(p.kernel.rows)}. Its map before:"
        f" {spoken(before.map)}; after: {spoken(after.map)}. "
        + " ".join(step.says for step in told)
    )
    return Solved(result, told, alt, _says(p, before, after))


def _says(p: Params, before: _Seen, after: _Seen) -> str:
    dense = (
        f"The dense neuron's answer falls from {shown(before.dense.value)} to"
        f" {shown(after.dense.value)}"
    )
    if after.dense.value > before.dense.value:
        dense = dense.replace("falls", "rises")
    elif after.dense.value == before.dense.value:
        dense = f"The dense neuron happens to answer {shown(before.dense.value)} both times"
    along = (after.best.at[0] - before.best.at[0], after.best.at[1] - before.best.at[1])
    if after.best.value == before.best.value and along == p.by:
        largest = shown(after.best.value)
        conv = f"the convolution's map moves along, and its largest number stays {largest}"
    else:
        conv = (
            f"the convolution's largest number goes from {shown(before.best.value)} to"
            f" {shown(after.best.value)}, as part of the object or of its answer lies at the edge"
        )
    return f"The object moves {_way(p.by)}. {dense}; {conv}."


def _way(by: tuple[int, int]) -> str:
    """Return a shift in words.

    >>> _way((2, -1)), _way((0, 3)), _way((-1, 0))
    ('2 down and 1 to the left', '3 to the right', '1 up')
    """
    down, right = by
    said = []
    if down:
        said.append(f"{abs(down)} {'down' if down > 0 else 'up'}")
    if right:
        said.append(f"{abs(right)} to the {'right' if right > 0 else 'left'}")
    return " and ".join(said)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw both pictures, each with both answers; the frames go through the four answers."""
    look = _fitting(p, example, canvas)
    return _story.film(_story.Story(look.body, look.foot), example, title, canvas)


@dataclass(frozen=True, slots=True)
class _Look:
    """The grids, `side` px a cell."""

    p: Params
    seen: tuple[_Seen, _Seen]
    steps: tuple[Step, ...]
    canvas: Canvas
    side: float

    def body(self, step: Step | None) -> Box:
        """Draw what is known at a step."""
        lines = [self._line(which, step) for which in (0, 1)]
        return column(lines, self.canvas.cell * 0.4)

    def _line(self, which: int, step: Step | None) -> Box:
        canvas, gap = self.canvas, self.canvas.cell * 0.2
        picture = self._picture(which, step)
        dense_now = step is not None and step.at == (0, which)
        weights = labelled("dense weights", "", self._weights(active=dense_now), canvas)
        dense = [sign("·", canvas), weights, sign("=", canvas), self._answer(which, step)]
        conv = [
            sign("∗", canvas),
            labelled("kernel", "", weights_grid(self.p.kernel.rows, self.side), canvas),
            sign("=", canvas), self._map(which, step),
        ]  # fmt: skip
        if canvas.name == "slide":
            return row([picture, *dense, space(self.canvas.cell * 0.3), *conv], gap)
        if canvas.name == "page":
            return column([row([picture, *dense], gap), row(conv, gap)], 12)
        return column([picture, row(dense, gap * 0.7), row(conv, gap)], 12)

    def _picture(self, which: int, step: Step | None) -> Box:
        rows = self.seen[which].picture
        name = ("before", "shifted")[which]
        now = step is not None and step.at[1] == which
        if now and step is not None and step.at[0] == 1:
            body = reading(
                rows, self.p.plane, None, self.side, self.seen[which].best.terms, step.window,
                noted=False,
            )  # fmt: skip
        else:
            drawn = is_drawing(rows)

            def cell(x: Number) -> Cell:
                if x and drawn:
                    return drawn_pixel(x)
                weight: Weight = "bold" if x else "regular"
                if now:
                    return Cell(shown(x), "window-cell", "ink", weight)
                return Cell(shown(x), "cell", "ink" if x else "muted", weight)

            cells = [list(map(cell, line)) for line in rows]
            frames = [Frame("window", 0, 0, len(rows), len(rows[0]))] if now else []
            body = grid(cells, self.side, frames)
        return labelled(name, f"{len(rows)} × {len(rows[0])}", body, self.canvas)

    def _weights(self, *, active: bool) -> Box:
        rows = self.p.dense
        cells = [
            [
                Cell(shown(w), "kernel-cell", "kernel-ink",
                     "bold" if active and w else "regular")
                for w in line
            ]
            for line in rows
        ]  # fmt: skip
        return grid(cells, self.side, [Frame("kernel", 0, 0, len(rows), len(rows[0]))])

    def _known(self, layer: int, which: int, step: Step | None) -> bool:
        return step is None or step.index >= 1 + layer * 2 + which

    def _answer(self, which: int, step: Step | None) -> Box:
        value = self.seen[which].dense.value
        known = self._known(0, which, step)
        cell = (
            Cell(shown(value), "result-cell", "result-ink", "bold") if known else Cell(role="empty")
        )
        side = max(self.side * 1.4, 40)
        frames = [Frame("result", 0, 0, 1, 1)] if known else []
        return grid([[cell]], side, frames, {shown(each.dense.value) for each in self.seen})

    def _map(self, which: int, step: Step | None) -> Box:
        seen = self.seen[which]
        known = self._known(1, which, step)
        numbers = {shown(x) for each in self.seen for line in each.map for x in line}

        def cell(r: int, c: int, x: Number) -> Cell:
            if not known:
                return Cell(role="empty")
            if (r, c) == seen.best.at:
                return Cell(shown(x), "result-cell", "result-ink", "bold")
            return Cell(shown(x), "cell", "ink" if x else "muted")

        cells = [[cell(r, c, x) for c, x in enumerate(line)] for r, line in enumerate(seen.map)]
        at = (seen.best.at[0], seen.best.at[1])
        frames = [Frame("result", *at, 1, 1)] if known else []
        size = f"largest {shown(seen.best.value)}" if known else ""
        return labelled("map", size, grid(cells, self.side, frames, numbers), self.canvas)

    def foot(self, step: Step | None) -> Box:
        """Draw the arithmetic of a step; for the whole, the four answers."""
        canvas = self.canvas
        if step:
            return arithmetic(products(step.terms, "result-ink"), canvas.text * 1.15, canvas.width)
        lines = []
        for name, (first, second) in zip(
            ("dense neuron", "largest of the map"),
            [
                (self.steps[0].value, self.steps[1].value),
                (self.steps[2].value, self.steps[3].value),
            ],
            strict=True,
        ):
            same = "the same" if first == second else "not the same"
            chunks: list[Chunk] = [
                [(f"{name}:", "muted", "regular")],
                [(f"{shown(first)} → {shown(second)}", "result-ink", "bold")],
                [(same, "muted", "regular")],
            ]
            lines.append(arithmetic(chunks, canvas.text, canvas.width))
        return column(lines, 4)


def _fitting(p: Params, example: Example, canvas: Canvas) -> _Look:
    """Return the largest cells that fit."""
    seen = (_look_at(p, p.input.rows), _look_at(p, p.shifted))

    def look(side: int) -> _Look:
        return _Look(p, seen, example.steps, canvas, side)

    side = largest(
        min(40, canvas.cell), _SMALLEST, lambda side: look(side).body(None).width <= canvas.width
    )
    return look(side or _SMALLEST)


KIND = Kind(
    title="The same object elsewhere",
    says="an object is shifted: a dense neuron answers otherwise, a convolution's map moves along",
    params=Params,
    solve=solve,
    draw=draw,
)
