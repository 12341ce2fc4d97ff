"""Convolution in one dimension: a window on a signal, and the same on the signal shifted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.engine.shapes import ONE, Axis, Plane
from generator.engine.trace import Trace, convolve
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._story import Story, film, steady
from generator.examples._words import count, spoken
from generator.examples.convolution import chunks, sized
from generator.model import Example, Rows, Step
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.parts import Cell, Frame, arithmetic, grid, weights_grid, words
from generator.spec.fields import Whole, param
from generator.spec.matrix import Matrix, MatrixField

_SIGNAL = Matrix(((0, 0, 1, 3, 2, 0, 0, 0, 0, 0),), line=True)
_KERNEL = Matrix(((1, 2, 1),), line=True)
#: A longer signal could not be read on a phone.
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Params:
    """A signal, a kernel, and by how much the signal is shifted."""

    input: Matrix = param(MatrixField("the signal: a list of numbers", column=True), _SIGNAL)
    kernel: Matrix = param(MatrixField("the weights: a list of numbers", column=True), _KERNEL)
    shift: int = param(
        Whole(
            "cells the signal is shifted to the right; to the left if negative", least=-19, most=19
        ),
        3,
    )

    @property
    def axis(self) -> Axis:
        """How the window walks."""
        return Axis(self.input.width, self.kernel.width)

    @property
    def shifted(self) -> Rows:
        """The signal shifted; zeros come in, and what leaves is lost.

        >>> Params(shift=3).shifted, Params(shift=-3).shifted
        (((0, 0, 0, 0, 0, 1, 3, 2, 0, 0),), ((3, 2, 0, 0, 0, 0, 0, 0, 0, 0),))
        """
        line = self.input.rows[0]
        found = tuple(
            line[i - self.shift] if 0 <= i - self.shift < len(line) else 0 for i in range(len(line))
        )
        return (found,)

    @property
    def traces(self) -> tuple[Trace, Trace]:
        """Return the outputs of the signal and of the signal shifted."""
        plane = Plane(ONE, self.axis, line=True)
        one, other = (convolve(x, self.kernel.rows, plane) for x in (self.input.rows, self.shifted))
        return one, other

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for name, matrix in (("input", self.input), ("kernel", self.kernel)):
            if not matrix.line:
                yield Problem("", name, f"a matrix, {matrix.size}", "a list of numbers")
        if self.input.width > _LONGEST:
            got = f"{self.input.width} numbers"
            yield Problem("", "input", got, f"at most {_LONGEST}, to be read")
        if self.kernel.width > self.input.width:
            got = f"{self.kernel.width} numbers"
            yield Problem(
                "", "kernel", got, f"at most {self.input.width}, as many as the input has"
            )
        elif abs(self.shift) >= self.axis.output:
            most = self.axis.output - 1
            wanted = f"at most {most}, so that a number of the output is still there"
            yield Problem("", "shift", str(self.shift), wanted)


def solve(p: Params) -> Solved:
    """Slide over the signal, and then over the signal shifted."""
    (one, first), (other, second) = p.traces
    steps = [replace(step, at=(0, step.at[1])) for step in first]
    for step in second:
        told = f"Shifted, {step.says[0].lower()}{step.says[1:-1]}"
        before = step.at[1] - p.shift
        if p.shift and 0 <= before < len(first):
            told += f", as at position {before + 1} before"
        steps.append(replace(step, index=len(steps) + 1, at=(1, step.at[1]), says=f"{told}."))
    kept = len(first) - abs(p.shift)
    where = "right" if p.shift > 0 else "left"
    says = (
        f"{sized(p.kernel, 'kernel').capitalize()} slides over {sized(p.input, 'signal')}. Shift"
        f" the signal by {count(abs(p.shift), 'cell')} to the {where} and the output shifts with"
        f" it: the {kept} framed of its {count(len(first), 'number')} have only moved."
    )
    if not p.shift:
        says = (
            f"{sized(p.kernel, 'kernel').capitalize()} slides over {sized(p.input, 'signal')}:"
            f" {count(len(first), 'sum')}. Nothing is shifted, so the two are equal."
        )
    alt = (
        f"Convolution in one dimension. {says} Signal {spoken(p.input.rows)}."
        f" Kernel {spoken(p.kernel.rows)}. Output {spoken(one)}."
        f" Signal shifted {spoken(p.shifted)}. Its output {spoken(other)}."
    )
    return Solved((one[0], other[0]), tuple(steps), alt, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw signal, kernel and output below each other, twice."""
    name = words("kernel", canvas.text, weight="semibold")
    margin = name.width + 24
    beside = (canvas.width - margin) / p.input.width >= canvas.least
    room = canvas.width - (margin if beside else 0)
    side = min(canvas.cell, room / p.input.width)
    look = _Look(p, side, margin if beside else 0, canvas)

    def body(step: Step | None) -> Box:
        return column([look.lines(0, step), look.lines(1, step)], gap=canvas.cell * 0.6)

    def foot(step: Step | None) -> Box:
        if step is None:
            return space()
        return arithmetic(chunks(step), canvas.text * 1.25, canvas.width)

    return film(Story(body, foot, alike=steady), example, title, canvas)


@dataclass(frozen=True, slots=True)
class _Look:
    """The lines of the figure at one size of their cells.

    `margin` is the room for names at the left; with none they stand above.
    """

    p: Params
    side: float
    margin: float
    canvas: Canvas

    def lines(self, which: int, step: Step | None) -> Box:
        """Draw the signal, shifted or not, with the kernel and the output below it."""
        p = self.p
        now = step if step and step.at[0] == which else None
        place = now.at[1] if now else 0
        kernel = weights_grid(p.kernel.rows, self.side, width=self.side)
        if step and not now:
            kernel = replace(kernel, parts=())
        name = "signal" if which == 0 else "shifted"
        lines = [
            self._named(name, self._signal(which, now, step), 0),
            self._named("kernel" if kernel.parts else "", kernel, place * self.side),
            self._named("output", self._output(which, step), (p.kernel.width - 1) / 2 * self.side),
        ]
        return column(lines, gap=8 if self.margin else 4)

    def _named(self, name: str, line: Box, start: float) -> Box:
        """Put a name before a line, or above it, and the line where it belongs."""
        full = self.p.input.width * self.side
        placed = Box(full, line.height, line.moved(start, 0))
        label = words(name or " ", self.canvas.text, weight="semibold")
        if not self.margin:
            return column([label, placed])
        return row([Box(self.margin, label.height, label.parts), placed])

    def _signal(self, which: int, now: Step | None, step: Step | None) -> Box:
        p = self.p
        line = (p.input.rows if which == 0 else p.shifted)[0]
        weights = {term.at[1]: shown(term.w) for term in now.terms if term.at} if now else {}

        def cell(i: int) -> Cell:
            if i in weights:
                return Cell(shown(line[i]), "window-cell", "ink", "bold")
            return Cell(shown(line[i]), "cell", "muted" if step else "ink")

        frames = [Frame("window", 0, now.at[1], 1, p.kernel.width)] if now else []
        return grid([[cell(i) for i in range(len(line))]], self.side, frames)

    def _output(self, which: int, step: Step | None) -> Box:
        """Draw the sums that are known; in the end, framed, those that only move."""
        p = self.p
        line = p.traces[which][0][0]
        now = step.at[1] if step and step.at[0] == which else None
        known = (
            len(line) if step is None or step.at[0] > which else (now + 1 if now is not None else 0)
        )
        # The number above that the shifted one repeats.
        twin = step.at[1] - p.shift if step and step.at[0] == 1 and which == 0 else None

        def cell(i: int) -> Cell:
            if i >= known:
                return Cell(role="empty")
            text = shown(line[i])
            kept = self._kept(which, i)
            if i in (now, twin) or (step is None and kept):
                return Cell(text, "result-cell", "result-ink", "bold")
            return Cell(text, "cell", "ink" if step is None else "muted")

        frames = []
        if step is None:
            kept = [i for i in range(len(line)) if self._kept(which, i)]
            frames = [Frame("result", 0, kept[0], 1, len(kept))]
        elif now is not None:
            frames = [Frame("result", 0, now, 1, 1)]
        body = [cell(i) for i in range(len(line))]
        return grid([body], self.side, frames, {shown(number) for number in line})

    def _kept(self, which: int, i: int) -> bool:
        """Return whether a number of one output stands in the other too."""
        moved = i + self.p.shift if which == 0 else i - self.p.shift
        return 0 <= moved < self.p.axis.output


KIND = Kind(
    title="Convolution in one dimension",
    says="a window on a line of numbers; shift the line and the output shifts with it",
    params=Params,
    solve=solve,
    draw=draw,
)
