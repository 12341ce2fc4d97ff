"""Flatten: rows one after the other, and where a cell goes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product
from math import prod
from typing import Literal, TypeAlias

from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._several import Lengths
from generator.examples._story import Story, captioned, film, shelf_room, shelved, shelving, steady
from generator.model import Example, Step, Term
from generator.numerals import Number, shown
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row, space
from generator.scene.marks import Line, Mark, Rect
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, labelled, words
from generator.spec.fields import Choice, param

DataFormat: TypeAlias = Literal["channels_last", "channels_first"]
Place: TypeAlias = tuple[int, ...]

#: With more cells than this numbers are shown for a few of them only.
_LISTED = 24
#: A grid without numbers is no larger than this [px].
_LARGE = 300
#: Cells of a grid and segments of a bar narrower than this are not told apart [px].
_NARROWEST = 4


@dataclass(frozen=True, slots=True)
class Params:
    """The shape of an image, and the order in which its numbers are stored."""

    shape: tuple[int, ...] = param(
        Lengths("rows and columns of the image, and perhaps channels", least=1, most=64), (3, 4)
    )
    data_format: DataFormat = param(
        Choice("what is stored together", ("channels_last", "channels_first")), "channels_last"
    )
    at: Place | None = param(
        Lengths("the cell that is pointed at, counted from 0", least=0, most=63), None
    )

    @property
    def sizes(self) -> tuple[int, int, int]:
        """Rows, columns and channels; a grey image has one channel."""
        height, width, *channels = self.shape
        return height, width, channels[0] if channels else 1

    @property
    def strides(self) -> tuple[int, int, int]:
        """How many places a step down, across or to the next channel moves in the vector.

        >>> Params((28, 28, 3)).strides, Params((28, 28, 3), "channels_first").strides
        ((84, 3, 1), (28, 1, 784))
        """
        height, width, channels = self.sizes
        if self.data_format == "channels_first":
            return width, 1, height * width
        return width * channels, channels, 1

    @property
    def pointed(self) -> Place:
        """The cell that is pointed at, with its channel."""
        if self.at is None:
            return tuple(size // 2 for size in self.sizes)
        return self.at if len(self.at) == 3 else (*self.at, 0)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        if self.sizes[2] > 4:
            yield Problem("", "shape", f"{self.sizes[2]} channels", "at most 4, to be drawn")
        if self.at is None:
            return
        if len(self.at) != len(self.shape):
            wanted = f"{len(self.shape)}, as many as the shape has"
            yield Problem("", "at", f"{len(self.at)} numbers", wanted)
            return
        for word, place, size in zip(
            ("row", "column", "channel"), self.at, self.shape, strict=False
        ):
            if place >= size:
                got = f"{word} {place}"
                yield Problem("", "at", got, f"at most {size - 1}, counted from 0")


def index_of(p: Params, at: Place) -> int:
    """Return the place of a cell in the vector, counted from 0.

    >>> index_of(Params((28, 28)), (5, 10, 0))
    150
    >>> index_of(Params((2, 3, 2), "channels_first"), (0, 2, 1))
    8
    """
    return sum(place * stride for place, stride in zip(at, p.strides, strict=True))


def solve(p: Params) -> Solved:
    """Follow every cell of a small image, and a few of a large one."""
    cells = sorted(_cells(p), key=lambda at: index_of(p, at))
    steps = tuple(_step(p, number, at) for number, at in enumerate(cells, 1))
    total = prod(p.sizes)
    size = " × ".join(map(str, p.shape))
    order = ""
    if p.sizes[2] > 1:
        first = p.data_format == "channels_first"
        order = ", channel after channel" if first else ", the channels of a pixel side by side"
    says = (
        f"{size} = {total:,} numbers, row after row{order}, become one vector; nothing is computed,"
        f" and there is no weight in it. Counted from 0: {_lower(_step(p, 1, p.pointed).says)}"
    )
    told = " ".join(step.says for step in steps[:_LISTED])
    alt = f"Flattening. {says} {told}"
    return Solved(tuple(range(total)), steps, alt, says)


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _cells(p: Params) -> set[Place]:
    height, width, channels = p.sizes
    if height * width * channels <= _LISTED:
        return set(product(range(height), range(width), range(channels)))
    last = (height - 1, width - 1, channels - 1)
    ends = {(0, 0, 0), (0, width - 1, 0), (min(1, height - 1), 0, 0), (0, 0, channels - 1)}
    return {*ends, p.pointed, last}


def _step(p: Params, number: int, at: Place) -> Step:
    """Tell where a cell goes: its places times what each is worth, biggest first."""
    index = index_of(p, at)
    named = zip(("row", "column", "channel"), at, p.strides, p.sizes, strict=True)
    parts = [(name, i, worth) for name, i, worth, size in named if name != "channel" or size > 1]
    worths = sorted(parts, key=lambda part: -part[2])
    terms = tuple(Term(i, worth) if worth > 1 else Term(1, i, bias=True) for _, i, worth in worths)
    where = ", ".join(f"{name} {i}" for name, i, _ in parts)
    total = f"{' + '.join(map(str, terms))} = {index}"
    return Step(
        number, (index,), None, terms, index, f"{where.capitalize()} goes to place {total}."
    )


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the image and the vector, with one cell in both."""
    few = prod(p.sizes) <= _LISTED
    by_index = {index_of(p, at): at for at in _cells(p)}

    def body(step: Step | None) -> Box:
        at = by_index[step.at[0]] if step else None
        # What has no numbers says nothing without a cell that is pointed at.
        image = _image(p, at if few else (at or p.pointed), canvas, few)
        vector = _line(p, at, canvas) if few else _folded(p, at or p.pointed, canvas)
        total = prod(p.sizes)
        return column([image, labelled("vector", f"{total:,}", vector, canvas)], canvas.cell * 0.4)

    def foot(step: Step | None) -> Box:
        shown_ = step or _step(p, 1, p.pointed)
        there = arithmetic(_sum(shown_), canvas.text * 1.25, canvas.width)
        return column(
            [there, words(_back(p, shown_.value), canvas.text, "muted", room=canvas.width)], gap=4
        )

    # The line of a few cells out of many is shorter where they are neighbours.
    story = Story(body, foot, alike=steady) if few else Story(body, foot)
    return film(story, example, title, canvas)


def _image(p: Params, at: Place | None, canvas: Canvas, few: bool) -> Box:
    """Draw a grid for every channel."""
    height, width, channels = p.sizes
    gap = canvas.cell * 0.5
    alike = [0.0] * channels
    side, columns = shelving([width] * channels, canvas, gap)
    if not few:
        named = words("channel 0", canvas.text, weight="semibold").width
        columns = channels
        if shelf_room(alike, columns, canvas, gap) < named:
            columns = -(-channels // 2)
        room = shelf_room(alike, columns, canvas, gap)
        side = min(room / width, _LARGE / max(height, width))
    room = shelf_room(alike, columns, canvas, gap)
    panels = []
    for channel in range(channels):
        here = at if at and at[2] == channel else None
        body = _numbers(p, channel, at, side) if few else _plain(p, here, side)
        name = f"channel {channel}" if channels > 1 else "image"
        panels.append(captioned(name, f"{height} × {width}", body, canvas, room))
    return shelved(panels, columns, gap)


def _numbers(p: Params, channel: int, at: Place | None, side: float) -> Box:
    """Draw a grid with the place of every cell in the vector."""
    height, width, _ = p.sizes

    def cell(r: int, c: int) -> Cell:
        here = (r, c, channel)
        text = str(index_of(p, here))
        if here == at:
            return Cell(text, "window-cell", "window-ink", "bold")
        return Cell(text, "cell" if r % 2 == 0 else "empty", "muted" if at else "ink")

    cells = [[cell(r, c) for c in range(width)] for r in range(height)]
    here = at and at[2] == channel
    frames = [Frame("window", at[0], at[1], 1, 1)] if at and here else []
    return grid(cells, side, frames, {str(prod(p.sizes) - 1)})


def _plain(p: Params, at: Place | None, side: float) -> Box:
    """Draw a grid too large for numbers, with the row and the cell that are pointed at."""
    height, width, _ = p.sizes
    across, down = width * side, height * side
    marks: list[Mark] = [Rect(0, 0, across, down, "cell")]
    if at:
        marks.append(Rect(0, at[0] * side, across, side, "window-cell"))
    if side >= _NARROWEST:
        marks += [Line(0, r * side, across, r * side, "line") for r in range(1, height)]
        marks += [Line(c * side, 0, c * side, down, "line") for c in range(1, width)]
    if at:
        least = max(side, 6.0)  # else nobody would see it
        x, y = min(at[1] * side, across - least), min(at[0] * side, down - least)
        marks.append(Rect(max(x, 0), max(y, 0), least, least, "window"))
    return Box(across, down, tuple(marks))


def _line(p: Params, at: Place | None, canvas: Canvas) -> Box:
    """Draw all cells of the vector, in whole rows of the image a line."""
    total = prod(p.sizes)
    block = p.strides[0]
    side = min(canvas.cell, canvas.width / total)
    fits = total
    if side < canvas.least:
        side = canvas.least
        fits = int(canvas.width // side)
        fits = fits // block * block or fits
    until = index_of(p, at) if at else total - 1

    def cell(index: int) -> Cell:
        if index > until:
            return Cell(role="empty")
        if at and index == until:
            return Cell(str(index), "result-cell", "result-ink", "bold")
        return Cell(str(index), "cell" if index // block % 2 == 0 else "empty", "ink")

    later = {str(total - 1)}
    lines = []
    for first in range(0, total, fits):
        cells = [cell(index) for index in range(first, min(first + fits, total))]
        inside = at and first <= until < first + fits
        frames = [Frame("result", 0, until - first, 1, 1)] if inside else []
        if at is None:
            frames = [Frame("result", 0, 0, 1, len(cells))]
        lines.append(grid([cells], side, frames, later))
    return column(lines, gap=8)


def _folded(p: Params, at: Place, canvas: Canvas) -> Box:
    """Draw the whole vector as a bar, to scale, and a few of its cells with their places."""
    index, total = index_of(p, at), prod(p.sizes)
    ends = {0, 1, index - 1, index, index + 1, total - 2, total - 1}
    places = sorted(place for place in ends if 0 <= place < total)
    side = min(canvas.cell, canvas.width / 9)
    dots = words("…", canvas.text, "muted")
    later = {str(total - 1)}

    def cell(place: int) -> Box:
        here = place == index
        look = Cell(
            str(place), *(("result-cell", "result-ink", "bold") if here else ("cell", "muted"))
        )
        return grid([[look]], side, [Frame("result", 0, 0, 1, 1)] if here else [], later)

    cells = [cell(places[0])]
    for before, place in pairwise(places):
        if place > before + 1:
            cells.append(row([space(side * 0.12), dots, space(side * 0.12)]))
        cells.append(cell(place))
    return column([_bar(p, at, canvas), row(cells)], gap=8)


def _bar(p: Params, at: Place, canvas: Canvas) -> Box:
    """Draw the vector to scale, with a piece for every row of the image."""
    total, height = prod(p.sizes), 20.0
    unit = canvas.width / total
    piece = p.strides[0]
    index = index_of(p, at)
    marks: list[Mark] = [Rect(0, 0, canvas.width, height, "cell")]
    marks.append(Rect(index // piece * piece * unit, 0, piece * unit, height, "window-cell"))
    if piece * unit >= _NARROWEST:
        marks += [
            Line(i * piece * unit, 0, i * piece * unit, height, "line")
            for i in range(1, total // piece)
        ]
    wide = max(unit, 6.0)
    start = min(max((index + 0.5) * unit - wide / 2, 0), canvas.width - wide)
    marks.append(Rect(start, 0, wide, height, "result"))
    return Box(canvas.width, height, tuple(marks))


def _back(p: Params, index: Number) -> str:
    """Say how a place is taken apart again.

    >>> _back(Params((3, 4)), 6), _back(Params((3, 4, 2)), 13)
    ('back: 6 / 4 = 1, remainder 2', 'back: 13 / 8 = 1, remainder 5; 5 / 2 = 2, remainder 1')
    """
    said, rest = [], int(index)
    for worth in sorted(p.strides, reverse=True):
        if worth > 1:
            whole, left = divmod(rest, worth)
            said.append(f"{rest} / {worth} = {whole}, remainder {left}")
            rest = left
    return f"back: {'; '.join(said)}" if said else f"back: {index}"


def _sum(step: Step) -> list[Chunk]:
    """Return where a cell goes, in pieces that stay together on a line."""
    found: list[Chunk] = []
    last = len(step.terms) - 1
    for i, term in enumerate(step.terms):
        plus: Chunk = [] if i == last else [(" +", "muted", "regular")]
        if term.bias:
            found.append([(shown(term.w), "window-ink", "bold"), *plus])
        else:
            pieces: Chunk = [
                (shown(term.x), "window-ink", "bold"),
                (f"·{shown(term.w)}", "muted", "regular"),
            ]
            found.append([*pieces, *plus])
    return [*found, [("= ", "muted", "regular"), (shown(step.value), "result-ink", "bold")]]


KIND = Kind(
    title="Flatten",
    says="an image as one vector: where every cell goes, and back",
    params=Params,
    solve=solve,
    draw=draw,
)
