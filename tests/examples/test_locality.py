"""Correlations: exact in our arithmetic, the same as numpy's, and those of the photo."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import generator as cb
from generator import photos
from generator.engine.correlation import Correlation, correlate, correlate_moved
from generator.errors import UserError

levels = st.lists(st.tuples(st.integers(0, 255), st.integers(0, 255)), min_size=2, max_size=40)


@given(levels, st.integers(0, 6))
def test_as_numpy_has_it(pairs: list[tuple[int, int]], decimals: int) -> None:
    x, y = zip(*pairs, strict=True)
    assume(len(set(x)) > 1 and len(set(y)) > 1)
    found = correlate(x, y).rounded(decimals)
    assert found is not None
    assert abs(float(found) - np.corrcoef(x, y)[0, 1]) <= 0.5 * 10.0**-decimals + 1e-9


@given(st.integers(-999, 999), st.integers(1, 999), st.integers(0, 9))
def test_rounding_is_that_of_decimal(together: int, side: int, decimals: int) -> None:
    """Where the root is a whole number the quotient is known."""
    found = Correlation(2, together, side * side).rounded(decimals)
    exact_ = Decimal(together) / Decimal(side)
    expected = exact_.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert found == Fraction(expected)


def test_an_even_picture_has_none() -> None:
    assert correlate([7, 7, 7], [1, 2, 3]).rounded(3) is None


@pytest.mark.parametrize("direction", ["across", "down"])
def test_the_photo_is_measured(direction: str) -> None:
    apart = [1, 2, 5, 13, 34]
    fig: Any = cb.figure(
        "locality", photo="coffee", direction=direction, columns=120, distances=apart
    )
    x = np.array(photos.grey("coffee", 120), float)
    for distance, value, step in zip(apart, fig.result, fig.steps, strict=True):
        d = distance
        a, b = (x[:, :-d], x[:, d:]) if direction == "across" else (x[:-d], x[d:])
        assert abs(float(value) - np.corrcoef(a.ravel(), b.ravel())[0, 1]) <= 0.00051
        assert f"{a.size:,} pairs" in step.says
        assert "(rounded)" in step.says


def test_neighbours_are_more_alike_than_strangers() -> None:
    result: Any = cb.figure("locality").result
    assert result[0] > Fraction(9, 10)
    assert list(result[:9]) == sorted(result[:9], reverse=True)
    assert abs(result[-1]) < Fraction(1, 10)


def test_pixels_must_be_there() -> None:
    with pytest.raises(ValueError, match="no pixels are 2 down and 0 to the right"):
        correlate_moved(((1, 2), (3, 4)), 2, 0)


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"distances": [1, 121]}, "distances: got 121, wanted at most 120, half of the photo's 240"
                                  " columns"),
        ({"distances": [2, 1]}, "distances: got 2, 1, wanted growing numbers, each once"),
        ({"distances": [0]}, "distances, distance 1: got 0, wanted a whole number from 1 to 200"),
        ({"distances": []}, "distances: got [], wanted a list of one to 12 whole numbers"),
        ({"direction": "up"}, "direction: got up, wanted one of across, down"),
        ({"distances": [90], "direction": "down"},
         "distances: got 90, wanted at most 80, half of the photo's 160 rows"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(params: dict[str, Any], message: str) -> None:
    with pytest.raises(UserError) as error:
        cb.figure("locality", **params)
    assert message in str(error.value)


def test_an_even_photo_is_refused(tmp_path: Any) -> None:
    from PIL import Image

    Image.new("L", (20, 10), 90).save(tmp_path / "even.png")
    with pytest.raises(UserError, match="an even picture correlates with nothing"):
        cb.figure("locality", photo=str(tmp_path / "even.png"), distances=[1])
