"""How alike pixels at a distance are: the correlation of a picture with itself, moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt
from operator import mul

from generator.numerals import Number, exact

#: Rows of whole numbers.
Plane = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Correlation:
    r"""Pearson's correlation of two lists of numbers, before its root is drawn.

    .. math:: r = \frac{n \sum xy - \sum x \sum y}{\sqrt{n \sum x^2 - (\sum x)^2}
        \sqrt{n \sum y^2 - (\sum y)^2}}

    Parameters
    ----------
    pairs
        n, how many numbers each list has.
    together
        The numerator.
    spread
        The product under the root; 0 where one of the lists is constant.
    """

    pairs: int
    together: int
    spread: int

    def rounded(self, decimals: int) -> Number | None:
        """Return r, rounded half away from 0; ``None`` where it is not defined.

        The root is drawn in whole numbers, so that the last digit is right on every machine.

        >>> Correlation(4, 1, 2).rounded(3), Correlation(4, -3, 9).rounded(2)
        (Fraction(707, 1000), -1)
        >>> Correlation(4, 0, 0).rounded(3) is None
        True
        """
        if not self.spread:
            return None
        scale = 10**decimals
        twice = isqrt(4 * self.together**2 * scale**2 // self.spread)
        nearest = (twice + 1) // 2
        return exact(f"{-nearest if self.together < 0 else nearest}/{scale}")


def correlate(x: Sequence[int], y: Sequence[int]) -> Correlation:
    """Return the correlation of two lists of whole numbers, exactly.

    >>> correlate([1, 2, 3], [2, 4, 6]).rounded(3), correlate([1, 2, 3], [3, 1, 2]).rounded(3)
    (1, Fraction(-1, 2))
    """
    n, sx, sy = len(x), sum(x), sum(y)
    spread_x = n * sum(map(mul, x, x)) - sx * sx
    spread_y = n * sum(map(mul, y, y)) - sy * sy
    return Correlation(n, n * sum(map(mul, x, y)) - sx * sy, spread_x * spread_y)


def correlate_moved(picture: Plane, down: int, right: int) -> Correlation:
    """Return the correlation of every pixel with the one so far below and to the right of it.

    Raises
    ------
    ValueError
        If no two pixels are so far apart, or a distance is negative.

    Examples
    --------
    >>> stripes = ((0, 9, 0, 9), (0, 9, 0, 9))
    >>> [correlate_moved(stripes, 0, d).rounded(3) for d in (1, 2)]
    [-1, 1]
    """
    height, width = len(picture), len(picture[0])
    if not (0 <= down < height and 0 <= right < width):
        raise ValueError(f"no pixels are {down} down and {right} to the right of each other")
    first = [x for row in picture[: height - down] for x in row[: width - right]]
    second = [x for row in picture[down:] for x in row[right:]]
    return correlate(first, second)
