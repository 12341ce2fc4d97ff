"""A worked map in which one cell is wrong: which, and what it should be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._maps import (
    CENTRE,
    CORNERS,
    EDGES,
    added,
    cells,
    count,
    dealt,
    flipped,
    grouped,
    ones,
    slid,
    solved,
    told,
    unsigned,
    window_of,
    zeros_around,
)
from generator.numerals import shown
from generator.paper import Several
from generator.prose import Grid, Prose, line

_PAGE = "convolution/convolution.md"
_PADDING = "convolution/padding.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, the cell that is wrong, counted from 0, and what went wrong there."""

    x: Wholes
    w: Wholes
    padding: int
    at: tuple[int, int]
    mistake: str

    @property
    def padded(self) -> Wholes:
        """The input in its frame of zeros."""
        return zeros_around(self.x, self.padding)

    @property
    def right(self) -> Wholes:
        """The map as it should be."""
        return slid(self.padded, self.w)

    @property
    def seen(self) -> Wholes:
        """What the window of the wrong cell reads."""
        return window_of(self.padded, *self.at, self.w)

    @property
    def wrong(self) -> int:
        """The number that stands in the wrong cell."""
        value = _MISTAKES[self.mistake](self)
        assert value is not None
        return value

    @property
    def shown(self) -> Wholes:
        """The map with its wrong cell."""
        i, j = self.at
        rows = [list(row) for row in self.right]
        rows[i][j] = self.wrong
        return tuple(map(tuple, rows))


def _sum(seen: Wholes, w: Wholes) -> int:
    return slid(seen, w)[0][0]


def _moved(d: Drawn, down: int, right: int) -> int | None:
    """Return the sum of a window that stands elsewhere; ``None`` where there is none."""
    return _at(d, d.at[0] + down, d.at[1] + right)


def _at(d: Drawn, i: int, j: int) -> int | None:
    """Return what rightly stands in a cell counted from 0; ``None`` if there is no such cell."""
    padded = d.padded
    inside = 0 <= i <= len(padded) - len(d.w) and 0 <= j <= len(padded[0]) - len(d.w[0])
    return _sum(window_of(padded, i, j, d.w), d.w) if inside else None


def _ones_around(d: Drawn) -> int | None:
    """Return the sum if the padding held ones; ``None`` where the weights meet none of it."""
    found = _sum(tuple(tuple(v or 1 for v in row) for row in d.seen), d.w)
    return None if found == _sum(d.seen, d.w) else found


#: What can go wrong in a cell, as the number it gives.
_MISTAKES: dict[str, Callable[[Drawn], int | None]] = {
    "kernel flipped": lambda d: _sum(d.seen, flipped(d.w)),
    "signs lost": lambda d: (
        _sum(d.seen, unsigned(d.w)) if count(d.w, negative=True) else None
    ),
    "weights left out": lambda d: _sum(d.seen, ones(d.w)),
    "window too far right": lambda d: _moved(d, 0, 1),
    "window too far down": lambda d: _moved(d, 1, 0),
    "padding counted as ones": _ones_around,
}  # fmt: skip


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a map: level 2 has negative weights, level 3 zero padding."""
    if level == 1:
        size, high, wide, padding = dice.pick("size", ((3, 4), (4, 3))), 1, 1, 0
        w = numbers(dice, "kernel", (2, 2), 3)
    elif level == 2:
        size, high, wide, padding = dice.pick("size", ((4, 5), (5, 4))), 2, 2, 0
        w = numbers(dice, "kernel", (3, 3), 2, zeros=5, negatives=2)
    else:
        size, high, wide, padding = (3, 3), 0, 0, 1
        w = grouped(dice, (3, 3), 2, ((CENTRE, 0, 0), (EDGES, 2, 1), (CORNERS, 3, 0)))
    rows, columns = size[0] - high, size[1] - wide
    return Drawn(
        x=numbers(dice, "input", size, 5),
        w=w,
        padding=padding,
        at=(dice.whole("row", 0, rows - 1), dice.whole("column", 0, columns - 1)),
        mistake=dice.pick("mistake", list(_MISTAKES)),
    )


def fair(d: Drawn) -> bool:
    """Tell whether the mistake applies, shows, and can be told from all others.

    A map in which a neighbour's number stands twice by chance would be hard to trust.
    """
    values = [f(d) for f in _MISTAKES.values()]
    found = [value for value in values if value is not None]
    applies = _MISTAKES[d.mistake](d) is not None
    return applies and flipped(d.w) != d.w and len({_at(d, *d.at), *found}) == len(found) + 1


def brute_at(d: Drawn) -> tuple[int, int]:
    """Compare the map with one that is computed in another way."""
    found, shown_map = dealt(d.padded, d.w), d.shown
    (at,) = [(i + 1, j + 1) for i, j in cells(found) if found[i][j] != shown_map[i][j]]
    return at


def swapped(d: Drawn) -> tuple[int, int] | None:
    """Name the column first."""
    return None if d.at[0] == d.at[1] else (d.at[1] + 1, d.at[0] + 1)


def first_flipped(d: Drawn) -> tuple[int, int] | None:
    """Check the map with a kernel that is flipped: the first cell that seems wrong."""
    found, shown_map = slid(d.padded, flipped(d.w)), d.shown
    i, j = next(((i, j) for i, j in cells(found) if found[i][j] != shown_map[i][j]), d.at)
    return None if (i, j) == d.at else (i + 1, j + 1)


def in_the_input(d: Drawn) -> tuple[int, int]:
    """Name the window's lower right number in the input."""
    return d.at[0] + len(d.w) - d.padding, d.at[1] + len(d.w[0]) - d.padding


def goes_on(d: Drawn, earlier: tuple[Any, ...]) -> int | None:
    """Return what rightly stands in a cell that was named, if there is one."""
    row, column = earlier[0]
    return _at(d, row - 1, column - 1)


def work(d: Drawn) -> Work:
    """Count the products of the whole map that are not 0, and the negative ones."""
    there = zeros_around(ones(d.x), d.padding)
    real = slid(there, tuple(tuple(int(v != 0) for v in row) for row in d.w))
    below = slid(there, tuple(tuple(int(v < 0) for v in row) for row in d.w))
    return Work(sum(map(sum, real)), sum(map(sum, below)))


def prompt(d: Drawn) -> Prose:
    """Ask."""
    frame = " and zero padding of 1 cell on all four sides" if d.padding else ", without padding"
    return line(
        f"The kernel slides over the input with stride 1{frame}, and is not flipped. Somebody "
        "has worked out the feature map, but one cell is wrong. Rows and columns are counted "
        "from 1.",
        Grid("Input", d.x),
        Grid("Kernel", d.w),
        Grid("Map", d.shown),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("Work out the cells one after the other, and compare."),
        line(f"The cells of row {d.at[0] + 1} are worth a second look."),
        line("The window of the wrong cell reads:", Grid("Window", d.seen)),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Work out the whole map, and name the difference."""
    i, j = d.at
    return (
        *told(d.padded, d.w, 1, solved(d.x, d.w, 1, d.padding)),
        line("The map as it should be:", Grid("Right map", d.right)),
        line(
            f"It differs in row {i + 1}, column {j + 1}: {added(d.seen, d.w)}, not "
            f"{shown(d.wrong)}. The mistake there: {d.mistake}."
        ),
    )


def _kept(d: Drawn, name: str, says: str) -> str:
    return f"You kept the number that stands there. It comes from a mistake: {name}." if (
        d.mistake == name
    ) else says  # fmt: skip


_WHERE: Part[Drawn] = Part(
    lambda d: (d.at[0] + 1, d.at[1] + 1),
    brute_at,
    (
        Slip(
            "row and column swapped", swapped,
            "You named the column first. The row comes first, then the column.",
        ),
        Slip(
            "checked with a flipped kernel", first_flipped,
            "You checked the map with a kernel turned by 180°. Here it is used as it stands.",
            "convolution/flip.md", yields=True,
        ),
        Slip(
            "counted from 0", lambda d: d.at,
            "You counted from 0. Here the first row and the first column are number 1.",
            yields=True,
        ),
        Slip(
            "place in the input", in_the_input,
            "You named the window's last cell in the input. The question is about the map's cell.",
            yields=True,
        ),
    ),
    form=Several(("row", "column")),
    ask=lambda _: line("Which cell of the map is wrong?"),
    points=(2, 3, 4),
    fewest=2,
)  # fmt: skip
_WHAT: Part[Drawn] = Part(
    lambda d: d.right[d.at[0]][d.at[1]],
    lambda d: dealt(d.padded, d.w)[d.at[0]][d.at[1]],
    (
        Slip(
            "kernel flipped", _MISTAKES["kernel flipped"],
            lambda d: _kept(
                d, "kernel flipped", "You turned the kernel by 180°. Use it as it stands."
            ),
            "convolution/flip.md",
        ),
        Slip(
            "signs lost", _MISTAKES["signs lost"],
            lambda d: _kept(
                d, "signs lost", "You read negative weights as positive. Subtract their products."
            ),
        ),
        Slip(
            "weights left out", _MISTAKES["weights left out"],
            lambda d: _kept(
                d, "weights left out", "You added up the bare window. Multiply by the weights."
            ),
        ),
        Slip(
            "window too far right", _MISTAKES["window too far right"],
            lambda d: _kept(
                d, "window too far right", "You read a window that stands one column too far right."
            ),
        ),
        Slip(
            "window too far down", _MISTAKES["window too far down"],
            lambda d: _kept(
                d, "window too far down", "You read a window that stands one row too far down."
            ),
        ),
        Slip(
            "padding counted as ones", _MISTAKES["padding counted as ones"],
            lambda d: _kept(
                d, "padding counted as ones", "You filled the padding with ones. It holds zeros."
            ),
            _PADDING,
        ),
    ),
    ask=lambda _: line("What should stand there?"),
    follows=goes_on,
    points=(1, 1, 1),
    fewest=2,
)  # fmt: skip
FAMILY = Family(
    name="wrong-cell",
    title="One cell is wrong",
    version=1,
    says="the one wrong cell of a worked feature map, and what it should be",
    page=_PAGE,
    rows=(14,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(24), Work(24, 12), Work(25, 6)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(_WHERE, _WHAT),
)
