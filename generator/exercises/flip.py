"""The same window twice: cross-correlation, and convolution as mathematics has it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import spec
from generator.exercises._maps import (
    added,
    count,
    dealt,
    flipped,
    mirrored,
    ones,
    slid,
    transposed,
    unsigned,
    window_of,
)
from generator.model import Spec
from generator.prose import Figure, Grid, Prose, Strong, line
from generator.spec.matrix import Matrix as Numbers

_PAGE = "convolution/flip.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, and the cell that is asked for, counted from 0; lines have one row."""

    x: Wholes
    w: Wholes
    at: tuple[int, int]

    @property
    def line(self) -> bool:
        """Whether it is about a line of numbers."""
        return len(self.x) == 1

    @property
    def seen(self) -> Wholes:
        """What the window reads."""
        return window_of(self.x, *self.at, self.w)

    @property
    def where(self) -> str:
        """The place that is asked for, in words."""
        i, j = self.at
        return f"position {j + 1}" if self.line else f"row {i + 1}, column {j + 1}"


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a window: on a line, then on a matrix, then with negative weights."""
    if level == 1:
        size, window = (1, dice.whole("length", 6, 8)), (1, 4)
        w = numbers(dice, "kernel", window, 5)
    else:
        size = (dice.whole("rows", 3, 5), dice.whole("columns", 4, 5))
        window = (2, 2) if level == 2 else (3, 3)
        negatives = 1 if level == 2 else 3
        w = numbers(dice, "kernel", window, 3, zeros=0 if level == 2 else 3, negatives=negatives)
    i = dice.whole("row", 0, size[0] - window[0])
    return Drawn(
        numbers(dice, "input", size, 6), w, (i, dice.whole("column", 0, size[1] - window[1]))
    )


def _sum(d: Drawn, w: Wholes) -> int:
    return slid(d.seen, w)[0][0]


def _as_it_stands(d: Drawn) -> int:
    return _sum(d, d.w)


def _turned(d: Drawn) -> int:
    return _sum(d, flipped(d.w))


def brute_first(d: Drawn) -> int:
    """Deal the whole input to the map, and look up the cell."""
    return dealt(d.x, d.w)[d.at[0]][d.at[1]]


def brute_second(d: Drawn) -> int:
    """Sum x·w over all pairs of places that add up to the same place, as the definition has it.

    (f∗g)(t) is the sum of f(a)·g(t − a); the window's lower right corner is t.
    """
    bottom, right = d.at[0] + len(d.w) - 1, d.at[1] + len(d.w[0]) - 1
    return sum(
        weight * d.x[bottom - a][right - b]
        for a, row in enumerate(d.w)
        for b, weight in enumerate(row)
    )


def next_window(d: Drawn) -> int | None:
    """Read the window one place further, as somebody does who counts from 0."""
    i, j = d.at[0] + (not d.line), d.at[1] + 1
    inside = i + len(d.w) <= len(d.x) and j + len(d.w[0]) <= len(d.x[0])
    return slid(window_of(d.x, i, j, d.w), d.w)[0][0] if inside else None


def swapped_ends(d: Drawn) -> int | None:
    """Swap only the first and the last weight of a line."""
    if not d.line:
        return None
    first, *middle, last = d.w[0]
    return _sum(d, ((last, *middle, first),))


def goes_on(d: Drawn, earlier: tuple[Any, ...]) -> int | None:
    """Return the turned sum of somebody who did something else to the weights in part a."""
    if earlier[0] == _sum(d, unsigned(d.w)) and count(d.w, negative=True):
        return _sum(d, unsigned(flipped(d.w)))
    return _as_it_stands(d) if earlier[0] == _turned(d) else None


def prompt(d: Drawn) -> Prose:
    """Ask."""
    name, what = ("Signal", "signal") if d.line else ("Input", "input")
    return line(
        f"The kernel slides over the {what} with stride 1, without padding. What stands at "
        if d.line else
        f"The kernel slides over the {what} with stride 1, without padding. What stands in ",
        *(Strong(d.where), " of the output? Count from 1. "),
        "In both parts the window at this place is the same; it never hangs over the edge.",
        Grid(name, d.x),
        Grid("Kernel", d.w),
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    turn = (
        "from right to left" if d.line else "turned by 180°: first row last, and each row reversed"
    )
    return (
        line("One of the two uses the kernel as it stands, the other one turns it first."),
        line("Both read this window:", Grid("Window", d.seen)),
        line(
            f"True convolution reads the kernel {turn}:", Grid("Turned kernel", flipped(d.w))
        ),
    )  # fmt: skip


def _both(d: Drawn) -> Spec | None:
    """Return the picture of both ways at the cell that is asked for; a line has none."""
    if d.line:
        return None
    found = len(d.x[0]) - len(d.w[0]) + 1
    step = d.at[0] * found + d.at[1] + 1
    return spec("cross-correlation", step, input=Numbers(d.x), kernel=Numbers(d.w))


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show both sums."""
    both = _both(d)
    picture = [Figure(both)] if both else []
    return (
        line(f"The window of {d.where} reads:", Grid("Window", d.seen)),
        line(f"Cross-correlation uses the kernel as it stands: {added(d.seen, d.w)}."),
        line("Convolution turns the kernel by 180° first:", Grid("Turned kernel", flipped(d.w))),
        line(f"And then: {added(d.seen, flipped(d.w))}.", *picture),
    )


FAMILY = Family(
    name="flip",
    title="Convolution or cross-correlation",
    version=1,
    says="one cell by cross-correlation and by true convolution, which flips the kernel",
    page=_PAGE,
    rows=(16,),
    draw=draw,
    fair=lambda d: flipped(d.w) != d.w,
    work=lambda d: Work(2 * count(d.w), 2 * count(d.w, negative=True)),
    cost=(Work(8), Work(8, 2), Work(12, 6)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(
            _as_it_stands,
            brute_first,
            (
                Slip(
                    "kernel flipped", _turned,
                    "You turned the kernel. That is true convolution; cross-correlation, which "
                    "networks compute, uses it as it stands.",
                    figure=_both,
                ),
                Slip(
                    "signs lost",
                    lambda d: _sum(d, unsigned(d.w)) if count(d.w, negative=True) else None,
                    "You read negative weights as positive. Their products are subtracted.",
                ),
                Slip(
                    "counted from 0", next_window,
                    lambda d: f"You read the next window. The first one is number 1; {d.where} is "
                    "one earlier.",
                ),
                Slip(
                    "weights left out", lambda d: _sum(d, ones(d.w)),
                    "You added up the bare window. First multiply each number by its weight.",
                ),
            ),
            ask=lambda _: line("Networks compute the cross-correlation. What does it give?"),
            points=(1, 2, 3),
            fewest=2,
        ),
        Part(
            _turned,
            brute_second,
            (
                Slip(
                    "not flipped", _as_it_stands,
                    "You used the kernel as it stands. True convolution turns it by 180° first.",
                    figure=_both,
                ),
                Slip(
                    "only the ends swapped", swapped_ends,
                    "You swapped the first and the last weight only. The whole kernel is read "
                    "from right to left.",
                ),
                Slip(
                    "mirrored left to right only",
                    lambda d: None if d.line else _sum(d, mirrored(d.w)),
                    "You reversed each row only. The order of the rows is reversed too.",
                ),
                Slip(
                    "mirrored top to bottom only",
                    lambda d: None if d.line else _sum(d, flipped(mirrored(d.w))),
                    "You reversed the order of the rows only. Each row is reversed too.",
                ),
                Slip(
                    "transposed",
                    lambda d: None if d.line or transposed(d.w) == flipped(d.w)
                    else _sum(d, transposed(d.w)),
                    "You swapped rows and columns of the kernel. To flip is to turn it by 180°.",
                    yields=True,
                ),
                Slip(
                    "signs changed", lambda d: -_as_it_stands(d),
                    "You changed the signs of the weights. To flip changes their places.",
                ),
            ),
            ask=lambda _: line("What does true convolution give?"),
            points=(1, 2, 3),
            follows=goes_on,
        ),
    ),
)  # fmt: skip
