"""Both operations are SciPy's, and what is marked is what differs."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d, correlate2d

from generator import api
from generator.errors import UserError
from generator.examples.cross_correlation import differing
from generator.scene.marks import Poly

NUMBERS = st.integers(-4, 4)


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=20, max_size=20), st.lists(NUMBERS, min_size=6, max_size=6))
def test_scipy_agrees(x: list[int], w: list[int]) -> None:
    input_, kernel = np.array(x).reshape(4, 5), np.array(w).reshape(2, 3)
    figure: Any = api.figure("cross-correlation", input=input_, kernel=kernel)
    one, other = correlate2d(input_, kernel, "valid"), convolve2d(input_, kernel, "valid")
    assert figure.result[0] == tuple(map(tuple, one.tolist()))
    assert figure.result[1] == tuple(map(tuple, other.tolist()))
    assert differing(figure.spec.params) == set(zip(*np.nonzero(one != other), strict=True))


def test_one_spot_shows_the_kernel_and_the_kernel_turned() -> None:
    figure: Any = api.figure("cross-correlation")
    assert figure.result[1] == figure.spec.params.kernel.rows
    assert figure.result[0] == ((9, 8, 7), (6, 5, 4), (3, 2, 1))


def corners(figure: api.Figure, step: int | None) -> int:
    return sum(isinstance(mark, Poly) for mark in figure.film("page").still(step).marks)


def test_what_differs_is_marked_not_only_by_colour() -> None:
    figure = api.figure("cross-correlation")
    assert corners(figure, None) == 2 * 8 + 1  # and one in the legend
    # A cell is marked when both of its numbers have been told.
    assert [corners(figure, step) for step in (1, 2, 3, 18)] == [0, 2, 2, 16]


def test_it_is_said_when_the_two_are_equal() -> None:
    always = api.figure("cross-correlation", kernel="gaussian")
    assert "equal whatever the input is" in always.example.says
    by_chance = api.figure("cross-correlation", input=[[1] * 4] * 4, kernel=[[1, 2], [3, 4]])
    assert "this input does not show it" in by_chance.example.says
    assert corners(always, None) == corners(by_chance, None) == 0
    once = api.figure("cross-correlation", input=[[1, 2], [3, 4]], kernel=[[1, 0], [0, 2]])
    assert "1 of 1 number differ and is marked" not in once.example.says
    assert "The 1 number differs and is marked by a corner." in once.example.says


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("cross-correlation", input=[[1] * 13] * 2)
    assert str(caught.value) == (
        "kernel: got 3 rows, wanted at most 2, the rows of the input with its padding\n"
        "input: got 13 columns, wanted at most 12, to be read"
    )
