"""The readable activations: value and slope at one number, and a map of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, TypeAlias, get_args

from generator.engine.trace_steps import Trace, place, told
from generator.model import Region, Rows, Step, Term
from generator.numerals import Number, rounded, shown

Activation: TypeAlias = Literal["relu", "leaky-relu", "sigmoid", "tanh", "gelu"]
ACTIVATIONS: tuple[Activation, ...] = get_args(Activation)


@dataclass(frozen=True, slots=True)
class Curve:
    """A function of one number.

    Parameters
    ----------
    name
        As it is written in a sentence.
    formula
        What it computes, in signs.
    value, slope
        The function and its derivative.
    weight
        Where value is x times a number that depends on the sign alone, that number: then results
        are exact; ``None`` where they have to be rounded.
    note
        What to know of its slope.
    """

    name: str
    formula: str
    value: Callable[[float], float]
    slope: Callable[[float], float]
    weight: Callable[[Number], Number] | None
    note: str


def sigmoid(x: float) -> float:
    """Return 1 / (1 + e^−x); of the two ways to write it the one whose power is below 1.

    >>> sigmoid(0), sigmoid(-1000)
    (0.5, 0.0)
    """
    power = math.exp(-abs(x))
    return 1 / (1 + power) if x >= 0 else power / (1 + power)


def _normal(x: float) -> float:
    """Return Φ(x), the share of a normal distribution below x."""
    return math.erfc(-x / math.sqrt(2)) / 2


def _sigmoid_slope(x: float) -> float:
    return sigmoid(x) * sigmoid(-x)


def _gelu_slope(x: float) -> float:
    return _normal(x) + x * math.exp(-x * x / 2) / math.sqrt(2 * math.pi)


def curves(slope: Number) -> Mapping[Activation, Curve]:
    """Return every activation; `slope` is the leaky ReLU's below 0.

    >>> curves(0)["sigmoid"].slope(0), curves(0)["tanh"].slope(0)
    (0.25, 1.0)
    """
    below = float(slope)
    return {
        "relu": Curve(
            "ReLU", "max(0, x)", lambda x: max(0.0, x), lambda x: float(x > 0),
            lambda x: int(x > 0), "slope 0 below 0 and 1 above",
        ),
        "leaky-relu": Curve(
            "leaky ReLU", f"x, or {shown(slope)}·x below 0", lambda x: x if x > 0 else below * x,
            lambda x: 1.0 if x > 0 else below, lambda x: 1 if x > 0 else slope,
            f"slope {shown(slope)} below 0 and 1 above",
        ),
        "sigmoid": Curve(
            "sigmoid", "1 / (1 + e^−x)", sigmoid, _sigmoid_slope, None,
            "slope at most 1/4, at 0",
        ),
        "tanh": Curve(
            "tanh", "(e^x − e^−x) / (e^x + e^−x)", math.tanh, lambda x: 1 - math.tanh(x) ** 2, None,
            "slope at most 1, at 0",
        ),
        "gelu": Curve(
            "GELU", "x · Φ(x)", lambda x: x * _normal(x), _gelu_slope, None,
            "slope 1/2 at 0, a little below 0 far left",
        ),
    }  # fmt: skip


def activate(x: Rows, curve: Curve, digits: int) -> Trace:
    """Apply a function to every number of a matrix, and say how steep it is there.

    Values are exact where they can be, and rounded to `digits` digits elsewhere.

    >>> rows, steps = activate(((-2, 3),), curves(0)["relu"], 3)
    >>> rows, steps[0].says
    (((0, 3),), 'Row 1, column 1: ReLU(−2) = 0, slope 0.')
    >>> activate(((1,),), curves(0)["sigmoid"], 3)[1][0].says
    'Row 1, column 1: sigmoid(1) = 0.731, slope 0.197, both rounded.'
    """
    width = len(x[0])
    steps = [
        _step(number, (r, c), width, curve, digits)
        for r, row in enumerate(x)
        for c, number in enumerate(row)
    ]
    return told(steps, width)


def _step(x: Number, at: tuple[int, int], width: int, curve: Curve, digits: int) -> Step:
    terms: tuple[Term, ...] = ()
    if curve.weight:
        terms = (Term(x, curve.weight(x), at),)
        value, slope, note = terms[0].product, curve.weight(x), ""
    else:
        value, slope = rounded(curve.value(float(x)), digits), steepness(curve, x, digits)
        note = "" if exact_at(curve, x, digits) else ", both rounded"
    # At its corner a ReLU has no slope; libraries take the left one.
    corner = ", which libraries take at the corner" if curve.weight and x == 0 else ""
    said = f"{curve.name}({shown(x)}) = {shown(value)}, slope {shown(slope)}{corner}{note}"
    says = f"{place(*at, line=False)}: {said}."
    return Step(at[0] * width + at[1] + 1, at, Region(*at, 1, 1), terms, value, says)


def exact_at(curve: Curve, x: Number, digits: int) -> bool:
    """Return whether value and slope at a number are shown as they are.

    Of the curves that are rounded elsewhere all have short decimals at 0.

    >>> sigmoid_ = curves(0)["sigmoid"]
    >>> exact_at(sigmoid_, 0, 3), exact_at(sigmoid_, 0, 1), exact_at(sigmoid_, 1, 3)
    (True, False, False)
    """
    if curve.weight:
        return True
    pairs = (curve.value(0.0), curve.slope(0.0))
    return x == 0 and all(rounded(each, digits) == Fraction(each) for each in pairs)


def steepness(curve: Curve, x: Number, digits: int) -> Number:
    """Return the slope at a number, exact or rounded as its value is.

    >>> steepness(curves(0)["sigmoid"], 0, 3)
    Fraction(1, 4)
    """
    return curve.weight(x) if curve.weight else rounded(curve.slope(float(x)), digits)
