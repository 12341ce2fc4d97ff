"""Rounding as people do it: half a unit goes up, away from 0."""

from __future__ import annotations

from fractions import Fraction

from generator.numerals import Number, total

#: Floats are trusted so far: 0.06249999999999999 is a sixteenth that was computed.
_TRUSTED = 10**12


def rounded(value: float | Fraction, places: int) -> Number:
    """Return a number with so many decimal places.

    >>> rounded(Fraction(1, 16), 3), rounded(-0.5, 0), rounded(0.06249999999999999, 3)
    (Fraction(63, 1000), -1, Fraction(63, 1000))
    """
    exact = Fraction(round(value * _TRUSTED), _TRUSTED) if isinstance(value, float) else value
    units = int(abs(exact) * 10**places + Fraction(1, 2))
    return total([Fraction(units if exact > 0 else -units, 10**places)])
