"""Stamps are held against the kernel of the engine and against SciPy."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import convolve2d

from generator import api
from generator.engine import ops
from generator.errors import UserError

NUMBERS = st.integers(-9, 9)


@settings(deadline=None)
@given(st.data())
def test_the_kernel_of_the_engine_agrees(data: st.DataObject) -> None:
    stride = data.draw(st.integers(1, 3))
    x = np.array(data.draw(st.lists(NUMBERS, min_size=6, max_size=6))).reshape(2, 3)
    w = np.array(data.draw(st.lists(NUMBERS, min_size=6, max_size=6))).reshape(3, 2)
    padding = data.draw(st.integers(0, 1))
    more = data.draw(st.integers(0, stride - 1))
    if stride + 3 - 2 * padding + more < 1 or 2 * stride + 2 - 2 * padding + more < 1:
        return
    figure = api.figure(
        "transposed-convolution", input=x, kernel=w, stride=stride, padding=padding,
        output_padding=more,
    )  # fmt: skip
    found = ops.conv_transpose2d(
        x[None], w[None, None], stride=stride, padding=padding, output_padding=more
    )[0]
    assert figure.result == tuple(map(tuple, found.tolist()))
    for step in figure.steps[6:]:
        assert len(step.terms) > 1
        assert found[step.at[0], step.at[1]] == step.value


def test_scipy_agrees() -> None:
    """Stamping is a full convolution of the input with zeros between its numbers."""
    x, w = np.array([[1, 2, 5], [3, 4, -1]]), np.array([[1, 0, 2], [0, 3, 0], [4, 0, 5]])
    spread = np.zeros((3, 5), int)
    spread[::2, ::2] = x
    figure = api.figure("transposed-convolution", input=x, kernel=w)
    assert figure.result == tuple(map(tuple, convolve2d(spread, w).tolist()))


def test_stamps_come_first_and_then_the_sums() -> None:
    figure = api.figure("transposed-convolution")
    assert [step.value for step in figure.steps[:4]] == [1, 2, 3, 4]
    assert all(not step.terms for step in figure.steps[:4])
    (middle,) = [step for step in figure.steps[4:] if step.at == (2, 2)]
    assert middle.sum == "1·1 + 2·1 + 3·1 + 4·1 = 10"


def test_what_is_cut_off_is_no_sum_of_the_story() -> None:
    figure: Any = api.figure("transposed-convolution", padding=2)
    assert figure.result == ((10,),)
    assert [step.value for step in figure.steps[4:]] == [10]


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("transposed-convolution", input=[[1] * 8, [1] * 8], padding=4, output_padding=2)
    assert str(caught.value) == (
        "padding: got 4, wanted less: the stamps have 5 rows, and it is cut off at both sides\n"
        "input: got 17 columns of stamps, wanted at most 16, to be read\n"
        "output_padding: got 2, wanted at most 1, less than the stride"
    )
