"""The readable softmax: logits, exponentials, their sum, shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from generator.model import Step
from generator.numerals import Number, factor, rounded, shown, total


@dataclass(frozen=True, slots=True)
class Softmax:
    """Every number on the way, rounded for the eye only: each is computed from unrounded ones.

    Parameters
    ----------
    largest
        The largest logit, which is taken from every one first.
    powers
        What e is raised to, exactly.
    exponentials, sum, shares
        Rounded.
    steps
        An exponential each, their sum, a share each.
    """

    largest: Number
    powers: tuple[Number, ...]
    exponentials: tuple[Number, ...]
    sum: Number
    shares: tuple[Number, ...]
    steps: tuple[Step, ...]

    @property
    def together(self) -> Number:
        """What the rounded shares add up to: 1, or a last digit beside it."""
        return total(list(self.shares))


def softmax(z: Sequence[Number], temperature: Number, digits: int, names: Sequence[str]) -> Softmax:
    r"""Turn logits into shares that add up to 1.

    .. math:: p_i = \frac{e^{(z_i - m) / T}}{\sum_k e^{(z_k - m) / T}}, \quad m = \max_k z_k

    Taking m away changes no share, and no power of e can become too large for a computer.

    Parameters
    ----------
    z : (N,)
        The logits.
    temperature
        T; above 1 the shares move together, below 1 apart.
    digits
        To which each number is rounded where it is shown.
    names
        What the classes are called.

    Examples
    --------
    >>> made = softmax((2, 0), 1, 3, ("cat", "dog"))
    >>> [step.says for step in made.steps][1:]  # doctest: +NORMALIZE_WHITESPACE
    ['Dog: e^(0 − 2) = e^(−2) = 0.135, rounded.',
     'All exponentials together: 1 + 0.135 = 1.135, rounded.',
     'Cat: 1 / 1.135 = 0.881, rounded.',
     'Dog: 0.135 / 1.135 = 0.119, rounded.']
    >>> made.together
    1
    """
    largest = max(z)
    powers = tuple(total([(each - largest) / Fraction(temperature)]) for each in z)
    names = [name[:1].upper() + name[1:] for name in names]
    exact = [math.exp(power) for power in powers]
    whole = math.fsum(exact)
    exponentials = tuple(rounded(each, digits) for each in exact)
    shares = tuple(rounded(each / whole, digits) for each in exact)
    sum_ = rounded(whole, digits)
    steps = [
        Step(i, (i - 1,), None, (), value, f"{name}: {raised(each, largest, temperature)}"
             f" = e^{factor(power)} = {shown(value)}{'' if power == 0 else ', rounded'}.")
        for i, (name, each, power, value) in enumerate(
            zip(names, z, powers, exponentials, strict=True), 1)
    ]  # fmt: skip
    added = " + ".join(map(shown, exponentials))
    steps.append(Step(len(z) + 1, (), None, (), sum_, f"All exponentials together: {added}"
                      f" {'=' if total(list(exponentials)) == sum_ else '≈'} {shown(sum_)},"
                      " rounded."))  # fmt: skip
    steps += [
        Step(len(z) + 1 + i, (i - 1,), None, (), share,
             f"{name}: {shown(value)} / {shown(sum_)} = {shown(share)}, rounded.")
        for i, (name, value, share) in enumerate(
            zip(names, exponentials, shares, strict=True), 1)
    ]  # fmt: skip
    return Softmax(largest, powers, exponentials, sum_, shares, tuple(steps))


def raised(z: Number, largest: Number, temperature: Number) -> str:
    """Return the power of e as it is computed.

    >>> raised(1, 3, 1), raised(1, -3, 2)
    ('e^(1 − 3)', 'e^((1 − (−3)) / 2)')
    """
    inner = f"({shown(z)} − {factor(largest)})"
    return f"e^{inner}" if temperature == 1 else f"e^({inner} / {shown(temperature)})"
