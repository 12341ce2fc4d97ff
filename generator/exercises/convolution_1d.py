"""A whole line of numbers under a kernel, by hand."""

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
    ones,
    slid,
    told,
    unsigned,
    window_of,
    zeros_around,
)  # fmt: skip
from generator.paper import Matrix
from generator.prose import Grid, Prose, Strong, line
from generator.spec.matrix import Matrix as Numbers

_PADDING = "convolution/padding.md"
_STRIDE = "convolution/stride.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A signal and a kernel, each one row, and how the kernel slides.

    >>> Drawn(((1, 2, 3, 4),), ((1, 1),), 2, 0).padded
    ((1, 2, 3, 4),)
    """

    x: Wholes
    w: Wholes
    stride: int
    padding: int

    @property
    def padded(self) -> Wholes:
        """The signal with zeros at both ends."""
        frame = (0,) * self.padding
        return ((*frame, *self.x[0], *frame),)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a line: level 2 adds negative weights and stride 2, level 3 zero padding."""
    length = 6 if level == 1 else dice.whole("length", 7, 8)
    return Drawn(
        x=numbers(dice, "input", (1, length), 6),
        w=numbers(dice, "kernel", (1, 3), 3, negatives=int(level > 1)),
        stride=1 if level == 1 else 2,
        padding=int(level == 3),
    )


def work(d: Drawn) -> Work:
    """Count the products that are not 0, and the negative ones."""
    real = slid(((0,) * d.padding + (1,) * len(d.x[0]) + (0,) * d.padding,), ones(d.w), d.stride)
    return Work(sum(real[0]), count(d.w, negative=True))


def prompt(d: Drawn) -> Prose:
    """Ask."""
    ends = "one zero is added at each end of it" if d.padding else "without padding"
    return line(
        *("The kernel slides along the signal with stride ", d.stride),
        *("; " if d.padding else ", ", ends, ". Compute the whole "),
        *(Strong("output"), ", from left to right. The kernel is not flipped"),
        " and never hangs over the end.",
        Grid("Signal", d.x),
        Grid("Kernel", d.w),
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = window_of(d.padded, 0, 0, d.w)
    return (
        line("Lay the kernel on the first three numbers. Multiply what lies on each other, add."),
        line(
            *("The first window", " begins in the padding and" if d.padding else "", " reads:"),
            Grid("Window", first),
        ),
        line(f"The first number is {added(first, d.w)}. Then the kernel moves on by {d.stride}."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every sum."""
    x, w = Numbers(d.x, line=True), Numbers(d.w, line=True)
    shows = spec("convolution", input=x, kernel=w, stride=d.stride, padding=d.padding)
    found = slid(d.padded, d.w, d.stride)
    start = [line("With its padding, the signal is:", Grid("Padded", d.padded))]
    return (
        *(start if d.padding else ()),
        *told(d.padded, d.w, d.stride, shows),
        line("The output:", Grid("Output", found)),
    )


def one_too_few(d: Drawn) -> Wholes:
    """Stop before the window that touches the end."""
    return (slid(d.padded, d.w, d.stride)[0][:-1],)


FAMILY = Family(
    name="convolution-1d",
    title="Convolution in one dimension",
    version=1,
    says="the whole output of a kernel that slides along a line of numbers",
    page="convolution/one-dimension.md",
    rows=(13,),
    draw=draw,
    fair=lambda d: flipped(d.w) != d.w,
    work=work,
    cost=(Work(12, 0), Work(9, 1), Work(11, 1)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(
        lambda d: slid(d.padded, d.w, d.stride),
        lambda d: dealt(d.padded, d.w, d.stride),
        (
            Slip(
                "kernel flipped", lambda d: slid(d.padded, flipped(d.w), d.stride),
                "You used the kernel from right to left. Networks use it as it stands.",
                "convolution/flip.md",
            ),
            Slip(
                "stride ignored",
                lambda d: slid(d.padded, d.w) if d.stride > 1 else None,
                lambda d: f"You moved the kernel by 1. It moves by {d.stride} each time.",
                _STRIDE,
            ),
            Slip(
                "padding forgotten",
                lambda d: slid(d.x, d.w, d.stride) if d.padding else None,
                "You began with the signal's own first number. The first window begins in the "
                "padding.",
                _PADDING,
            ),
            Slip(
                "padding added",
                lambda d: None if d.padding else slid(zeros_around(d.x, 1)[1:-1], d.w, d.stride),
                lambda d: "You added zeros at the ends. Here the kernel stays inside the signal: "
                f"the output has {len(slid(d.x, d.w, d.stride)[0])} numbers.",
                _PADDING,
            ),
            Slip(
                "signs lost",
                lambda d: slid(d.padded, unsigned(d.w), d.stride) if min(d.w[0]) < 0 else None,
                "You read the negative weight as positive. Its product is subtracted.",
            ),
            Slip(
                "windows side by side",
                lambda d: slid(d.padded, d.w, len(d.w[0])),
                lambda d: "You moved the kernel by its own length. It moves by the stride, "
                f"{d.stride}, so windows overlap.",
                _STRIDE,
            ),
            Slip(
                "last window missing", one_too_few,
                "You stopped too early. The last window may touch the end.",
                yields=True,
            ),
            Slip(
                "weights left out", lambda d: slid(d.padded, ones(d.w), d.stride),
                "You added up the bare windows. First multiply each number by its weight.",
            ),
        ),
        Matrix("Output"),
        points=(2, 3, 4),
    ),),
)  # fmt: skip
