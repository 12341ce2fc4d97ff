"""Softmax of a few logits: the share of one class, rounded."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.dice import Dice
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._figure import figure
from generator.numerals import Number, factor, rounded, shown
from generator.paper import OneNumber
from generator.prose import Prose, Strong, line

_PAGE = "layers/softmax.md"
_PLACES = 3
_CLASSES = (
    ("cat", "dog", "bird", "fish"),
    ("apple", "pear", "plum", "cherry"),
    ("car", "bus", "tram", "bike"),
    ("oak", "birch", "pine", "beech"),
    ("rose", "tulip", "daisy", "poppy"),
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Logits of some classes, and the class whose share is asked for, counted from 0.

    >>> Drawn(("cat", "dog"), (Fraction(3), Fraction(1)), True, Fraction(1), 0).answer()
    Fraction(3, 4)
    """

    names: tuple[str, ...]
    logits: tuple[Fraction, ...]
    #: Whether the logits are the natural logarithms of these numbers.
    logarithms: bool
    temperature: Fraction
    asked: int

    @property
    def values(self) -> tuple[float, ...]:
        """The logits as they are."""
        return tuple(math.log(z) if self.logarithms else float(z) for z in self.logits)

    def exponentials(self, temperature: Fraction | None = None) -> tuple[float | Fraction, ...]:
        """Return e to the power of each logit, divided by the temperature."""
        if self.logarithms:
            return self.logits
        divided = float(self.temperature if temperature is None else temperature)
        return tuple(math.exp(z / divided) for z in self.values)

    def share(self, temperature: Fraction | None = None) -> Number:
        """Return the share of the class, rounded."""
        made = self.exponentials(temperature)
        return rounded(made[self.asked] / sum(made), _PLACES)

    def answer(self) -> Number:
        """Return the share of the class, rounded."""
        return self.share()


def draw(dice: Dice, level: int) -> Drawn:
    """Draw logits: logarithms first, then whole numbers, then four of them and a temperature."""
    many = 4 if level == 3 else 3
    names = dice.shuffled("names", dice.pick("classes", _CLASSES))[:many]
    low, high = (1, 12) if level == 1 else (-2, 4)
    logits = tuple(map(Fraction, dice.shuffled("logits", range(low, high + 1))[:many]))
    temperature = dice.pick("temperature", (Fraction(1, 2), Fraction(2))) if level == 3 else 1
    asked = dice.whole("asked", 0, many - 1)
    return Drawn(names, logits, level == 1, Fraction(temperature), asked)


def fair(d: Drawn) -> bool:
    """Tell whether the share is neither nothing nor all."""
    return Fraction(2, 100) <= d.answer() <= Fraction(97, 100)


def brute(d: Drawn) -> Number:
    """Compare the class with each other one: 1 over the sum of e to the differences."""
    one = d.logits[d.asked]
    total = Decimal(0)
    for other in d.logits:
        if d.logarithms:
            power = (Decimal(int(other)) / Decimal(int(one))).ln()
        else:
            power = Decimal(int(other - one)) / Decimal(str(float(d.temperature)))
        total += power.exp()
    return rounded(float(1 / total), _PLACES)


def _shown(d: Drawn, at: int) -> str:
    return f"ln {d.logits[at]}" if d.logarithms else shown(d.logits[at])


def prompt(d: Drawn) -> Prose:
    """Ask."""
    logits = ", ".join(f"{name} {_shown(d, at)}" for at, name in enumerate(d.names))
    warm = f" with temperature {shown(d.temperature)}" if d.temperature != 1 else ""
    logarithm = " (ln is the natural logarithm)" if d.logarithms else ""
    return line(
        f"The last layer of a network gives these logits{logarithm}: {logits}. What does softmax"
        f"{warm} give for ",
        Strong(d.names[d.asked]),
        f"? Round to {_PLACES} decimal places.",
    )


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    warm = " First divide each logit by the temperature." if d.temperature != 1 else ""
    second = (
        "e to the power of ln n is n itself."
        if d.logarithms
        else f"e to the power of each logit makes them all positive.{warm}"
    )
    return (
        line("Softmax makes shares that add up to 1. Of what are they shares?"),
        line(second),
        line(f"The share of {d.names[d.asked]}: its number, divided by the sum of all."),
    )


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Show the exponentials, their sum, the share."""
    made = d.exponentials()
    numbers = [shown(rounded(each, _PLACES)) for each in made]
    whole = shown(rounded(sum(made), _PLACES))
    sign = "=" if d.logarithms else "≈"
    steps = [
        line("; ".join(
            f"{name}: {_power(d, at)} {'=' if d.logits[at] == 0 else sign} {number}"
            for at, (name, number) in enumerate(zip(d.names, numbers, strict=True))
        ), "." if d.logarithms else f". They are shown with {_PLACES} places, and computed with "
           "more."),
        line(f"Together: {' + '.join(numbers)} {sign} {whole}."),
    ]  # fmt: skip
    exact = d.logarithms and made[d.asked] == d.answer() * sum(d.logits)
    close = "=" if exact else "≈"
    last = f"{d.names[d.asked].capitalize()}: {numbers[d.asked]} / {whole} {close} "
    picture = (
        ()
        if d.logarithms
        else (figure("softmax", logits=d.logits, names=d.names, temperature=d.temperature),)
    )
    return (*steps, line(last, Strong(shown(d.answer())), ".", *picture))


def _power(d: Drawn, at: int) -> str:
    if d.logarithms:
        return f"e^(ln {d.logits[at]})"
    if d.temperature == 1:
        return f"e^{factor(d.logits[at])}"
    powered = d.logits[at] / d.temperature
    return f"e^({shown(d.logits[at])} / {shown(d.temperature)}) = e^{factor(powered)}"


def plain(d: Drawn) -> Number | None:
    """Share out the logits themselves; nobody would if that gave a negative share."""
    if min(d.values) < 0:
        return None
    return rounded(d.values[d.asked] / sum(d.values), _PLACES)


def largest(d: Drawn) -> int:
    """Give the largest logit everything."""
    return int(d.logits[d.asked] == max(d.logits))


def sigmoid(d: Drawn) -> Number:
    """Use the sigmoid, which looks at one logit."""
    return rounded(1 / (1 + math.exp(-d.values[d.asked] / float(d.temperature))), _PLACES)


def without_itself(d: Drawn) -> Number:
    """Divide by the sum of the others."""
    made = d.exponentials()
    return rounded(made[d.asked] / (sum(made) - made[d.asked]), _PLACES)


FAMILY = Family(
    name="softmax-by-hand",
    title="Softmax by hand",
    version=1,
    says="the share that softmax gives to one class, from a few logits",
    page=_PAGE,
    rows=(27, 31),
    draw=draw,
    fair=fair,
    # Exponentials, their sum and a quotient; a temperature divides each logit.
    work=lambda d: Work(
        3 + (0 if d.logarithms else len(d.logits)) + len(d.logits) * (d.temperature != 1)
    ),
    cost=(Work(3), Work(6), Work(11)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(Drawn.answer, brute, (
        Slip(
            "plain shares", plain,
            "You shared out the logits as they are. Softmax first raises e to the power of each.",
        ),
        Slip(
            "not divided", lambda d: rounded(d.exponentials()[d.asked], _PLACES),
            "You stopped at the exponential. Divide it by the sum of all, so that the shares add "
            "up to 1.",
        ),
        Slip(
            "sigmoid", sigmoid,
            "You used the sigmoid, which looks at one logit alone. Softmax compares all classes.",
            "layers/activations.md",
        ),
        Slip(
            "temperature forgotten",
            lambda d: d.share(Fraction(1)) if d.temperature != 1 else None,
            lambda d: f"You left out the temperature. Each logit is divided by "
            f"{shown(d.temperature)} first.",
        ),
        Slip(
            "temperature multiplied",
            lambda d: d.share(1 / d.temperature) if d.temperature != 1 else None,
            lambda d: f"You multiplied by the temperature. Each logit is divided by "
            f"{shown(d.temperature)}.",
        ),
        Slip(
            "largest only", largest,
            "You gave everything to the largest logit. Softmax gives each class a share.",
            yields=True,
        ),
        Slip(
            "left itself out", without_itself,
            "You divided by the sum of the other classes. The class itself is part of the sum.",
            yields=True,
        ),
    ), OneNumber(places=_PLACES)),),
)  # fmt: skip
