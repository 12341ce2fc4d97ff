"""Pad an input, and compute the whole map."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.engine.shapes import PaddingMode
from generator.exercises._border import SAYS, by_rule, grown
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._maps import (
    CENTRE,
    CORNERS,
    EDGES,
    added,
    count,
    dealt,
    flipped,
    grouped,
    slid,
    solved,
    told,
    transposed,
    unsigned,
    window_of,
    zeros_around,
)
from generator.paper import Matrix
from generator.prose import Grid, Prose, Strong, line

_PAGE = "convolution/padding.md"
_CONVOLUTION = "convolution/convolution.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, and what the frame of one cell holds."""

    x: Wholes
    w: Wholes
    mode: PaddingMode

    @property
    def padded(self) -> Wholes:
        """The input in its frame."""
        return by_rule(self.x, 1, self.mode)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a map: level 2 has a 3×3 kernel with negatives, level 3 no zeros in the frame."""
    if level == 1:
        w = numbers(dice, "kernel", (2, 2), 3)
        return Drawn(numbers(dice, "input", (2, 2), 9), w, "zeros")
    x = numbers(dice, "input", (3, 3), 6)
    if level == 2:
        groups = ((CENTRE, 0, 0), (EDGES, 2, 1), (CORNERS, 3, 0))
        return Drawn(x, grouped(dice, (3, 3), 2, groups), "zeros")
    w = numbers(dice, "kernel", (3, 3), 2, zeros=6, negatives=1)
    modes: tuple[PaddingMode, ...] = ("reflect", "replicate")
    return Drawn(x, w, dice.pick("mode", modes))


def fair(d: Drawn) -> bool:
    """Tell whether flipping and transposing would show."""
    return flipped(d.w) != d.w and transposed(d.w) != d.w


def work(d: Drawn) -> Work:
    """Count the products that are not 0, and the negative ones."""
    there = tuple(tuple(int(v != 0) for v in row) for row in d.padded)
    real = slid(there, tuple(tuple(int(v != 0) for v in row) for row in d.w))
    below = slid(there, tuple(tuple(int(v < 0) for v in row) for row in d.w))
    return Work(sum(map(sum, real)), sum(map(sum, below)))


def _named(d: Drawn) -> str:
    if d.mode == "zeros":
        return "zero padding of 1 cell on all four sides"
    return f"a padding of 1 cell on all four sides in the mode {d.mode} ({SAYS[d.mode]})"


def prompt(d: Drawn) -> Prose:
    """Ask."""
    return line(
        f"The input gets {_named(d)}. Then the kernel slides over it with stride 1 and is not "
        "flipped. Fill in the whole ",
        *(Strong("feature map"), "."),
        Grid("Input", d.x),
        Grid("Kernel", d.w),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    size = len(d.padded) - len(d.w) + 1
    return (
        line("Write the padded input down first. How many rows and columns does it have?"),
        line("It looks like this:", Grid("Padded", d.padded)),
        line(
            f"The map has {size} rows and {size} columns. It begins with "
            f"{added(window_of(d.padded, 0, 0, d.w), d.w)}."
        ),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show the padded input and every sum."""
    return (
        line("The padded input:", Grid("Padded", d.padded)),
        *told(d.padded, d.w, 1, solved(d.x, d.w, 1, 1, padding_mode=d.mode)),
        line("The whole map:", Grid("Map", slid(d.padded, d.w))),
    )


def otherwise(d: Drawn) -> Wholes:
    """Take the other way to fill a frame: copies for zeros, one mirror for the other."""
    other: PaddingMode = "reflect" if d.mode == "replicate" else "replicate"
    return slid(by_rule(d.x, 1, other), d.w)


def one_side(d: Drawn) -> Wholes:
    """Pad below and at the right only."""
    return slid(tuple(row[1:] for row in d.padded[1:]), d.w)


FAMILY = Family(
    name="padding-map",
    title="Pad and compute",
    version=1,
    says="the whole map of an input that is padded first, with zeros or copies of the edge",
    page=_PAGE,
    rows=(19,),
    draw=draw,
    fair=fair,
    work=work,
    cost=(Work(16), Work(25, 6), Work(27, 9)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        lambda d: slid(d.padded, d.w),
        lambda d: dealt(grown(d.x, 1, d.mode), d.w),
        (
            Slip(
                "padding forgotten", lambda d: slid(d.x, d.w),
                "You slid over the bare input. With the frame there are two more rows and columns "
                "of positions.",
            ),
            Slip(
                "padded on two sides only", one_side,
                "You padded below and at the right only. All four sides get a row or a column.",
            ),
            Slip(
                "zeros instead of the mode",
                lambda d: slid(zeros_around(d.x, 1), d.w) if d.mode != "zeros" else None,
                lambda d: f"You filled the frame with zeros. In the mode {d.mode}, {SAYS[d.mode]}.",
            ),
            Slip(
                "other mode", otherwise,
                lambda d: "You repeated the edge in the frame. Zero padding holds zeros."
                if d.mode == "zeros" else
                "You took the other of reflect and replicate. In the mode "
                f"{d.mode}, {SAYS[d.mode]}.",
            ),
            Slip(
                "kernel flipped", lambda d: slid(d.padded, flipped(d.w)),
                "You turned the kernel by 180°. The layers of a network use it as it stands.",
                "convolution/flip.md",
            ),
            Slip(
                "signs lost",
                lambda d: slid(d.padded, unsigned(d.w)) if count(d.w, negative=True) else None,
                "You read negative weights as positive. Their products are subtracted.",
                _CONVOLUTION,
            ),
            Slip(
                "map transposed", lambda d: transposed(slid(d.padded, d.w)),
                "You wrote rows as columns. Moving to the right gives the next number of a row.",
                _CONVOLUTION, yields=True,
            ),
        ),
        Matrix("Map"),
        points=(3, 4, 5),
    ),),
)  # fmt: skip
