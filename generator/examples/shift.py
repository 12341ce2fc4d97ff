"""The same object elsewhere: a dense neuron answers otherwise, a convolution's map moves along."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import convolve
from generator.engine.trace_channels import linear
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._page import largest
from generator.examples._two_answers import Look, Seen
from generator.examples._words import spoken
from generator.model import Example, Region, Rows
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.spec.fields import param
from generator.spec.lists import ShiftField
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


@dataclass(frozen=True, slots=True)
class Params:
    """A picture with an object, how far it moves, and who looks at it."""

    input: Matrix = param(
        MatrixField("a picture with an object in it", line=False, picture=12), _INPUT
    )
    by: tuple[int, int] = param(
        ShiftField("how far it moves: rows down, columns to the right", most=_WIDEST), (2, 4)
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


# Solved once, then drawn on every canvas.
@lru_cache(maxsize=16)
def _look_at(p: Params, picture: Rows) -> Seen:
    flat = tuple(number for line in picture for number in line)
    weights = (tuple(number for line in p.dense for number in line),)
    _, (dense,) = linear(flat, weights)
    rows, steps = convolve(picture, p.kernel.rows, p.plane)
    return Seen(picture, dense, rows, max(steps, key=lambda step: step.value))


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


def _says(p: Params, before: Seen, after: Seen) -> str:
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


def _fitting(p: Params, example: Example, canvas: Canvas) -> Look:
    """Return the largest cells that fit."""
    seen = (_look_at(p, p.input.rows), _look_at(p, p.shifted))

    def look(side: int) -> Look:
        return Look(p.dense, p.kernel.rows, p.plane, seen, example.steps, canvas, side)

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
