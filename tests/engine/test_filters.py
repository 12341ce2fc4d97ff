"""Picture filters where exactness is hardest, and on pictures of many strips."""

from fractions import Fraction

import numpy as np
import pytest
from engine.cases import Case, numbers
from engine.oracles_picture import filter_kernel, filter_scipy

from generator.engine import ops


def test_every_byte_is_rounded_half_up_exactly() -> None:
    rng = np.random.default_rng(7)
    picture = np.arange(256, dtype=np.uint8)[None]
    for numerator, under in rng.integers((-3000, 1), (3000, 3000), (1500, 2)).tolist():
        got = ops.filter2d(picture, ((Fraction(numerator, under),),))
        exact = [(2 * numerator * value + under) // (2 * under) for value in range(256)]
        assert got.tolist() == [[min(max(v, 0), 255) for v in exact]], (numerator, under)


@pytest.mark.parametrize("digits", range(1, 11))
def test_bytes_are_exact_next_to_every_half(digits: int) -> None:
    """Aim the sum of two products at (k + ½)·denominator and at its two neighbours."""
    rng = np.random.default_rng(digits)
    for _ in range(200):
        under = 2 * int(rng.integers(1, 10**digits // 2, endpoint=True))
        grey, k = (int(n) for n in rng.integers(0, 255, 2))
        slope = int(rng.integers(-under, under, endpoint=True))
        for away in (-1, 0, 1):
            total = (2 * k + 1) * under // 2 + away
            weights = (Fraction(total - slope * grey, under), Fraction(slope, under))
            got = ops.filter2d(np.array([[1, grey]], np.uint8), (weights,), "zeros")
            assert got[0, 0] == (2 * total + under) // (2 * under), (weights, grey)


def test_large_pictures_are_filtered_in_bands() -> None:
    rng = np.random.default_rng(3)
    picture = rng.integers(0, 256, (700, 900, 3), dtype=np.uint8)
    case = Case(
        picture, np.array([[1, 2, 1], [2, 4, 2], [1, 2, 1]]), np.array([16]), mode="reflect"
    )
    assert np.array_equal(filter_kernel(case), filter_scipy(case))
    floats = Case(picture.astype(np.float32), numbers(rng, 5, 5, dtype="int64"), np.array([1]))
    assert np.array_equal(filter_kernel(floats), filter_scipy(floats))
