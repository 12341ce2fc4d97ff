"""One cell of a feature map, by hand."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.engine.shapes import Axis
from generator.engine.trace import turned
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._sum import cost, terms, weighted, window, written
from generator.model import Rows, Term
from generator.numerals import Number
from generator.prose import Break, Grid, Prose, Strong, line

_FLIP = "convolution/flip.md"
_PADDING = "convolution/padding.md"
_STRIDE = "convolution/stride.md"
_POOLING = "layers/pooling.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, and the cell that is asked for, counted from 1.

    >>> drawn = Drawn(((1, 2, 3),) * 3, ((1, 0), (0, 1)), 1, 1, row=1, column=2)
    >>> drawn.top, drawn.left, drawn.cells
    (-1, 0, (4, 4))
    """

    x: Wholes
    w: Wholes
    stride: int
    padding: int
    row: int
    column: int

    @property
    def cells(self) -> tuple[int, int]:
        """Rows and columns of the feature map."""
        height, width = (
            Axis(len(x), len(w), self.stride, self.padding, self.padding).output
            for x, w in ((self.x, self.w), (self.x[0], self.w[0]))
        )
        return height, width

    @property
    def top(self) -> int:
        """First input row under the window, counted from 0; negative in the padding."""
        return (self.row - 1) * self.stride - self.padding

    @property
    def left(self) -> int:
        """First input column under the window, counted from 0; negative in the padding."""
        return (self.column - 1) * self.stride - self.padding

    @property
    def seen(self) -> Rows:
        """What the window of the cell reads."""
        return self.window(self.top, self.left)

    @property
    def terms(self) -> tuple[Term, ...]:
        """The products of the cell."""
        return terms(self.seen, self.w)

    def window(self, top: int, left: int) -> Rows:
        """Return what a window reads that begins at `top` and `left`: zeros outside the input."""
        return window(self.x, top, left, (len(self.w), len(self.w[0])))

    def at(self, top: int, left: int) -> Number:
        """Return the sum of the window that begins there."""
        return weighted(self.window(top, left), self.w)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a cell: level 2 adds negative weights and stride 2, level 3 zero padding."""
    # Stride 2 needs longer inputs, or there would be no second position to confuse the first with.
    least, most = (5, 7) if level == 2 else (4, 6)
    rows, columns = dice.whole("rows", least, most), dice.whole("columns", least, most)
    stride = (1, 2, dice.whole("stride", 1, 2))[level - 1]
    padding = int(level == 3)
    return Drawn(
        x=dice.matrix("input", rows, columns, 0, 5),
        w=numbers(
            dice, "kernel", (3, 3), 2, zeros=2 - padding, negatives=(0, 3, 4)[level - 1]
        ),
        stride=stride,
        padding=padding,
        row=dice.whole("row", 1, Axis(rows, 3, stride, padding, padding).output),
        column=dice.whole("column", 1, Axis(columns, 3, stride, padding, padding).output),
    )  # fmt: skip


def fair(d: Drawn) -> bool:
    """Tell whether there is something to compute and something to get wrong.

    The turned kernel is another one, the result is not 0, and the window has moved or, if there is
    padding, touches it.
    """
    placed = 0 in d.seen[0] or (d.row, d.column) != (1, 1)
    return turned(d.w) != d.w and placed and brute(d) != 0


def closed(d: Drawn) -> Number:
    """Return the sum of the products."""
    return weighted(d.seen, d.w)


def brute(d: Drawn) -> Number:
    """Return the cell of the padded input, one product after the other."""
    frame = [0] * d.padding
    width = len(d.x[0]) + 2 * d.padding
    around = [[0] * width for _ in frame]
    padded = [*around, *([*frame, *row, *frame] for row in d.x), *around]
    i, j = (d.row - 1) * d.stride, (d.column - 1) * d.stride
    cell = 0
    for a, weights in enumerate(d.w):
        for b, weight in enumerate(weights):
            cell += padded[i + a][j + b] * weight
    return cell


def prompt(d: Drawn) -> Prose:
    """Ask."""
    frame = "zero padding of 1 cell on all four sides" if d.padding else "without padding"
    return line(
        *("The kernel slides over the input with stride ", d.stride),
        *((" and " if d.padding else ", ") + frame, ". "),
        *("What stands in ", Strong(f"row {d.row}, column {d.column}"), " of the feature map? "),
        "Rows and columns are counted from 1, and the kernel is not flipped.",
        Grid("Input", d.x),
        Grid("Kernel", d.w),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    begins = f"row {d.top + 1} and column {d.left + 1} of the input"
    return (
        line(f"Which cells lie under the kernel at row {d.row}, column {d.column} of the map?"),
        line(f"The window begins at {begins}{_outside(d)}."),
        line("Multiply each of these numbers by the weight in the same place.", _window(d)),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show the window, every product, and the sum."""
    products, sums = written(d.terms, 3)
    return (
        line(
            f"The window begins at row {_first(d, d.row)} = {d.top + 1} and column "
            f"{_first(d, d.column)} = {d.left + 1} of the input{_outside(d)}:",
            _window(d),
        ),
        line("Each number times the weight in the same place, row by row:", Break(), *products),
        line("Together: ", *sums, "."),
    )


def _first(d: Drawn, index: int) -> str:
    return f"({index} − 1)·{d.stride} + 1" + (f" − {d.padding}" if d.padding else "")


def _outside(d: Drawn) -> str:
    return "; what lies outside is padding and reads 0" if d.padding else ""


def _window(d: Drawn) -> Grid:
    return Grid("Window", d.seen)


def no_signs(d: Drawn) -> Number | None:
    """Read every weight as positive."""
    if all(weight >= 0 for row in d.w for weight in row):
        return None
    return weighted(d.seen, tuple(tuple(map(abs, row)) for row in d.w))


def no_stride(d: Drawn) -> Number | None:
    """Move by one cell at a time."""
    if d.stride == 1 or (d.row, d.column) == (1, 1):
        return None
    return d.at(d.row - 1 - d.padding, d.column - 1 - d.padding)


def no_padding(d: Drawn) -> Number | None:
    """Begin at the input's own corner; ``None`` where such a window would leave the input."""
    top, left = d.top + d.padding, d.left + d.padding
    fits = top + len(d.w) <= len(d.x) and left + len(d.w[0]) <= len(d.x[0])
    return d.at(top, left) if d.padding and fits else None


def swapped(d: Drawn) -> Number | None:
    """Take the row for the column."""
    if d.row == d.column or not _is_cell(d, d.column, d.row):
        return None
    return d.at((d.column - 1) * d.stride - d.padding, (d.row - 1) * d.stride - d.padding)


def from_zero(d: Drawn) -> Number | None:
    """Count the cells from 0, as a program does."""
    if not _is_cell(d, d.row + 1, d.column + 1):
        return None
    return d.at(d.top + d.stride, d.left + d.stride)


def _is_cell(d: Drawn, row: int, column: int) -> bool:
    height, width = d.cells
    return row <= height and column <= width


FAMILY = Family(
    name="convolution-cell",
    title="One cell of a feature map",
    version=2,
    says="one number of a feature map from a small input and a kernel, by hand",
    page="convolution/convolution.md",
    rows=(14,),
    draw=draw,
    fair=fair,
    work=lambda d: cost(d.terms),
    cost=(Work(9, 0, 2), Work(9, 3, 2), Work(9, 2, 4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "padding forgotten", no_padding,
            "You began at the input's corner. The first window begins in the padding.",
            _PADDING,
        ),
        Slip(
            "stride ignored", no_stride,
            lambda d: f"You moved the window by 1 from cell to cell. It moves by {d.stride}.",
            _STRIDE,
        ),
        Slip(
            "kernel flipped", lambda d: weighted(d.seen, turned(d.w)),
            "You turned the kernel by 180°. The layers of a network use it as it stands.",
            _FLIP,
        ),
        Slip(
            "signs lost", no_signs,
            "You read negative weights as positive. Their products are subtracted.",
        ),
        Slip(
            "row and column swapped", swapped,
            lambda d: f"You computed row {d.column}, column {d.row}. The row is named first.",
        ),
        Slip(
            # With stride 1 and padding 1 it reads the window of a forgotten padding.
            "counted from 0", from_zero,
            "You counted from 0. Here the first row and the first column are number 1.",
            yields=True,
        ),
        Slip(
            # With stride 2 it reads, for row 2 and column 2, the window of an ignored stride.
            "window centred",
            lambda d: None if d.padding else d.at(d.top - 1, d.left - 1),
            "You put the middle of the kernel where its top left corner belongs. "
            "Without padding the first window begins at the input's corner.",
            _PADDING, yields=True,
        ),
        Slip(
            "weights left out", lambda d: sum(number for row in d.seen for number in row),
            "You added up the bare window. First multiply each number by its weight.",
        ),
        Slip(
            "largest number taken", lambda d: max(number for row in d.seen for number in row),
            "You took the largest number of the window. That is max pooling.",
            _POOLING,
        ),
    ), points=(2, 3, 4)),),
)  # fmt: skip
