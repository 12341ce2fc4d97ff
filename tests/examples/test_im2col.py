"""The matrix is NumPy's sliding windows, and the product is the convolution."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

from generator import api
from generator.errors import UserError
from generator.examples.im2col import columns_of

NUMBERS = st.integers(-9, 9)


@settings(deadline=None)
@given(st.lists(NUMBERS, min_size=20, max_size=20), st.lists(NUMBERS, min_size=6, max_size=6))
def test_row_times_matrix_is_the_convolution(x: list[int], w: list[int]) -> None:
    input_, kernel = np.array(x).reshape(4, 5), np.array(w).reshape(2, 3)
    figure = api.figure("im2col", input=input_, kernel=kernel)
    matrix: Any = np.array(columns_of(figure.steps))
    windows = np.lib.stride_tricks.sliding_window_view(input_, kernel.shape)
    assert matrix.tolist() == windows.reshape(9, 6).T.tolist()
    product = (kernel.ravel() @ matrix).reshape(3, 3)
    assert product.tolist() == correlate2d(input_, kernel, "valid").tolist()
    assert figure.result == tuple(map(tuple, product.tolist()))


def test_the_numbers_of_the_course() -> None:
    """A 4 × 4 input and a 2 × 2 kernel: 9 activations from 4 weights."""
    figure = api.figure("im2col")
    assert np.array(columns_of(figure.steps)).shape == (4, 9)
    assert "16 numbers of the input stand in 36 cells" in figure.example.says


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("im2col", input=[[1] * 9] * 9, kernel=[[1] * 6] * 5)
    assert str(caught.value) == "kernel: got 30 weights, wanted at most 25, to be read"
    with pytest.raises(UserError) as caught:
        api.figure("im2col", input=[[1] * 9] * 9, kernel=[[1, 1]])
    assert str(caught.value) == (
        "input: got 72 windows, wanted at most 25: each becomes a column, which has to be read"
    )
    with pytest.raises(UserError) as caught:
        api.figure(
            "im2col", input=[[1, 2]], kernel=[[1, 1]], padding=[1, 0], padding_mode="reflect"
        )
    assert str(caught.value) == (
        "padding: got 1 cell of reflect padding, wanted at most 0: the input has 1 row"
    )
