"""A feature map goes through an activation: ReLU, leaky ReLU, and a bias before it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.model import Rows
from generator.numerals import Number, factor, shown, total
from generator.paper import Matrix
from generator.prose import Grid, Prose, Strong, line

_PAGE = "layers/activations.md"
_SLOPES = tuple(Fraction(percent, 100) for percent in (1, 2, 5, 10, 20, 25, 30, 50))


@dataclass(frozen=True, slots=True)
class Drawn:
    """A feature map, the slope below 0 (0 is a plain ReLU), and what is added before.

    >>> Drawn(((1, -2),), Fraction(1, 10), bias=0).activated()
    ((1, Fraction(-1, 5)),)
    """

    x: Wholes
    slope: Fraction
    bias: int

    @property
    def name(self) -> str:
        """What the activation is called."""
        return f"leaky ReLU with slope {shown(self.slope)}" if self.slope else "ReLU"

    def each(self, change: Callable[[int], Number]) -> Rows:
        """Return the map with every number changed."""
        return tuple(tuple(change(number) for number in row) for row in self.x)

    def activated(self, bias: int | None = None, slope: Fraction | None = None) -> Rows:
        """Return what comes out; or with another bias or slope."""
        add = self.bias if bias is None else bias
        below = self.slope if slope is None else slope
        return self.each(lambda x: leaky(x + add, below))


def leaky(x: int, slope: Fraction) -> Number:
    """Return a number above 0 as it is, and another one times the slope."""
    return x if x > 0 else times(slope, x)


def times(slope: Fraction, x: int) -> Number:
    """Return a product, as a whole number if it is one."""
    return total([slope * x])


def draw(dice: Dice, level: int) -> Drawn:
    """Draw a map: level 2 has a slope below 0, level 3 a bias too."""
    size = dice.pick("size", ((3, 4), (4, 3), (2, 6)))
    signs = numbers(dice, "map", size, 9, zeros=1, negatives=5)
    bias = dice.whole("bias", 1, 4) * dice.pick("sign", (1, -1)) if level == 3 else 0
    return Drawn(
        # The bias is taken off, so that what meets the activation has so many signs of each sort.
        x=tuple(tuple(number - bias for number in row) for row in signs),
        slope=Fraction(0) if level == 1 else dice.pick("slope", _SLOPES),
        bias=bias,
    )


def fair(d: Drawn) -> bool:
    """Tell whether the bias, if there is one, turns a sign."""
    return not d.bias or any((x > 0) != (x + d.bias > 0) for row in d.x for x in row)


def brute(d: Drawn) -> Rows:
    """Take the larger of a number and its product with the slope, which is below 1."""
    made = []
    for row in d.x:
        done: list[Number] = []
        for x in row:
            number = Fraction(x + d.bias)
            larger = max(number, number * d.slope)
            done.append(larger.numerator if larger.denominator == 1 else larger)
        made.append(tuple(done))
    return tuple(made)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    first = (
        f"A bias of {shown(d.bias)} is added to each number of this map. Then " if d.bias else ""
    )
    rest = f"{d.name} is applied to each number{'' if d.bias else ' of this map'}. "
    return line(
        first + (rest if d.bias else rest[0].upper() + rest[1:]),
        "What ", Strong("map"), " comes out?",
        Grid("Map", d.x),
    )  # fmt: skip


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    below = f"is multiplied by {shown(d.slope)}" if d.slope else "becomes 0"
    first = "Add the bias first. " if d.bias else ""
    return (
        line(f"{first}Each number is changed on its own. Which ones stay as they are?"),
        line(f"A number above 0 stays. A negative one {below}."),
        line("The first row: ", ", ".join(map(shown, d.activated()[0])), "."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Say what happens to each sort of number."""
    steps: list[Prose] = []
    added = d.each(lambda x: x + d.bias)
    if d.bias:
        steps.append(line(f"With the bias of {shown(d.bias)}:", Grid("With bias", added)))
    below = sorted({int(x) for row in added for x in row if x < 0}, reverse=True)
    steps.append(line("Numbers above 0 stay as they are, and 0 stays 0."))
    if d.slope:
        products = ", ".join(
            f"{factor(x)}·{shown(d.slope)} = {shown(times(d.slope, x))}" for x in below
        )
        steps.append(line(f"Negative numbers are multiplied by {shown(d.slope)}: {products}."))
    else:
        steps.append(line(f"Negative numbers become 0: {', '.join(map(shown, below))}."))
    picture = figure(
        "activation", input=added, functions=["leaky-relu" if d.slope else "relu"],
        negative_slope=d.slope or Fraction(1, 100),
    )  # fmt: skip
    return (*steps, line("The map that comes out:", Grid("Activated", d.activated()), picture))


def only_relu(d: Drawn, made: Rows) -> Rows | None:
    """Return a map for a plain ReLU."""
    return None if d.slope else made


def with_slope(d: Drawn, change: Callable[[int], Number]) -> Rows | None:
    """Return a map for a leaky ReLU, of numbers with their bias."""
    return d.each(lambda x: change(x + d.bias)) if d.slope else None


def counted(d: Drawn) -> Work:
    """Count numbers, and those below 0 and at 0 when they meet the activation."""
    met = [x + d.bias for row in d.x for x in row]
    return Work(len(met) * (1 + (d.bias != 0)), sum(x < 0 for x in met), met.count(0))


FAMILY = Family(
    name="activation-map",
    title="A map through an activation",
    version=1,
    says="every number of a small map through a ReLU or a leaky ReLU, with a bias before it",
    page=_PAGE,
    rows=(27,),
    draw=draw,
    fair=fair,
    work=counted,
    cost=(Work(12, 5, 1), Work(12, 5, 1), Work(24, 5, 1)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(Drawn.activated, brute, (
        Slip(
            "bias forgotten", lambda d: d.activated(bias=0) if d.bias else None,
            lambda d: f"You left out the bias. {shown(d.bias)} is added to each number first.",
        ),
        Slip(
            "bias afterwards",
            lambda d: d.each(lambda x: total([leaky(x, d.slope) + d.bias])) if d.bias else None,
            "You added the bias after the activation. It comes before, and can turn a sign.",
        ),
        Slip(
            "plain ReLU", lambda d: d.activated(slope=Fraction(0)) if d.slope else None,
            lambda d: f"You set negative numbers to 0. This ReLU is leaky: they are multiplied by "
            f"{shown(d.slope)}.",
        ),
        Slip(
            "sign dropped", lambda d: only_relu(d, d.each(abs)),
            "You dropped the minus signs. A ReLU sets negative numbers to 0.",
        ),
        Slip(
            "wrong half kept", lambda d: only_relu(d, d.each(lambda x: min(x, 0))),
            "You kept the negative numbers and set the others to 0. It is the other way round.",
        ),
        Slip(
            "1 for positive", lambda d: only_relu(d, d.each(lambda x: int(x > 0))),
            "You wrote 1 for numbers above 0. That is the slope of the ReLU; they stay as they "
            "are.",
        ),
        Slip(
            "map lifted",
            lambda d: only_relu(d, d.each(lambda x: x - min(map(min, d.x)))),
            "You lifted the whole map until nothing was below 0. A ReLU changes each number on "
            "its own.",
        ),
        Slip(
            "slope for all", lambda d: with_slope(d, lambda x: times(d.slope, x)),
            lambda d: f"You multiplied all numbers by {shown(d.slope)}. Those above 0 stay as they "
            "are.",
        ),
        Slip(
            "slope above 0",
            lambda d: with_slope(d, lambda x: times(d.slope, x) if x > 0 else x),
            "You multiplied the numbers above 0. The slope is for those below.",
        ),
        Slip(
            "sign dropped below 0",
            lambda d: with_slope(d, lambda x: x if x > 0 else times(d.slope, -x)),
            "You dropped the minus signs. A negative number stays negative, only closer to 0.",
        ),
        Slip(
            "slope for negatives",
            lambda d: with_slope(d, lambda x: x if x >= 0 else total([-d.slope])),
            lambda d: f"You wrote −{shown(d.slope)} for every negative number. Each is multiplied "
            "by the slope.",
            yields=True,
        ),
    ), Matrix("Activated"), points=(1, 2, 3)),),
)  # fmt: skip
