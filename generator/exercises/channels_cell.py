"""One cell of a feature map from three channels: a sum for each, then all of them and the bias."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from generator.dice import Dice
from generator.engine.trace import turned
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.exercises._sum import terms, window
from generator.exercises._walk import looped
from generator.model import Rows
from generator.numerals import factor, shown
from generator.paper import Several
from generator.prose import Grid, Prose, Strong, line

_PAGE = "convolution/channels.md"
#: The sums of red, green and blue.
Three: TypeAlias = tuple[int, int, int]
_NAMES = ("Red", "Green", "Blue")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Three channels, a kernel with a slice for each, a bias, and the cell, counted from 1.

    >>> one = ((1, 2), (3, 4))
    >>> Drawn((one, one, one), (((1,),),) * 3, bias=1, row=2, column=1).sums
    (3, 3, 3)
    """

    x: tuple[Wholes, Wholes, Wholes]
    w: tuple[Wholes, Wholes, Wholes]
    bias: int
    row: int
    column: int

    @property
    def read(self) -> tuple[Rows, Rows, Rows]:
        """What the window reads of each channel."""
        return _read(self)

    @property
    def sums(self) -> Three:
        """The sum of each channel."""
        return _sums(self.read, self.w)


@lru_cache(maxsize=4)
def _read(d: Drawn) -> tuple[Rows, Rows, Rows]:
    red, green, blue = (_window(d, channel, d.row, d.column) for channel in range(3))
    return red, green, blue


def _window(d: Drawn, channel: int, row: int, column: int) -> Rows:
    return window(d.x[channel], row - 1, column - 1, (len(d.w[0]), len(d.w[0][0])))


def _sums(read: tuple[Rows, ...], weights: tuple[Rows, ...]) -> Three:
    red, green, blue = (
        int(sum(x * w for rows in zip(seen, slice_, strict=True)
                for x, w in zip(*rows, strict=True)))
        for seen, slice_ in zip(read, weights, strict=True)
    )  # fmt: skip
    return red, green, blue


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a cell: level 2 has negative weights and a negative bias, level 3 larger slices."""
    side = 3 if level == 3 else 2
    zeros, negatives = ((1, 0), (0, 2), (4, 2))[level - 1]
    bias = dice.whole("bias", 1, 9)
    columns = side + 1
    return Drawn(
        x=tuple(dice.matrix(name, side + 1, columns, 0, 4) for name in _NAMES),  # type: ignore[arg-type]
        w=tuple(
            numbers(dice, f"{name} slice", (side, side), 2, zeros=zeros, negatives=negatives)
            for name in _NAMES
        ),  # type: ignore[arg-type]
        bias=-bias if level == 2 else bias,
        row=dice.whole("row", 1, 2),
        column=dice.whole("column", 1, 2),
    )


def fair(d: Drawn) -> bool:
    """Tell whether the slices are three, and turning them would show."""
    return len({*d.w}) == 3 and any(turned(each) != each for each in d.w)


def brute(d: Drawn) -> Three:
    """Compute the map of each channel and look up the cell."""
    red, green, blue = (
        int(looped(x, w)[d.row - 1][d.column - 1]) for x, w in zip(d.x, d.w, strict=True)
    )
    return red, green, blue


def brute_total(d: Drawn) -> int:
    """Count up from the bias, a product at a time."""
    cell = d.bias
    for x, w in zip(d.x, d.w, strict=True):
        for a, weights in enumerate(w):
            for b, weight in enumerate(weights):
                cell += x[d.row - 1 + a][d.column - 1 + b] * weight
    return cell


def prompt(d: Drawn) -> Prose:
    """Show the channels and the kernel."""
    return line(
        "A kernel slides over a colour image with stride 1, without padding. It has a slice for "
        f"each channel, and a bias of {shown(d.bias)}. Look at ",
        Strong(f"row {d.row}, column {d.column}"),
        " of the feature map, before any activation. Rows and columns are counted from 1, and the "
        "kernel is not flipped.",
        *(Grid(name, x) for name, x in zip(_NAMES, d.x, strict=True)),
        *(Grid(f"{name} slice", w) for name, w in zip(_NAMES, d.w, strict=True)),
    )


def ask_sums(_: Drawn) -> Prose:
    """Ask for three numbers."""
    return line("What is the ", Strong("sum of each channel"), ", without the bias?")


def ask_total(_: Drawn) -> Prose:
    """Ask for the cell."""
    return line("What stands in this ", Strong("cell"), " of the feature map?")


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("Each channel has a window of its own, in the same place, and its own slice."),
        line("This is what the windows read:", *_grids(d)),
        line("The cell is one number: the three sums together, and the bias once."),
    )


def _grids(d: Drawn) -> Prose:
    return tuple(Grid(f"{name} window", x) for name, x in zip(_NAMES, d.read, strict=True))


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Write out each channel's sum, then the whole."""
    sums, total = d.sums, sum(d.sums) + d.bias
    added = " + ".join([shown(sums[0]), *map(factor, sums[1:]), factor(d.bias)])
    index = (d.row - 1) * (len(d.x[0][0]) - len(d.w[0][0]) + 1) + d.column
    picture = figure("multi-channel", index, input=d.x, kernel=d.w, bias=d.bias)
    return (
        line("What the window reads of each channel:", *_grids(d)),
        *(
            line(f"{name}: {' + '.join(map(str, terms(seen, w)))} = {shown(number)}.")
            for name, seen, w, number in zip(_NAMES, d.read, d.w, sums, strict=True)
        ),
        line(f"The three sums and the bias: {added} = {shown(total)}.", picture),
    )


def same_slice(d: Drawn) -> Three:
    """Use the first slice for all channels."""
    return _sums(d.read, (d.w[0],) * 3)


def no_signs(d: Drawn) -> Three | None:
    """Read every weight as positive."""
    positive = tuple(tuple(tuple(map(abs, row)) for row in w) for w in d.w)
    return None if positive == d.w else _sums(d.read, positive)


def swapped(d: Drawn) -> Three | None:
    """Take the row for the column."""
    if d.row == d.column:
        return None
    return _sums(tuple(_window(d, channel, d.column, d.row) for channel in range(3)), d.w)


def biased(d: Drawn) -> Three:
    """Add the bias to each channel."""
    red, green, blue = (number + d.bias for number in d.sums)
    return red, green, blue


def bare(d: Drawn) -> Three:
    """Add up what is read, without weights."""
    red, green, blue = (int(sum(map(sum, seen))) for seen in d.read)
    return red, green, blue


def counted(d: Drawn) -> Work:
    """Count the products of a cell, and the weights below 0 and at 0."""
    weights = [weight for w in d.w for row in w for weight in row]
    return Work(len(weights), sum(weight < 0 for weight in weights), weights.count(0))


FAMILY = Family(
    name="channels-cell",
    title="One cell from three channels",
    version=1,
    says="the sum of each channel and, with the bias, one number of the feature map",
    page=_PAGE,
    rows=(23,),
    draw=draw,
    fair=fair,
    work=counted,
    cost=(Work(12, 0, 3), Work(12, 6, 0), Work(27, 6, 12)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.sums, brute, (
            Slip(
                "one slice for all", same_slice,
                "You used the slice of red for all channels. Each channel has a slice of its own.",
            ),
            Slip(
                "kernel flipped",
                lambda d: _sums(d.read, tuple(turned(w) for w in d.w)),
                "You turned the slices by 180°. The layers of a network use them as they stand.",
                "convolution/flip.md",
            ),
            Slip(
                "bias in every channel", biased,
                lambda d: f"You added {shown(d.bias)} to each sum. The bias comes once, at the "
                "end.",
            ),
            Slip(
                "signs lost", no_signs,
                "You read negative weights as positive. Their products are subtracted.",
            ),
            Slip(
                "row and column swapped", swapped,
                lambda d: f"You computed row {d.column}, column {d.row}. The row is named first.",
                "convolution/convolution.md",
            ),
            Slip(
                "weights left out", bare,
                "You added up the bare windows. First multiply each number by its weight.",
                "convolution/convolution.md",
            ),
        ), Several(("red", "green", "blue")), ask_sums, (2, 3, 4)),
        Part(lambda d: sum(d.sums) + d.bias, brute_total, (
            Slip(
                "bias forgotten", lambda d: sum(d.sums),
                lambda d: f"You added up the channels and left out the bias of {shown(d.bias)}.",
            ),
            Slip(
                "bias for each channel", lambda d: sum(d.sums) + 3 * d.bias,
                "You added the bias for each channel. A kernel has one bias, and it comes once.",
            ),
            Slip(
                "bias subtracted", lambda d: sum(d.sums) - d.bias,
                "You subtracted the bias. It is added, with its sign.",
            ),
            Slip(
                "largest channel", lambda d: max(d.sums) + d.bias,
                "You took the largest of the three sums. They are added.",
                yields=True,
            ),
        ), ask=ask_total, points=(1, 1, 1), follows=lambda d, before: sum(before[0]) + d.bias),
    ),
)  # fmt: skip
