"""Counts of reads are held against a convolution of ones."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d

from generator import api
from generator.engine.shapes import PADDING_WORDS
from generator.errors import UserError
from generator.examples.padding import Params, reads

SIDES = st.tuples(st.integers(1, 7), st.integers(1, 7))


@settings(deadline=None)
@given(SIDES, SIDES)
def test_reads_are_a_convolution_of_ones(first: tuple[int, int], second: tuple[int, int]) -> None:
    """Every window stamps a one on each cell it reads."""
    size = max(first[0], second[0]), max(first[1], second[1])
    kernel = min(first[0], second[0]), min(first[1], second[1])
    p = Params(size, kernel)
    for word in PADDING_WORDS:
        plane = p.plane(word)
        stamped = convolve2d(np.ones(plane.output), np.ones(kernel))
        top, left = plane.rows.before, plane.columns.before
        inside = stamped[top : top + size[0], left : left + size[1]]
        assert reads(p, word) == tuple(map(tuple, inside.astype(int).tolist()))


def test_the_numbers_of_the_course() -> None:
    figure = api.figure("padding")
    assert figure.result == ((4, 4), (6, 6), (8, 8))
    last: dict[Any, Any] = {step.at: step.value for step in figure.steps}
    assert last == {(0,): 1, (1,): 4, (2,): 9}
    assert reads(Params(), "full") == ((9,) * 6,) * 6


def test_a_step_reads_the_cell_it_follows() -> None:
    figure = api.figure("padding", size=[4, 5], kernel=[2, 4], at=[2, 5])
    for step in figure.steps:
        assert step.window
        assert step.window.top <= 1 <= step.window.bottom
        assert step.window.left <= 4 <= step.window.right


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("padding", size=3, kernel=[4, 2], at=[1, 5])
    assert str(caught.value) == (
        "kernel: got 4 rows, wanted at most 3, the rows of the input\n"
        "at: got column 5, wanted at most 3, the columns of the input"
    )
