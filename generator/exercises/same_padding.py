"""The padding that keeps the size: rows and columns apart, even kernels and dilation too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from generator.dice import Dice
from generator.engine.shapes import padding_sides
from generator.exercises._family import Family, Part, Slip, Work
from generator.paper import Several
from generator.prose import Prose, Strong, line

#: Cells above, below, left and right.
Four: TypeAlias = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input and a kernel that moves by one cell.

    >>> Drawn(20, 30, 3, 4, dilation=2).extents
    (5, 7)
    """

    rows: int
    columns: int
    high: int
    wide: int
    dilation: int

    @property
    def extents(self) -> tuple[int, int]:
        """Rows and columns that the kernel covers."""
        return self.dilation * (self.high - 1) + 1, self.dilation * (self.wide - 1) + 1


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a kernel: odd sides first, then one that is even, then dilation."""
    odd = dice.pick("odd", (3, 5, 7, 9, 11))
    other = dice.pick("even", (2, 4, 6, 8, 10)) if level == 2 else dice.pick("odd", (3, 5, 7, 9))
    if level == 3:
        odd, other = dice.whole("high", 2, 6), dice.whole("wide", 2, 6)
    high, wide = dice.shuffled("sides", (odd, other))
    return Drawn(
        rows=dice.whole("rows", 20, 64),
        columns=dice.whole("columns", 20, 64),
        high=high,
        wide=wide,
        dilation=dice.whole("dilation", 2, 4) if level == 3 else 1,
    )


def closed(d: Drawn) -> Four:
    """Return the padding of 'same'."""
    above, below = padding_sides("same", d.rows, d.high, 1, d.dilation)
    left, right = padding_sides("same", d.columns, d.wide, 1, d.dilation)
    return above, below, left, right


def brute(d: Drawn) -> Four:
    """Add cells in turn, behind and in front, until there are as many places as cells."""
    sides = []
    for size, kernel in ((d.rows, d.high), (d.columns, d.wide)):
        cells, added = [*range(size)], [0, 0]
        while sum(len(cells[at :: d.dilation]) >= kernel for at in range(len(cells))) < size:
            added[1 - sum(added) % 2] += 1
            cells.append(0)
        sides += added
    above, below, left, right = sides
    return above, below, left, right


def both(d: Drawn, rows: int, columns: int) -> Four:
    """Return the same padding at both ends."""
    return rows, rows, columns, columns


def prompt(d: Drawn) -> Prose:
    """Ask."""
    spread = f" and dilation {d.dilation}" if d.dilation > 1 else ""
    return line(
        f"A kernel of {d.high} rows and {d.wide} columns slides over an input of {d.rows} rows and "
        f"{d.columns} columns with stride 1{spread}. The feature map is to have the ",
        Strong("same size"),
        " as the input. How many rows of zeros are added above and below, and how many columns "
        "left and right? If a number does not halve, the odd row goes below and the odd column to "
        "the right.",
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    high, wide = d.extents
    return (
        line("Without padding, by how much is the map smaller than the input?"),
        line(f"The kernel covers {high} rows and {wide} columns: one less of each is lost."),
        line(
            f"Above and below together, {high - 1} are added; left and right together, {wide - 1}."
        ),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Count what is lost, and share it out."""
    steps = []
    high, wide = d.extents
    if d.dilation > 1:
        steps.append(
            f"With dilation {d.dilation} the kernel covers "
            f"{d.dilation}·({d.high} − 1) + 1 = {high} rows and "
            f"{d.dilation}·({d.wide} − 1) + 1 = {wide} columns."
        )
    above, below, left, right = closed(d)
    steps.append(
        f"Rows: without padding there are {d.rows} − {high} + 1 = {d.rows - high + 1} places, "
        f"{high} − 1 = {high - 1} too few. {_share(high - 1, 'above', 'below', above, below)}"
    )
    steps.append(
        f"Columns: without padding there are {d.columns} − {wide} + 1 = {d.columns - wide + 1} "
        f"places, {wide} − 1 = {wide - 1} too few. "
        f"{_share(wide - 1, 'left', 'right', left, right)}"
    )
    return tuple(map(line, steps))


def _share(total: int, first: str, second: str, before: int, after: int) -> str:
    if before == after:
        return f"Half of them at each end: {total} / 2 = {before} {first} and {before} {second}."
    return f"{total} does not halve: {before} {first} and {after} {second}."


FAMILY = Family(
    name="same-padding",
    title="Padding that keeps the size",
    version=1,
    says="rows and columns of zeros for which the feature map is as large as the input",
    page="convolution/padding.md",
    rows=(19,),
    draw=draw,
    fair=lambda d: d.high != d.wide and d.rows != d.columns,
    # A difference and a half along each axis; dilation takes a product and a sum more.
    work=lambda d: Work(4 + 4 * (d.dilation > 1)),
    cost=(Work(4), Work(4), Work(8)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "not halved", lambda d: both(d, d.extents[0] - 1, d.extents[1] - 1),
            lambda d: f"You did not halve: above and below together, {d.extents[0] - 1} are added. "
            "They are shared out, and so are the columns.",
        ),
        Slip(
            "dilation forgotten", lambda d: _plain(d) if d.dilation > 1 else None,
            lambda d: f"You padded for a kernel of {d.high} rows and {d.wide} columns. Spread "
            f"out it covers {d.extents[0]} rows and {d.extents[1]} columns.",
            "convolution/dilation.md",
        ),
        Slip(
            "rows and columns swapped",
            lambda d: (*closed(d)[2:], *closed(d)[:2]),
            lambda d: f"You used the kernel's {d.wide} columns above and below. Its {d.high} rows "
            "count there.",
        ),
        Slip(
            "odd cell in front", lambda d: _turned(d) if _turned(d) != closed(d) else None,
            "You put the odd row above or the odd column to the left. Here, as in the usual "
            "libraries, it goes behind.",
        ),
        Slip(
            "rounded down", lambda d: _halves(d, 0),
            "You added the same at both ends and rounded down. The map is one cell too small "
            "where the number does not halve.",
        ),
        Slip(
            "rounded up", lambda d: _halves(d, 1),
            "You added the same at both ends and rounded up. The map is one cell too large "
            "where the number does not halve.",
        ),
        Slip(
            "half of the kernel", lambda d: _kernel(d, 2),
            "You halved the kernel and rounded up. One of its cells lies on the input, so 1 comes "
            "off before you halve.",
            yields=True,
        ),
        Slip(
            "size of the kernel", lambda d: _kernel(d, 1),
            "You added as many cells as the kernel covers. One fewer is missing, and both ends "
            "share them.",
            yields=True,
        ),
        Slip(
            "always 1", lambda d: (1, 1, 1, 1),
            "You added one cell on every side. That keeps the size for 3 × 3 kernels without "
            "dilation only.",
        ),
    ), Several(("above", "below", "left", "right"))),),
)  # fmt: skip


def _plain(d: Drawn) -> Four:
    (above, below), (left, right) = (padding_sides("same", 99, side) for side in (d.high, d.wide))
    return above, below, left, right


def _turned(d: Drawn) -> Four:
    above, below, left, right = closed(d)
    return below, above, right, left


def _halves(d: Drawn, up: int) -> Four | None:
    high, wide = ((extent - 1 + up) // 2 for extent in d.extents)
    return None if both(d, high, wide) == closed(d) else both(d, high, wide)


def _kernel(d: Drawn, share: int) -> Four:
    high, wide = (-(-extent // share) for extent in d.extents)
    return both(d, high, wide)
