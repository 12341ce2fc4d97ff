"""What an activation lets through of a gradient: one neuron, its input, a chain of layers."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Literal, NamedTuple, TypeAlias

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.numerals import Number, factor, rounded, shown
from generator.paper import OneNumber
from generator.prose import Break, Node, Prose, Strong, line

_PAGE = "layers/activations.md"
_PLACES = 3
Name: TypeAlias = Literal["sigmoid", "tanh", "leaky ReLU"]
_FORMULAS = {"sigmoid": "a·(1 − a)", "tanh": "1 − a·a"}


class Neuron(NamedTuple):
    """What is known of a neuron: its output, or for a leaky ReLU what goes in; and its weight."""

    value: Fraction
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Drawn:
    """Neurons from the last one to the first, and the gradient that arrives at the last.

    >>> neuron = Neuron(Fraction(4, 5), Fraction(1))
    >>> Drawn("sigmoid", Fraction(0), (neuron,), Fraction(2), weighted=False).answer()
    Fraction(8, 25)
    """

    function: Name
    slope: Fraction
    neurons: tuple[Neuron, ...]
    gradient: Fraction
    weighted: bool

    def derivative(self, value: Fraction) -> Fraction:
        """Return the derivative, by the rule for the output; a leaky ReLU looks at the sign."""
        match self.function:
            case "sigmoid":
                return value * (1 - value)
            case "tanh":
                return 1 - value * value
        return Fraction(1) if value > 0 else self.slope

    def through(
        self, local: Callable[[Fraction], Fraction], *, weights: bool = True, gradient: bool = True
    ) -> Number:
        """Return what arrives at the first neuron's input if each lets `local` through."""
        product = self.gradient if gradient else Fraction(1)
        for value, weight in self.neurons:
            product *= local(value) * (weight if weights else 1)
        return rounded(product, _PLACES)

    def answer(self) -> Number:
        """Return the gradient that arrives, rounded."""
        return self.through(self.derivative)


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a neuron: level 2 has a weight in front, level 3 is a chain of three."""
    names: tuple[Name, ...] = (
        ("sigmoid", "tanh", "leaky ReLU") if level < 3 else ("sigmoid", "tanh")
    )
    function = dice.pick("function", names)
    neurons = []
    for _ in range(3 if level == 3 else 1):
        most = {"sigmoid": 97, "tanh": 95, "leaky ReLU": 90}[function]
        value = Fraction(dice.whole("value", 3, most), 100)
        if function == "leaky ReLU":
            value *= 10
        if function != "sigmoid":
            # Above 0 a leaky ReLU alone lets the gradient through as it is: nothing to compute.
            bare = function == "leaky ReLU" and level == 1
            value *= -1 if bare else dice.pick("sign", (1, -1, -1))
        weight = Fraction(dice.whole("weight", 2, 19), 10) * dice.pick("weight sign", (1, -1))
        neurons.append(Neuron(value, weight if level > 1 else Fraction(1)))
    slope = dice.pick("slope", (1, 2, 5, 10, 20)) if function == "leaky ReLU" else 0
    gradient = Fraction(dice.whole("gradient", 3, 19), 2)
    if level == 3:
        gradient = Fraction(dice.pick("gradient", (100, 200, 500, 1000)))
    if level == 2:
        gradient *= dice.pick("gradient sign", (1, -1))
    return Drawn(function, Fraction(slope, 100), tuple(neurons), gradient, level > 1)


def fair(d: Drawn) -> bool:
    """Tell whether enough arrives to be told from 0."""
    return abs(Fraction(d.answer())) >= Fraction(1, 50)


def brute(d: Drawn) -> Number:
    """Go back from the output to what went in, and take the derivative there."""
    product = float(d.gradient)
    for value, weight in d.neurons:
        a = float(value)
        match d.function:
            case "sigmoid":
                z = math.log(a / (1 - a))
                slope = math.exp(-z) / (1 + math.exp(-z)) ** 2
            case "tanh":
                slope = 1 / math.cosh(math.atanh(a)) ** 2
            case _:
                # The curve is straight on either side of 0: two points give its slope.
                one, two = (max(x, x * float(d.slope)) for x in (a, 2 * a))
                slope = (two - one) / a
        product *= slope * float(weight)
    return rounded(product, _PLACES)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    places = f"Round to {_PLACES} decimal places."
    gradient = shown(d.gradient)
    if len(d.neurons) > 1:
        rows: list[str | Node] = []
        for at, (value, weight) in enumerate(d.neurons):
            name = ("last", "middle", "first")[at]
            rows += [
                Break(),
                f"The {name} neuron has the weight {shown(weight)} and gives a = {shown(value)}.",
            ]
        return line(
            f"Three neurons stand in a chain, one in each layer: each multiplies what it gets by "
            f"its weight, and applies {d.function}.",
            *rows,
            Break(),
            f"At the output of the last neuron the gradient is {gradient}. What ",
            Strong("gradient"), f" arrives at the input of the first one, before its weight? "
            f"{places}",
        )  # fmt: skip
    (value, weight) = d.neurons[0]
    known = (
        f"gets z = {shown(value)}" if d.function == "leaky ReLU" else f"gives a = {shown(value)}"
    )
    name = f"leaky ReLU with slope {shown(d.slope)}" if d.slope else d.function
    if d.weighted:
        return line(
            f"A neuron multiplies its input x by the weight {shown(weight)} to z and applies "
            f"{name}. The {name.split(' with')[0]} {known}. At its output the gradient is "
            f"{gradient}. What is the ",
            Strong("gradient at the input x"), f"? {places}",
        )  # fmt: skip
    return line(
        f"A neuron applies {name}. It {known}. At its output the gradient is {gradient}. What is "
        "the ", Strong("gradient in front of the activation"), f"? {places}",
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    if d.function == "leaky ReLU":
        rule = f"The derivative of a leaky ReLU is 1 above 0 and {shown(d.slope)} below."
    else:
        rule = f"The derivative of {d.function} is {_FORMULAS[d.function]}, where a is its output."
    weight = " Each weight is a factor too." if d.weighted else ""
    return (
        line("The chain rule: what is the derivative of each step on the way back?"),
        line(rule),
        line(f"Multiply the gradient by the derivative.{weight}"),
    )


def _slope(d: Drawn, value: Fraction) -> str:
    slope = shown(d.derivative(value), 6)
    match d.function:
        case "sigmoid":
            return f"{shown(value)}·(1 − {shown(value)}) = {slope}"
        case "tanh":
            return f"1 − {factor(value)}·{factor(value)} = {slope}"
    return slope


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Take the derivatives, then multiply."""
    steps: list[Prose] = []
    factors = [shown(d.gradient)]
    for at, (value, weight) in enumerate(d.neurons):
        where = f"{('Last', 'Middle', 'First')[at]} neuron: the" if len(d.neurons) > 1 else "The"
        if d.function == "leaky ReLU":
            where = f"z is {'above' if value > 0 else 'below'} 0. The"
        steps.append(line(f"{where} derivative is {_slope(d, value)}."))
        factors.append(shown(d.derivative(value), 6))
        if d.weighted:
            factors.append(factor(weight))
    product = "·".join(factors)
    exact = d.gradient
    for value, weight in d.neurons:
        exact *= d.derivative(value) * weight
    sign = "=" if exact == d.answer() else "≈"
    steps.append(line(f"Together: {product} {sign} {shown(d.answer())}."))
    if len(d.neurons) > 1:
        left = shown(rounded(exact / d.gradient / prod(n.weight for n in d.neurons), _PLACES))
        most = "¼" if d.function == "sigmoid" else "1"
        steps.append(
            line(
                f"The weights aside, the three activations let {left} of the gradient through "
                f"(rounded). The derivative of {d.function} is {most} at most: through many layers "
                "gradients vanish."
            )
        )
    return tuple(steps)


def mixed_up(d: Drawn, value: Fraction) -> Fraction:
    """Use the other function's rule, or the other side's slope."""
    match d.function:
        case "sigmoid":
            return 1 - value * value
        case "tanh":
            return value * (1 - value)
    return d.slope if value > 0 else Fraction(1)


def outputs(d: Drawn, value: Fraction) -> Fraction:
    """Take the output for the derivative."""
    return value if d.function != "leaky ReLU" else value * d.derivative(value)


def summed(d: Drawn) -> Number | None:
    """Add up what each layer lets through."""
    if len(d.neurons) == 1:
        return None
    parts = [d.derivative(value) * weight for value, weight in d.neurons]
    return rounded(d.gradient * sum(parts), _PLACES)


def one_layer(d: Drawn) -> Number | None:
    """Stop after the last layer."""
    if len(d.neurons) == 1:
        return None
    value, weight = d.neurons[0]
    return rounded(d.gradient * d.derivative(value) * weight, _PLACES)


def says_mixed_up(d: Drawn) -> str:
    """Tell the two rules apart."""
    if d.function == "leaky ReLU":
        return f"You took the wrong side of 0. Above 0 the slope is 1, below it {shown(d.slope)}."
    other = "tanh" if d.function == "sigmoid" else "sigmoid"
    rule = _FORMULAS[d.function]
    return f"You used the rule for {other}. For {d.function} it is {rule}."


FAMILY = Family(
    name="activation-derivative",
    title="A gradient goes back",
    version=1,
    says="what sigmoid, tanh or a leaky ReLU lets through of a gradient, also in a chain of layers",
    page=_PAGE,
    rows=(27,),
    draw=draw,
    fair=fair,
    # A derivative, and a factor or two for each neuron.
    work=lambda d: Work(len(d.neurons) * (2 + d.weighted)),
    cost=(Work(2), Work(3), Work(9)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(Drawn.answer, brute, (
        Slip(
            "output for derivative", lambda d: d.through(lambda value: outputs(d, value)),
            "You multiplied by what the activation gives. What counts on the way back is its "
            "slope.",
        ),
        Slip(
            "rules mixed up", lambda d: d.through(lambda value: mixed_up(d, value)),
            says_mixed_up,
        ),
        Slip(
            "activation ignored",
            lambda d: None
            if d.function == "leaky ReLU" and d.neurons[0].value > 0
            else d.through(lambda _: Fraction(1)),
            "You passed the gradient on as if the activation were not there. Its derivative is a "
            "factor.",
            yields=True,
        ),
        Slip(
            "gradient left out",
            lambda d: d.through(d.derivative, gradient=False) if len(d.neurons) == 1 else None,
            lambda d: f"You gave the derivative alone. The gradient of {shown(d.gradient)} is a "
            "factor too.",
            yields=True,
        ),
        Slip(
            "weights left out",
            lambda d: d.through(d.derivative, weights=False) if d.weighted else None,
            "You left out what is multiplied by on the way. Each weight is a factor on the way "
            "back too.",
        ),
        Slip(
            "layers added", summed,
            "You added up what the layers let through. One stands behind the other, so multiply.",
        ),
        Slip(
            "one layer only", one_layer,
            "You stopped after the last neuron. Two more stand in front of it.",
            yields=True,
        ),
        Slip(
            "1 − a alone",
            lambda d: d.through(lambda value: 1 - value) if d.function != "leaky ReLU" else None,
            lambda d: f"You multiplied by 1 − a. The derivative of {d.function} is "
            f"{_FORMULAS[d.function]}.",
            yields=True,
        ),
        Slip(
            "plain ReLU",
            lambda d: 0 if d.function == "leaky ReLU" and d.neurons[0].value < 0 else None,
            lambda d: f"You took the slope of a plain ReLU. Below 0 this one has the slope "
            f"{shown(d.slope)}.",
            yields=True,
        ),
    ), OneNumber(places=_PLACES)),),
)  # fmt: skip
