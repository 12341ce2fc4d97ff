"""Strides side by side: every output is the first one with rows and columns left out."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import correlate2d

from generator import api
from generator.engine import ops
from generator.errors import UserError


@settings(deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), st.integers(0, 2), st.data())
def test_a_stride_takes_every_nth_number(
    first: int, second: int, padding: int, data: st.DataObject
) -> None:
    if first == second:
        return
    size = data.draw(st.tuples(st.integers(3, 8), st.integers(3, 8)))
    numbers = st.integers(-9, 9)
    x = np.array(
        data.draw(st.lists(numbers, min_size=size[0] * size[1], max_size=size[0] * size[1]))
    )
    w = np.array(data.draw(st.lists(numbers, min_size=6, max_size=6))).reshape(2, 3)
    x = x.reshape(size)
    figure = api.figure("stride", input=x, kernel=w, strides=[first, second], padding=padding)
    dense = correlate2d(np.pad(x, padding), w, "valid")
    for stride, found in zip((first, second), figure.result, strict=True):  # type: ignore[arg-type]
        np.testing.assert_array_equal(np.array(found), dense[::stride, ::stride])
        kernel = ops.conv2d(
            x[None, None].astype(float), w[None, None].astype(float),
            stride=stride, padding=((padding, padding), (padding, padding)),
        )  # fmt: skip
        np.testing.assert_allclose(np.array(found), kernel[0, 0])


def test_the_numbers_of_the_course() -> None:
    result: Any = api.figure("stride", strides=[1, 2, 3]).result
    assert [(len(rows), len(rows[0])) for rows in result] == [(5, 5), (3, 3), (2, 2)]


def test_what_is_never_read_is_told_and_struck() -> None:
    from generator.scene.marks import Line

    figure = api.figure("stride", strides=[2, 3])
    assert "With stride 3, row 7 and column 7 are never read." in figure.example.says
    struck = [mark for mark in figure.film("slide").poster.marks if isinstance(mark, Line)]
    assert len(struck) == 7 + 7 - 1


def test_what_does_not_fit_is_told() -> None:
    with pytest.raises(UserError) as caught:
        api.figure("stride", input=[[1, 2]] * 17, kernel=[[1, 1, 1]])
    assert str(caught.value) == (
        "input: got 17 rows, wanted at most 16, to be read side by side\n"
        "kernel: got 3 columns, wanted at most 2, the columns of the input with its padding"
    )
    with pytest.raises(UserError) as caught:
        api.figure("stride", strides=[1, 1])
    assert str(caught.value) == "strides: got [1, 1], wanted one to four different whole numbers"
    with pytest.raises(UserError) as caught:
        api.figure("stride", strides=[0, "x"])
    assert str(caught.value) == (
        "strides, number 1: got 0, wanted a whole number from 1 to 16\n"
        "strides, number 2: got x, wanted a whole number from 1 to 16"
    )
