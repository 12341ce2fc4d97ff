"""The output size: how many places a window has on an axis."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from generator.engine.shapes import Axis
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._page import headed, page
from generator.examples._ticks import ticks
from generator.examples._words import count, listing
from generator.model import Example, Region, Step, Term
from generator.scene.canvas import Canvas
from generator.scene.film import Film, Scene
from generator.scene.layout import Box, Part, column, sheet
from generator.scene.marks import Line, Rect
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, labelled, words
from generator.spec.fields import Whole, param

#: More positions than this are folded in the middle, and make no film.
_LISTED, _FILMED = 8, 24
#: Cells narrower than this have no number in them, and narrower than that are one bar [px].
_NARROWEST, _TOLD = 22, 7
#: Cells are no lower than this [px].
_LOWEST = 18


@dataclass(frozen=True, slots=True)
class Params:
    """One axis and the window that slides along it; torch's names."""

    size: int = param(Whole("W, cells of the input", least=1))
    kernel: int = param(Whole("K, cells the window reads", least=1))
    stride: int = param(Whole("S, cells the window moves at a time", least=1), 1)
    padding: int = param(Whole("P, cells added at each end", least=0), 0)
    dilation: int = param(Whole("D, distance of the cells that are read", least=1), 1)

    @property
    def axis(self) -> Axis:
        """How the window walks."""
        return Axis(self.size, self.kernel, self.stride, self.padding, self.padding, self.dilation)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        extent = self.dilation * (self.kernel - 1) + 1
        padded = self.size + 2 * self.padding
        if extent > padded:
            got = str(self.kernel)
            if self.dilation > 1:
                got += f" cells at distance {self.dilation}, which span {extent}"
            yield Problem("", "kernel", got, f"at most {padded}, the input with its padding")


def solve(p: Params) -> Solved:
    """Count the positions; every step is one of them."""
    axis = p.axis
    steps = tuple(_step(p, position) for position in range(axis.output))
    says = (
        f"A window over {_reach(p)} has {count(axis.output, 'place')} on {count(p.size, 'cell')}"
        f"{_settings(p)}."
    )
    says += _unread(axis)
    alt = f"{says} {' '.join(step.says for step in (*steps[:3], *steps[3:][-1:]))}"
    return Solved(axis.output, steps, alt, says)


def _unread(axis: Axis) -> str:
    """Name the cells that no window reads, or how many they are.

    >>> _unread(Axis(7, 3, 3)), _unread(Axis(10, 3, 4, 1, 1)), _unread(Axis(7, 3))
    (' Cell 7 is never read.', ' Cells 3 and 7 are never read.', '')
    """
    cells = [index + 1 for index, visits in enumerate(axis.visits()) if not visits]
    if not cells:
        return ""
    if len(cells) == 1:
        return f" Cell {cells[0]} is never read."
    if len(cells) > _LISTED:
        return f" {len(cells)} of the {axis.size} cells are never read."
    return f" Cells {listing(list(map(str, cells)))} are never read."


def _reach(p: Params) -> str:
    if p.dilation == 1:
        return count(p.kernel, "cell")
    return f"{count(p.kernel, 'cell')} at distance {p.dilation}, {p.axis.extent} from end to end,"


def _settings(p: Params) -> str:
    padding = f" with {p.padding} of padding at each end" if p.padding else ""
    return padding + (f", moving {p.stride} at a time" if p.stride > 1 else "")


def _step(p: Params, position: int) -> Step:
    """Tell the first cell of a position, counted from 1 as in the picture.

    It is the stops before it times the stride, less the padding, plus one.
    """
    axis = p.axis
    start = axis.start(position)
    moved = Term(position, p.stride)
    padded = (Term(1, -p.padding, bias=True),) if p.padding else ()
    terms = (moved, *padded, Term(1, 1, bias=True))
    says = f"Position {position + 1} covers {_covered(axis, start)}."
    return Step(position + 1, (position,), Region(0, start, 1, axis.extent), terms, start + 1, says)


def _covered(axis: Axis, start: int) -> str:
    """Name the cells between a window's ends, and how many of them are padding.

    >>> _covered(Axis(7, 3), 0), _covered(Axis(7, 3, 1, 1, 1), -1)
    ('cells 1 to 3', 'cells 1 to 2 and 1 cell of padding')
    """
    first, last = max(start, 0), min(start + axis.extent, axis.size) - 1
    outside = axis.extent - max(last - first + 1, 0)
    padding = count(outside, "cell") + " of padding"
    if last < first:
        return padding
    cells = f"cells {first + 1} to {last + 1}" if last > first else f"cell {first + 1}"
    return f"{cells} and {padding}" if outside else cells


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the line of cells with every position below it, and the formula with its numbers."""
    steps = example.steps

    @cache
    def drawn(number: int) -> Scene:
        return _scene(p, example, steps[number - 1], title, canvas)

    @cache
    def tallest() -> float:
        return max(drawn(step.index).height for step in steps)

    def frame(number: int) -> Scene:
        if len(steps) > _FILMED:
            return drawn(number)
        return replace(drawn(number), height=tallest())

    return Film(
        title, example.alt, lambda: _scene(p, example, None, title, canvas), frame, len(steps)
    )


def _scene(p: Params, example: Example, step: Step | None, title: str, canvas: Canvas) -> Scene:
    axis = p.axis
    side = min(canvas.cell, canvas.width / axis.padded)
    ruler = _cells(p, step, side) if side >= _TOLD else _ruler(p, step, side)
    if side < _NARROWEST:
        ends: tuple[int, ...] = ()
        if step:
            reads = axis.reads(step.index - 1)
            ends = reads[0], reads[-1]
        ruler = column([ruler, ticks(p.size, p.padding, side, ends, canvas)], 2)
    size = str(p.size) + (f", padded {axis.padded}" if p.padding else "")
    parts = [labelled("input", size, ruler, canvas), _positions(p, step, side, canvas)]
    line = column(parts, gap=canvas.cell * 0.25)
    room = max(line.width, canvas.width * 0.7)
    formula = _formula(p, canvas.text * 1.2, room)
    count_ = f", position {step.index} of {axis.output}" if step else ""
    head = headed(title + count_, step.says if step else example.says, room, canvas)
    return sheet(page([head, line, formula], canvas), canvas.margin, paper=canvas.titled)


def _cells(p: Params, step: Step | None, side: float) -> Box:
    axis, visits = p.axis, p.axis.visits()
    under = axis.reads(step.index - 1) if step else ()

    def cell(index: int) -> Cell:
        inside = 0 <= index < p.size
        text = str(index + 1) if inside and side >= _NARROWEST else ""
        if index in under:
            return Cell(text, "window-cell", "window-ink", "bold")
        if not inside:
            return Cell(text, "padding", "muted")
        read = bool(visits[index])
        return Cell(text, "cell" if read else "unread", "ink" if read else "muted", struck=not read)

    cells = [cell(i) for i in range(-p.padding, p.size + p.padding)]
    frames = []
    if step:
        frames = [Frame("window", 0, axis.start(step.index - 1) + p.padding, 1, axis.extent)]
    return grid([cells], max(side, _LOWEST), frames, width=side)


def _ruler(p: Params, step: Step | None, side: float) -> Box:
    """Draw too many cells to be told apart as one bar, to scale."""
    axis, height = p.axis, 20.0
    marks: list[Part] = [
        Rect(0, 0, axis.padded * side, height, "padding"),
        Rect(p.padding * side, 0, p.size * side, height, "cell"),
    ]
    if step:
        at = (axis.start(step.index - 1) + p.padding) * side
        marks.append(Rect(at, 0, axis.extent * side, height, "window"))
    return Box(axis.padded * side, height, tuple(marks))


def _positions(p: Params, step: Step | None, side: float, canvas: Canvas) -> Box:
    """Draw one bar for every position up to the step's, folded in the middle if they are many."""
    total = p.axis.output
    until = step.index if step else total
    shown_ = range(total) if total <= _LISTED else [*range(_LISTED - 3), total - 2, total - 1]
    bars = [_bar(p, i, side, canvas, now=bool(step) and i == until - 1) for i in shown_]
    drawn = [
        bar if i < until else Box(bar.width, bar.height)
        for i, bar in zip(shown_, bars, strict=True)
    ]
    if total > _LISTED:
        folded = words(f"… {total - _LISTED + 1} more", canvas.note, "muted")
        if step and until - 1 not in shown_:
            # The position that is told now is drawn in the place of those left out.
            folded = _bar(p, until - 1, side, canvas, now=True)
        drawn.insert(_LISTED - 3, folded)
    return column(drawn, gap=4)


def _bar(p: Params, position: int, side: float, canvas: Canvas, *, now: bool) -> Box:
    """Draw what one position reads, with its number in it, or beside it where it is short."""
    axis = p.axis
    height = canvas.note * 1.4
    x, length = (axis.start(position) + p.padding) * side, axis.extent * side
    marks: list[Part] = []
    if axis.dilation > 1:
        marks.append(Line(x, height / 2, x + length, height / 2, "window-line"))
    if side >= _NARROWEST:
        marks += [
            Rect((index + p.padding) * side, 0, side, height, "window-cell")
            for index in axis.reads(position)
        ]
    elif axis.dilation == 1:
        marks.append(Rect(x, 0, length, height, "window-cell"))
    marks.append(Rect(x, 0, length, height, "window" if now else "window-line"))
    label = words(str(position + 1), canvas.note, "result-ink", "bold")
    at = x + (length - label.width) / 2
    # A number on the line between dilated cells would be struck through by it.
    if length < 2 * label.width or (axis.dilation > 1 and side < _NARROWEST):
        fits = x + length + 8 + label.width <= axis.padded * side
        at = x + length + 8 if fits else x - 8 - label.width
    marks += label.moved(at, (height - label.height) / 2)
    return Box(axis.padded * side, height, tuple(marks))


def _formula(p: Params, size: float, room: float) -> Box:
    """Draw the formula with this example's numbers."""
    axis = p.axis
    lines = [arithmetic(_divided(p), size, room)]
    if p.dilation > 1:
        effective: Chunk = [
            ("from end to end ", "muted", "regular"),
            (f"{p.dilation}·({p.kernel} − 1) + 1 = {axis.extent}", "kernel-ink", "bold"),
        ]
        lines.insert(0, arithmetic([effective], size, room))
    return column(lines, gap=4)


def _divided(p: Params) -> list[Chunk]:
    axis = p.axis
    parts: Chunk = [
        ("⌊(" if p.stride > 1 else "(", "muted", "regular"),
        (str(p.size), "window-ink", "bold"),
        (" − ", "muted", "regular"),
        (str(axis.extent), "kernel-ink", "bold"),
    ]
    if p.padding:
        parts = [*parts, (" + ", "muted", "regular"), (f"2·{p.padding}", "window-ink", "bold")]
    closing = f") / {p.stride}⌋" if p.stride > 1 else ")"
    found: list[Chunk] = [[*parts, (closing, "muted", "regular")], [("+ 1", "muted", "regular")]]
    if p.stride > 1:
        slack = axis.padded - axis.extent
        found.append([(f"= ⌊{slack} / {p.stride}⌋ + 1", "muted", "regular")])
    found.append([("=", "muted", "regular"), (f" {axis.output}", "result-ink", "bold")])
    return found


KIND = Kind(
    title="Output size",
    says="how many places a window has on an axis, and which cells it never reads",
    params=Params,
    solve=solve,
    draw=draw,
)
