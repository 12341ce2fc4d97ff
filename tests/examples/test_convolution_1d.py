"""The sums are NumPy's, and the shifted twin shows equivariance."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import api
from generator.errors import UserError

NUMBERS = st.integers(-9, 9)


@given(
    st.lists(NUMBERS, min_size=6, max_size=12), st.lists(NUMBERS, min_size=1, max_size=4),
    st.integers(-2, 2),
)  # fmt: skip
def test_numpy_agrees_and_the_output_moves_with_the_input(
    x: list[int], w: list[int], shift: int
) -> None:
    figure: Any = api.figure("convolution-1d", input=x, kernel=w, shift=shift)
    one, other = map(list, figure.result)
    moved = np.roll(np.pad(x, 2), shift)[2:-2]
    moved[: max(shift, 0)] = 0
    moved[len(x) + min(shift, 0) :] = 0
    assert one == np.correlate(x, w, "valid").tolist()
    assert other == np.correlate(moved, w, "valid").tolist()
    kept = len(one) - abs(shift)
    assert other[max(shift, 0) :][:kept] == one[max(-shift, 0) :][:kept]


def test_a_shifted_step_names_the_place_where_its_number_stood() -> None:
    figure: Any = api.figure("convolution-1d")
    for step in figure.steps[8:]:
        _, _, told = step.says.partition("as at position ")
        if told:
            assert figure.result[0][int(told.split()[0]) - 1] == step.value
    assert sum("as at position" in step.says for step in figure.steps) == 5
    assert "the 5 framed of its 8 numbers have only moved" in figure.example.says


def test_the_output_stands_below_the_middle_of_its_window() -> None:
    from generator.scene.marks import Rect

    marks = api.figure("convolution-1d").film("slide").still(2).marks
    window, kernel, result = (
        next(m for m in marks if isinstance(m, Rect) and m.role == role)
        for role in ("window", "kernel", "result")
    )
    assert window.x == kernel.x
    assert result.x + result.width / 2 == pytest.approx(window.x + window.width / 2)


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("convolution-1d", input=[[1, 2]], kernel=[1, 2, 3])
    assert str(caught.value) == (
        "input: got a matrix, 1 × 2, wanted a list of numbers\n"
        "kernel: got 3 numbers, wanted at most 2, as many as the input has"
    )
    with pytest.raises(UserError) as caught:
        api.figure("convolution-1d", input=[1] * 21, kernel=[1, 2], shift=20)
    assert str(caught.value) == "shift: got 20, wanted a whole number from -19 to 19"
    with pytest.raises(UserError) as caught:
        api.figure("convolution-1d", input=[1, 2, 3, 4], kernel=[1, 2], shift=-3)
    assert str(caught.value) == (
        "shift: got -3, wanted at most 2, so that a number of the output is still there"
    )
