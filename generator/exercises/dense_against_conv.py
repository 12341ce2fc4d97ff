"""A convolution, and a dense layer that makes the same maps from the same input."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._miscounts import bias_in_each_slice, flat_kernel
from generator.exercises._networks import Layer, Shape, after, fan, listed, size, stops
from generator.numerals import Number, shown
from generator.paper import OneNumber
from generator.prose import Prose, Strong, line

_SHARED = "convolution/shared-weights.md"
_PARAMETERS = OneNumber(unit="parameters")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A convolution and what it reads; with biases or without.

    >>> drawn = Drawn((10, 10, 1), Layer("conv", 1, 3), bias=False)
    >>> of_conv(drawn), of_dense(drawn)
    (9, 6400)
    """

    seen: Shape
    layer: Layer
    bias: bool

    @property
    def made(self) -> Shape:
        """The maps that come out."""
        return after(self.layer, self.seen)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a layer: level 2 has channels and biases, level 3 padding or a stride too."""
    rows, columns = dice.whole("rows", 6, 16), dice.whole("columns", 6, 16)
    kernel = dice.pick("kernel", (2, 3, 3, 4, 5))
    channels = 1 if level == 1 else dice.pick("channels", (2, 3, 3, 4))
    stride = dice.pick("stride", (1, 2)) if level == 3 else 1
    padding = dice.whole("padding", 1, 2) if level == 3 else 0
    layer = Layer("conv", dice.whole("maps", 2, 8), kernel, stride, min(padding, kernel // 2))
    return Drawn((rows, columns, channels), layer, level > 1)


def fair(d: Drawn) -> bool:
    """Tell whether the maps are not tiny, and no window hangs over."""
    rest = [(s + 2 * d.layer.padding - d.layer.kernel) % d.layer.stride for s in d.seen[:2]]
    return min(d.made[:2]) >= 3 and not any(rest) and d.seen[0] != d.seen[1]


def of_conv(d: Drawn) -> int:
    """Return the convolution's parameters, by formula."""
    return (fan(d.layer, d.seen) + d.bias) * d.layer.out


def of_conv_listed(d: Drawn) -> int:
    """Return the convolution's parameters, slice by slice."""
    return listed(d.layer, d.seen) - (0 if d.bias else d.layer.out)


def of_dense(d: Drawn) -> int:
    """Return the dense layer's parameters, by formula."""
    return (prod(d.seen) + d.bias) * prod(d.made)


def of_dense_listed(d: Drawn) -> int:
    """Return the dense layer's parameters, unit by unit and row by row."""
    rows, columns, maps = stops(d.layer, d.seen)
    unit = sum([d.seen[1] * d.seen[2]] * d.seen[0], start=int(d.bias))
    return sum([sum([unit] * (rows * columns))] * maps)


def factor(d: Drawn) -> Number:
    """Return how many times as many the dense layer has."""
    return Fraction(of_dense(d), of_conv(d))


def factor_listed(d: Drawn) -> Number:
    """Return the same from what was counted."""
    return Fraction(of_dense_listed(d), of_conv_listed(d))


def carried(_: Drawn, before: tuple[Any, ...]) -> Number:
    """Go on from two counts."""
    return Fraction(before[1], before[0])


def prompt(d: Drawn) -> Prose:
    """Tell both layers."""
    each = "Each kernel and each unit has a bias." if d.bias else "There are no biases."
    frame = f"padding {d.layer.padding}" if d.layer.padding else "no padding"
    one = f"{d.layer.kernel} × {d.layer.kernel}"
    return line(
        f"A convolutional layer reads {size(d.seen)} (rows × columns × channels). It has "
        f"{d.layer.out} kernels of {one}, stride {d.layer.stride} and {frame}. A dense layer is to "
        f"make as many numbers from the same input, flattened: one unit for each. {each}"
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    return (
        line("What does one unit of each layer read: a window, or everything?"),
        line(f"The convolution makes {size(d.made)}."),
        line(f"The dense layer has {prod(d.made)} units, and each reads {prod(d.seen)} numbers."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show both counts and the quotient."""
    (rows, columns, maps), side = d.made, f"{d.layer.kernel}·{d.layer.kernel}"
    inputs = f"{d.seen[0]}·{d.seen[1]}·{d.seen[2]} = {prod(d.seen)}"
    conv, dense = f"{side}·{d.seen[2]}", f"{prod(d.seen)}"
    conv, dense = (f"({conv} + 1)", f"({dense} + 1)") if d.bias else (conv, dense)
    exact = factor(d)
    about = Fraction(round(10 * exact), 10)
    sign = "=" if exact == about else "≈"
    return (
        line(f"The convolution: {conv}·{d.layer.out} = {of_conv(d)} parameters, however large the "
             "input is."),
        line(f"It makes {_side(d, 0)} rows and {_side(d, 1)} columns in each of {maps} maps, "
             f"together {rows}·{columns}·{maps} = {prod(d.made)} numbers."),
        line(f"A dense unit reads all {inputs} numbers. All units: "
             f"{dense}·{prod(d.made)} = {of_dense(d)} parameters."),
        line(f"That is {of_dense(d)} / {of_conv(d)} {sign} ", Strong(f"{shown(about)} times"),
             " as many."),
    )  # fmt: skip


def _side(d: Drawn, axis: int) -> str:
    padding = f" + 2·{d.layer.padding}" if d.layer.padding else ""
    room = f"{d.seen[axis]}{padding} − {d.layer.kernel}"
    room = f"({room}) / {d.layer.stride}" if d.layer.stride > 1 else room
    return f"{room} + 1 = {d.made[axis]}"


def _dense(d: Drawn, units: int) -> int:
    return (prod(d.seen) + d.bias) * units


FAMILY = Family(
    name="dense-against-conv",
    title="Dense against convolution",
    version=1,
    says="a convolution and a dense layer that make the same maps: parameters of both, and the "
    "factor between them",
    page=_SHARED,
    rows=(30,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(4 + 2 * d.bias + (d.layer.padding > 0) + (d.layer.stride > 1)),
    cost=(Work(4), Work(6), Work(8)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(
        Part(of_conv, of_conv_listed, (
            Slip(
                "counted at each place", lambda d: of_conv(d) * prod(d.made[:2]),
                "You counted the weights anew at each place. They are shared: the same kernel is "
                "used everywhere.",
                _SHARED,
            ),
            Slip(
                "one kernel counted", lambda d: fan(d.layer, d.seen) + d.bias,
                lambda d: f"You counted one kernel. The layer has {d.layer.out}.",
                "convolution/many-kernels.md",
            ),
            Slip(
                "biases miscounted",
                lambda d: of_conv(d) + (-d.layer.out if d.bias else d.layer.out),
                lambda d: "You left the biases out. Each kernel has one."
                if d.bias
                else "You added a bias to each kernel. Here there are none.",
                "layers/counting-parameters.md",
            ),
            Slip(
                "channels forgotten",
                lambda d: flat_kernel(d.layer, d.seen) if d.bias else None,
                lambda d: f"You gave each kernel one slice. It has one for each of {d.seen[2]} "
                "channels.",
                "convolution/channels.md", yields=True,
            ),
            Slip(
                "bias in each slice",
                lambda d: bias_in_each_slice(d.layer, d.seen) if d.bias else None,
                "You gave each slice of a kernel a bias. The slices are summed, and the bias is "
                "added once.",
                "convolution/channels.md", yields=True,
            ),
        ), _PARAMETERS, lambda _: line("How many parameters does the ",
                                       Strong("convolution"), " have?"), points=(1, 1, 2)),
        Part(of_dense, of_dense_listed, (
            Slip(
                "units of one map", lambda d: _dense(d, prod(d.made[:2])),
                lambda d: f"You counted the units of one map. There are {d.layer.out} maps.",
                "convolution/many-kernels.md",
            ),
            Slip(
                "a unit for each kernel", lambda d: _dense(d, d.layer.out),
                lambda d: f"You gave the dense layer {d.layer.out} units. It needs one for every "
                f"number that the convolution makes, {prod(d.made)}.",
                "images/dense-on-pixels.md",
            ),
            Slip(
                "size kept", lambda d: _dense(d, prod(d.seen[:2]) * d.layer.out)
                if d.made[:2] != d.seen[:2] else None,
                lambda d: f"You took the maps for as large as the input. They are {d.made[0]} × "
                f"{d.made[1]}.",
                "convolution/output-size.md",
            ),
            Slip(
                "+1 forgotten",
                lambda d: _dense(d, (d.made[0] - 1) * (d.made[1] - 1) * d.layer.out),
                "You counted the moves of the window. It also has a first position, before any.",
                "convolution/output-size.md", yields=True,
            ),
            Slip(
                "biases miscounted",
                lambda d: of_dense(d) + (-prod(d.made) if d.bias else prod(d.made)),
                lambda d: "You left the biases out. Each unit has one."
                if d.bias
                else "You added a bias to each unit. Here there are none.",
                "layers/counting-parameters.md",
            ),
        ), _PARAMETERS, lambda _: line("How many does the ", Strong("dense layer"), " have?"),
            points=(1, 2, 2)),
        Part(factor, factor_listed, (
            Slip(
                "difference taken", lambda d: of_dense(d) - of_conv(d),
                "You took the difference. How many times as many is a quotient.",
            ),
            Slip(
                "one unit compared",
                lambda d: Fraction(prod(d.seen) + d.bias, fan(d.layer, d.seen) + d.bias),
                "You compared one unit with one kernel. There are far more units than kernels.",
            ),
        ), OneNumber(places=1), lambda _: line(
            "How many ", Strong("times as many"), " parameters does the dense layer have? Round to "
            "one decimal."
        ), points=(1, 1, 1), follows=carried, fewest=2),
    ),
)  # fmt: skip
