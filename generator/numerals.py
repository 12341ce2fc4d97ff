"""Exact numbers: how they are read, printed for people and written for machines.

Everything a reader sees is summed in integers and fractions, so that what is printed adds up.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TypeAlias

Number: TypeAlias = int | Fraction

MINUS = "−"
_FRACTION = re.compile(r"([+-]?\d+)\s*/\s*(\d+)")
#: Digits and exponents beyond this are no numbers of a worked example, and would fill the memory.
_LONGEST = 40
_LARGEST = 10**15
#: Sums of fractions grow: with these bounds the sum of any matrix can still be printed.
_DENOMINATOR, _DECIMALS = 1000, 10**20


def exact(value: object) -> Number:
    """Return `value` as an exact number.

    A float stands for the decimal it prints as: ``0.1`` is one tenth.

    Parameters
    ----------
    value
        int, float, Fraction, Decimal, or text such as ``"-3"``, ``"0.25"``, ``"1/16"``.

    Raises
    ------
    ValueError
        If it is no finite number, or beyond a million billions.

    Examples
    --------
    >>> exact(0.1), exact("1/16"), exact("−3"), exact(2.0)
    (Fraction(1, 10), Fraction(1, 16), -3, 2)
    """
    number: Number = _exact(value)
    if not -_LARGEST <= number <= _LARGEST:
        raise ValueError("a number between −10¹⁵ and 10¹⁵")
    under = number.denominator
    if under > _DENOMINATOR and _DECIMALS % under:
        raise ValueError(f"a decimal, or a fraction with a denominator up to {_DENOMINATOR:,}")
    return number


def _exact(value: object) -> Number:
    if isinstance(value, bool):
        raise ValueError("a number")  # noqa: TRY004 - one kind of error for all that is no number
    if isinstance(value, int):
        return value
    if isinstance(value, Fraction):
        return _plainest(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a finite number")
        return _plainest(Fraction(repr(float(value))))  # NumPy's floats have a repr of their own
    text = str(value).strip().replace(MINUS, "-")
    if text.lower().lstrip("+-.") in ("inf", "infinity", "nan"):
        raise ValueError("a finite number")
    if len(text) > _LONGEST:
        raise ValueError(f"a number of at most {_LONGEST} characters")
    if match := _FRACTION.fullmatch(text):
        if int(match[2]) == 0:
            raise ValueError("a number; nothing divides by 0")
        return _plainest(Fraction(int(match[1]), int(match[2])))
    try:
        decimal = Decimal(text)
    except InvalidOperation:
        raise ValueError("a number") from None
    if not decimal.is_finite():
        raise ValueError("a number")
    if abs(decimal.adjusted()) > _LONGEST:
        raise ValueError("a number between −10¹⁵ and 10¹⁵")
    return _plainest(Fraction(decimal))


def _plainest(value: Fraction) -> Number:
    return value.numerator if value.denominator == 1 else value


def total(numbers: list[Number]) -> Number:
    """Return the exact sum, as an int when it is one.

    >>> total([Fraction(1, 2), Fraction(1, 2), 3])
    4
    """
    if all(type(number) is int for number in numbers):
        return sum(numbers)
    return _plainest(Fraction(sum(numbers, Fraction(0))))


#: Floats are trusted so far: 0.06249999999999999 is a sixteenth that was computed.
_TRUSTED = 10**12


def rounded(value: float | Fraction, places: int) -> Number:
    """Return a number with so many decimal places, rounded as people do it: half goes up, from 0.

    >>> rounded(Fraction(1, 16), 3), rounded(-0.5, 0), rounded(0.06249999999999999, 3)
    (Fraction(63, 1000), -1, Fraction(63, 1000))
    >>> rounded(0.26894142, 3), rounded(-0.0001, 2)
    (Fraction(269, 1000), 0)
    """
    exact_ = Fraction(round(value * _TRUSTED), _TRUSTED) if isinstance(value, float) else value
    units = int(abs(exact_) * 10**places + Fraction(1, 2))
    return _plainest(Fraction(units if exact_ > 0 else -units, 10**places))


def shown(value: Number, decimals: int = 3) -> str:
    """Return `value` as a reader sees it: exact, with a true minus sign.

    A number that ends within `decimals` decimals is printed as a decimal, any other as a fraction.

    >>> shown(-3), shown(Fraction(1, 4)), shown(Fraction(1, 16)), shown(Fraction(-5, 2))
    ('−3', '0.25', '1/16', '−2.5')
    """
    if isinstance(value, int):  # nearly every number of a figure
        return str(value) if value >= 0 else f"{MINUS}{-value}"
    return written(value, decimals).replace("-", MINUS)


def written(value: Number, decimals: int = 3) -> str:
    """Return `value` exactly, in ASCII.

    >>> written(-3), written(Fraction(-1, 8)), written(Fraction(2, 3))
    ('-3', '-0.125', '2/3')
    """
    if isinstance(value, int):
        return str(value)
    scaled = value * 10**decimals
    if scaled.denominator != 1:
        return f"{value.numerator}/{value.denominator}"
    digits = f"{abs(scaled.numerator):0{decimals + 1}d}"
    sign = "-" if value < 0 else ""
    return sign + f"{digits[:-decimals]}.{digits[-decimals:]}".rstrip("0").rstrip(".")


def plain(value: Number) -> int | float | str:
    """Return `value` for JSON and YAML: an int, a float that means exactly it, else ``"1/3"``.

    >>> plain(4), plain(Fraction(1, 16)), plain(Fraction(1, 3))
    (4, 0.0625, '1/3')
    """
    if isinstance(value, int):
        return value
    nearest = float(value)
    return nearest if Fraction(repr(nearest)) == value else f"{value.numerator}/{value.denominator}"


def factor(value: Number) -> str:
    """Return `value` as the second factor of a product: brackets around a negative.

    >>> factor(3), factor(-1)
    ('3', '(−1)')
    """
    return f"({shown(value)})" if value < 0 else shown(value)
