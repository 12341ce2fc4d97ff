"""Padding: how often every cell is read without it, with some, and with all there can be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.engine.shapes import PADDING_WORDS, Axis, PaddingWord, Plane, padding_sides
from generator.errors import Problem
from generator.examples._kind import Kind, Solved
from generator.examples._story import Story, captioned, film, shelf_room, shelved, shelving
from generator.examples._words import count, listing, spoken
from generator.model import Example, Region, Step
from generator.scene.canvas import Canvas
from generator.scene.film import Film
from generator.scene.layout import Box, column, row
from generator.scene.parts import Cell, Chunk, Frame, arithmetic, grid, words
from generator.spec.fields import Pair, param

#: In cells smaller than this a number could not be read; the tint still can [px].
_READABLE = 20


@dataclass(frozen=True, slots=True)
class Params:
    """A window and what it slides over; numbers do not matter here, only places."""

    size: tuple[int, int] = param(Pair("cells of the input", least=1, most=12), (6, 6))
    kernel: tuple[int, int] = param(Pair("cells of the window", least=1, most=7), (3, 3))
    at: tuple[int, int] = param(
        Pair("the cell that is followed, counted from 1: row, column", least=1), (1, 1)
    )

    def plane(self, word: PaddingWord) -> Plane:
        """How the window walks with one of the three paddings."""
        rows, columns = (
            Axis(size, k, 1, *padding_sides(word, size, k))
            for size, k in zip(self.size, self.kernel, strict=True)
        )
        return Plane(rows, columns)

    def problems(self) -> Iterable[Problem]:
        """Yield what does not fit together."""
        for which, word in enumerate(("rows", "columns")):
            size, k, at = self.size[which], self.kernel[which], self.at[which]
            if k > size:
                got = f"{k} {word}"
                yield Problem("", "kernel", got, f"at most {size}, the {word} of the input")
            if at > size:
                got = f"{word[:-1]} {at}"
                yield Problem("", "at", got, f"at most {size}, the {word} of the input")


def reads(p: Params, word: PaddingWord) -> tuple[tuple[int, ...], ...]:
    """Return for every cell of the input how many windows read it.

    >>> reads(Params((3, 3), (2, 2)), "valid"), reads(Params((3, 3), (2, 2)), "full")[0]
    (((1, 2, 1), (2, 4, 2), (1, 2, 1)), (4, 4, 4))
    """
    plane = p.plane(word)
    return tuple(tuple(r * c for c in plane.columns.visits()) for r in plane.rows.visits())


def solve(p: Params) -> Solved:
    """Count, for each padding, the windows that read the cell that is followed."""
    steps: list[Step] = []
    for which, word in enumerate(PADDING_WORDS):
        plane, (r, c) = p.plane(word), (p.at[0] - 1, p.at[1] - 1)
        down = [o for o in range(plane.rows.output) if r in plane.rows.reads(o)]
        across = [o for o in range(plane.columns.output) if c in plane.columns.reads(o)]
        for number, at in enumerate(((i, j) for i in down for j in across), 1):
            window = Region(plane.rows.start(at[0]), plane.columns.start(at[1]), *p.kernel)
            says = (
                f"“{word}”: the window that gives output row {at[0] + 1}, column {at[1] + 1} reads"
                f" the framed cell; read {count(number, 'time')} so far."
            )
            steps.append(Step(len(steps) + 1, (which,), window, (), number, says))
    sizes = {word: p.plane(word).output for word in PADDING_WORDS}
    return Solved(tuple(sizes.values()), tuple(steps), _alt(p), _says(p))


def _says(p: Params) -> str:
    r, c = p.at
    times = [f"{reads(p, word)[r - 1][c - 1]} with “{word}”" for word in PADDING_WORDS]
    most = p.kernel[0] * p.kernel[1]
    height, width = p.plane("full").output
    return (
        f"How many {p.kernel[0]} × {p.kernel[1]} windows read each cell. Row {r}, column {c}:"
        f" {listing(times)}. With “full” every cell is read {count(most, 'time')}, and the output"
        f" grows to {height} × {width}; “same” keeps {p.size[0]} × {p.size[1]}."
    )


def _alt(p: Params) -> str:
    parts = [
        f"How many windows of {p.kernel[0]} × {p.kernel[1]} read each cell of a"
        f" {p.size[0]} × {p.size[1]} input, with three paddings."
    ]
    for word in PADDING_WORDS:
        plane, counts = p.plane(word), reads(p, word)
        most = counts[0][0]
        equally = {n for line in counts for n in line} == {most}
        told = f"every cell {count(most, 'time')}" if equally else spoken(counts)
        height, width = plane.output
        parts.append(f"{word}, {_amount(plane)}: output {height} × {width}; read {told}.")
    return " ".join(parts)


def _amount(plane: Plane) -> str:
    """Say how much padding there is.

    >>> _amount(Plane(Axis(6, 3, 1, 1, 1), Axis(6, 3, 1, 1, 1))), _amount(Plane(*[Axis(6, 3)] * 2))
    ('P = 1', 'P = 0')
    >>> _amount(Plane(Axis(6, 4, 1, 1, 2), Axis(6, 3, 1, 1, 1)))
    'P = 1 to 2'
    """
    sides = {s for axis in (plane.rows, plane.columns) for s in (axis.before, axis.after)}
    return f"P = {min(sides)}" if len(sides) == 1 else f"P = {min(sides)} to {max(sides)}"


def draw(p: Params, example: Example, title: str, canvas: Canvas) -> Film:
    """Draw the three padded inputs with their counts, and how large the outputs are."""
    gap = canvas.cell * 0.6
    padded = [p.plane(word).columns.padded for word in PADDING_WORDS]
    side, columns = shelving(padded, canvas, gap)

    def body(step: Step | None) -> Box:
        room = shelf_room([cells * side for cells in padded], columns, canvas, gap)
        panels = [_panel(p, word, step, side, canvas, room) for word in PADDING_WORDS]
        if step and canvas.name == "narrow":
            return panels[step.at[0]]
        return shelved(panels, columns, gap)

    def foot(step: Step | None) -> Box:
        now = PADDING_WORDS[step.at[0]] if step else ""
        lines = [_formula(p, word, canvas, quiet=now not in ("", word)) for word in PADDING_WORDS]
        return column(lines, gap=4)

    return film(Story(body, foot, alike=lambda step: step.at), example, title, canvas)


def _panel(
    p: Params, word: PaddingWord, step: Step | None, side: float, canvas: Canvas, room: float
) -> Box:
    plane, counts = p.plane(word), reads(p, word)
    rows, columns = plane.rows, plane.columns
    most, chosen = p.kernel[0] * p.kernel[1], (p.at[0] - 1, p.at[1] - 1)
    now = step if step and PADDING_WORDS[step.at[0]] == word else None
    under = now.window if now else None

    def cell(r: int, c: int) -> Cell:
        inside = 0 <= r < rows.size and 0 <= c < columns.size
        covered = under and under.top <= r <= under.bottom and under.left <= c <= under.right
        if not inside:
            return Cell("", "window-cell" if covered else "padding")
        number = str(counts[r][c]) if side >= _READABLE else ""
        if now and (r, c) == chosen:
            return Cell(str(now.value), "window-cell", "result-ink", "bold")
        if covered:
            return Cell("", "window-cell")
        if step:
            return Cell(number, "cell", "muted")
        full = counts[r][c] == most
        return Cell(number, *(("result-cell", "result-ink", "bold") if full else ("cell", "ink")))

    cells = [
        [cell(r, c) for c in range(-columns.before, columns.size + columns.after)]
        for r in range(-rows.before, rows.size + rows.after)
    ]
    top, left = rows.before, columns.before
    frames = [Frame("result", top + chosen[0], left + chosen[1], 1, 1)]
    if under:
        frames = [Frame("window", under.top + top, under.left + left, *p.kernel), *frames]
    numbers = {str(n) for line in counts for n in line}
    body = grid(cells, side, frames, numbers if side >= _READABLE else ())
    height, width = plane.output
    says = f"{_amount(plane)}, output {height} × {width}"
    return captioned(word, says, body, canvas, room)


def _formula(p: Params, word: PaddingWord, canvas: Canvas, *, quiet: bool) -> Box:
    """Draw the size of the output as a sum: one line if rows and columns have the same."""
    plane = p.plane(word)
    axes = {"": plane.rows} if plane.rows == plane.columns else {
        "rows": plane.rows, "columns": plane.columns
    }  # fmt: skip
    name = words(word, canvas.text, "muted")
    column_ = Box(canvas.text * 3.2, name.height, name.parts)
    sums = [_sum(axis, says, canvas, quiet) for says, axis in axes.items()]
    beside = row([column_, column(sums, gap=2)])
    return beside if beside.width <= canvas.width else column([name, *sums], gap=2)


def _sum(axis: Axis, says: str, canvas: Canvas, quiet: bool) -> Box:
    padding = "".join(f" + {side}" for side in (axis.before, axis.after) if side)
    pieces: Chunk = [
        (f"{says} " if says else "", "muted", "regular"),
        (f"{axis.size}{padding}", "window-ink", "bold"),
        (" − ", "muted", "regular"),
        (str(axis.kernel), "kernel-ink", "bold"),
        (" + 1 = ", "muted", "regular"),
        (str(axis.output), "result-ink", "bold"),
    ]
    if quiet:
        pieces = [(text, "muted", "regular") for text, _, _ in pieces]
    return arithmetic([pieces], canvas.text * 1.1, canvas.width)


KIND = Kind(
    title="Padding: valid, same, full",
    says="three amounts of padding side by side, and how many windows read each cell",
    params=Params,
    solve=solve,
    draw=draw,
)
