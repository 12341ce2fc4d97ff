"""Many kernels over one input: every kernel makes a map of its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine.named import NAMED
from generator.engine.shapes import PADDING_MODES, Axis, PaddingMode, Plane, furthest
from generator.engine.trace_channels import convolve_many
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._maps import output_grid, products
from generator.examples._window import reading
from generator.examples._words import count, spoken
from generator.model import Example, Step
from generator.numerals import Number, factor, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import arithmetic, labelled, sign, weights_grid
from generator.spec.fields import Choice, Pair, param
from generator.spec.matrix import Matrix, MatrixField
from generator.spec.padding import NONE, Padding, PaddingField, axis
from generator.spec.volume import Volume, VolumeField, volume

#: With more than this nobody could read the numbers.
_WIDEST, _MOST = 10, 6
#: All kernels of a slide together are no taller than this [px].
_TALLEST = 440
#: Wide cells are no lower than this [px].
_LEAST = 24

_NAMED = {name: kernel.rows for name, kernel in NAMED.items()}
_INPUT = Matrix(
    ((1, 1, 1, 0, 0), (0, 1, 1, 1, 0), (0, 0, 1, 1, 1), (0, 0, 1, 1, 0), (0, 1, 1, 0, 0))
)
_KERNELS = volume(
    ((1, 0, 1), (0, 1, 0), (1, 0, 1)),
    ((-1, 0, 1), (-1, 0, 1), (-1, 0, 1)),
    ((-1, -1, -1), (0, 0, 0), (1, 1, 1)),
)


@dataclass(frozen=True, slots=True)
class Params:
    """One input and several kernels; torch's names."""

    input: Matrix = param(
        MatrixField("the numbers every kernel reads", line=False, picture=8), _INPUT
    )
    kernels: Volume = param(
        VolumeField("the kernels, all of one size, or their names", "kernel", named=_NAMED),
        _KERNELS,
    )
    bias: Matrix | None = param(MatrixField("a number for every map, as a list", column=True), None)
    stride: tuple[int, int] = param(Pair("cells the windows move at a time", least=1), (1, 1))
    padding: Padding = param(PaddingField("cells around the input, or valid, same, full"), NONE)
    padding_mode: PaddingMode = param(Choice("what the padding holds", PADDING_MODES), "zeros")

    def _axes(self) -> list[Axis | Problem]:
        sizes = ((self.input.height, self.kernels.height), (self.input.width, self.kernels.width))
        return [axis(i, *sizes[i], self.stride[i], self.padding, 1) for i in (0, 1)]

    @property
    def plane(self) -> Plane:
        """How every window walks."""
        rows, columns = (found for found in self._axes() if isinstance(found, Axis))
        return Plane(rows, columns)

    @property
    def added(self) -> tuple[Number, ...]:
        """The bias of every map."""
        return self.bias.rows[0] if self.bias else ()

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        maps = self.kernels.depth
        if maps > _MOST:
            hint = "the kind layer-shape draws the shapes for any number of kernels"
            got = count(maps, "kernel")
            yield Problem("", "kernels", got, f"at most {_MOST}, to be read", hint)
        if self.bias and (not self.bias.line or self.bias.width != maps):
            got = count(self.bias.width, "number") if self.bias.line else "a matrix"
            yield Problem("", "bias", got, f"a list of {count(maps, 'number')}, one a kernel")
        sizes = (("rows", self.input.height), ("columns", self.input.width))
        for found, (word, size) in zip(self._axes(), sizes, strict=True):
            if isinstance(found, Problem):
                yield found
                continue
            most = furthest(size, self.padding_mode)
            if max(found.before, found.after) > most:
                got = f"{max(found.before, found.after)} cells of {self.padding_mode} padding"
                yield Problem("", "padding", got, f"at most {most}: the input has {size} {word}")
            if found.padded > _WIDEST:
                got = f"{found.padded} {word} with the padding"
                yield Problem("", "input" if size > _WIDEST else "padding", got,
                              f"at most {_WIDEST}, to be read")  # fmt: skip


def solve(p: Params) -> Solved:
    """Slide every kernel over the same input."""
    kernels = tuple((kernel,) for kernel in p.kernels.planes)
    maps, steps = convolve_many(
        (p.input.rows,), kernels, p.plane, mode=p.padding_mode, bias=p.added
    )
    height, width = p.plane.output
    side = f"{p.kernels.height}·{p.kernels.width}"
    number = p.kernels.depth
    weights = number * (p.kernels.height * p.kernels.width + bool(p.bias))
    says = (
        f"{count(number, 'kernel')} over one {p.input.size} input give {count(number, 'map')}:"
        f" {p.input.height} × {p.input.width} × 1 becomes {height} × {width} × {number}."
        f" There are {number}·{f'({side} + 1)' if p.bias else side} = {weights} numbers to learn."
    )
    told = " ".join(
        f"Kernel {i}: {spoken(w)}; its map: {spoken(y)}."
        for i, (w, y) in enumerate(zip(p.kernels.planes, maps, strict=True), 1)
    )
    bias = f" Bias {', '.join(map(shown, p.added))}." if p.added else ""
    alt = (
        f"{count(number, 'kernel')} of {p.kernels.height} × {p.kernels.width} over one"
        f" {p.input.size} input. Input {spoken(p.input.rows)}. {told}{bias}"
    )
    return Solved(maps, steps, alt, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the input, and beside it a line with kernel and map for every kernel."""
    look = _Look(p, example, canvas)
    story = _story.Story(look.grids, look.foot, _place, _story.steady)
    return _story.film(story, example, title, canvas)


def _place(step: Step) -> str:
    number, r, c = step.at
    return (
        f"Kernel {number + 1} reads the window and gives row {r + 1}, column {c + 1} of map"
        f" {number + 1}. No kernel knows of the others."
    )


class _Look:
    """The grids and the sizes they have on a canvas."""

    def __init__(self, p: Params, example: Example, canvas: Canvas) -> None:
        self.p = p
        self.canvas = canvas
        self.gap = canvas.cell * 0.4
        size = p.plane.rows.output * p.plane.columns.output
        steps = example.steps
        self.maps = [steps[first : first + size] for first in range(0, len(steps), size)]
        self.steps = steps
        self.stacked = self.square = False
        self.side = self._fitting()
        if self.side < canvas.least:
            self.stacked = True
            self.side = self._fitting()
        if self.side < _LEAST:
            # Wide cells would have to be so low that nothing was won.
            self.square = True
            self.side = self._fitting()
        # The input is read most: it is as large as the room beside the maps allows.
        rest = canvas.width - self._lines(None).width - self.gap * 2
        room = canvas.width if self.stacked else rest
        self.large = min(canvas.cell, room // p.plane.columns.padded)

    def _fitting(self) -> float:
        p, canvas = self.p, self.canvas
        for side in range(int(canvas.cell), 7, -2):
            self.side = side
            lines = self._lines(None)
            taken = 0.0 if self.stacked else side * p.plane.columns.padded + 2 * self.gap
            low = lines.height <= _TALLEST or not canvas.titled or side <= canvas.least
            if lines.width + taken <= canvas.width and low:
                return side
        return 8

    def grids(self, step: Step | None) -> Box:
        """Draw everything as it stands at a step."""
        p = self.p
        body = reading(
            p.input.rows, p.plane, p.padding_mode, self.large, step.terms if step else (),
            step.window if step else None,
        )  # fmt: skip
        x = labelled("input", f"{p.input.height} × {p.input.width} × 1", body, self.canvas)
        lines = self._lines(step)
        return column([x, lines], self.gap) if self.stacked else row([x, lines], self.gap * 2)

    def _lines(self, step: Step | None) -> Box:
        p, canvas = self.p, self.canvas
        lines = []
        across = self.side if self.square else 0
        for number, kernel in enumerate(p.kernels.matrices):
            name = kernel.origin if isinstance(kernel.origin, str) else f"kernel {number + 1}"
            bias = f"+ {factor(p.added[number])}" if p.added else ""
            reads = step is None or step.at[0] == number
            weights = weights_grid(kernel.rows, self.side, active=reads, width=across)
            w = labelled(name, bias, weights, canvas)
            body = output_grid(self.maps[number], p.plane.output, step, self.side, across)
            y = labelled(f"map {number + 1}", "", body, canvas)
            lines.append(row([sign("∗", canvas), w, sign("=", canvas), y], self.gap * 0.6))
        return column(lines, self.gap * 0.6)

    def foot(self, step: Step | None) -> Box:
        """Draw the arithmetic of a step."""
        if step is None:
            return space()
        size = self.canvas.text * 1.15
        return arithmetic(products(step.terms, "result-ink"), size, self.canvas.width)


KIND = Kind(
    title="Many kernels, many maps",
    says="several kernels over one input: every kernel makes a map of its own",
    params=Params,
    solve=solve,
    draw=draw,
)
