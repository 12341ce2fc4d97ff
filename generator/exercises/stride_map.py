"""A whole feature map with a stride, by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from generator.dice import Dice
from generator.engine.trace import turned
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.exercises._sum import terms, weighted, window
from generator.exercises._walk import looped, settings
from generator.model import Rows
from generator.numerals import shown
from generator.paper import Matrix
from generator.prose import Figure, Grid, Prose, Strong, line

_STRIDE = "convolution/stride.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, and how far it moves down and to the right.

    >>> Drawn(((1, 2, 3, 4, 5),) * 4, ((1, 0), (0, 1)), 2, 3).starts
    ((0, 2), (0, 3))
    """

    x: Wholes
    w: Wholes
    down: int
    right: int

    @property
    def starts(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The first row and the first column of every window, counted from 0."""
        rows = range(0, len(self.x) - len(self.w) + 1, self.down)
        columns = range(0, len(self.x[0]) - len(self.w[0]) + 1, self.right)
        return tuple(rows), tuple(columns)

    @property
    def unread(self) -> tuple[int, int]:
        """Rows and columns behind the last window."""
        rows, columns = self.starts
        return (
            len(self.x) - rows[-1] - len(self.w),
            len(self.x[0]) - columns[-1] - len(self.w[0]),
        )


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a map of four cells; level 2 has a larger kernel, level 3 two different strides."""
    side = 2 if level == 1 else 3
    down = right = dice.whole("stride", 2, 3)
    if level == 3:
        down, right = dice.shuffled("strides", dice.pick("pair", ((1, 2), (2, 3), (1, 3))))
    rows = side + down + dice.whole("rows left", 0, down - 1)
    columns = side + right + dice.whole("columns left", 0, right - 1)
    negatives = dice.whole("negatives", 2, 3) if level > 1 else 0
    return Drawn(
        x=dice.matrix("input", rows, columns, 0, 4),
        w=numbers(
            dice, "kernel", (side, side), 2, zeros=1 if level == 1 else 4, negatives=negatives
        ),
        down=down,
        right=right,
    )  # fmt: skip


def fair(d: Drawn) -> bool:
    """Tell whether flipping would show, and the map is not square with equal cells."""
    return turned(d.w) != d.w


def closed(d: Drawn) -> Rows:
    """Return the sum of each window."""
    size = len(d.w), len(d.w[0])
    rows, columns = d.starts
    return tuple(
        tuple(weighted(window(d.x, top, left, size), d.w) for left in columns) for top in rows
    )


def brute(d: Drawn) -> Rows:
    """Compute the map product by product."""
    return looped(d.x, d.w, (d.down, d.right))


def prompt(d: Drawn) -> Prose:
    """Ask."""
    return line(
        f"The kernel slides over the input {settings((d.down, d.right))}. Compute the ",
        Strong("feature map"),
        ". The kernel is not flipped, and a window that does not fit has no place in the map.",
        Grid("Input", d.x),
        Grid("Kernel", d.w),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    rows, columns = (_listed(starts) for starts in d.starts)
    high, wide = map(len, d.starts)
    return (
        line("Where does the window stand first, and where next, to the right and below?"),
        line(f"Its windows begin in rows {rows} and columns {columns}, counted from 1."),
        line(f"The map is {high} × {wide} cells. The first window reads:", _seen(d, 0, 0)),
    )


def _listed(starts: tuple[int, ...]) -> str:
    return " and ".join(str(start + 1) for start in starts)


def _seen(d: Drawn, top: int, left: int) -> Grid:
    return Grid("Window", window(d.x, top, left, (len(d.w), len(d.w[0]))))


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show each window's sum, with its picture, and what is never read."""
    rows, columns = d.starts
    first = figure("convolution", 1, input=d.x, kernel=d.w, stride=(d.down, d.right))
    cells = closed(d)
    steps = [line(f"The windows begin in rows {_listed(rows)} and columns {_listed(columns)}.")]
    for at, (i, j) in enumerate((i, j) for i in range(len(rows)) for j in range(len(columns))):
        seen = _seen(d, rows[i], columns[j]).rows
        products = terms(seen, d.w)  # type: ignore[arg-type]
        total = shown(cells[i][j])
        steps.append(
            line(
                f"Row {i + 1}, column {j + 1}: {' + '.join(map(str, products))} = {total}.",
                Figure(replace(first.spec, step=at + 1)),
            )
        )
    return (*steps, line(f"The whole map{_unread(d)}:", Grid("Map", cells)))


def _unread(d: Drawn) -> str:
    rows, columns = d.unread
    words = [
        f"the last {'' if n == 1 else f'{n} '}{word}{'' if n == 1 else 's'}"
        for n, word in ((rows, "row"), (columns, "column"))
        if n
    ]
    return f"; {' and '.join(words)} of the input {_are(rows, columns)} never read" if words else ""


def _are(rows: int, columns: int) -> str:
    return "is" if (rows, columns) in ((0, 1), (1, 0)) else "are"


@lru_cache(maxsize=8)
def _all(x: Rows, w: Rows) -> Rows:
    """Return the sums of all windows: several mistakes pick from them."""
    return looped(x, w)


def moved(d: Drawn, down: int, right: int) -> Rows | None:
    """Move by other strides; ``None`` if they are the right ones."""
    return None if (down, right) == (d.down, d.right) else _picked(_all(d.x, d.w), down, right)


def _picked(cells: Rows, down: int, right: int) -> Rows:
    return tuple(row[::right] for row in cells[::down])


def hung_over(d: Drawn) -> Rows | None:
    """Give the last window zeros where the input ends."""
    rows, columns = d.unread
    if not rows and not columns:
        return None
    below = (0,) * (len(d.x[0]) + columns)
    more = (*((*row, *(0,) * columns) for row in d.x), *(below,) * rows)
    over = max(len(d.w) - 1, d.down * (rows > 0), d.right * (columns > 0))
    padded = (*((*row, *(0,) * over) for row in more), *((0,) * (len(below) + over),) * over)
    high, wide = (len(starts) for starts in d.starts)
    made = looped(padded, d.w, (d.down, d.right))
    return tuple(row[: wide + (columns > 0)] for row in made[: high + (rows > 0)])


def no_signs(d: Drawn) -> Rows | None:
    """Read every weight as positive."""
    weights = tuple(tuple(map(abs, row)) for row in d.w)
    return None if weights == d.w else looped(d.x, weights, (d.down, d.right))


FAMILY = Family(
    name="stride-map",
    title="A feature map with a stride",
    version=1,
    says="the whole feature map of a small input, with one stride or two different ones",
    page=_STRIDE,
    rows=(20,),
    draw=draw,
    fair=fair,
    # Cells to compute, and the negative weights and the zeros of each.
    work=lambda d: Work(
        len(d.starts[0]) * len(d.starts[1]),
        sum(weight < 0 for row in d.w for weight in row),
        sum(weight == 0 for row in d.w for weight in row),
    ),
    cost=(Work(4, 0, 1), Work(4, 3, 4), Work(4, 3, 4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "stride ignored", lambda d: moved(d, 1, 1),
            "You moved the window by one cell each time. The stride says how far it moves.",
        ),
        Slip(
            "strides swapped",
            lambda d: moved(d, d.right, d.down) if d.right != d.down else None,
            lambda d: f"You moved down by {d.right} and right by {d.down}. It is the other way "
            "round.",
        ),
        Slip(
            "kernel flipped", lambda d: looped(d.x, turned(d.w), (d.down, d.right)),
            "You turned the kernel by 180°. The layers of a network use it as it stands.",
            "convolution/flip.md",
        ),
        Slip(
            "stride to the right only",
            lambda d: moved(d, 1, d.right) if d.down == d.right else None,
            lambda d: f"You moved down row by row. The stride of {d.down} counts downwards too.",
        ),
        Slip(
            "cells left out between", lambda d: moved(d, d.down + 1, d.right + 1),
            "You left out as many cells as the stride says. The stride is the distance from one "
            "window's beginning to the next.",
            yields=True,
        ),
        Slip(
            "windows side by side", lambda d: moved(d, len(d.w), len(d.w)),
            lambda d: f"You moved by {len(d.w)}, the size of the kernel. The stride says how far.",
            yields=True,
        ),
        Slip(
            "window hangs over", hung_over,
            "You gave the map a window that hangs over the input's edge. Without padding it must "
            "fit.",
            "convolution/output-size.md",
        ),
        Slip(
            "signs lost", no_signs,
            "You read negative weights as positive. Their products are subtracted.",
        ),
        Slip(
            "weights left out",
            lambda d: looped(d.x, ((1,) * len(d.w),) * len(d.w), (d.down, d.right)),
            "You added up the bare windows. First multiply each number by its weight.",
            "convolution/convolution.md",
        ),
    ), Matrix("Map"), points=(3, 4, 5)),),
)  # fmt: skip
