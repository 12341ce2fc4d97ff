"""One cell of a feature map from a kernel that is spread out, by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.dice import Dice
from generator.engine.shapes import Axis
from generator.engine.trace import turned
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.exercises._sum import cost, terms, weighted, window, written
from generator.exercises._walk import looped, settings
from generator.model import Rows
from generator.numerals import Number
from generator.prose import Break, Grid, Prose, Strong, line

_DILATION = "convolution/dilation.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel that is spread out, and the cell that is asked for, counted from 1.

    >>> Drawn(((1, 2, 3, 4),) * 4, ((1, 0), (0, 1)), 2, 1, 0, row=2, column=1).top
    1
    """

    x: Wholes
    w: Wholes
    dilation: int
    stride: int
    padding: int
    row: int
    column: int

    @property
    def cells(self) -> tuple[int, int]:
        """Rows and columns of the feature map."""
        high, wide = (
            Axis(size, 3, self.stride, self.padding, self.padding, self.dilation).output
            for size in (len(self.x), len(self.x[0]))
        )
        return high, wide

    @property
    def top(self) -> int:
        """First row that is read, counted from 0; negative in the padding."""
        return (self.row - 1) * self.stride - self.padding

    @property
    def left(self) -> int:
        """First column that is read, counted from 0; negative in the padding."""
        return (self.column - 1) * self.stride - self.padding

    @property
    def read(self) -> Rows:
        """What the kernel reads for the cell."""
        return _read(self)

    def at(self, top: int, left: int, dilation: int) -> Number:
        """Return the sum of what is read from there."""
        return weighted(window(self.x, top, left, (3, 3), dilation), self.w)


@lru_cache(maxsize=4)
def _read(d: Drawn) -> Rows:
    return window(d.x, d.top, d.left, (3, 3), d.dilation)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a cell: level 2 has negative weights, level 3 a stride and padding too."""
    dilation = dice.pick("dilation", (2, 2, 3)) if level == 2 else 2
    stride, padding = (2, dice.whole("padding", 1, 2)) if level == 3 else (1, 0)
    extent = 2 * dilation + 1
    least = 5 if level == 3 else extent
    rows = dice.whole("rows", least, least + 1)
    columns = dice.whole("columns", least + 1, least + 2)
    high, wide = ((size + 2 * padding - extent) // stride + 1 for size in (rows, columns))
    # Without padding the first cell of all would hide what a stride or a dilation does.
    row, column = divmod(dice.whole("cell", 0 if padding else 1, high * wide - 1), wide)
    return Drawn(
        x=dice.matrix("input", rows, columns, 1, 6),
        w=numbers(dice, "kernel", (3, 3), 2, zeros=2, negatives=0 if level == 1 else 3),
        dilation=dilation,
        stride=stride,
        padding=padding,
        row=row + 1,
        column=column + 1,
    )


def fair(d: Drawn) -> bool:
    """Tell whether the turned kernel is another one."""
    return turned(d.w) != d.w


def brute(d: Drawn) -> Number:
    """Return the cell of the map, which is computed loop in loop up to there."""
    top, left = (d.row - 1) * d.stride, (d.column - 1) * d.stride
    frame = (0,) * d.padding
    empty = ((0,) * (len(d.x[0]) + 2 * d.padding),) * d.padding
    padded = (*empty, *((*frame, *row, *frame) for row in d.x), *empty)
    reach = 2 * d.dilation + 1
    part = tuple(row[left : left + reach] for row in padded[top : top + reach])
    return looped(part, d.w, dilation=d.dilation)[0][0]


def prompt(d: Drawn) -> Prose:
    """Ask."""
    return line(
        f"The kernel slides over the input {settings(d.stride, d.padding, d.dilation)}. "
        "What stands in ",
        Strong(f"row {d.row}, column {d.column}"),
        " of the feature map? Rows and columns are counted from 1, and the kernel is not flipped.",
        Grid("Input", d.x),
        Grid("Kernel", d.w),
    )


def _indices(d: Drawn, index: int) -> tuple[int, ...]:
    first = (index - 1) * d.stride - d.padding + 1
    return tuple(first + k * d.dilation for k in range(3))


def _listed(d: Drawn, index: int, size: int) -> str:
    words = [str(at) if 1 <= at <= size else "padding" for at in _indices(d, index)]
    return f"{words[0]}, {words[1]} and {words[2]}"


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    rows, columns = _listed(d, d.row, len(d.x)), _listed(d, d.column, len(d.x[0]))
    return (
        line("Which cells are read? Neighbouring weights do not meet neighbouring cells."),
        line(f"From weight to weight it is {d.dilation} cells: rows {rows}; columns {columns}."),
        line("Multiply each of these numbers by the weight in the same place.", _window(d)),
    )


def _window(d: Drawn) -> Grid:
    return Grid("Numbers read", d.read)


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show what is read, every product, and the sum."""
    products, sums = written(terms(d.read, d.w), 3)
    outside = " What lies in the padding reads 0." if d.padding else ""
    rows, columns = _listed(d, d.row, len(d.x)), _listed(d, d.column, len(d.x[0]))
    index = (d.row - 1) * d.cells[1] + d.column
    return (
        line(f"The kernel reads rows {rows}, and columns {columns}.{outside}", _window(d)),
        line("Each number times the weight in the same place, row by row:", Break(), *products),
        line(
            "Together: ", *sums, ".",
            figure(
                "convolution", index, input=d.x, kernel=d.w, stride=d.stride, padding=d.padding,
                dilation=d.dilation,
            ),
        ),
    )  # fmt: skip


def gaps(d: Drawn) -> Number | None:
    """Leave D cells out between neighbours, where they would still lie inside."""
    reach = 2 * (d.dilation + 1) - d.padding
    fits = d.top + reach < len(d.x) and d.left + reach < len(d.x[0])
    return d.at(d.top, d.left, d.dilation + 1) if fits else None


def one_axis(d: Drawn) -> Number:
    """Spread the kernel to the right only."""
    rows = window(d.x, d.top, d.left, (3, 2 * d.dilation + 1))
    return weighted(tuple(row[:: d.dilation] for row in rows), d.w)


def no_padding(d: Drawn) -> Number | None:
    """Begin at the input's own corner; ``None`` where such a window would leave the input."""
    top, left, reach = d.top + d.padding, d.left + d.padding, 2 * d.dilation
    fits = top + reach < len(d.x) and left + reach < len(d.x[0])
    return d.at(top, left, d.dilation) if d.padding and fits else None


def as_stride(d: Drawn) -> Number | None:
    """Move by the dilation, and read neighbours."""
    if d.stride > 1:
        return None
    return d.at((d.row - 1) * d.dilation, (d.column - 1) * d.dilation, 1)


def swapped(d: Drawn) -> Number | None:
    """Take the row for the column."""
    high, wide = d.cells
    if d.row == d.column or d.column > high or d.row > wide:
        return None
    return d.at(d.left, d.top, d.dilation)


def no_signs(d: Drawn) -> Number | None:
    """Read every weight as positive."""
    positive = tuple(tuple(map(abs, row)) for row in d.w)
    return None if positive == d.w else weighted(d.read, positive)


def no_stride(d: Drawn) -> Number | None:
    """Move by one cell at a time."""
    if d.stride == 1 or (d.row, d.column) == (1, 1):
        return None
    return d.at(d.row - 1 - d.padding, d.column - 1 - d.padding, d.dilation)


FAMILY = Family(
    name="dilation-cell",
    title="One cell with dilation",
    version=1,
    says="one number of a feature map from a kernel that is spread out, by hand",
    page=_DILATION,
    rows=(22,),
    draw=draw,
    fair=fair,
    work=lambda d: cost(terms(d.read, d.w)),
    cost=(Work(9, 0, 2), Work(9, 3, 2), Work(9, 2, 5)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(lambda d: weighted(d.read, d.w), brute, (
        Slip(
            "dilation ignored", lambda d: d.at(d.top, d.left, 1),
            lambda d: f"You read neighbouring cells. With dilation {d.dilation} the cells that are "
            f"read lie {d.dilation} apart.",
        ),
        Slip(
            "dilation taken for gaps", gaps,
            lambda d: f"You left {d.dilation} cells out between two that are read. Dilation "
            f"{d.dilation} is the distance from one to the next: {d.dilation - 1} left out.",
        ),
        Slip(
            "spread in one direction", one_axis,
            "You spread the kernel to the right only. It is spread downwards too.",
            yields=True,
        ),
        Slip(
            "stride ignored", no_stride,
            lambda d: f"You moved the window by 1 from cell to cell. It moves by {d.stride}.",
            "convolution/stride.md",
        ),
        Slip(
            "dilation taken for stride", as_stride,
            "You moved the window by the dilation and read neighbours. Dilation spreads what one "
            "window reads; the stride moves it.",
            yields=True,
        ),
        Slip(
            "padding forgotten", no_padding,
            "You began at the input's corner. The first window begins in the padding.",
            "convolution/padding.md",
        ),
        Slip(
            "kernel flipped", lambda d: weighted(d.read, turned(d.w)),
            "You turned the kernel by 180°. The layers of a network use it as it stands.",
            "convolution/flip.md",
        ),
        Slip(
            "signs lost", no_signs,
            "You read negative weights as positive. Their products are subtracted.",
        ),
        Slip(
            "row and column swapped", swapped,
            lambda d: f"You computed row {d.column}, column {d.row}. The row is named first.",
            yields=True,
        ),
        Slip(
            "weights left out", lambda d: sum(number for row in d.read for number in row),
            "You added up what is read. First multiply each number by its weight.",
            yields=True,
        ),
    ), points=(2, 3, 4)),),
)  # fmt: skip
