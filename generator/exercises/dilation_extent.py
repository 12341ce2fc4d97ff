"""What a kernel covers when it is spread out, and how many cells it skips; also backwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from generator.dice import Dice
from generator.examples._words import count
from generator.exercises._family import Family, Part, Slip, Work
from generator.paper import Several
from generator.prose import Prose, Strong, line

_PADDING = "convolution/padding.md"
#: Rows and columns.
Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A kernel, and one number for each axis: its dilation, what it covers, or the input's size.

    >>> Drawn("covers", (3, 4), (2, 3), 0).extents
    (5, 10)
    >>> Drawn("spread", (3, 4), (5, 10), 0).dilations
    (2, 3)
    >>> Drawn("fits", (3, 4), (8, 9), 1).dilations
    (4, 3)
    """

    asked: Literal["covers", "spread", "fits"]
    kernel: Pair
    given: Pair
    padding: int

    @property
    def dilations(self) -> Pair:
        """The dilation of rows and columns."""
        if self.asked == "covers":
            return self.given
        (high, wide), (rows, columns) = self.kernel, self.padded
        return (rows - 1) // (high - 1), (columns - 1) // (wide - 1)

    @property
    def padded(self) -> Pair:
        """What is given with the padding."""
        return self.given[0] + 2 * self.padding, self.given[1] + 2 * self.padding

    @property
    def extents(self) -> Pair:
        """Rows and columns that the kernel covers."""
        return _extents(self.kernel, self.dilations)

    @property
    def weights(self) -> int:
        """Weights of the kernel, which are the cells it reads."""
        return self.kernel[0] * self.kernel[1]

    @property
    def answer(self) -> Pair:
        """What is asked for first."""
        return self.extents if self.asked == "covers" else self.dilations


def _extents(kernel: Pair, dilations: Pair) -> Pair:
    (high, wide), (down, right) = kernel, dilations
    return down * (high - 1) + 1, right * (wide - 1) + 1


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a kernel: level 2 asks for its dilation, level 3 for the largest one that fits."""
    kernel = dice.whole("high", 2, 9), dice.whole("wide", 2, 9)
    dilations = dice.whole("down", 2, 9), dice.whole("right", 2, 9)
    if level == 1:
        return Drawn("covers", kernel, dilations, 0)
    high, wide = _extents(kernel, dilations)
    if level == 2:
        return Drawn("spread", kernel, (high, wide), 0)
    padding = dice.whole("padding", 1, 3)
    rest = dice.whole("rows left", 0, kernel[0] - 2), dice.whole("columns left", 0, kernel[1] - 2)
    return Drawn(
        "fits", kernel, (high + rest[0] - 2 * padding, wide + rest[1] - 2 * padding), padding
    )


def fair(d: Drawn) -> bool:
    """Tell whether rows and columns differ, and an input is no smaller than what must be in it."""
    apart = d.kernel[0] != d.kernel[1] and d.answer[0] != d.answer[1]
    return apart and min(d.given) >= (max(d.kernel) if d.asked == "fits" else 2)


def brute(d: Drawn) -> Pair:
    """Spread the kernel out cell by cell, or try one dilation after the other."""
    found = []
    for side, given, padded in zip(d.kernel, d.given, d.padded, strict=True):
        if d.asked == "covers":
            found.append(len(range((side - 1) * given + 1)))
            continue
        fitting = [gap for gap in range(1, padded) if len(range(0, padded, gap)) >= side]
        found.append(fitting[-1])
    return found[0], found[1]


def brute_skipped(d: Drawn) -> int:
    """Mark the cells that are read, and count the others."""
    down, right = d.dilations
    rows = range(0, down * d.kernel[0], down)
    columns = range(0, right * d.kernel[1], right)
    covered = {(i, j) for i in range(rows[-1] + 1) for j in range(columns[-1] + 1)}
    return len(covered - {(i, j) for i in rows for j in columns})


def prompt(d: Drawn) -> Prose:
    """Say what kernel it is about."""
    (high, wide), (rows, columns) = d.kernel, d.given
    kernel = f"A kernel has {high} rows and {wide} columns of weights. "
    if d.asked == "covers":
        return line(kernel, f"Its dilation is {rows} downwards, from row to row, and "
                    f"{columns} to the right, from column to column.")  # fmt: skip
    if d.asked == "spread":
        return line(kernel, f"Spread out by dilation, from its first weight to its last it covers "
                    f"{rows} rows and {columns} columns.")  # fmt: skip
    return line(
        kernel,
        f"It is to be spread out by dilation as far as possible. The input has {rows} rows and "
        f"{columns} columns, and a padding of {d.padding} on all four sides; the kernel must fit "
        "into it with the padding.",
    )  # fmt: skip


def ask(d: Drawn) -> Prose:
    """Ask for the size or the dilation."""
    if d.asked == "covers":
        return line("How many ", Strong("rows and columns"), " does it cover, from its first "
                    "weight to its last?")  # fmt: skip
    if d.asked == "spread":
        return line("What is its ", Strong("dilation"), ", downwards for the rows and to the "
                    "right for the columns?")  # fmt: skip
    return line("What is the ", Strong("largest dilation"), ", downwards for the rows and to the "
                "right for the columns?")  # fmt: skip


def ask_skipped(d: Drawn) -> Prose:
    """Ask for the cells that are not read."""
    how = "With this dilation, how" if d.asked == "fits" else "How"
    return line(
        f"{how} many cells of the rectangle that the kernel covers does it ",
        Strong("not read"), "?",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    high, wide = d.kernel
    return (
        line("How many steps lie between the first row of weights and the last?"),
        line(f"{high} rows of weights have {count(high - 1, 'step')} between them; {wide} columns "
             f"have {wide - 1}. The dilation is the length of a step."),
        line("It reads as many cells as it has weights, however far apart they lie."),
    )  # fmt: skip


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Go along each axis, then count cells."""
    steps = [_along(d, axis, word) for axis, word in ((0, "Rows"), (1, "Columns"))]
    (rows, columns), (high, wide) = d.extents, d.kernel
    if d.asked == "fits":
        steps.append(f"With these dilations it covers {_cover(d, 0)} rows and {_cover(d, 1)} "
                     "columns.")  # fmt: skip
    area = rows * columns
    steps.append(
        f"The rectangle has {rows}·{columns} = {area} cells. The kernel reads {high}·{wide} = "
        f"{d.weights} of them, one for each weight: {area} − {d.weights} = {area - d.weights} are "
        "not read."
    )
    return tuple(line(step) for step in steps)


def _cover(d: Drawn, axis: int) -> str:
    return f"{d.dilations[axis]}·({d.kernel[axis]} − 1) + 1 = {d.extents[axis]}"


def _along(d: Drawn, axis: int, word: str) -> str:
    side, given, padded = d.kernel[axis], d.given[axis], d.padded[axis]
    gap, steps = d.dilations[axis], d.kernel[axis] - 1
    if d.asked == "covers":
        moves = count(steps, "step")
        return f"{word}: {side} − 1 = {moves} of {given}, and 1 cell: {_cover(d, axis)}."
    if d.asked == "spread":
        return (
            f"{word}: the first is followed by {given} − 1 = {given - 1}, in {side} − 1 = "
            f"{count(steps, 'step')}: {given - 1} / {steps} = {gap}."
        )
    return (
        f"{word}: with the padding there are {given} + 2·{d.padding} = {padded}. After the first, "
        f"{padded} − 1 = {padded - 1} are left for {side} − 1 = {count(steps, 'step')}: "
        f"⌊{padded - 1} / {steps}⌋ = {gap}."
    )


def times(d: Drawn) -> Pair:
    """Stretch the kernel to D·K."""
    (high, wide), (rows, columns) = d.kernel, d.padded
    if d.asked == "covers":
        return rows * high, columns * wide
    return rows // high, columns // wide


def as_gaps(d: Drawn) -> Pair:
    """Take the dilation for the cells that are left out between two weights."""
    rows, columns = d.given
    if d.asked == "covers":
        return _extents(d.kernel, (rows + 1, columns + 1))
    return d.dilations[0] - 1, d.dilations[1] - 1


def no_one(d: Drawn) -> Pair | None:
    """Forget the cell at the end of the steps; who must divide then notices if it does not go."""
    (high, wide), (rows, columns) = d.kernel, d.padded
    if d.asked == "covers":
        return rows * (high - 1), columns * (wide - 1)
    if d.asked == "spread" and (rows % (high - 1) or columns % (wide - 1)):
        return None
    return rows // (high - 1), columns // (wide - 1)


def unpadded(d: Drawn) -> Pair | None:
    """Use the bare input."""
    if not d.padding:
        return None
    return (d.given[0] - 1) // (d.kernel[0] - 1), (d.given[1] - 1) // (d.kernel[1] - 1)


def differences(d: Drawn) -> Pair | None:
    """Compare what is covered with the kernel, and forget to share it out."""
    if d.asked == "covers":
        return d.kernel[0] + d.given[0] - 1, d.kernel[1] + d.given[1] - 1
    return d.padded[0] - d.kernel[0], d.padded[1] - d.kernel[1]


def skipped(d: Drawn, before: tuple[Pair, ...]) -> int | None:
    """Go on with a wrong size or dilation."""
    rows, columns = before[0] if d.asked == "covers" else _extents(d.kernel, before[0])
    return rows * columns - d.weights if rows * columns > d.weights else None


FAMILY = Family(
    name="dilation-extent",
    title="What a dilated kernel covers",
    version=1,
    says="rows and columns that a kernel covers, the dilation that does it, and what is skipped",
    page="convolution/dilation.md",
    rows=(22,),
    draw=draw,
    fair=fair,
    # A product and a sum along each axis, then the cells; the padding is two sums more.
    work=lambda d: Work(9 + 4 * (d.asked == "fits")),
    cost=(Work(9), Work(9), Work(13)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(lambda d: d.answer, brute, (
            Slip(
                "kernel times dilation", times,
                "You let the kernel cover D·K cells. From its first weight to its last are K − 1 "
                "steps of D, and then one cell more.",
            ),
            Slip(
                "dilation taken for gaps", as_gaps,
                "You took the dilation for the cells left out between two weights. It is the "
                "distance from one to the next, which is 1 more.",
                yields=True,
            ),
            Slip(
                "+1 forgotten", no_one,
                "You counted steps only. The kernel also covers the cell it begins with.",
                yields=True,
            ),
            Slip(
                "padding forgotten", unpadded,
                lambda d: f"You used the bare input. With the padding it has {2 * d.padding} rows "
                "and columns more.",
                _PADDING, yields=True,
            ),
            Slip(
                "only one step", differences,
                "You spread the kernel out once. Every step from weight to weight grows.",
                yields=True,
            ),
            Slip(
                "rows and columns swapped",
                lambda d: (d.answer[1], d.answer[0]),
                "You gave the columns for the rows. The rows go downwards.",
                yields=True,
            ),
        ), Several(("rows", "columns")), ask, (1, 2, 3)),
        Part(lambda d: d.extents[0] * d.extents[1] - d.weights, brute_skipped, (
            Slip(
                "rows and columns apart",
                lambda d: (d.extents[0] - d.kernel[0]) * (d.extents[1] - d.kernel[1]),
                "You multiplied the rows left out by the columns left out. A row that is read "
                "also has cells that are not.",
            ),
            Slip(
                "all cells", lambda d: d.extents[0] * d.extents[1],
                "You counted all cells of the rectangle. Those under a weight are read.",
            ),
            Slip(
                "cells read", lambda d: d.weights,
                "You counted the cells that are read. The question is about the others.",
                yields=True,
            ),
            Slip(
                "rows and columns added",
                lambda d: d.extents[0] - d.kernel[0] + d.extents[1] - d.kernel[1],
                "You added the rows left out and the columns left out. Count cells: all of them, "
                "less those that are read.",
                yields=True,
            ),
        ), ask=ask_skipped, points=(1, 1, 1), follows=skipped),
    ),
)  # fmt: skip
