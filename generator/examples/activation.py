"""Activations: a function of one number, applied to every number of a map."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import ceil

from generator.engine.trace_activation import (
    ACTIVATIONS,
    Activation,
    Curve,
    activate,
    curves,
    exact_at,
    steepness,
)
from generator.errors import Problem, unknown, wrong
from generator.examples._kind import Kind, Solved
from generator.examples._plot import plotted
from generator.examples._story import Story, film, shelved
from generator.examples._words import count, listing, spoken
from generator.model import Example, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.fonts import advance
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, labelled, words
from generator.spec.fields import Field, Real, Whole, gather, listed, param
from generator.spec.matrix import Matrix, MatrixField

#: A wider map beside its curves could not be read.
_WIDEST = 8
#: A plot is at least so wide [px], and so much lower than wide.
_PLOT, _FLAT = 190.0, 0.62
#: Nothing of a panel is wider than this [px]; numbers fill this share of a cell's height.
_BROAD, _LARGE = 334.0, 0.4
#: Curves are drawn at least from minus this to this, and input may lie so far out.
_NEAR, _FAR = 4, 50


class Functions(Field[tuple[Activation, ...]]):
    """One activation or several to compare.

    >>> Functions("which").parse("relu"), Functions("which").parse(["relu", "gelu"])
    (('relu',), ('relu', 'gelu'))
    """

    metavar = "[WORD,…]"

    def parse(self, value: object) -> tuple[Activation, ...]:
        """Read a word or a list of different ones."""
        items = listed(value)
        items = [value] if items is None else items
        if not items or len(set(map(str, items))) < len(items):
            raise wrong(value, "one or more different words of " + ", ".join(ACTIVATIONS))
        names = (f"word {place}" for place in range(1, len(items) + 1))
        return tuple(gather(zip(names, items, strict=True), _function))

    def show(self, value: tuple[Activation, ...]) -> object:
        """Show a list."""
        return list(value)


def _function(value: object) -> Activation:
    for name in ACTIVATIONS:
        if value == name:
            return name
    near = unknown("word", str(value), ACTIVATIONS).hint
    hint = near if near.startswith("did") else ""
    raise wrong(value, "one of " + ", ".join(ACTIVATIONS), hint=hint)


@dataclass(frozen=True, slots=True)
class Params:
    """What is applied to what."""

    input: Matrix = param(
        MatrixField("the numbers of the map", line=False, picture=8),
        Matrix(((-3, -1, 0), (1, 2, -2), (3, -4, 4))),
    )
    functions: tuple[Activation, ...] = param(
        Functions("one activation or several: " + ", ".join(ACTIVATIONS)),
        ("relu", "sigmoid", "tanh"),
    )
    negative_slope: Number = param(Real("the leaky ReLU's slope below 0"), Real("").parse("0.01"))
    digits: int = param(Whole("digits behind the point of what is rounded", least=1, most=3), 3)

    @property
    def curves(self) -> list[Curve]:
        """The functions."""
        known = curves(self.negative_slope)
        return [known[name] for name in self.functions]

    @property
    def reach(self) -> int:
        """How far out the curves are drawn."""
        return max([_NEAR, *(ceil(abs(Fraction(x))) for line in self.input.rows for x in line)])

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        if max(self.input.height, self.input.width) > _WIDEST:
            wanted = f"at most {_WIDEST} × {_WIDEST}, to be read beside the curves"
            yield Problem("", "input", self.input.size, wanted)
        elif self.reach > _FAR:
            wanted = f"between −{_FAR} and {_FAR}, so that the curves are seen"
            yield Problem("", "input", f"a number as large as {self.reach}", wanted)
        if not 0 <= self.negative_slope <= 1:
            yield Problem("", "negative_slope", shown(self.negative_slope), "from 0 to 1")


def solve(p: Params) -> Solved:
    """Apply every function to every number."""
    steps: list[Step] = []
    maps = []
    for which, curve in enumerate(p.curves):
        rows, found = activate(p.input.rows, curve, p.digits)
        maps.append(rows)
        for step in found:
            at = step.at if len(p.functions) == 1 else (which, *step.at)
            steps.append(replace(step, index=len(steps) + 1, at=at))
    names = listing([curve.name for curve in p.curves])
    exact = "" if all(curve.weight for curve in p.curves) else (
        f" What is no short decimal is rounded to {count(p.digits, 'digit')}."
    )  # fmt: skip
    steep = "; ".join(f"{curve.name}: {curve.note}" for curve in p.curves)
    says = (
        f"{names} of {count(len(maps[0]) * len(maps[0][0]), 'number')}: thick the function, dashed"
        f" its slope.{exact}"
    )
    says = says[0].upper() + says[1:]
    told = " ".join(
        f"{curve.name}, {curve.formula}: {spoken(rows)}."
        for curve, rows in zip(p.curves, maps, strict=True)
    )
    alt = f"{says} Input {spoken(p.input.rows)}. {told} Slopes: {steep}."
    result = maps[0] if len(maps) == 1 else tuple(maps)
    return Solved(result, tuple(steps), alt, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the map once, and for every function its curve over its output."""
    gap = canvas.cell * 0.7
    side = min(canvas.cell * 0.8, 240 / p.input.width)
    if canvas.name == "narrow":
        side = min(canvas.cell, canvas.width / p.input.width)
    room = canvas.width - (p.input.width * side + gap if canvas.name != "narrow" else 0)
    fits = max(int((room + gap) // (_PLOT + gap)), 1)
    columns = min(len(p.functions), fits)
    if columns < len(p.functions):
        columns = -(-len(p.functions) // -(-len(p.functions) // columns))
    wide = min((room - gap * (columns - 1)) / columns, canvas.width * 0.5)
    look = _Look(p, example.steps, canvas, side, room if columns == 1 else wide)

    def body(step: Step | None) -> Box:
        given = look.given(step)
        if canvas.name == "narrow":
            which = look.which(step)
            told = look.each(None) if which is None else [look.panel(which, step)]
            return column([given, *told], gap * 0.6)
        panels = shelved([replace(box, axis=0) for box in look.each(step)], columns, gap)
        return row([replace(given, axis=0), replace(panels, axis=0)], gap)

    return film(Story(body, look.foot, alike=look.alike), example, title, canvas)


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that does not change from step to step."""

    p: Params
    steps: tuple[Step, ...]
    canvas: Canvas
    side: float
    wide: float

    def which(self, step: Step | None) -> int | None:
        """Return which function a step is about."""
        if step is None:
            return None
        return step.at[0] if len(self.p.functions) > 1 else 0

    def alike(self, step: Step) -> int | None:
        """Steps of one function have pictures of one size."""
        return self.which(step)

    def each(self, step: Step | None) -> list[Box]:
        return [self.panel(which, step) for which in range(len(self.p.functions))]

    def given(self, step: Step | None) -> Box:
        """Draw the map."""
        here = (step.at[-2], step.at[-1]) if step else None
        cells = [
            [
                Cell(shown(x), "window-cell", "window-ink", "bold")
                if (r, c) == here
                else Cell(shown(x), ink="muted" if step else "ink")
                for c, x in enumerate(line)
            ]
            for r, line in enumerate(self.p.input.rows)
        ]
        frames = [Frame("window", *here, 1, 1)] if here else []
        return labelled("input", self.p.input.size, grid(cells, self.side, frames), self.canvas)

    def panel(self, which: int, step: Step | None) -> Box:
        """Draw a curve over the map it gives."""
        curve, canvas = self.p.curves[which], self.canvas
        now = step if self.which(step) == which else None
        points = [x for line in self.p.input.rows for x in line]
        plot_width = min(self.wide - 34, _BROAD - 34)
        plot = plotted(
            curve, self.p.reach, points if step is None else (), now.terms[0].x if now and now.terms
            else self._x(now), (plot_width, plot_width * _FLAT), canvas,
        )  # fmt: skip
        name = words(curve.name, canvas.text, weight="semibold")
        formula = words(curve.formula, canvas.note, "muted", room=self.wide)
        note = words(curve.note, canvas.note, "kernel-ink", room=self.wide)
        return column([name, formula, plot, note, self._output(which, step)], 6)

    def _x(self, step: Step | None) -> Number | None:
        return self.p.input.rows[step.at[-2]][step.at[-1]] if step else None

    def _output(self, which: int, step: Step | None) -> Box:
        """Draw the map of a function as far as it is known at a step."""
        height, width = self.p.input.height, self.p.input.width
        mine = self.steps[which * height * width : (which + 1) * height * width]
        until = step.index if step else len(self.steps)

        def cell(each: Step) -> Cell:
            if each.index > until:
                return Cell(role="empty")
            if step and each.index == until:
                return Cell(shown(each.value), "result-cell", "result-ink", "bold")
            done = step is None
            return Cell(shown(each.value), "result-cell" if done else "cell",
                        "result-ink" if done else "ink")  # fmt: skip

        cells = [[cell(mine[r * width + c]) for c in range(width)] for r in range(height)]
        frames = [Frame("result", 0, 0, height, width)] if step is None else []
        if step and self.which(step) == which:
            frames = [Frame("result", step.at[-2], step.at[-1], 1, 1)]
        numbers = {shown(each.value) for each in mine}
        side = min(self.side, self.wide / width)
        # Long numbers get the room they need to be as large as the others, up to the plot's width.
        longest = max(advance(text, side * _LARGE, "bold") for text in numbers) * 1.25
        across = min(max(side, longest), min(self.wide, _BROAD) / width)
        return grid(cells, side, frames, numbers, across)

    def foot(self, step: Step | None) -> Box:
        """Draw the number, its value and its slope."""
        which, x = self.which(step), self._x(step)
        if step is None or which is None or x is None:
            return space()
        curve = self.p.curves[which]
        slope = steepness(curve, x, self.p.digits)
        found: list[Chunk] = [
            [
                (f"{curve.name}(", "muted", "regular"), (shown(x), "window-ink", "bold"),
                (") =", "muted", "regular"), (f" {shown(step.value)}", "result-ink", "bold"),
            ],
            [("  slope", "muted", "regular"), (f" {shown(slope)}", "kernel-ink", "bold")],
        ]  # fmt: skip
        if not exact_at(curve, x, self.p.digits):
            found.append([("  rounded", "muted", "regular")])
        return arithmetic(found, self.canvas.text * 1.25, self.canvas.width)


KIND = Kind(
    title="Activation",
    says="ReLU, leaky ReLU, sigmoid, tanh or GELU of every number of a map, with their slopes",
    params=Params,
    solve=solve,
    draw=draw,
)
