"""The 1×1 convolution: every pixel's channels are mixed, and no pixel sees its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine.trace_channels import mix
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._maps import output_grid, products
from generator.examples._words import count, spoken
from generator.model import Example, Step
from generator.numerals import Number, factor, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import Cell, Frame, arithmetic, grid, labelled, roomy, sign
from generator.spec.fields import param
from generator.spec.matrix import Matrix, MatrixField
from generator.spec.volume import NamesField, Volume, VolumeField, volume

#: With more than this nobody could read the numbers.
_DEEPEST, _WIDEST = 8, 8
#: The smallest cells that are tried [px].
_SMALLEST = 14

_INPUT = volume(
    ((3, 1, 0), (2, 4, 1), (0, 2, 5)),
    ((1, 0, 2), (3, 1, 1), (0, 1, 4)),
    ((0, 2, 1), (1, 0, 3), (2, 1, 0)),
)
_WEIGHTS = Matrix(((1, 1, 1), (2, -1, 0)))


@dataclass(frozen=True, slots=True)
class Params:
    """The channels and how they are mixed."""

    input: Volume = param(
        VolumeField("the channels, a matrix for each", "channel", picture=8), _INPUT
    )
    weights: Matrix = param(
        MatrixField("a row for every map, with a weight for every channel", line=False), _WEIGHTS
    )
    bias: Matrix | None = param(MatrixField("a number for every map, as a list", column=True), None)
    names: tuple[str, ...] | None = param(
        NamesField("what the channels are called; R, G, B if there are three"), None
    )

    @property
    def called(self) -> tuple[str, ...]:
        """What the channels are called."""
        if self.names:
            return self.names
        depth = self.input.depth
        return ("R", "G", "B") if depth == 3 else tuple(f"channel {i + 1}" for i in range(depth))

    @property
    def added(self) -> tuple[Number, ...]:
        """The bias of every map."""
        return self.bias.rows[0] if self.bias else ()

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        depth, maps = self.input.depth, self.weights.height
        if depth > _DEEPEST:
            yield Problem("", "input", count(depth, "channel"), f"at most {_DEEPEST}, to be read")
        if maps > _DEEPEST:
            yield Problem("", "weights", count(maps, "row"), f"at most {_DEEPEST}, to be read")
        if max(self.input.height, self.input.width) > _WIDEST:
            got = f"{self.input.height} × {self.input.width}"
            yield Problem("", "input", got, f"at most {_WIDEST} × {_WIDEST}, to be read")
        if self.weights.width != depth:
            got = count(self.weights.width, "column")
            yield Problem("", "weights", got, f"{depth}, one for every channel of the input")
        if self.bias and (not self.bias.line or self.bias.width != maps):
            got = count(self.bias.width, "number") if self.bias.line else "a matrix"
            yield Problem("", "bias", got, f"a list of {count(maps, 'number')}, one a map")
        if self.names and len(self.names) != depth:
            wanted = f"{depth}, one for every channel of the input"
            yield Problem("", "names", count(len(self.names), "name"), wanted)


def solve(p: Params) -> Solved:
    """Mix the channels of every pixel."""
    maps, steps = mix(p.input.planes, p.weights.rows, p.added)
    depth, number = p.input.depth, p.weights.height
    size = f"{p.input.height} × {p.input.width}"
    fewer = "fewer" if number < depth else "more" if number > depth else "as many"
    says = (
        f"{count(number, 'kernel')} of 1 × 1 × {depth} {'mixes' if number == 1 else 'mix'} the"
        f" {count(depth, 'channel')} of every pixel: {size} × {depth} becomes {size} × {number}."
        f" The picture keeps its size; its channels become {fewer}."
    )
    channels = " ".join(
        f"Channel {name}: {spoken(x)}." for name, x in zip(p.called, p.input.planes, strict=True)
    )
    told = " ".join(
        f"Map {i}, weights {', '.join(map(shown, w))}: {spoken(y)}."
        for i, (w, y) in enumerate(zip(p.weights.rows, maps, strict=True), 1)
    )
    bias = f" Bias {', '.join(map(shown, p.added))}." if p.added else ""
    return Solved(
        maps, steps, f"A 1 × 1 convolution of {size} pixels. {channels} {told}{bias}", says
    )


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw channels, weights and maps; a step goes through all channels at one pixel."""
    look = _fitting(p, example, canvas)
    return _story.film(
        _story.Story(look.grids, look.foot, _place, _story.steady), example, title, canvas
    )


def _place(step: Step) -> str:
    number, r, c = step.at
    return (
        f"Kernel {number + 1} reads one pixel, row {r + 1} and column {c + 1}, through all"
        f" channels. Its neighbours are not asked."
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """The grids, `side` px a cell; `across`: all in one row, else below each other."""

    p: Params
    steps: tuple[Step, ...]
    canvas: Canvas
    side: float
    across: bool
    shelf: int

    def grids(self, step: Step | None) -> Box:
        """Draw everything as it stands at a step."""
        gap = self.canvas.cell * 0.4
        channels, maps = self._channels(step), self._maps(step)
        makes = [sign("∗", self.canvas), self._weights(step), sign("=", self.canvas)]
        if self.across:
            return row([row(channels, gap * 0.7), *makes, row(maps, gap * 0.7)], gap * 0.8)
        shelves = [_story.shelved(each, self.shelf, gap * 0.7) for each in (channels, maps)]
        return column([shelves[0], row(makes, gap), shelves[1]], gap)

    def _channels(self, step: Step | None) -> list[Box]:
        p = self.p
        boxes = []
        for number, (name, rows) in enumerate(zip(p.called, p.input.planes, strict=True)):
            at = step.at[1:] if step else None
            weight = step.terms[number].w if step else 0

            def cell(r: int, c: int, x: Number, at: object = at, w: Number = weight) -> Cell:
                if (r, c) == at:
                    return Cell(shown(x), "window-cell", "ink", "bold", f"×{shown(w)}")
                return Cell(shown(x), "cell", "muted" if at else "ink")

            cells = [[cell(r, c, x) for c, x in enumerate(line)] for r, line in enumerate(rows)]
            frames = [Frame("window", step.at[1], step.at[2], 1, 1)] if step else []
            boxes.append(labelled(name, "", grid(cells, self.side, frames), self.canvas))
        return boxes

    def _weights(self, step: Step | None) -> Box:
        rows = self.p.weights.rows
        cells = [
            [
                Cell(shown(w), "kernel-cell", "kernel-ink",
                     "semibold" if step is None or step.at[0] == i else "regular")
                for w in weights
            ]
            for i, weights in enumerate(rows)
        ]  # fmt: skip
        frame = Frame("kernel", 0, 0, len(rows), len(rows[0]))
        if step:
            frame = Frame("kernel", step.at[0], 0, 1, len(rows[0]))
        size = f"{len(rows)} × {len(rows[0])}"
        wide = roomy({shown(w) for weights in rows for w in weights}, self.side)
        body = grid(cells, self.side, [frame], width=wide)
        return labelled("weights", size, body, self.canvas)

    def _maps(self, step: Step | None) -> list[Box]:
        size = (self.p.input.height, self.p.input.width)
        each = size[0] * size[1]
        boxes = []
        for number in range(self.p.weights.height):
            steps = self.steps[number * each : (number + 1) * each]
            body = output_grid(steps, size, step, self.side)
            bias = f"+ {factor(self.p.added[number])}" if self.p.added else ""
            boxes.append(labelled(f"map {number + 1}", bias, body, self.canvas))
        return boxes

    def foot(self, step: Step | None) -> Box:
        """Draw the arithmetic of a step."""
        if step is None:
            return space()
        chunks = products(step.terms, "result-ink")
        return arithmetic(chunks, self.canvas.text * 1.25, self.canvas.width)


def _fitting(p: Params, example: Example, canvas: Canvas) -> _Look:
    """Return the largest cells that fit: in one row, else channels, weights and maps by turns."""
    most = max(p.input.depth, p.weights.height)
    tried = [(True, most, canvas.least + 4)]
    tried += [(False, shelf, canvas.least) for shelf in range(most, 0, -1)]
    for across, shelf, least in (*tried, (False, 1, _SMALLEST)):
        for side in range(int(canvas.cell), int(least) - 1, -2):
            look = _Look(p, example.steps, canvas, side, across, shelf)
            if look.grids(None).width <= canvas.width:
                return look
    return _Look(p, example.steps, canvas, _SMALLEST, across=False, shelf=1)


KIND = Kind(
    title="A 1×1 convolution",
    says="the channels of every pixel are mixed with one set of weights a map",
    params=Params,
    solve=solve,
    draw=draw,
)
