"""A sequence two ways: a recurrent step reads the state before it, a convolution a window."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.engine.shapes import ONE, Axis, Plane
from generator.engine.trace import convolve
from generator.engine.trace_recurrent import layers_to_see, recur
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._story import Story, film
from generator.examples._words import count, spoken
from generator.examples.convolution import chunks
from generator.model import Example, Step
from generator.numerals import Number, factor, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.fonts import advance, cap_height
from generator.scene.layout import Box, column, space
from generator.scene.marks import Line, Mark, Poly, Rect, Role, Text, Weight
from generator.scene.parts import FILL, LEGIBLE, arithmetic, fitted, labelled
from generator.spec.fields import Real, param
from generator.spec.matrix import Matrix, MatrixField

#: A longer sequence could not be read.
_MOST = 12
#: On a phone so many cells beside each other can be read.
_SHOWN = 7
#: A cell takes this share of the way to the next.
_SHARE = 0.82
#: Numbers with more signs than this are too long for a cell; the states of a sequence grow.
_SIGNS = 7


@dataclass(frozen=True, slots=True)
class Params:
    """The sequence, the weights of the recurrent step, and the kernel."""

    input: Matrix = param(
        MatrixField("the sequence: a list", column=True), Matrix(((2, 1, 0, 3, 1, 2),), True)
    )
    w: Number = param(Real("weight of the input in the recurrent step"), 1)
    u: Number = param(Real("weight of the state before it"), Real("").parse("0.5"))
    start: Number = param(Real("the state before the first"), 0)
    kernel: Matrix = param(
        MatrixField("the weights of the window: a list", column=True),
        Matrix(((Real("").parse("0.25"), Real("").parse("0.5"), 1),), True),
    )

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        fits = True
        for name, matrix in (("input", self.input), ("kernel", self.kernel)):
            if not matrix.line:
                yield Problem("", name, f"a {matrix.size} matrix", "a list of numbers")
                fits = False
        if self.input.width > _MOST:
            yield Problem("", "input", count(self.input.width, "number"), f"at most {_MOST}")
            fits = False
        if self.kernel.width > self.input.width:
            wanted = f"at most {self.input.width}, as the sequence has"
            yield Problem("", "kernel", count(self.kernel.width, "weight"), wanted)
            fits = False
        if fits:
            states = recur(self.input.rows[0], self.w, self.u, self.start)
            long = [s for s in states if len(shown(s.value)) > _SIGNS]
            if long:
                got = f"a state {long[0].index} of {shown(long[0].value)}"
                yield Problem("", "u", got, f"states of at most {_SIGNS} signs; shorter weights")


def solve(p: Params) -> Solved:
    """Step through the sequence both ways."""
    x, length, kernel = p.input.rows[0], p.input.width, p.kernel.width
    states = recur(x, p.w, p.u, p.start)
    outputs, windows = convolve(p.input.rows, p.kernel.rows, _plane(p))
    steps = [replace(step, at=(0, *step.at)) for step in states]
    steps += [
        replace(step, index=length + step.index, at=(1, step.at[1]),
                says=step.says.replace("Position", "Output"))
        for step in windows
    ]  # fmt: skip
    result = tuple(step.value for step in states), outputs[0]
    layers = layers_to_see(length, kernel)
    reach = (
        f"one layer sees {count(kernel, 'number')}, {layers} layers see all {length}"
        if layers and layers > 1
        else f"one layer sees {count(kernel, 'number')}"
    )
    says = (
        f"From the first number to the last state there are {count(length, 'step')}, one after the"
        f" other; a window needs one, and all outputs can be computed at once: {reach}."
    )
    alt = (
        f"A sequence of {count(length, 'number')}, {spoken((x,))}, read by a recurrent step,"
        f" h = {factor(p.w)}·x + {factor(p.u)}·(h before), and by a convolution with the kernel"
        f" {spoken(p.kernel.rows)}. States: {spoken((result[0],))}. Outputs: {spoken(outputs)}."
        f" {says}"
    )
    return Solved(result, tuple(steps), alt, says)


def _plane(p: Params) -> Plane:
    """The window ends at its output: nothing is read that comes later."""
    columns = Axis(p.input.width, p.kernel.width, before=p.kernel.width - 1)
    return Plane(ONE, columns, line=True)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw both ways with an arrow for everything that is read."""
    look = _Look(p, example.steps, canvas)

    def body(step: Step | None) -> Box:
        if step and canvas.name == "narrow":
            return look.panel(step.at[0], step)
        return column([look.panel(0, step), look.panel(1, step)], canvas.cell * 0.5)

    def foot(step: Step | None) -> Box:
        if step is None:
            return space()
        return arithmetic(chunks(step), canvas.text * 1.25, canvas.width)

    return film(Story(body, foot, alike=lambda step: step.at[0]), example, title, canvas)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where cells stand: from which one to before which, and how far from each other [px]."""

    first: int
    last: int
    pitch: float

    def __call__(self, t: int) -> float:
        """Return the middle of a cell."""
        return (t - self.first + 0.5) * self.pitch


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that does not change from step to step."""

    p: Params
    steps: tuple[Step, ...]
    canvas: Canvas

    @property
    def before(self) -> int:
        """Cells in front of the sequence: padding, and the state before the first."""
        return max(self.p.kernel.width - 1, 1)

    @property
    def places(self) -> int:
        """Cells that stand beside each other."""
        every = self.p.input.width + self.before
        if self.canvas.name != "narrow":
            return every
        numbers = [*self.p.input.rows[0], *(step.value for step in self.steps)]
        widest = max(advance(shown(each), LEGIBLE, "bold") for each in numbers)
        # A step and all it reads have to be there, whatever the numbers are.
        readable = int(self.canvas.width * _SHARE * FILL / widest)
        return min(every, _SHOWN, max(readable, self.before + 2))

    def first(self, step: Step | None) -> int:
        """Return the leftmost place that is drawn: on a phone what a step reads has to be there."""
        if step is None:
            return -self.before
        latest = step.at[1] - self.places + 2
        return min(max(latest, -self.before), self.p.input.width - self.places)

    @property
    def pitch(self) -> float:
        """From one cell to the next [px]."""
        return min(self.canvas.width / self.places, self.canvas.cell * 1.5)

    @property
    def side(self) -> tuple[float, float]:
        """Width and height of a cell [px]."""
        return self.pitch * _SHARE, min(self.pitch * _SHARE, self.canvas.cell * 0.86)

    def panel(self, which: int, step: Step | None) -> Box:
        """Draw one of the two ways as far as it is known."""
        length, high = self.p.input.width, self.side[1]
        first = self.first(step)
        last = min(first + self.places, length)
        at = _Places(first, last, self.pitch)
        mine = self.steps[which * length : (which + 1) * length]
        now = step if step and step.at[0] == which else None
        known = [each for each in mine if step is None or each.index <= step.index]
        drop = high * (1.9 if which else 1.5)
        marks: list[Mark] = []
        for each in known:
            if first <= each.at[1] < last:
                marks += self._arrows(which, each, drop, at, step is None or each is now)
        marks += self._read(which, now, at)
        marks += self._made(which, step, drop, at)
        formula = f"window of {self.p.kernel.width}"
        if which == 0:
            formula = f"h = {factor(self.p.w)}·x + {factor(self.p.u)}·h before"
        if last < length:
            formula += ", …"
        drawn = Box(self.pitch * self.places, drop + high + 2, tuple(marks))
        return labelled(("recurrent step", "convolution")[which], formula, drawn, self.canvas)

    def _read(self, which: int, now: Step | None, at: _Places) -> list[Mark]:
        """Draw the sequence, what is read of it, and the window."""
        (wide, high), marks = self.side, list[Mark]()
        numbers = dict(enumerate(self.p.input.rows[0]))
        terms = now.terms if now else ()
        read = {term.at[1] for term in terms if term.at and term.at[0] == 0}
        for t in range(max(at.first, -self.before if which else 0), at.last):
            inside, here = t in numbers, t in read
            role: Role = "padding" if not inside else "window-cell" if here else "cell"
            ink: Role = "window-ink" if here else "ink" if inside and not now else "muted"
            text = shown(numbers.get(t, 0))
            marks += self._cell(at(t), 0, text, (role, ink), here, numbers.values())
        if now and now.window:
            left = at(max(now.window.left, at.first)) - wide / 2 - 2
            right = at(now.window.right) + wide / 2 + 2
            marks.append(Rect(left, 0, right - left, high, "window"))
        return marks

    def _made(self, which: int, step: Step | None, drop: float, at: _Places) -> list[Mark]:
        """Draw the states or the outputs that are known at a step."""
        (wide, high), marks = self.side, list[Mark]()
        length = self.p.input.width
        mine = self.steps[which * length : (which + 1) * length]
        values = {t: each.value for t, each in enumerate(mine)}
        if which == 0:
            values[-1] = self.p.start
        known = length if step is None else step.index - which * length
        here = known - 1 if step and step.at[0] == which else None
        for t, value in values.items():
            if not at.first <= t < at.last:
                continue
            look: tuple[Role, Role] = ("empty", "muted")
            if t < known:
                look = ("result-cell", "result-ink") if step is None or t == here else (
                    "cell", "ink"
                )  # fmt: skip
            before = here is not None and which == 0 and t == here - 1
            if before:
                look = ("window-cell", "window-ink")
            if t < 0:
                look = ("padding", look[1] if before else "muted")
            text = shown(value) if t < known else ""
            marks += self._cell(at(t), drop, text, look, before or t == here, values.values())
            if t == here:
                marks.append(Rect(at(t) - wide / 2, drop, wide, high, "result"))
        return marks

    def _arrows(self, which: int, step: Step, drop: float, at: _Places, strong: bool) -> list[Mark]:
        """Draw an arrow from everything a step reads to what it makes."""
        wide, high = self.side
        to = at(step.at[1])
        marks: list[Mark] = []
        role: Role = "kernel-line" if strong else "line"
        for term in step.terms:
            if term.at is None or term.at[1] < at.first:
                continue
            kind, t = term.at
            if kind == 1 and which == 0:
                start, end = at(t) + wide / 2, to - wide / 2
                y = drop + high / 2
                marks += _arrow(start, y, end, y, role)
            else:
                spread = (t - step.at[1]) * wide * 0.12
                marks += _arrow(at(t), high, to + spread, drop, role)
        return marks

    def _cell(
        self,
        x: float,
        y: float,
        text: str,
        look: tuple[Role, Role],
        bold: bool,
        numbers: Iterable[Number],
    ) -> list[Mark]:
        """Draw a cell; its number is as large as the longest of all `numbers` allows."""
        wide, high = self.side
        marks: list[Mark] = [Rect(x - wide / 2, y, wide, high, look[0])]
        if text:
            size = min(fitted(shown(each), high, "bold", width=wide) for each in numbers)
            weight: Weight = "bold" if bold else "regular"
            base = y + high / 2 + cap_height(size) / 2
            marks.append(Text(x, base, text, size, look[1], weight, "middle"))
        return marks


def _arrow(x: float, y: float, x2: float, y2: float, role: Role) -> list[Mark]:
    """Draw a line with a head."""
    length = ((x2 - x) ** 2 + (y2 - y) ** 2) ** 0.5 or 1
    dx, dy = (x2 - x) / length, (y2 - y) / length
    head, half = min(7.0, length * 0.6), 3.5
    left = (x2 - head * dx - half * dy, y2 - head * dy + half * dx)
    right = (x2 - head * dx + half * dy, y2 - head * dy - half * dx)
    return [Line(x, y, x2, y2, role), Poly((left, (x2, y2), right), role)]


KIND = Kind(
    title="Recurrent step and convolution",
    says="a sequence read by a step that feeds on the one before it, and by a sliding window",
    params=Params,
    solve=solve,
    draw=draw,
)
