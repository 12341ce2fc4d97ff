"""A whole feature map to fill in."""

from __future__ import annotations

from dataclasses import dataclass

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import spec
from generator.exercises._maps import (
    added,
    count,
    dealt,
    flipped,
    grouped,
    mirrored,
    ones,
    slid,
    solved,
    told,
    transposed,
    unsigned,
    window_of,
    zeros_around,
)  # fmt: skip
from generator.paper import Matrix
from generator.prose import Grid, Prose, Strong, line
from generator.spec.matrix import Matrix as Numbers

_PADDING = "convolution/padding.md"
_STRIDE = "convolution/stride.md"
_FLIP = "convolution/flip.md"
#: With stride 2 and padding 1 on a 4×4 input: places that meet no padding, and those that do.
_INSIDE = tuple((a, b) for a in (1, 2) for b in (1, 2))
_ABOVE_OR_LEFT = ((0, 1), (0, 2), (1, 0), (2, 0))
_CORNER = ((0, 0),)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An input, a kernel, and how it slides.

    >>> Drawn(((1, 2),), ((1,),), 1, 1).padded
    ((0, 0, 0, 0), (0, 1, 2, 0), (0, 0, 0, 0))
    """

    x: Wholes
    w: Wholes
    stride: int
    padding: int

    @property
    def padded(self) -> Wholes:
        """The input in its frame of zeros."""
        return zeros_around(self.x, self.padding)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a map: level 2 adds negative weights, level 3 stride 2 and zero padding."""
    if level == 1:
        x = numbers(dice, "input", dice.pick("size", ((3, 4), (4, 3))), 5)
        return Drawn(x, numbers(dice, "kernel", (2, 2), 3, zeros=1), 1, 0)
    if level == 2:
        x = numbers(dice, "input", dice.pick("size", ((4, 5), (5, 4))), 5)
        return Drawn(x, numbers(dice, "kernel", (3, 3), 2, zeros=5, negatives=2), 1, 0)
    groups = ((_INSIDE, 1, 1), (_ABOVE_OR_LEFT, 2, 1), (_CORNER, 0, 0))
    return Drawn(numbers(dice, "input", (4, 4), 5), grouped(dice, (3, 3), 2, groups), 2, 1)


def work(d: Drawn) -> Work:
    """Count the products that are not 0, and how many of them are negative."""
    there = zeros_around(ones(d.x), d.padding)
    real = slid(there, tuple(tuple(int(v != 0) for v in row) for row in d.w), d.stride)
    below = slid(there, tuple(tuple(int(v < 0) for v in row) for row in d.w), d.stride)
    return Work(sum(map(sum, real)), sum(map(sum, below)))


def prompt(d: Drawn) -> Prose:
    """Ask."""
    frame = " and zero padding of 1 cell on all four sides" if d.padding else ", without padding"
    return line(
        *("The kernel slides over the input with stride ", d.stride, frame, ". "),
        *("Fill in the whole ", Strong("feature map"), ". The kernel is not flipped."),
        Grid("Input", d.x),
        Grid("Kernel", d.w),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = window_of(d.padded, 0, 0, d.w)
    found = slid(d.padded, d.w, d.stride)
    return (
        line("How often does the kernel find room from left to right, and how often downwards?"),
        line(f"The map has {len(found)} rows and {len(found[0])} columns."),
        line("The first window reads this:", Grid("Window", first)),
        line(f"So the map begins with {added(first, d.w)}."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every sum, row by row."""
    found = slid(d.padded, d.w, d.stride)
    start = line("With its padding the input is:", Grid("Padded", d.padded))
    return (
        *((start,) if d.padding else ()),
        *told(d.padded, d.w, d.stride, solved(d.x, d.w, d.stride, d.padding)),
        line("The whole map:", Grid("Map", found)),
    )


def _map(d: Drawn, w: Wholes) -> Wholes:
    return slid(d.padded, w, d.stride)


FAMILY = Family(
    name="convolution-map",
    title="A whole feature map",
    version=1,
    says="every number of a small feature map, by hand",
    page="convolution/convolution.md",
    rows=(14,),
    draw=draw,
    fair=lambda d: flipped(d.w) != d.w and transposed(d.w) != d.w,
    work=work,
    cost=(Work(18, 0), Work(24, 12), Work(17, 6)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        lambda d: slid(d.padded, d.w, d.stride),
        lambda d: dealt(d.padded, d.w, d.stride),
        (
            Slip(
                "kernel flipped", lambda d: _map(d, flipped(d.w)),
                "You turned the kernel by 180°. The layers of a network use it as it stands.",
                _FLIP,
                figure=lambda d: None if d.padding else spec(
                    "cross-correlation", input=Numbers(d.x), kernel=Numbers(d.w)
                ),
            ),
            Slip(
                "signs lost",
                lambda d: _map(d, unsigned(d.w)) if count(d.w, negative=True) else None,
                "You read negative weights as positive. Their products are subtracted.",
            ),
            Slip(
                "padding forgotten",
                lambda d: slid(d.x, d.w, d.stride) if d.padding else None,
                "You slid over the bare input. The first window begins in the padding.",
                _PADDING,
            ),
            Slip(
                "stride ignored",
                lambda d: slid(d.padded, d.w) if d.stride > 1 else None,
                lambda d: f"You visited every position. The window moves by {d.stride}.",
                _STRIDE,
            ),
            Slip(
                "padding added",
                lambda d: None if d.padding else slid(
                    zeros_around(d.x, (len(d.w) - 1) // 2, len(d.w) // 2), d.w
                ),
                "You kept the input's size by adding zeros. Without padding the map is smaller "
                "than the input.",
                _PADDING,
            ),
            Slip(
                "map transposed", lambda d: transposed(_map(d, d.w)),
                "You wrote rows as columns. Moving to the right gives the next number of a row.",
            ),
            Slip(
                "kernel mirrored", lambda d: _map(d, mirrored(d.w)),
                "You read the kernel from right to left. Every weight stays in its place.",
                _FLIP, yields=True,
            ),
            Slip(
                "weights left out", lambda d: _map(d, ones(d.w)),
                "You added up the bare windows. First multiply each number by its weight.",
            ),
        ),
        Matrix("Map"),
        points=(3, 4, 5),
    ),),
)  # fmt: skip
