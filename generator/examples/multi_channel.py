"""Several input channels: each has its own slice of the kernel, and all their sums become one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine.named import NAMED
from generator.engine.shapes import PADDING_MODES, Axis, PaddingMode, Plane, furthest
from generator.engine.trace_channels import by_channel, convolve_channels
from generator.errors import Problem
from generator.examples import _story
from generator.examples._kind import Kind, Solved
from generator.examples._maps import output_grid, products, total_of
from generator.examples._page import largest
from generator.examples._window import reading
from generator.examples._words import count, spoken
from generator.model import Example, Step
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.parts import (
    Chunk,
    arithmetic,
    labelled,
    sign,
    weights_grid,
    words,
)
from generator.spec.fields import Choice, Pair, Real, param
from generator.spec.padding import NONE, Padding, PaddingField, axis
from generator.spec.volume import NamesField, Volume, VolumeField, volume

#: With more than this nobody could read the numbers.
_DEEPEST, _WIDEST = 6, 12
#: A poster lists the sums of so many places.
_LEDGER = 9
#: Cells of a column of channels, and the smallest before kernel and input share no line [px].
_LEAST, _SMALLEST = 28, 14
#: The largest cell of channels that stand below each other [px].
_ALONE = 40

_NAMED = {name: kernel.rows for name, kernel in NAMED.items()}
_INPUT = volume(
    ((2, 0, 1, 1), (1, 2, 0, 2), (0, 1, 2, 1), (1, 0, 2, 0)),
    ((0, 1, 1, 0), (2, 0, 1, 1), (1, 2, 0, 1), (0, 1, 0, 2)),
    ((1, 1, 0, 2), (0, 2, 1, 0), (2, 0, 1, 1), (1, 2, 0, 0)),
)
_KERNEL = volume(
    ((1, 0, -1), (1, 0, -1), (1, 0, -1)),
    ((0, 1, 0), (1, -1, 0), (0, 0, 1)),
    ((-1, 0, 0), (0, 2, 0), (0, 0, 1)),
)


@dataclass(frozen=True, slots=True)
class Params:
    """An input of several channels and a kernel with a slice for each; torch's names."""

    input: Volume = param(
        VolumeField("the channels, a matrix for each", "channel", picture=10), _INPUT
    )
    kernel: Volume = param(
        VolumeField("the kernel, a slice for each channel", "slice", named=_NAMED), _KERNEL
    )
    bias: Number = param(Real("added to the sum of all channels"), 1)
    stride: tuple[int, int] = param(Pair("cells the window moves at a time", least=1), (1, 1))
    padding: Padding = param(PaddingField("cells around every channel, or same, full"), NONE)
    padding_mode: PaddingMode = param(Choice("what the padding holds", PADDING_MODES), "zeros")
    names: tuple[str, ...] | None = param(
        NamesField("what the channels are called; R, G, B if there are three"), None
    )

    def _axes(self) -> list[Axis | Problem]:
        sizes = ((self.input.height, self.kernel.height), (self.input.width, self.kernel.width))
        return [axis(i, *sizes[i], self.stride[i], self.padding, 1) for i in (0, 1)]

    @property
    def plane(self) -> Plane:
        """How the window walks over every channel."""
        rows, columns = (found for found in self._axes() if isinstance(found, Axis))
        return Plane(rows, columns)

    @property
    def called(self) -> tuple[str, ...]:
        """What the channels are called."""
        if self.names:
            return self.names
        depth = self.input.depth
        return ("R", "G", "B") if depth == 3 else tuple(f"channel {i + 1}" for i in range(depth))

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        depth = self.input.depth
        if depth > _DEEPEST:
            yield Problem("", "input", count(depth, "channel"), f"at most {_DEEPEST}, to be read")
        if self.kernel.depth != depth:
            wanted = f"{depth}, one for every channel of the input"
            yield Problem("", "kernel", count(self.kernel.depth, "slice"), wanted)
        if self.names and len(self.names) != depth:
            wanted = f"{depth}, one for every channel of the input"
            yield Problem("", "names", count(len(self.names), "name"), wanted)
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
                yield Problem("", "padding" if size <= _WIDEST else "input", got,
                              f"at most {_WIDEST}, to be read")  # fmt: skip


def solve(p: Params) -> Solved:
    """Slide over all channels at once; every channel gives a sum, all sums give the number."""
    rows, steps = convolve_channels(
        p.input.planes, p.kernel.planes, p.plane,
        mode=p.padding_mode, bias=p.bias, names=p.called,
    )  # fmt: skip
    depth, weights = p.input.depth, p.kernel.height * p.kernel.width * p.kernel.depth
    bias = f" and the bias {shown(p.bias)}" if p.bias else ""
    says = (
        f"Each of the {count(depth, 'channel')} is weighed by its own slice of the kernel; the"
        f" {count(depth, 'sum')}{bias} give one number. The kernel is {p.kernel.size}:"
        f" {count(weights, 'weight')}, and still one map comes out."
    )
    size = f"{len(rows)} × {len(rows[0])}"
    channels = " ".join(
        f"Channel {name}: {spoken(x)}; its slice of the kernel: {spoken(w)}."
        for name, x, w in zip(p.called, p.input.planes, p.kernel.planes, strict=True)
    )
    alt = (
        f"Convolution of a {p.input.size} input with a {p.kernel.size} kernel, bias"
        f" {shown(p.bias)}. {channels} Output, {size}: {spoken(rows)}. {steps[0].says}"
    )
    return Solved(rows, steps, alt, says)


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw every channel beside its slice, its sum below, and the sum of all at the bottom."""
    look = _fitting(p, example, canvas)
    story = _story.Story(look.channels, look.foot, lambda step: _place(p, step))
    return _story.film(story, example, title, canvas)


def _place(p: Params, step: Step) -> str:
    row_, column_ = step.at
    parts = " + ".join(p.called)
    return (
        f"The window stands at the same place on every channel. Their sums, {parts}"
        f"{' + bias' if p.bias else ''}, give row {row_ + 1}, column {column_ + 1} of the output."
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """How the channels stand: so many side by side; one alone has its sum beside it or below."""

    p: Params
    example: Example
    canvas: Canvas
    side: float
    across: int
    stacked: bool

    @property
    def gap(self) -> float:
        return self.canvas.cell * 0.5

    def pair(self, number: int, step: Step | None) -> Box:
        """Draw a channel and its slice of the kernel."""
        p, canvas = self.p, self.canvas
        parts = by_channel(step.terms, p.input.depth) if step else [[]] * p.input.depth
        body = reading(
            p.input.planes[number], p.plane, p.padding_mode, self.side, parts[number],
            step.window if step else None,
        )  # fmt: skip
        x = labelled(p.called[number], f"{p.input.height} × {p.input.width}", body, canvas)
        slice_ = weights_grid(p.kernel.planes[number], self.side)
        size = f"{p.kernel.height} × {p.kernel.width}"
        w = labelled(f"kernel {p.called[number]}" if self.stacked else "kernel",
                     size if self.stacked else "", slice_, canvas)  # fmt: skip
        if self.stacked:
            return column([x, w], 12)
        return row([x, sign("∗", canvas), w], 8)

    def channels(self, step: Step | None) -> Box:
        """Draw all channels, each with its sum at a step."""
        pairs = [self.pair(i, step) for i in range(self.p.input.depth)]
        if self.across > 1:
            hung = [_hung(pair, self.sum(i, step, pair.width)) for i, pair in enumerate(pairs)]
            return _story.shelved(hung, self.across, self.gap)
        room = self.canvas.width - pairs[0].width - 24
        if room >= pairs[0].width * 0.7:
            lines = [
                row([pair, self.sum(i, step, room)], 24) if step else pair
                for i, pair in enumerate(pairs)
            ]
        else:
            lines = [
                _hung(pair, self.sum(i, step, self.canvas.width)) for i, pair in enumerate(pairs)
            ]
        return column(lines, self.gap * 0.75)

    def sum(self, number: int, step: Step | None, room: float) -> Box:
        """Draw a channel's arithmetic."""
        if step is None:
            return Box(0, 0)
        part = by_channel(step.terms, self.p.input.depth)[number]
        return arithmetic(products(part), self.canvas.text, room)

    def foot(self, step: Step | None) -> Box:
        """Draw the sum of the sums and the output; for the whole, every place's."""
        output = labelled("output", self._size, self._output(step), self.canvas)
        room = self.canvas.width - output.width - self.gap
        lines = self._lines(step, room)
        if room < (200 if step else 360) or lines.width > room:
            return column([self._lines(step, self.canvas.width), output], 16)
        return row([output, lines], self.gap)

    def _lines(self, step: Step | None, room: float) -> Box:
        steps, note = self.example.steps, self.canvas.note
        if step:
            return arithmetic(total_of(step, self.p.called), self.canvas.text * 1.25, room)
        told = steps if len(steps) <= _LEDGER else (*steps[: _LEDGER - 2], steps[-1])
        lines = []
        for each in told:
            chunks = total_of(each, self.p.called)
            place: Chunk = [(f"row {each.at[0] + 1}, column {each.at[1] + 1}:", "muted", "regular")]
            lines.append(arithmetic([place, *chunks], self.canvas.text, room))
        if len(told) < len(steps):
            lines.insert(-1, words(f"… {len(steps) - len(told)} more", note, "muted"))
        return column(lines, 6)

    @property
    def _size(self) -> str:
        return " × ".join(map(str, self.p.plane.output))

    def _output(self, step: Step | None) -> Box:
        return output_grid(self.example.steps, self.p.plane.output, step, self.side)


def _hung(pair: Box, below: Box) -> Box:
    """Hang a sum under a channel; neighbours stay aligned by their grids."""
    hung = column([pair, below], 12) if below.height else pair
    return Box(max(hung.width, pair.width), hung.height, hung.parts, pair.centre)


def _fitting(p: Params, example: Example, canvas: Canvas) -> _Look:
    """Return the arrangement with the largest cells that can be read."""
    depth = p.input.depth
    tried: list[tuple[int, bool, float]] = [
        (n, False, canvas.least)
        for n in dict.fromkeys((depth, -(-depth // 2), 2))
        if n > 1 and depth % n != 1  # never one channel left over
    ]
    for across, stacked, least in (*tried, (1, False, _LEAST), (1, True, _SMALLEST)):
        # Channels below each other are no larger than they have to be: a slide is not a scroll.
        most = canvas.cell if across > 1 or depth == 1 else min(canvas.cell, _ALONE)

        def look(side: int, across: int = across, stacked: bool = stacked) -> _Look:
            return _Look(p, example, canvas, side, across, stacked)

        found = largest(most, least, lambda side: look(side).channels(None).width <= canvas.width)
        if found:
            return look(found)
    return _Look(p, example, canvas, _SMALLEST, 1, stacked=True)


KIND = Kind(
    title="Several input channels",
    says="each channel has its own slice of the kernel; their sums and the bias give one number",
    params=Params,
    solve=solve,
    draw=draw,
)
