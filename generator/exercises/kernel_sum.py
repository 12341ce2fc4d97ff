"""What the sum of a kernel's weights does to the brightness of an even area."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from generator.dice import Dice
from generator.exercises._draw import Wholes, numbers
from generator.exercises._family import Family, Part, Slip, Work
from generator.exercises._maps import cells, count, plus, slid
from generator.numerals import Number, factor, shown
from generator.prose import Grid, Prose, Strong, line

_PAGE = "convolution/filters.md"
_CENTRE = (1, 1)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A kernel, the grey of an even area, and what is asked for.

    ``grey``: what the area becomes; ``divisor``: by what the sum must be divided so that it stays;
    ``centre``: the weight in the middle, so that the area becomes `times` as bright.
    """

    w: Wholes
    grey: int
    asked: Literal["grey", "divisor", "centre"]
    times: int = 1

    @property
    def weights(self) -> list[int]:
        """All weights that are not 0 in reading order."""
        return [v for row in self.w for v in row if v]

    @property
    def others(self) -> list[int]:
        """The weights around the centre that are not 0."""
        return [self.w[i][j] for i, j in cells(self.w) if (i, j) != _CENTRE and self.w[i][j]]

    @property
    def centre(self) -> int:
        """The weight in the middle."""
        return self.w[1][1]


def draw(dice: Dice, level: int) -> Drawn:
    """Draw: level 2 asks for the divisor, level 3 for the weight in the middle."""
    if level == 1:
        w = numbers(dice, "kernel", (3, 3), 3, zeros=2, negatives=3)
        return Drawn(w, 5 * dice.whole("grey", 4, 40), "grey")
    if level == 2:
        w = numbers(dice, "kernel", (3, 3), 8, zeros=1, negatives=2)
        return Drawn(w, dice.whole("grey", 20, 220), "divisor")
    w = numbers(dice, "kernel", (3, 3), 3, zeros=1, negatives=5)
    times = dice.whole("times", 0, 3)
    rest = sum(map(sum, w)) - w[1][1]
    row = (w[1][0], times - rest, w[1][2])
    return Drawn((w[0], row, w[2]), dice.whole("grey", 20, 80), "centre", times)


def fair(d: Drawn) -> bool:
    """Tell whether there is something to do, and the grey stays between black and white."""
    total = sum(d.weights)
    if d.asked == "grey":
        return total > 1 and total * d.grey <= 255
    if d.asked == "divisor":
        return total > 1
    return d.centre > 0 and d.centre != d.times


def closed(d: Drawn) -> int:
    """Return what follows from the sum of the weights."""
    total = sum(map(sum, d.w))
    return {"grey": total * d.grey, "divisor": total, "centre": d.times - sum(d.others)}[d.asked]


def brute(d: Drawn) -> int:
    """Slide over an even area, and try numbers until it comes out."""
    area = tuple((d.grey,) * 3 for _ in range(3))
    if d.asked == "centre":
        return next(
            v for v in range(60)
            if slid(area, (d.w[0], (d.w[1][0], v, d.w[1][2]), d.w[2]))[0][0] == d.grey * d.times
        )  # fmt: skip
    found = slid(area, d.w)[0][0]
    if d.asked == "grey":
        return found
    return next(v for v in range(1, 100) if found == v * d.grey)


def prompt(d: Drawn) -> Prose:
    """Ask."""
    if d.asked == "grey":
        ask = line(
            "A part of a photo is even: all of its pixels have the grey ", d.grey, ". The kernel "
            "slides over it. ", Strong("Which number"), " stands in the middle of this part "
            "afterwards?", Grid("Kernel", d.w),
        )  # fmt: skip
    elif d.asked == "divisor":
        ask = line(
            "All weights of a kernel are to be divided by the same number, so that an even area "
            "of grey ", d.grey, " stays as bright as it is. ", Strong("By which number"), "?",
            Grid("Kernel", d.w),
        )  # fmt: skip
    else:
        ask = line(
            "The kernel turns an even area of grey ", d.grey, " into one of ",
            d.grey * d.times, ". The weight in the middle is lost. ", Strong("What is it"), "?",
            Grid("Kernel", (d.w[0], (d.w[1][0], None, d.w[1][2]), d.w[2])),
        )  # fmt: skip
    return ask


def hints(d: Drawn) -> tuple[Prose, ...]:
    """Lead to it."""
    first = line("On an even area every weight meets the same number. What can be factored out?")
    if d.asked == "centre":
        return (
            first,
            line(f"The area becomes {d.grey}·(sum of the weights), and is to be "
                 f"{d.grey * d.times}. What is the sum?"),
            line(f"All nine weights together must give {d.times}. Add up the eight you know."),
        )  # fmt: skip
    last = (
        f"Multiply the sum by {d.grey}."
        if d.asked == "grey"
        else "The area stays as bright as it is if the weights add up to 1 afterwards."
    )
    return first, line("Add up the nine weights, with their signs."), line(last)


def solution(d: Drawn) -> tuple[Prose, ...]:
    """Add up the weights."""
    even = line(
        f"Every weight meets {d.grey}. So the result is {d.grey} times the sum of the weights."
    )
    total = sum(d.weights)
    if d.asked == "grey":
        added = line(f"The weights add up to {plus(d.weights)} = {total}.")
        return even, added, line(f"{d.grey}·{total} = ", Strong(str(d.grey * total)), ".")
    if d.asked == "divisor":
        added = line(f"The weights add up to {plus(d.weights)} = {total}.")
        end = line(
            f"Divided by {total} they add up to {total} / {total} = 1, and {d.grey} stays "
            f"{d.grey}. The number is ", Strong(str(total)), ".",
        )  # fmt: skip
        return even, added, end
    rest = sum(d.others)
    return (
        even,
        line(f"It is to be {d.grey * d.times}, so the sum must be {d.grey * d.times} / {d.grey} "
             f"= {d.times}."),
        line(f"The eight around the middle add up to {plus(d.others)} = {shown(rest)}."),
        line(f"The middle is what is missing: {d.times} − {factor(rest)} = ",
             Strong(str(d.centre)), "."),
    )  # fmt: skip


def unsigned_sum(d: Drawn) -> int:
    """Add up the weights without their signs."""
    around = sum(map(abs, d.others))
    if d.asked == "centre":
        return d.times - around
    return (around + abs(d.centre)) * (d.grey if d.asked == "grey" else 1)


def averaged(d: Drawn) -> Number | None:
    """Divide by nine, the number of weights."""
    if d.asked == "divisor":
        return 9
    if d.asked == "centre":
        return None
    value = Fraction(sum(d.weights) * d.grey, 9)
    return value.numerator if value.denominator == 1 else value


FAMILY = Family(
    name="kernel-sum",
    title="Sum of a kernel and brightness",
    version=1,
    says="what the sum of the weights does to an even area, and how to keep its brightness",
    page=_PAGE,
    rows=(17,),
    draw=draw,
    fair=fair,
    work=lambda d: Work(len(d.weights) - (d.asked == "centre"), count(d.w, negative=True)),
    cost=(Work(7, 3), Work(8, 2), Work(7, 5)),
    prompt=prompt,
    hints=hints,
    solution=solution,
    parts=(Part(closed, brute, (
        Slip(
            "signs lost", unsigned_sum,
            "You added negative weights as if they were positive. They make the sum smaller.",
        ),
        Slip(
            "area taken as unchanged", lambda d: d.grey if d.asked == "grey" else None,
            lambda d: "You assumed that an even area stays as it is. It does only if the weights "
            f"add up to 1; here the sum is {sum(d.weights)}.",
        ),
        Slip(
            "area taken for black", lambda d: 0 if d.asked == "grey" else None,
            lambda d: "You assumed that an even area turns black. It does only if the weights add "
            f"up to 0; here the sum is {sum(d.weights)}.",
            yields=True,
        ),
        Slip(
            "divided by nine", averaged,
            lambda d: "You divided by 9, the number of weights. What counts is their sum, "
            f"{sum(d.weights)}.",
        ),
        Slip(
            "weights counted",
            lambda d: len(d.weights) if d.asked == "divisor" else None,
            "You counted the weights that are not 0. What counts is what they add up to.",
            yields=True,
        ),
        Slip(
            "centre only",
            lambda d: {"grey": d.centre * d.grey, "divisor": abs(d.centre), "centre": None}[d.asked]
            if d.centre else None,
            "You looked at the weight in the middle only. All nine meet the area.",
            yields=True,
        ),
        Slip(
            "sum of the others", lambda d: sum(d.others) if d.asked == "centre" else None,
            "You gave the sum of the other weights. The middle is what is missing from the sum "
            "that is wanted.",
            yields=True,
        ),
        Slip(
            "others negated", lambda d: -sum(d.others) if d.asked == "centre" and d.times else None,
            "You made the weights add up to 0, which turns the area black. Here it is not to.",
        ),
        Slip(
            "sum of 1 wanted", lambda d: 1 - sum(d.others)
            if d.asked == "centre" and d.times != 1 else None,
            lambda d: "You made the weights add up to 1, which keeps the brightness. Here the grey "
            f"goes from {d.grey} to {d.grey * d.times}.",
        ),
        Slip(
            "grey taken for the sum",
            lambda d: d.grey * d.times - sum(d.others) if d.asked == "centre" else None,
            lambda d: f"You made the weights add up to {d.grey * d.times}. That is the grey that "
            f"comes out; it is {d.grey} times the sum.",
            yields=True,
        ),
    )),),
)  # fmt: skip
