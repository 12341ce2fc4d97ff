"""Stride: one input and one kernel, with windows that move one, two or more cells at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import Trace, convolve
from generator.errors import Problem
from generator.examples._kernel import kernel_field
from generator.examples._kind import Kind, Solved
from generator.examples._several import Several
from generator.examples._story import Part, Story, film, shelved, shelving
from generator.examples._window import Look, Sliding
from generator.examples._words import listing, spoken
from generator.examples.convolution import chunks
from generator.model import Example, Step
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import Chunk, arithmetic, words
from generator.spec.fields import Whole, param
from generator.spec.matrix import Drawn, Matrix, MatrixField
from generator.spec.padding import axis

_DRAWN = Drawn((7, 7), 0, 9, "moss-3")
_CROSS = Matrix(((1, 0, 1), (0, 1, 0), (1, 0, 1)))
#: Two inputs stand beside each other: wider could not be read.
_WIDEST = 16
#: Below this side a cell is a dot [px].
_SMALLEST = 12


@dataclass(frozen=True, slots=True)
class Params:
    """An input, a kernel, and the strides that are compared."""

    input: Matrix = param(
        MatrixField("the numbers the window reads", line=False, picture=16),
        Matrix(_DRAWN.rows(), origin=_DRAWN),
    )
    kernel: Matrix = param(
        kernel_field(),
        _CROSS,
    )
    strides: tuple[int, ...] = param(Several("the strides that are compared", most=16), (1, 2))
    padding: int = param(Whole("P, zeros added at each side", least=0, most=6), 0)

    def _axis(self, which: int, stride: int) -> Axis | Problem:
        size = (self.input.height, self.input.width)[which]
        kernel = (self.kernel.height, self.kernel.width)[which]
        sides = (self.padding, self.padding)
        return axis(which, size, kernel, stride, (sides, sides), 1)

    def plane(self, stride: int) -> Plane:
        """How the window walks with a stride."""
        rows, columns = (
            found for found in (self._axis(i, stride) for i in (0, 1)) if isinstance(found, Axis)
        )
        return Plane(rows, columns)

    def trace(self, stride: int) -> Trace:
        """Return the output with a stride, and how it came about."""
        return convolve(self.input.rows, self.kernel.rows, self.plane(stride))

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for which, word in enumerate(("rows", "columns")):
            found = self._axis(which, 1)
            if isinstance(found, Problem):
                yield found
            elif found.padded > _WIDEST:
                got = f"{found.padded} {word}" + (" with the padding" if self.padding else "")
                yield Problem("", "input", got, f"at most {_WIDEST}, to be read side by side")


def solve(p: Params) -> Solved:
    """Slide once for every stride."""
    steps: list[Step] = []
    result = []
    for which, stride in enumerate(p.strides):
        rows, found = p.trace(stride)
        result.append(rows)
        for step in found:
            says = f"Stride {stride}, {step.says[0].lower()}{step.says[1:]}"
            steps.append(replace(step, index=len(steps) + 1, at=(which, *step.at), says=says))
    sizes = [f"stride {s} gives {_size(p.plane(s))} numbers" for s in p.strides]
    unread = "".join(f" {_unread(p, s)}" for s in p.strides if _unread(p, s))
    padded = f" with {p.padding} of padding" if p.padding else ""
    says = (
        f"A {p.kernel.size} kernel slides over a {p.input.size} input{padded}:"
        f" {listing(sizes)}.{unread}"
    )
    told = " ".join(
        f"Output with stride {s}: {spoken(rows)}."
        for s, rows in zip(p.strides, result, strict=True)
    )
    alt = f"{says} Input {spoken(p.input.rows)}. Kernel {spoken(p.kernel.rows)}. {told}"
    return Solved(tuple(result), tuple(steps), alt, says)


def _size(plane: Plane) -> str:
    height, width = plane.output
    return f"{height} × {width}"


def _unread(p: Params, stride: int) -> str:
    """Name the rows and columns that no window reads.

    >>> _unread(Params(), 3), _unread(Params(), 2)
    ('With stride 3, row 7 and column 7 are never read.', '')
    """
    plane = p.plane(stride)
    found = []
    for word, each in (("row", plane.rows), ("column", plane.columns)):
        cells = [str(i + 1) for i, visits in enumerate(each.visits()) if not visits]
        if cells:
            found.append(f"{word}{'s' if len(cells) > 1 else ''} {listing(cells)}")
    if not found:
        return ""
    one = len(found) == 1 and " and " not in found[0]
    return f"With stride {stride}, {listing(found)} {'is' if one else 'are'} never read."


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the kernel once, and input and output for every stride."""
    body = next(_bodies(p, canvas))

    def foot(step: Step | None) -> Box:
        if step:
            return arithmetic(chunks(step), canvas.text * 1.25, canvas.width)
        return column([_formula(p, stride, canvas) for stride in p.strides], gap=4)

    return film(Story(body, foot, alike=lambda step: step.at[0]), example, title, canvas)


def _bodies(p: Params, canvas: Canvas) -> Iterator[Part]:
    """Yield what fits: the kernel beside all inputs, above them, or with one after the other."""
    gap = canvas.cell * 0.6
    across = [p.plane(stride).columns.padded for stride in p.strides]
    side, columns = shelving([p.kernel.width, *across], canvas, gap)
    tried = [(True, side, columns)] if columns > len(across) else []
    tried += [(False, *shelving(across, canvas, gap))]
    for spread, largest, shelf in tried:
        least = _SMALLEST if shelf == 1 else canvas.least
        for side in range(int(min(largest, canvas.cell * 0.8)), int(least) - 1, -1):
            body = _body(p, side, shelf, gap, spread, canvas)
            if body(None).width <= canvas.width:
                yield body
    yield _body(p, _SMALLEST, 1, gap, False, canvas)


def _body(p: Params, side: float, columns: int, gap: float, spread: bool, canvas: Canvas) -> Part:
    looks = [_look(p, stride, side, canvas) for stride in p.strides]
    weights = looks[0].weighing() or space()

    def panel(which: int, step: Step | None) -> Box:
        look, now = looks[which], None
        if step and step.at[0] == which:
            now = _local(look, step)
        elif step and step.at[0] < which:
            now = replace(step, index=0, terms=(), window=None)  # nothing is known of it yet
        reading, making = look.reading(now), look.making(now)
        if columns == 1:
            making = row([replace(box, axis=0) for box in (making, weights)], gap)
        stack = column([reading, making], gap=canvas.cell * 0.4)
        return replace(stack, axis=reading.centre)

    def body(step: Step | None) -> Box:
        if step and columns == 1:
            return panel(step.at[0], step)
        panels = [panel(which, step) for which in range(len(looks))]
        if spread:
            return row([weights, *panels], gap)
        shelves = shelved(panels, columns, gap)
        return shelves if columns == 1 else column([weights, shelves], gap * 0.75)

    return body


def _look(p: Params, stride: int, side: float, canvas: Canvas) -> Look:
    story = Sliding(
        p.input.rows, p.plane(stride), "zeros", False, ("kernel", p.kernel.rows), "output", chunks,
        reads=f"stride {stride}",
    )  # fmt: skip
    return Look(story, p.trace(stride)[1], canvas, side, "column")


def _local(look: Look, step: Step) -> Step:
    """Return the step as its own stride counts it."""
    width = look.story.plane.columns.output
    at = step.at[1:]
    return replace(step, index=at[0] * width + at[1] + 1, at=at)


def _formula(p: Params, stride: int, canvas: Canvas) -> Box:
    """Draw the output size with this example's numbers, and what is never read."""
    plane = p.plane(stride)
    name = words(f"stride {stride}", canvas.text, "muted")
    label = Box(canvas.text * 4.4, name.height, name.parts)
    axes = {"": plane.columns} if plane.rows == plane.columns else {
        "rows ": plane.rows, "columns ": plane.columns
    }  # fmt: skip
    room = canvas.width - label.width
    sums = [
        arithmetic(_divided(word, each), canvas.text * 1.1, room) for word, each in axes.items()
    ]
    beside = row([label, column(sums, gap=2)])
    return beside if beside.width <= canvas.width else column([label, *sums], gap=2)


def _divided(word: str, axis: Axis) -> list[Chunk]:
    slack = axis.padded - axis.extent
    padding = f" + {axis.before} + {axis.after}" if axis.before else ""
    opening, closing = ("⌊(", f") / {axis.stride}⌋") if slack % axis.stride else (
        "(", f") / {axis.stride}"
    )  # fmt: skip
    found: list[Chunk] = [
        [
            (word + opening, "muted", "regular"),
            (f"{axis.size}{padding}", "window-ink", "bold"),
            (" − ", "muted", "regular"),
            (str(axis.kernel), "kernel-ink", "bold"),
            (f"{closing} + 1", "muted", "regular"),
        ],
        [("= ", "muted", "regular"), (str(axis.output), "result-ink", "bold")],
    ]
    if slack % axis.stride:
        found.append([(f"({axis.remainder} left over)", "muted", "regular")])
    return found


KIND = Kind(
    title="Stride",
    says="one input and one kernel with two or more strides, and what is never read",
    params=Params,
    solve=solve,
    draw=draw,
)
