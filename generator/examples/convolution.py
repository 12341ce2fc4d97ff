"""Convolution: a kernel slides over an input, and every stop is one sum."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import prod

from generator.engine.shapes import ONE, PADDING_MODES, Axis, PaddingMode, Plane, furthest
from generator.engine.trace import convolve, turned
from generator.errors import Problem
from generator.examples._kernel import kernel_field
from generator.examples._kind import Kind, Solved
from generator.examples._sum import summands
from generator.examples._window import Sliding
from generator.examples._words import count, listing, spoken
from generator.examples._zoom import film
from generator.model import Example, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.parts import Chunk
from generator.spec.fields import Choice, Flag, Pair, Real, param
from generator.spec.matrix import LARGEST, Matrix, MatrixField
from generator.spec.padding import NONE, Padding, PaddingField, axis

#: With more than this nobody could read the numbers, or wait for them.
WIDEST_PADDED, MOST_PRODUCTS = 64, 100_000


@dataclass(frozen=True, slots=True)
class Params:
    """What a convolution needs; torch's names."""

    input: Matrix = param(
        MatrixField("the numbers the window reads: a matrix or a list", widest=LARGEST)
    )
    kernel: Matrix = param(kernel_field(line=True))
    stride: tuple[int, int] = param(Pair("cells the window moves at a time", least=1), (1, 1))
    padding: Padding = param(PaddingField("cells around the input, or valid, same, full"), NONE)
    padding_mode: PaddingMode = param(Choice("what the padding holds", PADDING_MODES), "zeros")
    dilation: tuple[int, int] = param(Pair("distance of the cells that are read", least=1), (1, 1))
    bias: Number = param(Real("added to every sum"), 0)
    flip: bool = param(Flag("turn the kernel by 180° first: true convolution"), False)

    def _axes(self) -> list[tuple[str, int, Axis | Problem]]:
        x, w = self.input, self.kernel
        sizes = [(1, "columns", x.width, w.width)]
        if not x.line:
            sizes.append((0, "rows", x.height, w.height))
        return [
            (word, size, axis(i, size, k, self.stride[i], self.padding, self.dilation[i]))
            for i, word, size, k in sizes
        ]

    @property
    def plane(self) -> Plane:
        """How the window walks."""
        axes = [found for _, _, found in self._axes() if isinstance(found, Axis)]
        if self.input.line:
            return Plane(ONE, axes[0], line=True)
        return Plane(axes[1], axes[0])

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        if self.input.line != self.kernel.line:
            words = {True: "a list (1-D)", False: "a matrix (2-D)"}
            wanted = f"{words[self.input.line]}, as the input is one"
            yield Problem("", "kernel", words[self.kernel.line], wanted)
            return
        if self.input.line:
            yield from self._pairs_on_a_line()
        axes = []
        for word, size, found in self._axes():
            if isinstance(found, Problem):
                yield found
                continue
            axes.append(found)
            most = furthest(size, self.padding_mode)
            if max(found.before, found.after) > most:
                got = f"{max(found.before, found.after)} cells of {self.padding_mode} padding"
                yield Problem("", "padding", got, f"at most {most}: the input has {size} {word}")
            if found.padded > WIDEST_PADDED:
                got = f"{found.padded} {word} with the padding"
                yield Problem("", "padding", got, f"at most {WIDEST_PADDED}, to be read")
        products = prod(found.output * found.kernel for found in axes)
        readable = all(found.padded <= WIDEST_PADDED for found in axes)
        if readable and products > MOST_PRODUCTS:
            wanted = f"at most {MOST_PRODUCTS:,} for a worked example"
            yield Problem("", "input", f"{products:,} products", wanted)

    def _pairs_on_a_line(self) -> Iterable[Problem]:
        """A list has one direction: a pair would be half ignored."""
        for name, pair in (("stride", self.stride), ("dilation", self.dilation)):
            if pair[0] != pair[1]:
                yield Problem(
                    "", name, f"[{pair[0]}, {pair[1]}]", "one number; the input is a list"
                )
        if not isinstance(self.padding, str) and self.padding[0] not in ((0, 0), self.padding[1]):
            wanted = "one number, or [[0, 0], [before, after]]; the input is a list"
            got = str([list(sides) if len(set(sides)) > 1 else sides[0] for sides in self.padding])
            yield Problem("", "padding", got, wanted)


def solve(p: Params) -> Solved:
    """Slide, multiply, add."""
    rows, steps = convolve(
        p.input.rows, p.kernel.rows, p.plane, mode=p.padding_mode, bias=p.bias, flip=p.flip
    )
    size = str(len(rows[0])) if p.input.line else f"{len(rows)} × {len(rows[0])}"
    named = f" ({p.kernel.origin})" if isinstance(p.kernel.origin, str) else ""
    kernel, input_ = sized(p.kernel, "kernel") + named, sized(p.input, "input")
    says = (
        f"{kernel.capitalize()} stops {count(len(steps), 'time')} on {input_}{_settings(p)}."
        f" Every stop gives one number of the output."
    )
    name = "True convolution" if p.flip else "Convolution"
    alt = (
        f"{name} of {input_} with {kernel}{_settings(p)}."
        f" Input {spoken(p.input.rows)}. Kernel {spoken(p.kernel.rows)}."
        f" Output, {size}: {spoken(rows)}."
    )
    if p.input.line:
        return Solved(rows[0], tuple(replace(step, at=step.at[1:]) for step in steps), alt, says)
    return Solved(rows, steps, alt, says)


def sized(matrix: Matrix, word: str) -> str:
    """Return what a matrix is called in a sentence.

    >>> sized(Matrix(((1, 2, 3),), line=True), "kernel"), sized(Matrix(((1, 2), (3, 4))), "input")
    ('a kernel of 3 numbers', 'a 2 × 2 input')
    """
    if matrix.line:
        article = "an" if word[0] in "aeiou" else "a"
        return f"{article} {word} of {count(matrix.width, 'number')}"
    return f"a {matrix.size} {word}"


def _settings(p: Params) -> str:
    """Name what differs from the plain case."""
    said = []
    if p.stride != (1, 1):
        said.append("stride " + _pair(p.stride))
    if p.padding != NONE:
        word = f"“{p.padding}” padding" if isinstance(p.padding, str) else "padding"
        mode = "" if p.padding_mode == "zeros" else f" ({p.padding_mode})"
        said.append(f"{word} {_sides(p)}{mode}")
    if p.dilation != (1, 1):
        said.append("dilation " + _pair(p.dilation))
    if p.bias:
        said.append(f"bias {shown(p.bias)}")
    if p.flip:
        said.append("the kernel turned by 180°")
    return ", " + listing(said) if said else ""


def _sides(p: Params) -> str:
    """Say how much padding there is, side by side if the sides differ."""
    columns, rows = p.plane.columns, p.plane.rows
    sides = {"left": columns.before, "right": columns.after}
    if p.input.line:
        sides = {"before": columns.before, "after": columns.after}
    else:
        sides = {"above": rows.before, "below": rows.after, **sides}
    if len(set(sides.values())) == 1:
        return str(columns.before)
    return listing([f"{cells} {side}" for side, cells in sides.items()])


def _pair(pair: tuple[int, int]) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]} down and {pair[1]} across"


def chunks(step: Step) -> list[Chunk]:
    """Return a step's sum in pieces that stay together on a line."""
    found = summands(step.terms)
    found.append([("=", "muted", "regular"), (" " + shown(step.value), "result-ink", "bold")])
    return found


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw input, kernel and output, with the window at every stop."""
    kernel = ("kernel, turned", turned(p.kernel.rows)) if p.flip else ("kernel", p.kernel.rows)
    story = Sliding(p.input.rows, p.plane, p.padding_mode, p.input.line, kernel, "output", chunks)
    return film(story, example, title, canvas)


KIND = Kind(
    title="Convolution",
    says="a kernel slides over a matrix or a list, and every stop is one sum of products",
    params=Params,
    solve=solve,
    draw=draw,
)
