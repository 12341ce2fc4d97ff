"""A 1×1 bottleneck: fewer channels first, and a wide kernel costs a fraction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.model import Example, Step, Term
from generator.numerals import shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.marks import Mark, Rect, Role
from generator.scene.parts import words
from generator.spec.fields import Pair, Whole, param


@dataclass(frozen=True, slots=True)
class Params:
    """A layer with a large kernel, and how many channels the 1×1 layer before it leaves."""

    size: tuple[int, int] = param(
        Pair("rows and columns, which 'same' padding keeps", least=1), (28, 28)
    )
    channels: int = param(Whole("channels of the input", least=1), 192)
    reduced: int = param(Whole("channels that the 1×1 layer leaves", least=1), 16)
    filters: int = param(Whole("kernels of the large layer, and so maps", least=1), 32)
    kernel_size: tuple[int, int] = param(
        Pair("rows and columns of the large kernel", least=1), (5, 5)
    )

    def problems(self) -> Iterable[Problem]:
        """Yield nothing: any sizes can be compared, also those that do not pay."""
        return ()


def costs(p: Params) -> tuple[tuple[int, int], ...]:
    """Return outputs and products an output: without, the 1×1 layer, the layer after it.

    >>> [outputs * products for outputs, products in costs(Params())]
    [120422400, 2408448, 10035200]
    """
    pixels = p.size[0] * p.size[1]
    taps = p.kernel_size[0] * p.kernel_size[1]
    return (
        (pixels * p.filters, taps * p.channels),
        (pixels * p.reduced, p.channels),
        (pixels * p.filters, taps * p.reduced),
    )


def weights(p: Params) -> tuple[int, int]:
    """Return how many weights there are without and with the bottleneck, biases aside.

    >>> weights(Params())
    (153600, 15872)
    """
    taps = p.kernel_size[0] * p.kernel_size[1]
    return taps * p.channels * p.filters, p.reduced * (p.channels + taps * p.filters)


def solve(p: Params) -> Solved:
    """Count the multiplications of both ways."""
    kernel = f"{p.kernel_size[0]} × {p.kernel_size[1]}"
    names = (
        f"{p.filters} kernels of {kernel} × {p.channels} without the bottleneck",
        f"{p.reduced} kernels of 1 × 1 × {p.channels}",
        f"{p.filters} kernels of {kernel} × {p.reduced} after it",
    )
    steps = tuple(
        Step(i + 1, (i,), None, (Term(outputs, products),), outputs * products,
             f"{name}: {outputs:,} numbers of {products:,} products each,"
             f" {outputs * products:,} multiplications.")
        for i, (name, (outputs, products)) in enumerate(zip(names, costs(p), strict=True))
    )  # fmt: skip
    before, after = steps[0].value, steps[1].value + steps[2].value
    says = (
        f"{p.size[0]} × {p.size[1]} × {p.channels} becomes {p.size[0]} × {p.size[1]} × {p.filters}"
        f" either way: {before:,} multiplications directly, {after:,} with a 1 × 1 layer of"
        f" {p.reduced} before, {_share(Fraction(after) / before)}."
    )
    alt = (
        f"Two ways from {p.channels} to {p.filters} channels with {kernel} kernels, their"
        f" multiplications as bars. Directly: {before}. With a 1 × 1 layer to {p.reduced} channels"
        f" first: {steps[1].value} + {steps[2].value} = {after}."
        f" Weights: {weights(p)[0]} and {weights(p)[1]}."
    )
    return Solved(tuple(step.value for step in steps), steps, alt, says)


def _share(share: Fraction) -> str:
    """Say how much is left.

    >>> _share(Fraction(12443648, 120422400)), _share(Fraction(2)), _share(Fraction(1))
    ('10.3 % of it (rounded)', '2 times as many', 'as many')
    """
    if share == 1:
        return "as many"
    rounded = Fraction(round(share * 1000), 1000)
    note = "" if rounded == share else " (rounded)"
    if share > 1:
        return f"{shown(rounded)} times as many{note}"
    return f"{shown(rounded * 100)} % of it{note}"


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw both ways as chains of shapes, and their costs as bars to one scale."""

    def body(step: Step | None) -> Box:
        return _ways(p, example.steps, step, canvas)

    return _story.film(_story.Story(body), example, title, canvas)


def _ways(p: Params, steps: tuple[Step, ...], step: Step | None, canvas: Canvas) -> Box:
    until = step.index if step else 3
    after = steps[1].value + steps[2].value
    largest = max(steps[0].value, after)
    scale = canvas.width / float(largest)
    rows, columns = p.size
    kernel = f"{p.kernel_size[0]} × {p.kernel_size[1]}"
    last = f"{rows} × {columns} × {p.filters}"
    first = f"{rows} × {columns} × {p.channels}"
    direct = [(first, "window"), (f"{p.filters} of {kernel}", "kernel"), (last, "result")]
    through = [
        (first, "window"), (f"{p.reduced} of 1 × 1", "kernel"),
        (f"{rows} × {columns} × {p.reduced}", "window"),
        (f"{p.filters} of {kernel}", "kernel"), (last, "result"),
    ]  # fmt: skip
    parts = []
    for name, chain, counted in (
        ("directly", direct, steps[:1]),
        ("with a 1×1 bottleneck", through, steps[1:]),
    ):
        lines = [words(name, canvas.text, weight="semibold"), _chain(chain, canvas)]
        lines.append(_bar([(each, each.index <= until) for each in counted], step, scale, canvas))
        lines += [_sum(each, step, canvas, known=each.index <= until) for each in counted]
        parts.append(column(lines, 8))
    total_ = f"together {after:,}" if until == 3 else " "
    parts.append(words(total_, canvas.text, "result-ink", "bold"))
    return column(parts, canvas.cell * 0.5)


def _chain(chain: list[tuple[str, str]], canvas: Canvas) -> Box:
    """Draw shapes and kernels one after the other, in as many lines as it takes."""
    inks: dict[str, Role] = {"window": "window-ink", "kernel": "kernel-ink", "result": "result-ink"}
    lines: list[list[Box]] = [[]]
    used = 0.0
    for i, (text, role) in enumerate(chain):
        arrow = words("→", canvas.text, "muted")
        box = words(text, canvas.text, inks[role], "bold")
        parts = [arrow, box] if i else [box]
        width = sum(part.width + 10 for part in parts)
        if lines[-1] and used + width > canvas.width:
            lines.append([])
            used = 0
        lines[-1] += parts
        used += width
    return column([row(line, 10) for line in lines], 2)


def _bar(parts: list[tuple[Step, bool]], now: Step | None, scale: float, canvas: Canvas) -> Box:
    """Draw costs as one bar; what is not counted yet is empty."""
    height = canvas.cell * 0.6
    marks: list[Mark] = []
    x = 0.0
    for step, known in parts:
        width = max(float(step.value) * scale, 2.0)
        marks.append(Rect(x, 0, width, height, "kernel-cell" if known else "empty"))
        if known:
            current = now is not None and now.index == step.index
            marks.append(Rect(x, 0, width, height, "result" if current else "kernel"))
        x += width
    # Two thin bars are a little wider than their numbers; the paper is not.
    return Box(min(x, canvas.width), height, tuple(marks))


def _sum(step: Step, now: Step | None, canvas: Canvas, *, known: bool) -> Box:
    """Draw outputs times products; nothing yet where it is not counted."""
    term = step.terms[0]
    if not known:
        return words(" ", canvas.text)
    weight = "bold" if now is None or now.index == step.index else "regular"
    pieces = [
        words(f"{term.x:,}", canvas.text, "window-ink", "bold"),
        words("·", canvas.text, "muted"),
        words(f"{term.w:,}", canvas.text, "kernel-ink", "bold"),
        words("=", canvas.text, "muted"),
        words(
            f"{step.value:,}", canvas.text, "result-ink", "bold" if weight == "bold" else "regular"
        ),
    ]
    return row(pieces, 6)


KIND = Kind(
    title="A 1×1 bottleneck",
    says="what a large kernel costs directly, and after a 1×1 layer has reduced the channels",
    params=Params,
    solve=solve,
    draw=draw,
)
