"""A dense layer against a convolution: connections, and the weights they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine.shapes import Axis, Plane
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._links import Links, linked
from generator.examples._story import Story, film
from generator.examples._words import count
from generator.model import Example, Step, Term
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.parts import Chunk, arithmetic, labelled
from generator.spec.fields import Pair, param

#: Beyond this a side is a slip of the finger.
_LARGEST = 1000


@dataclass(frozen=True, slots=True)
class Params:
    """The input's size, and the convolution's window; the dense layer has as many units."""

    size: tuple[int, int] = param(Pair("rows and columns of the input", least=1, most=_LARGEST),
                                  (4, 4))  # fmt: skip
    kernel: tuple[int, int] = param(Pair("side of the window", least=1, most=_LARGEST), (2, 2))
    stride: tuple[int, int] = param(
        Pair("cells the window moves at a time", least=1, most=_LARGEST), (1, 1)
    )

    @property
    def plane(self) -> Plane:
        """How the window walks."""
        rows, columns = (
            Axis(size, kernel, stride)
            for size, kernel, stride in zip(self.size, self.kernel, self.stride, strict=True)
        )
        return Plane(rows, columns)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for word, size, kernel in zip(("rows", "columns"), self.size, self.kernel, strict=True):
            if kernel > size:
                yield Problem("", "kernel", f"{kernel} {word}", f"at most {size}, as the input has")


def solve(p: Params) -> Solved:
    """Count connections and weights of both layers."""
    height, width = p.plane.output
    read, units, weights = p.size[0] * p.size[1], height * width, p.kernel[0] * p.kernel[1]
    dense, shared = read * units, units * weights
    size, grid = f"{p.size[0]} × {p.size[1]}", f"{height} × {width}"
    each = "one of its own" if dense > 1 else "one"
    steps = (
        _step(1, (0, 0), (units, read), dense,
              f"Dense layer: each of the {count(units, 'unit')} reads all {read:,} cells,"
              f" {units:,}·{read:,} = {count(dense, 'connection')}"),
        _step(2, (0, 1), (units, read), dense,
              f"Dense layer: every connection has a weight, {each},"
              f" {units:,}·{read:,} = {count(dense, 'weight')}"),
        _step(3, (1, 0), (units, weights), shared,
              f"Convolution: each of the {count(units, 'unit')} reads {count(weights, 'cell')},"
              f" {units:,}·{weights:,} = {count(shared, 'connection')}"),
        _step(4, (1, 1), p.kernel, weights,
              "Convolution: all units share one kernel,"
              f" {p.kernel[0]}·{p.kernel[1]} = {count(weights, 'weight')}"),
    )  # fmt: skip
    says = (
        f"From a {size} input to {grid} = {count(units, 'unit')}: a dense layer has {dense:,}"
        f" connections and as many weights, a convolution of {p.kernel[0]} × {p.kernel[1]} has"
        f" {shared:,} connections and {count(weights, 'weight')}."
    )
    told = " ".join(step.says for step in steps)
    alt = (
        f"A dense layer beside a convolution, drawn with their connections. {says} {told}"
        f" In short: {dense}, {dense}; {shared}, {weights}."
    )
    return Solved(((dense, dense), (shared, weights)), steps, alt, says)


def _step(index: int, at: tuple[int, int], factors: tuple[int, int], value: int, says: str) -> Step:
    return Step(index, at, None, (Term(factors[0], factors[1]),), value, f"{says}.")


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw both layers beside each other, with a line for every connection that can be told."""
    stacked = canvas.name == "narrow"
    gap = canvas.cell * 0.9
    room = canvas.width if stacked else (canvas.width - gap) / 2
    height, width = p.plane.output
    units = height * width
    names = (f"dense, {units:,} units", f"convolution, {units:,} units")

    def panel(which: int, step: Step | None) -> Box:
        # The first step of a layer shows what one unit reads, the second which weights there are.
        one = step is not None and step.at == (which, 0)
        links = Links(p.plane, which == 0, one=one)
        if step and step.at[0] < which:
            links = Links(p.plane, which == 0, hidden=True)
        return labelled(names[which], "", linked(links, room, canvas), canvas)

    def body(step: Step | None) -> Box:
        if step and stacked:
            return panel(step.at[0], step)
        panels = [panel(0, step), panel(1, step)]
        return column(panels, gap * 0.6) if stacked else row(panels, gap)

    def foot(step: Step | None) -> Box:
        steps = [step] if step else list(example.steps)
        lines = [_line(each, canvas, named=step is None) for each in steps]
        return column(lines, 4)

    return film(Story(body, foot), example, title, canvas)


def _line(step: Step, canvas: Canvas, *, named: bool) -> Box:
    """Draw what is counted, and the product."""
    layer = ("dense", "convolution")[step.at[0]]
    what = ("connections", "weights")[step.at[1]]
    term = step.terms[0]
    product: Chunk = [
        (f"{term.x:,}", "window-ink" if what == "connections" else "kernel-ink", "bold"),
        ("·", "muted", "regular"),
        (f"{term.w:,}", "kernel-ink", "bold"),
    ]
    name = f"{layer}, {what}" if named else what
    found: list[Chunk] = [
        [(f"{name}: ", "muted", "regular")],
        product,
        [("= ", "muted", "regular"), (f"{step.value:,}", "result-ink", "bold")],
    ]
    return arithmetic(found, canvas.text * (1.1 if named else 1.25), canvas.width)


KIND = Kind(
    title="Dense layer and convolution",
    says="every input to every unit against a window with shared weights, connections counted",
    params=Params,
    solve=solve,
    draw=draw,
)
