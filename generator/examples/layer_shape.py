"""The shape of a convolutional layer: what goes in, how many kernels, what comes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine.shapes import Axis
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._words import count
from generator.model import Example, Step
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.marks import Mark, Poly, Rect, Role
from generator.scene.parts import Chunk, arithmetic, sign, words
from generator.spec.fields import Flag, Pair, Whole, param
from generator.spec.padding import NONE, Padding, PaddingField, axis

#: Deeper blocks are drawn no deeper than this share of the largest face.
_DEEPEST, _THINNEST = 0.6, 3.0
#: So many kernels are drawn one behind the other; more are told in words.
_DRAWN = 5


@dataclass(frozen=True, slots=True)
class Params:
    """A layer's input and its kernels; torch's names."""

    size: tuple[int, int] = param(Pair("rows and columns of the input", least=1), (32, 32))
    channels: int = param(Whole("channels of the input", least=1), 1)
    filters: int = param(Whole("how many kernels, and so maps", least=1), 10)
    kernel_size: tuple[int, int] = param(Pair("rows and columns of a kernel", least=1), (5, 5))
    stride: tuple[int, int] = param(Pair("cells a kernel moves at a time", least=1), (1, 1))
    padding: Padding = param(PaddingField("cells around the input, or valid, same, full"), NONE)
    dilation: tuple[int, int] = param(Pair("distance of the cells that are read", least=1), (1, 1))
    bias: bool = param(Flag("whether every kernel has a bias"), True)

    def axes(self) -> list[Axis | Problem]:
        """Return how the kernels walk down and across, or why they cannot."""
        return [
            axis(i, self.size[i], self.kernel_size[i], self.stride[i], self.padding,
                 self.dilation[i])
            for i in (0, 1)
        ]  # fmt: skip

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for found in self.axes():
            if isinstance(found, Problem):
                yield Problem("", "kernel_size", found.got, found.wanted)


def solve(p: Params) -> Solved:
    """Work out rows, columns and depth of the output, and count what is learned."""
    rows, columns = (found for found in p.axes() if isinstance(found, Axis))
    steps = (
        _side(1, "Rows", rows),
        _side(2, "Columns", columns),
        Step(3, (2,), None, (), p.filters, _depth(p)),
    )
    result = tuple(step.value for step in steps)
    shape = " × ".join(str(value) for value in result)
    says = (
        f"{p.size[0]} × {p.size[1]} × {p.channels} becomes {shape}. Every kernel is as deep as the"
        f" input, {_kernel(p)}, and {_learned(p)} are learned."
    )
    alt = (
        f"A block of {p.size[0]} × {p.size[1]} × {p.channels}, {count(p.filters, 'kernel')} of"
        f" {_kernel(p)}, and a block of {shape}. {' '.join(step.says for step in steps)}"
        f" {_weights(p)}."
    )
    return Solved(result, steps, alt, says)


def _depth(p: Params) -> str:
    kernels, maps = count(p.filters, "kernel"), count(p.filters, "map")
    word = "makes" if p.filters == 1 else "make"
    return f"Depth: {kernels} {word} {maps}, whatever the depth of the input."


def _kernel(p: Params) -> str:
    return f"{p.kernel_size[0]} × {p.kernel_size[1]} × {p.channels}"


def parameters(p: Params) -> int:
    """Return how many numbers the layer learns: (K·L·C + 1)·F.

    >>> parameters(Params())
    260
    """
    return (p.kernel_size[0] * p.kernel_size[1] * p.channels + p.bias) * p.filters


def _learned(p: Params) -> str:
    return count(parameters(p), "number")


def _weights(p: Params) -> str:
    inside = f"{p.kernel_size[0]}·{p.kernel_size[1]}·{p.channels}"
    inside = f"({inside} + 1)" if p.bias else inside
    return f"{inside}·{p.filters} = {parameters(p):,} numbers are learned"


def _side(index: int, name: str, axis_: Axis) -> Step:
    """Tell one side by the formula."""
    formula = "".join(text for chunk in _formula(axis_) for text, _, _ in chunk)
    says = f"{name}: {formula} = {axis_.output}."
    return Step(index, (index - 1,), None, (), axis_.output, says)


def _formula(axis_: Axis) -> list[Chunk]:
    """Return ⌊(W − K + P₁ + P₂) / S⌋ + 1 with its numbers, in pieces.

    >>> "".join(text for chunk in _formula(Axis(32, 5)) for text, _, _ in chunk)
    '(32 − 5) + 1'
    >>> "".join(text for chunk in _formula(Axis(7, 3, 2, 1, 1)) for text, _, _ in chunk)
    '⌊(7 − 3 + 1 + 1) / 2⌋ + 1'
    """
    stepped = axis_.stride > 1
    inner: Chunk = [
        ("⌊(" if stepped else "(", "muted", "regular"),
        (str(axis_.size), "window-ink", "bold"),
        (" − ", "muted", "regular"),
        (str(axis_.extent), "kernel-ink", "bold"),
    ]
    if axis_.before or axis_.after:
        padded = f"{axis_.before} + {axis_.after}"
        inner = [*inner, (" + ", "muted", "regular"), (padded, "window-ink", "bold")]
    closing = f") / {axis_.stride}⌋" if stepped else ")"
    return [[*inner, (closing, "muted", "regular"), (" + 1", "muted", "regular")]]


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the blocks and work out one side a frame."""
    rows, columns = (found for found in p.axes() if isinstance(found, Axis))

    def body(step: Step | None) -> Box:
        return _blocks(p, example, step, canvas)

    def foot(step: Step | None) -> Box:
        size = canvas.text * 1.2
        if step is None:
            return words(_weights(p), canvas.text, room=canvas.width)
        if step.index == 3:
            chunks: list[Chunk] = [[(count(p.filters, "kernel"), "kernel-ink", "bold")]]
        else:
            chunks = _formula(rows if step.index == 1 else columns)
        word = ("rows", "columns", count(int(step.value), "map").partition(" ")[2])[step.index - 1]
        equals: Chunk = [("= ", "muted", "regular"), (str(step.value), "result-ink", "bold"),
                         (f" {word}", "muted", "regular")]  # fmt: skip
        return arithmetic([*chunks, equals], size, canvas.width)

    return _story.film(_story.Story(body, foot), example, title, canvas)


def _blocks(p: Params, example: Example, step: Step | None, canvas: Canvas) -> Box:
    """Draw input, kernels and output; faces to one scale."""
    out = [int(value) for value in (each.value for each in example.steps)]
    stacked = canvas.name == "narrow"
    largest = max(*p.size, *out[:2], *p.kernel_size)
    face = {"slide": 200.0, "page": 120.0}.get(canvas.name, 150.0)
    scale = face / largest
    deep = min(scale, face * _DEEPEST / max(p.channels, out[2]))
    x = _told(
        block(p.size[0] * scale, p.size[1] * scale, p.channels * deep, "window-cell", "window"),
        "input", f"{p.size[0]} × {p.size[1]} × {p.channels}", canvas,
    )  # fmt: skip
    y = _told(
        block(out[0] * scale, out[1] * scale, out[2] * deep, "result-cell", "result"),
        "output", _output(out, step), canvas,
    )  # fmt: skip
    tall, wide = (max(side * scale, 10.0) for side in p.kernel_size)
    one = block(tall, wide, p.channels * deep, "kernel-cell", "kernel")
    # On a phone the row of kernels is as wide as the picture may be.
    room = canvas.width - 2 * canvas.cell if stacked else float("inf")
    drawn = int(max(1, min(p.filters, _DRAWN, (room + 10) // (one.width + 10))))
    kernels = row([one] * drawn, 10)
    name = f"{count(p.filters, 'kernel')}" + (f", {drawn} drawn" if drawn < p.filters else "")
    w = _told(kernels, name, f"{_kernel(p)} each" if p.filters > 1 else _kernel(p), canvas)
    gap = canvas.cell * 0.5
    if stacked:
        weighed = row([sign("∗", canvas), w], gap)
        return column([x, weighed, row([sign("=", canvas), y], gap)], gap)
    return row([x, sign("∗", canvas), w, sign("=", canvas), y], gap)


def _output(out: list[int], step: Step | None) -> str:
    """Return the output's shape as far as it is known."""
    known = 3 if step is None else step.index
    return " × ".join(str(side) if i < known else "?" for i, side in enumerate(out))


def _told(body: Box, name: str, size: str, canvas: Canvas) -> Box:
    """Put a name and a shape below a block."""
    title = words(name, canvas.text, weight="semibold")
    told = words(size, canvas.note, "muted")
    stack = column([body, title, told], 4, "middle")
    return Box(stack.width, stack.height, stack.parts, body.height / 2)


def block(height: float, width: float, depth: float, fill: Role, edge: Role) -> Box:
    """Draw a block: its face, and its depth to the right and upwards [px]."""
    shift = max(depth, _THINNEST) * 0.7
    tall, wide = height, width
    top = ((0, shift), (shift, 0), (shift + wide, 0), (wide, shift))
    side = ((wide, shift), (wide + shift, 0), (wide + shift, tall), (wide, tall + shift))
    marks: tuple[Mark, ...] = (
        Poly(top, fill, closed=True),
        Poly(side, fill, closed=True),
        Rect(0, shift, wide, tall, fill),
        Rect(0, shift, wide, tall, edge),
    )
    return Box(wide + shift, tall + shift, marks)


KIND = Kind(
    title="The shape of a layer",
    says="an input and many kernels: rows, columns and depth of what comes out",
    params=Params,
    solve=solve,
    draw=draw,
)
