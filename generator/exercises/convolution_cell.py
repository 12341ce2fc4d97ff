"""One cell of a feature map, by hand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from generator.dice import Dice
from generator.engine.shapes import Axis, Plane
from generator.engine.trace import convolve, turned
from generator.exercises._family import Family, Slip
from generator.model import Rows, Step
from generator.numerals import Number, factor, shown, total
from generator.prose import Break, Grid, Node, Prose, Strong, line

_STEPS = "convolution/convolution.md"
_PADDING = "convolution/padding.md"
_STRIDE = "convolution/stride.md"
_FLIP = "convolution/convolution.md"
_POOLING = "layers/pooling.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, and the cell that is asked for, counted from 1.

    >>> drawn = Drawn(((1, 2, 3),) * 3, ((1, 0), (0, 1)), 1, 1, row=1, column=2)
    >>> drawn.top, drawn.left, drawn.plane.output
    (-1, 0, (4, 4))
    """

    x: Rows
    w: Rows
    stride: int
    padding: int
    row: int
    column: int

    @property
    def plane(self) -> Plane:
        """How the window walks."""
        sides = self.padding, self.padding
        rows = Axis(len(self.x), len(self.w), self.stride, *sides)
        return Plane(rows, Axis(len(self.x[0]), len(self.w[0]), self.stride, *sides))

    @property
    def top(self) -> int:
        """First input row under the window, counted from 0; negative in the padding."""
        return (self.row - 1) * self.stride - self.padding

    @property
    def left(self) -> int:
        """First input column under the window, counted from 0; negative in the padding."""
        return (self.column - 1) * self.stride - self.padding

    def window(self, top: int, left: int) -> Rows:
        """Return what a window reads that begins at `top` and `left`: zeros outside the input."""
        columns = range(left, left + len(self.w[0]))
        return tuple(
            tuple(self._read(row, column) for column in columns)
            for row in range(top, top + len(self.w))
        )

    def _read(self, row: int, column: int) -> Number:
        inside = 0 <= row < len(self.x) and 0 <= column < len(self.x[0])
        return self.x[row][column] if inside else 0

    @property
    def seen(self) -> Rows:
        """What the window of the cell reads."""
        return self.window(self.top, self.left)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a cell: level 2 adds negative weights and stride 2, level 3 zero padding."""
    side = dice.pick("kernel side", (2, 3, 3)) if level == 1 else 3
    rows, columns = _sides(dice, level)
    stride = (1, 2, dice.whole("stride", 1, 2))[level - 1]
    padding = int(level == 3)
    low = 0 if level == 1 else -2
    return Drawn(
        x=dice.matrix("input", rows, columns, 0, 5),
        w=dice.matrix("kernel", side, side, low, 2),
        stride=stride,
        padding=padding,
        row=dice.whole("row", 1, Axis(rows, side, stride, padding, padding).output),
        column=dice.whole("column", 1, Axis(columns, side, stride, padding, padding).output),
    )


def _sides(dice: Dice, level: int) -> tuple[int, int]:
    # Stride 2 needs longer inputs, or there would be no second position to confuse the first with.
    least, most = (5, 7) if level == 2 else (4, 6)
    return dice.whole("rows", least, most), dice.whole("columns", least, most)


def fair(d: Drawn) -> bool:
    """Tell whether there is something to compute and something to get wrong.

    Kernel and window hold few zeros, the turned kernel is another one, weights are negative above
    level 1, the result is not 0, and the window has moved or, if there is padding, touches it.
    """
    weights = [weight for row in d.w for weight in row]
    return (
        3 * weights.count(0) <= len(weights)
        and turned(d.w) != d.w
        and (min(weights) < 0 < max(weights) or (d.stride, d.padding) == (1, 0))
        and _worth_reading(d)
        and brute(d) != 0
    )


def _worth_reading(d: Drawn) -> bool:
    """Tell whether the window stands at a place that teaches, and what it reads is mostly not 0."""
    rows = _inside(d.top, len(d.w), len(d.x))
    columns = _inside(d.left, len(d.w[0]), len(d.x[0]))
    inside = len(rows) * len(columns)
    zeros = sum(d.x[row][column] == 0 for row in rows for column in columns)
    reads_padding = inside < len(d.w) * len(d.w[0])
    placed = reads_padding if d.padding else (d.row, d.column) != (1, 1)
    return placed and 3 * zeros <= inside


def _inside(first: int, length: int, size: int) -> range:
    return range(max(first, 0), min(first + length, size))


@lru_cache(maxsize=8)
def step(d: Drawn) -> Step:
    """Return the step of the story in which the cell is computed.

    Answer and solution both ask for it, and the whole map is traced for this one cell.
    """
    _, steps = convolve(d.x, d.w, d.plane)
    return steps[(d.row - 1) * d.plane.columns.output + d.column - 1]


def closed(d: Drawn) -> Number:
    """Return the cell as the engine computes it."""
    return step(d).value


def brute(d: Drawn) -> Number:
    """Return the cell of the whole map, made by four plain loops."""
    padding = d.padding
    width = len(d.x[0]) + 2 * padding
    padded: list[list[Number]] = [[0] * width for _ in range(len(d.x) + 2 * padding)]
    for i, row in enumerate(d.x):
        padded[i + padding][padding : width - padding] = row
    cells: dict[tuple[int, int], Number] = {}
    for i in range(0, len(padded) - len(d.w) + 1, d.stride):
        for j in range(0, width - len(d.w[0]) + 1, d.stride):
            cell: Number = 0
            for a in range(len(d.w)):
                for b in range(len(d.w[0])):
                    cell += padded[i + a][j + b] * d.w[a][b]
            cells[i // d.stride + 1, j // d.stride + 1] = cell
    return cells[d.row, d.column]


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
    terms = step(d).terms
    width = len(d.w[0])
    products: list[str | Node] = ["Each number times the weight in the same place, row by row:"]
    sums = []
    for first in range(0, len(terms), width):
        row = terms[first : first + width]
        sums.append(total([term.product for term in row]))
        summed = " + ".join(f"{factor(term.x)}·{factor(term.w)}" for term in row)
        products += [Break(), f"{summed} = {shown(sums[-1])}"]
    added = " + ".join([shown(sums[0]), *map(factor, sums[1:])])
    return (
        line(
            f"The window begins at row {_first(d, d.row)} = {d.top + 1} and column "
            f"{_first(d, d.column)} = {d.left + 1} of the input{_outside(d)}:",
            _window(d),
        ),
        line(*products),
        line("Together: ", f"{added} = ", Strong(shown(total(sums))), "."),
    )


def _first(d: Drawn, index: int) -> str:
    return f"({index} − 1)·{d.stride} + 1" + (f" − {d.padding}" if d.padding else "")


def _outside(d: Drawn) -> str:
    return "; what lies outside is padding and reads 0" if d.padding else ""


def _window(d: Drawn) -> Grid:
    return Grid("Window", d.seen)


def weighted(numbers: Rows, weights: Rows) -> Number:
    """Return the sum of the products of two matrices, place by place.

    >>> weighted(((1, 2), (3, 4)), ((1, 0), (0, -1)))
    -3
    """
    rows = zip(numbers, weights, strict=True)
    return total([x * w for row in rows for x, w in zip(*row, strict=True)])


def flipped(d: Drawn) -> Number:
    """Turn the kernel first."""
    return weighted(d.seen, turned(d.w))


def no_weights(d: Drawn) -> Number:
    """Sum the window as it is."""
    return total([number for row in d.seen for number in row])


def largest(d: Drawn) -> Number:
    """Pool."""
    return max(number for row in d.seen for number in row)


def no_signs(d: Drawn) -> Number | None:
    """Read every weight as positive."""
    if all(weight >= 0 for row in d.w for weight in row):
        return None
    return weighted(d.seen, tuple(tuple(max(weight, -weight) for weight in row) for row in d.w))


def no_stride(d: Drawn) -> Number | None:
    """Move by one cell at a time."""
    if d.stride == 1 or (d.row, d.column) == (1, 1):
        return None
    return _at(d, d.row - 1 - d.padding, d.column - 1 - d.padding)


def no_padding(d: Drawn) -> Number | None:
    """Begin at the input's own corner; ``None`` where such a window would leave the input."""
    top, left = d.top + d.padding, d.left + d.padding
    fits = top + len(d.w) <= len(d.x) and left + len(d.w[0]) <= len(d.x[0])
    return _at(d, top, left) if d.padding and fits else None


def swapped(d: Drawn) -> Number | None:
    """Take the row for the column."""
    if d.row == d.column or not _is_cell(d, d.column, d.row):
        return None
    return _at(d, d.left, d.top)


def from_zero(d: Drawn) -> Number | None:
    """Count the cells from 0, as a program does."""
    if not _is_cell(d, d.row + 1, d.column + 1):
        return None
    return _at(d, d.top + d.stride, d.left + d.stride)


def centred(d: Drawn) -> Number | None:
    """Lay the middle of the kernel where its corner belongs; a kernel of even size has none."""
    middle = len(d.w) // 2
    return _at(d, d.top - middle, d.left - middle) if len(d.w) % 2 and not d.padding else None


def _at(d: Drawn, top: int, left: int) -> Number:
    return weighted(d.window(top, left), d.w)


def _is_cell(d: Drawn, row: int, column: int) -> bool:
    height, width = d.plane.output
    return row <= height and column <= width


FAMILY = Family(
    name="convolution-cell",
    title="One cell of a feature map",
    version=1,
    says="one number of a feature map from a small input and a kernel, by hand",
    draw=draw,
    fair=fair,
    closed=closed,
    brute=brute,
    prompt=prompt,
    hints=hints,
    solution=solution,
    points=(2, 3, 4),
    slips=(
        Slip(
            "padding forgotten", no_padding,
            lambda d: "You began at the input's corner. The first window begins in the padding.",
            _PADDING,
        ),
        Slip(
            "stride ignored", no_stride,
            lambda d: f"You moved the window by 1 from cell to cell. It moves by {d.stride}.",
            _STRIDE,
        ),
        Slip(
            "kernel flipped", flipped,
            lambda d: "You turned the kernel by 180°. The layers of a network use it as it stands.",
            _FLIP,
        ),
        Slip(
            "signs lost", no_signs,
            lambda d: "You read negative weights as positive. Their products are subtracted.",
            _STEPS,
        ),
        Slip(
            "row and column swapped", swapped,
            lambda d: f"You computed row {d.column}, column {d.row}. The row is named first.",
            _STEPS,
        ),
        Slip(
            # With stride 1 and padding 1 it reads the window of a forgotten padding.
            "counted from 0", from_zero,
            lambda d: "You counted from 0. Here the first row and the first column are number 1.",
            _STEPS, yields=True,
        ),
        Slip(
            # With stride 2 it reads, for row 2 and column 2, the window of an ignored stride.
            "window centred", centred,
            lambda d: (
                "You put the middle of the kernel where its top left corner belongs. "
                "Without padding the first window begins at the input's corner."
            ),
            _PADDING, yields=True,
        ),
        Slip(
            "weights left out", no_weights,
            lambda d: "You added up the bare window. First multiply each number by its weight.",
            _STEPS,
        ),
        Slip(
            "largest number taken", largest,
            lambda d: "You took the largest number of the window. That is max pooling.",
            _POOLING,
        ),
    ),
)  # fmt: skip
