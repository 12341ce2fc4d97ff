"""Sliding windows: an image cut in pieces, and then read by a window that slides."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.engine.shapes import Axis, Plane
from generator.engine.trace import convolve
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._story import Story, captioned, film, shelf_room, shelved, shelving
from generator.examples._words import count, spoken
from generator.model import Example, Rows, Step
from generator.numerals import Number, shown, total
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid
from generator.spec.fields import Whole, param
from generator.spec.matrix import Matrix, MatrixField

#: A ring that every cut in the middle goes through.
_RING = Matrix(
    tuple(tuple(int(max(abs(2 * r - 7), abs(2 * c - 7)) == 3) for c in range(8)) for r in range(8))
)
_WIDEST = 16


@dataclass(frozen=True, slots=True)
class Params:
    """An image and the side of its pieces."""

    input: Matrix = param(
        MatrixField("the image; 1 is ink and 0 is paper", line=False, picture=16), _RING
    )
    size: int = param(Whole("side of a piece and of the window", least=1, most=_WIDEST), 4)

    def plane(self, stride: int) -> Plane:
        """How the window walks: from piece to piece, or a cell at a time."""
        x = self.input
        return Plane(Axis(x.height, self.size, stride), Axis(x.width, self.size, stride))

    @property
    def strides(self) -> tuple[int, int]:
        """From piece to piece, and from window to window."""
        return self.size, 1

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for word, size in (("rows", self.input.height), ("columns", self.input.width)):
            if size > _WIDEST:
                yield Problem("", "input", f"{size} {word}", f"at most {_WIDEST}, to be read")
            elif self.size > size:
                wanted = f"at most {size}, the {word} of the input"
                yield Problem("", "size", str(self.size), wanted)
        if any(number < 0 for line in self.input.rows for number in line):
            yield Problem("", "input", "a negative number", "0 for paper, and more for ink")


def solve(p: Params) -> Solved:
    """Add up the ink in every piece, then in every window."""
    ones: Rows = ((1,) * p.size,) * p.size
    ink = total([number for line in p.input.rows for number in line])
    steps: list[Step] = []
    result = []
    for which, (stride, name) in enumerate(zip(p.strides, ("Piece", "Window"), strict=True)):
        rows, found = convolve(p.input.rows, ones, p.plane(stride))
        result.append(rows)
        for step in found:
            says = (
                f"{name} {step.index} of {len(found)}: {_covered(step)}; in it {shown(step.value)}"
                f" of the {_inked(p, ink)}."
            )
            steps.append(replace(step, index=len(steps) + 1, at=(which, *step.at), says=says))
    says = _says(p, result, ink)
    alt = (
        f"An image of {p.input.size} cells, cut in pieces, and a window sliding over it. {says}"
        f" Image {spoken(p.input.rows)}. Ink in the pieces: {spoken(result[0])}."
        f" Ink in the windows: {spoken(result[1])}."
    )
    return Solved(tuple(result), tuple(steps), alt, says)


def _covered(step: Step) -> str:
    window = step.window
    assert window
    rows, columns = (
        f"{word}s {first + 1} to {last + 1}" if last > first else f"{word} {first + 1}"
        for word, first, last in (
            ("row", window.top, window.bottom), ("column", window.left, window.right)
        )
    )  # fmt: skip
    return f"{rows}, {columns}"


def _inked(p: Params, ink: Number) -> str:
    """Name all the ink there is.

    >>> _inked(Params(), 12), _inked(Params(Matrix(((3, 0), (0, 2))), 1), 5)
    ('12 inked cells', '5 parts of ink')
    """
    cells = {number for line in p.input.rows for number in line} <= {0, 1}
    return f"{shown(ink)} {'inked cell' if cells else 'part'}{'s' * (ink != 1)}" + (
        "" if cells else " of ink"
    )


def _says(p: Params, result: list[Rows], ink: Number) -> str:
    cells = p.input.height * p.input.width
    pieces, windows = (len(rows) * len(rows[0]) for rows in result)
    best = [max(max(line) for line in rows) for rows in result]
    whole = "all" if best[1] == ink else "at most"
    seen = f"the best piece has {shown(best[0])} of the {_inked(p, ink)} in it"
    return (
        f"The whole {p.input.size} image would need {count(cells, 'weight')}. A {p.size} × {p.size}"
        f" piece needs {p.size * p.size}, and there are {pieces}. Sliding, the same"
        f" {count(p.size * p.size, 'weight')} read {count(windows, 'window')}: {seen}, the best"
        f" window {whole} {shown(best[1])}."
    )


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the image cut in pieces, the image under the window, and the map of all windows."""
    gap = canvas.cell * 0.6
    slid = p.plane(1).columns.output
    # A panel is never narrower than the longest word of its caption.
    across = [max(cells, 3) for cells in (p.input.width, p.input.width, slid)]
    side, columns = shelving(across, canvas, gap)
    side = min(side, canvas.cell * 0.8)

    def body(step: Step | None) -> Box:
        room = shelf_room([cells * side for cells in across], columns, canvas, gap)
        panels = [
            captioned(*_image(p, step, 0, side), canvas, room),
            captioned(*_image(p, step, 1, side), canvas, room),
            captioned(*_map(p, example, step, side), canvas, room),
        ]
        if columns == 1 and step:
            return column(panels[:1] if step.at[0] == 0 else panels[1:], gap * 0.75)
        return shelved(panels, columns, gap)

    def foot(step: Step | None) -> Box:
        lines = [_pieces(p, word) for word in ((0, 1) if step is None else (step.at[0],))]
        return column([arithmetic(each, canvas.text * 1.1, canvas.width) for each in lines], gap=4)

    return film(Story(body, foot, alike=lambda step: step.at[0]), example, title, canvas)


def _image(p: Params, step: Step | None, which: int, side: float) -> tuple[str, str, Box]:
    """Draw the image, cut in pieces or under the window."""
    plane = p.plane(p.strides[which])
    now = step if step and step.at[0] == which else None
    under = {term.at for term in now.terms} if now else set()

    def cell(r: int, c: int) -> Cell:
        number = p.input.rows[r][c]
        read = plane.rows.visits()[r] and plane.columns.visits()[c]
        text = shown(number) if number else ""
        if (r, c) in under:
            return Cell(text, "window-cell", "window-ink", "bold")
        if not read:
            return Cell(text, "unread", "muted", struck=True)
        return Cell(text, "cell" if number else "empty", "ink", "semibold")

    height, width = plane.output
    cells = [[cell(r, c) for c in range(p.input.width)] for r in range(p.input.height)]
    frames = []
    if which == 0:
        frames = [
            Frame("window-line", r * p.size, c * p.size, p.size, p.size)
            for r in range(height)
            for c in range(width)
        ]
    if now and now.window:
        at = now.window
        frames.append(Frame("window", at.top, at.left, at.height, at.width))
    number = height * width
    name = "cut" if which == 0 else "sliding"
    size = count(number, "piece" if which == 0 else "window")
    return name, size, grid(cells, side, frames)


def _map(p: Params, example: Example, step: Step | None, side: float) -> tuple[str, str, Box]:
    """Draw a cell for every window, with the ink in it."""
    height, width = p.plane(1).output
    found = [each for each in example.steps if each.at[0] == 1]
    until = len(found) if step is None else max(step.index - len(example.steps) + len(found), 0)

    def cell(i: int) -> Cell:
        if i >= until:
            return Cell(role="empty")
        text = shown(found[i].value)
        if step is None or i == until - 1:
            return Cell(text, "result-cell", "result-ink", "bold" if step else "regular")
        return Cell(text, "cell", "ink")

    cells = [[cell(r * width + c) for c in range(width)] for r in range(height)]
    frames = [Frame("result", 0, 0, height, width)]
    if step:
        r, c = divmod(until - 1, width)
        frames = [Frame("result", r, c, 1, 1)] if until else []
    body = grid(cells, side, frames, {shown(each.value) for each in found})
    return "ink in each window", f"{height} × {width}", body


def _pieces(p: Params, which: int) -> list[Chunk]:
    """Count pieces or windows: rows times columns."""
    plane = p.plane(p.strides[which])
    name = ("pieces", "windows")[which]
    factors = []
    for axis in (plane.rows, plane.columns):
        if which == 0:
            floor = ("⌊", "⌋") if axis.size % p.size else ("", "")
            factors.append(f"{floor[0]}{axis.size} / {p.size}{floor[1]}")
        else:
            factors.append(f"({axis.size} − {p.size} + 1)")
    number = plane.rows.output * plane.columns.output
    if factors[0] == factors[1]:
        text = factors[0] if factors[0].startswith("(") else f"({factors[0]})"
        product, sides = text + "²", f"{plane.rows.output}²"
    else:
        product, sides = " · ".join(factors), f"{plane.rows.output}·{plane.columns.output}"
    return [
        [(f"{name}: ", "muted", "regular"), (product, "window-ink", "bold")],
        [("= ", "muted", "regular"), (sides, "window-ink", "bold")],
        [("= ", "muted", "regular"), (str(number), "result-ink", "bold")],
    ]


KIND = Kind(
    title="From pieces to sliding windows",
    says="an image cut in pieces, then read by a window that slides, counted",
    params=Params,
    solve=solve,
    draw=draw,
)
