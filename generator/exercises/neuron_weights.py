"""Weights of one dense neuron that looks at a whole image."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.paper import OneNumber
from generator.prose import Prose, Strong, line

_PAGE = "images/dense-on-pixels.md"


@dataclass(frozen=True, slots=True)
class Drawn:
    """An image, and whether the number of weights is given and the columns are asked for.

    >>> Drawn(28, 28, 1, reverse=False).weights
    785
    """

    rows: int
    columns: int
    channels: int
    reverse: bool

    @property
    def inputs(self) -> int:
        """Numbers the neuron reads."""
        return self.rows * self.columns * self.channels

    @property
    def weights(self) -> int:
        """Its weights with the bias."""
        return self.inputs + 1


def draw(dice: Dice, level: int) -> Drawn:
    """Draw an image: level 2 in colour, level 3 with its columns unknown."""
    low, high = ((8, 99), (8, 99), (5, 60))[level - 1]
    return Drawn(
        rows=dice.whole("rows", low, high),
        columns=dice.whole("columns", low, high),
        channels=1 if level == 1 else dice.pick("channels", (3, 4)),
        reverse=level == 3,
    )


def closed(d: Drawn) -> int:
    """Return the weights, or the columns."""
    return d.columns if d.reverse else d.weights


def brute(d: Drawn) -> int:
    """Count the weights one column after the other, and stop where the question stops."""
    weights = 1  # the bias
    for columns in count(1):
        for _ in range(d.rows):
            weights += d.channels
        if d.reverse and weights == d.weights:
            return columns
        if not d.reverse and columns == d.columns:
            return weights
    raise AssertionError("never reached")


def _image(d: Drawn) -> str:
    return "grey" if d.channels == 1 else "RGB" if d.channels == 3 else "RGBA"


def _channels(d: Drawn) -> str:
    return "one channel" if d.channels == 1 else f"{d.channels} channels"


def prompt(d: Drawn) -> Prose:
    """Ask."""
    if d.reverse:
        return line(
            f"A neuron of a dense layer is connected to every value of {_image(d)} images "
            f"({_channels(d)}) with {d.rows} rows. With its bias it has {d.weights} weights. "
            "How many ", Strong("columns"), " do the images have?",
        )  # fmt: skip
    return line(
        f"A neuron of a dense layer is connected to every value of {_image(d)} images "
        f"({_channels(d)}) with {d.rows} rows and {d.columns} columns. "
        "How many weights does it have, ", Strong("with its bias"), "?",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.reverse:
        return (
            line("Which of the weights belongs to no pixel?"),
            line(f"Without the bias {d.weights - 1} weights are left, one for each value."),
            line(f"Every column of the image has {d.rows} pixels of {_channels(d)}."),
        )
    return (
        line("How many numbers does the neuron read? Each has a weight of its own."),
        line(f"It reads {d.inputs} numbers. One weight reads none."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show every product."""
    if d.reverse:
        column = d.rows * d.channels
        return (
            line(f"One weight is the bias: {d.weights} − 1 = {d.inputs} weights read a value."),
            line(f"A column of pixels has {d.rows}·{d.channels} = {column} values."),
            line(f"Columns: {d.inputs} / {column} = {d.columns}."),
        )
    factors = f"{d.rows}·{d.columns}" + (f"·{d.channels}" if d.channels > 1 else "")
    return (
        line(f"The image holds {factors} = {d.inputs} values, and each has a weight."),
        line(f"With the bias: {d.inputs} + 1 = {d.weights} weights."),
    )


def _forward(d: Drawn, weights: int) -> int | None:
    return None if d.reverse else weights


def _divided(d: Drawn, over: int, under: int) -> int | None:
    """Return a quotient if the question goes backwards; rounded down, as people do."""
    return over // under if d.reverse else None


FAMILY = Family(
    name="neuron-weights",
    title="Weights of one neuron",
    version=1,
    says="weights with bias of a dense neuron that reads a whole image, and back",
    page=_PAGE,
    rows=(6,),
    draw=draw,
    fair=lambda d: d.rows != d.columns,
    # Products, sums and quotients.
    work=lambda d: Work(2 + (d.channels > 1) + d.reverse),
    cost=(Work(2), Work(3), Work(4)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "bias forgotten", lambda d: _forward(d, d.inputs),
            "You forgot the bias. It is one weight more, whatever the size of the image.",
        ),
        Slip(
            "channels forgotten",
            lambda d: _forward(d, d.rows * d.columns + 1) if d.channels > 1 else None,
            lambda d: f"You gave each pixel one weight. It holds {d.channels} values, "
            "and each value has a weight.",
            "images/colour.md",
        ),
        Slip(
            "bias for each channel",
            lambda d: _forward(d, d.inputs + d.channels) if d.channels > 1 else None,
            "You gave each channel a bias. A neuron has one bias.",
        ),
        Slip(
            "bias for each value", lambda d: _forward(d, 2 * d.inputs),
            "You gave each input a weight and a bias. A neuron has one bias for all of them.",
        ),
        Slip(
            "rows plus columns", lambda d: _forward(d, (d.rows + d.columns) * d.channels + 1),
            "You added rows and columns. Every row holds all the columns, so multiply.",
            "images/resolution.md",
        ),
        Slip(
            "one channel assumed", lambda d: _divided(d, d.inputs, d.rows),
            lambda d: f"You divided by the rows only. Each pixel has {d.channels} weights.",
            "images/colour.md",
        ),
        Slip(
            "channels only", lambda d: _divided(d, d.inputs, d.channels),
            lambda d: "You found the number of pixels. "
            f"They stand in {d.rows} rows, so divide once more.",
        ),
        Slip(
            "rows and channels added", lambda d: _divided(d, d.inputs, d.rows + d.channels),
            lambda d: "You added rows and channels. A column of pixels has "
            f"{d.rows}·{d.channels} values.",
            yields=True,
        ),
        Slip(
            "taken for a square", lambda d: d.rows if d.reverse else None,
            lambda d: f"You took the images for square. With {d.rows} columns the neuron would "
            f"have {d.rows * d.rows * d.channels + 1} weights.",
        ),
    ), OneNumber(), points=(1, 2, 3)),),
)  # fmt: skip
