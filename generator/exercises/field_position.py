"""Which rows and columns of the input a cell of a deep map sees."""

from __future__ import annotations

from dataclasses import dataclass, replace

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._stack import (
    Stack,
    Window,
    field,
    first,
    joined,
    jumps,
    picture,
    seen,
    table,
)
from generator.numerals import shown
from generator.paper import Several
from generator.prose import Break, Figure, Prose, Strong, line

_PADDING = "convolution/padding.md"
_STRIDE = "convolution/stride.md"
#: First row, last row, first column, last column, counted from 1.
Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, layers, and a cell of the last map; all is counted from 1.

    >>> drawn = Drawn(28, 28, (Window(3, padding=1), Window(2, 2, pools=True)), row=1, column=3)
    >>> drawn.cells, closed(drawn)
    ((14, 14), (0, 3, 4, 7))
    """

    rows: int
    columns: int
    stack: Stack
    row: int
    column: int

    @property
    def cells(self) -> tuple[int, int]:
        """Rows and columns of the last map."""
        sides = [self.rows, self.columns]
        for window in self.stack:
            room = [side + 2 * window.padding - window.extent for side in sides]
            sides = [each // window.stride + 1 for each in room]
        return sides[0], sides[1]

    @property
    def padding(self) -> int:
        """All padding on one side."""
        return sum(window.padding for window in self.stack)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw layers and a cell: level 1 has no padding, level 3 has one layer more."""
    stack: list[Window] = []
    for place in range(level + (level == 1)):
        pools = place == 1 and level > 1
        kernel = dice.pick("window", (2, 3)) if pools else dice.pick("kernel", (2, 3, 3, 4, 5, 7))
        stride = 2 if pools else dice.pick("stride", (1, 1, 2, 3) if place == 0 else (1, 1, 2))
        padding = 0 if pools or level == 1 else dice.whole("padding", 1, kernel // 2)
        stack.append(Window(kernel, min(stride, kernel), padding=padding, pools=pools))
    rows, columns = dice.whole("rows", 20, 64), dice.whole("columns", 20, 64)
    found = Drawn(rows, columns, tuple(stack), 1, 1)
    high, wide = found.cells
    if min(high, wide) < 3:
        return found
    row, column = dice.whole("row", 1, high), dice.whole("column", 1, wide)
    if level > 1:
        # In the middle of a large map, padding would not show.
        near = dice.pick("edge", ("row", "column"))
        row = dice.pick("near", (1, 2, high - 1, high)) if near == "row" else row
        column = dice.pick("near", (1, 2, wide - 1, wide)) if near == "column" else column
    return replace(found, row=row, column=column)


def fair(d: Drawn) -> bool:
    """Tell whether the cell is off the diagonal, a stride counts, and padding is met if any."""
    if d.row == d.column or min(d.cells) < 3:
        return False
    top, bottom, left, right = closed(d)
    within = max(top, 1), min(bottom, d.rows), max(left, 1), min(right, d.columns)
    # A deeper layer's padding lies where the layers before it have left cells unread at the end:
    # then nobody can say how far the cell sees.
    clear = within == (*_read(d, d.rows, d.row), *_read(d, d.columns, d.column))
    over = within != (top, bottom, left, right)
    return clear and over == (d.padding > 0) and jumps(d.stack)[-1] > 1


def _read(d: Drawn, size: int, unit: int) -> tuple[int, int]:
    """Return the first and the last input cell that are read in truth, all counted from 1."""
    sizes = [size]
    for window in d.stack:
        sizes.append((sizes[-1] + 2 * window.padding - window.extent) // window.stride + 1)
    low = high = unit - 1
    for window, cells in zip(reversed(d.stack), sizes[-2::-1], strict=True):
        low = max(low * window.stride - window.padding, 0)
        high = min(high * window.stride - window.padding + window.extent, cells) - 1
    return low + 1, high + 1


def closed(d: Drawn) -> Span:
    """Return the rows and columns by formula."""
    wide = field(d.stack)
    top, left = first(d.stack, d.row - 1) + 1, first(d.stack, d.column - 1) + 1
    return top, top + wide - 1, left, left + wide - 1


def brute(d: Drawn) -> Span:
    """Return the rows and columns, going back cell by cell."""
    (top, bottom), (left, right) = seen(d.stack, d.row - 1), seen(d.stack, d.column - 1)
    return top + 1, bottom + 1, left + 1, right + 1


def prompt(d: Drawn) -> Prose:
    """Ask."""
    beyond = ""
    if d.padding:
        beyond = (
            " Count on beyond the edges where the cell reaches into the padding: row 0 is just "
            f"above the input, row {d.rows + 1} just below it, and columns likewise."
        )
    return line(
        f"An input of {d.rows} rows and {d.columns} columns goes through",
        *table(d.stack), Break(), "Which rows and columns of the input does the cell in ",
        Strong(f"row {d.row}, column {d.column}"),
        f" of the last map see? Rows and columns are counted from 1.{beyond}",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    last = d.stack[-1]
    top, bottom, _, _ = _before(d)
    return (
        line("Go back layer by layer: which cells of the map before does this cell read?"),
        line(f"A cell of the last map reads {last.extent} rows of the map before; with every row "
             f"further down, they begin {last.stride} lower."),
        line(f"Of the map before the last layer it reads rows {shown(top)} to {shown(bottom)}."),
    )  # fmt: skip


def _before(d: Drawn) -> Span:
    return closed(replace(d, stack=d.stack[-1:]))


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Go back layer by layer."""
    steps: list[str] = []
    top, bottom, left, right = (d.row,) * 2 + (d.column,) * 2
    for depth in range(len(d.stack), 0, -1):
        window = d.stack[depth - 1]
        rows, (top, bottom) = _back(window, top, bottom)
        columns, (left, right) = _back(window, left, right)
        steps.append(f"Back through layer {depth}: rows {rows}; columns {columns}.")
    steps.append(
        f"The cell sees rows {shown(top)} to {shown(bottom)} and columns {shown(left)} to "
        f"{shown(right)}: {field(d.stack)} of each."
    )
    if d.padding:
        sides = [(top < 1, "above"), (bottom > d.rows, "below"),
                 (left < 1, "to the left of"), (right > d.columns, "to the right of")]  # fmt: skip
        beyond = joined((word for over, word in sides if over), " and ")
        steps.append(f"What lies {beyond} the input is padding.")
    axis, size, unit = ("columns", d.columns, d.column)
    if top < 1 or bottom > d.rows:
        axis, size, unit = ("rows", d.rows, d.row)
    drawn = Figure(picture(d.stack, size, unit))
    return *map(line, steps), line(f"Along the {axis}:", drawn)


def _back(window: Window, low: int, high: int) -> tuple[str, tuple[int, int]]:
    begin = (low - 1) * window.stride + 1 - window.padding
    end = (high - 1) * window.stride + window.extent - window.padding
    padding = f" − {window.padding}" if window.padding else ""
    lower = f"({shown(low)} − 1)·{window.stride} + 1{padding} = {shown(begin)}"
    upper = f"({shown(high)} − 1)·{window.stride} + {window.extent}{padding} = {shown(end)}"
    return f"{lower} to {upper}", (begin, end)


def _bare(d: Drawn) -> Drawn:
    return replace(d, stack=tuple(replace(window, padding=0) for window in d.stack))


def clipped(d: Drawn) -> Span | None:
    """Stop at the edges, although the question says to count on."""
    top, bottom, left, right = closed(d)
    found = max(top, 1), min(bottom, d.rows), max(left, 1), min(right, d.columns)
    return found if found != (top, bottom, left, right) else None


def no_padding(d: Drawn) -> Span | None:
    """Let the first window begin at the input's corner."""
    return closed(_bare(d)) if d.padding else None


def plain_padding(d: Drawn) -> Span | None:
    """Take each layer's padding for cells of the input."""
    top, bottom, left, right = closed(_bare(d))
    if d.padding == -first(d.stack, 0):
        return None
    return top - d.padding, bottom - d.padding, left - d.padding, right - d.padding


def from_zero(d: Drawn) -> Span:
    """Count the cell from 0 and the answer from 1."""
    return closed(replace(d, row=d.row + 1, column=d.column + 1))


def swapped(d: Drawn) -> Span:
    """Take the row for the column."""
    return closed(replace(d, row=d.column, column=d.row))


def one_layer(d: Drawn) -> Span:
    """Go back through the last layer only."""
    return _before(d)


def no_overlap(d: Drawn) -> Span | None:
    """Cut the input in fields side by side."""
    wide = field(d.stack)
    top, left = (d.row - 1) * wide + 1, (d.column - 1) * wide + 1
    found = top, top + wide - 1, left, left + wide - 1
    # Beyond the input one would notice.
    return found if found[1] <= d.rows and found[3] <= d.columns else None


FAMILY = Family(
    name="field-position",
    title="Where a cell looks",
    version=1,
    says="the rows and columns of the input that a cell of a deep map sees",
    page="layers/receptive-field.md",
    rows=(29,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(4 * len(d.stack) + sum(window.padding > 0 for window in d.stack)),
    cost=(Work(8), Work(9), Work(13)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "counted from 0", from_zero,
            "You counted the cell from 0. Here the first row and the first column are number 1.",
        ),
        Slip(
            "stopped at the edge", clipped,
            "You stopped at the edge of the input. The cell reads the padding as well, so count "
            "on beyond the edge.",
            _PADDING,
        ),
        Slip(
            "padding forgotten", no_padding,
            "You let the first window begin at the corner of its map. It begins in the padding.",
            _PADDING,
        ),
        Slip(
            "padding not scaled", plain_padding,
            "You took off each layer's padding as it is written. Behind a stride, one cell of "
            "padding stands for several of the input.",
            _PADDING,
        ),
        Slip(
            "row and column swapped", swapped,
            lambda d: f"You looked from row {d.column}, column {d.row}. The row is named first.",
        ),
        Slip(
            "only the last layer", one_layer,
            "You went back through the last layer only. What it reads is not the input: go on.",
        ),
        Slip(
            "fields side by side", no_overlap,
            lambda d: "You laid the fields side by side. Neighbouring cells look "
            f"{jumps(d.stack)[-1]} input cells further, so their fields overlap.",
            _STRIDE,
        ),
    ), Several(("first row", "last row", "first column", "last column")), points=(2, 3, 4)),),
)  # fmt: skip
